import type { TextFunction } from '../program/text-functions.ts';

const first: TextFunction = { does: 'pass', argument: 0 };
const receiver: TextFunction = { does: 'pass', argument: 'this' };
const setting: TextFunction = { does: 'setting', name: 0, fallback: 1 };
const path: TextFunction = { does: 'join', separator: '/' };
const format: TextFunction = { does: 'percent', template: 0 };

/** Standard functions of JavaScript, and of configuration libraries, whose value is known. */
export const typescriptTexts: Readonly<Record<string, TextFunction>> = {
  URL: { does: 'resolve-url', address: 0, base: 1 },
  'url.URL': { does: 'resolve-url', address: 0, base: 1 },
  'node:url.URL': { does: 'resolve-url', address: 0, base: 1 },
  'url.parse': first,
  'node:url.parse': first,
  'url.resolve': { does: 'resolve-url', address: 1, base: 0 },
  'node:url.resolve': { does: 'resolve-url', address: 1, base: 0 },
  'url-join': path,
  'url-join.default': path,
  'path.join': path,
  'path.posix.join': path,
  'node:path.join': path,
  'node:path.posix.join': path,
  'util.format': format,
  'node:util.format': format,
  String: first,
  Number: first,
  parseInt: first,
  encodeURI: first,
  encodeURIComponent: first,
  'Object.freeze': first,
  'Object.seal': first,
  'Array.from': first,
  'Promise.resolve': first,
  'vue.ref': first,
  'vue.reactive': first,
  'vue.unref': first,
  'convict.default': first,
  'envalid.cleanEnv': first,
  'zod.z.object#parse': first,
  'zod.object#parse': first,
  gql: first,
  'graphql-tag': first,
  '@apollo/client.gql': first,
  '@apollo/client/core.gql': first,
  '@urql/core.gql': first,
  'urql.gql': first,
  'graphql-request.gql': first,
  Request: first,
  'axios-cache-interceptor.setupCache': first,
  'axios-cookiejar-support.wrapper': first,
  'axios-rate-limit': first,
  'tedious.Request': first,
  '#toString': receiver,
  '#valueOf': receiver,
  '#trim': receiver,
  '#trimEnd': receiver,
  '#toLowerCase': receiver,
  '#toUpperCase': receiver,
  '#replace': receiver,
  '#replaceAll': receiver,
  // One broker of a list tells the cluster.
  '#split': receiver,
  '#concat': { does: 'join' },
  '#join': { does: 'join-list', list: 'this', separator: 0 },
  'Deno.env.get': setting,
  'config.get': setting,
  'config.default.get': setting,
  'nconf.get': setting,
  'convict#get': setting,
  'env-var.get': setting,
  'envalid.str': first,
  // Known as a type, so that what is injected as one is an instance of it.
  '@nestjs/config.ConfigService': first,
  '@nestjs/config.ConfigService#get': setting,
  '@nestjs/config.ConfigService#getOrThrow': setting,
  '@angular/core.signal': first,
};

/** Objects whose members are settings of the environment. */
export const typescriptEnvironment: readonly string[] = [
  'process.env',
  'node:process.env',
  'import.meta.env',
  'Bun.env',
  'Deno.env',
  '$env/dynamic/private.env',
  '$env/dynamic/public.env',
];
