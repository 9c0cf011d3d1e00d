import { describe, expect, test } from 'vitest';
import type { Reading } from '../../src/scanners/scripts/facts.ts';
import { loadTypescriptReader } from '../../src/scanners/scripts/languages/typescript.ts';
import { drawScript } from './scan.ts';

const reader = loadTypescriptReader();
const read = async (text: string, file = 'a.ts'): Promise<Reading> => (await reader)(text, file);

/** Each connection's line and its address as an open text, or its host. */
async function addresses(text: string, file?: string): Promise<string[]> {
  const { facts } = await read(text, file);
  return facts.flatMap((fact) =>
    fact.kind === 'connection'
      ? [
          `${fact.line} ${fact.address ?? (fact.target.kind === 'address' ? fact.target.host : '?')}`,
        ]
      : [],
  );
}

describe('values of the file itself', () => {
  test.each<[string, string[]]>([
    ["fetch(ok ? 'http://a.example' : 'http://b.example')", ['1 a.example', '1 b.example']],
    ["fetch(ok && 'http://a.example')", ['1 a.example']],
    ["fetch((null, 'http://a.example'))", ['1 a.example']],
    ["fetch(('http://a.example' as unknown)! satisfies string)", ['1 a.example']],
    ["let u = 'http://'; u += 'a.example'; fetch(u)", ['1 a.example']],
    ["let u: string | undefined; u ??= 'http://a.example'; fetch(u)", ['1 a.example']],
    ["const [, u = 'http://a.example'] = list; fetch(u)", ['1 a.example']],
    ["const { a: { b: u = 'http://a.example' } = {} } = o; fetch(u)", ['1 a.example']],
    ["const f = ({ u = 'http://a.example' }: O) => fetch(u)", ['1 a.example']],
    ["enum E { A = 'http://a.example', B = 'x' } fetch(E['A'])", ['1 a.example']],
    ["namespace N { export const u = 'http://a.example' } fetch(N.u)", ['1 a.example']],
    ["const o = Object.freeze({ u: 'http://a.example' }); fetch(o.u)", ['1 a.example']],
    ["const u = ['http://a.example', 'v1'].join('/'); fetch(u)", ['1 a.example']],
    ["const u = (() => { return 'http://a.example' })(); fetch(u)", ['1 a.example']],
    ["(function (u) { fetch(u) })('http://a.example')", ['1 a.example']],
    [
      "['http://a.example', 'http://b.example'].forEach((u) => { fetch(u) })",
      ['1 a.example', '1 b.example'],
    ],
    ["const u = 'http://a.example/'.replace(/\\/$/, ''); fetch(`${u}/x`)", ['1 a.example']],
    ["import path from 'path'; fetch(path.posix.join('http://a.example', 'x'))", ['1 a.example']],
    ["const b = { ...c, u: 'http://a.example' }; const d = { ...b }; fetch(d.u)", ['1 a.example']],
    [
      "let u; if (x) { u = 'http://a.example' } else if (y) { u = 'http://b.example' } else { u = 'http://c.example' }\nfetch(u)",
      ['2 a.example', '2 b.example', '2 c.example'],
    ],
    [
      "switch (x) { case 1: fetch('http://a.example'); break; default: fetch('http://b.example') }",
      ['1 a.example', '1 b.example'],
    ],
    [
      "try { fetch('http://a.example') } catch (e) { fetch('http://b.example') } finally { fetch('http://c.example') }",
      ['1 a.example', '1 b.example', '1 c.example'],
    ],
    ["label: for (let i = 0; i < n; i++) while (x) { fetch('http://a.example') }", ['1 a.example']],
    [
      "const C = () => <A b={() => fetch('http://a.example')}>{fetch('http://b.example')}</A>",
      ['1 a.example', '1 b.example'],
    ],
    ["@Cron('0 * * * *', { run: () => fetch('http://a.example') }) class A {}", ['1 a.example']],
  ])('%s', async (text, expected) => {
    expect(await addresses(text, 'a.tsx')).toEqual(expected);
  });

  test.each<[string, string[]]>([
    ["class A { #u = 'http://a.example'; go() { fetch(this.#u) } }", ['1 a.example']],
    [
      "class A { constructor(private readonly base = 'http://a.example') {}\n  get url() { return this.base + '/x' }\n  go() { fetch(this.url) } }",
      ['3 a.example'],
    ],
    [
      "class A { constructor(url?: string) { if (url) this.base = url }\n  #b = 'http://a.example';\n  set base(b: string) { this.#b = b }\n  get base() { return this.#b }\n  go() { fetch(`${this.base}/x`) } }",
      ['5 {param:A.constructor#0}/x', '5 a.example'],
    ],
    ["const A = class { static u = 'http://a.example' }\nfetch(A.u)", ['2 a.example']],
    [
      "function A() { this.u = 'http://a.example' }\nA.prototype.go = function () { fetch(this.u) }",
      ['2 a.example'],
    ],
    [
      "const api = { base: 'http://a.example', go() { return fetch(this.base + '/x') } }",
      ['1 a.example'],
    ],
    [
      "class B { constructor(u: string) { this.u = u } go() { fetch(this.u) } }\nclass A extends B { constructor() { super('http://a.example') } }",
      ['1 {param:B.constructor#0}'],
    ],
  ])('classes and objects: %s', async (text, expected) => {
    expect(await addresses(text)).toEqual(expected);
  });
});

describe('values from elsewhere', () => {
  test.each<[string, string]>([
    ['fetch(process.env.URL)', '{env:URL}'],
    ["fetch(process.env['URL'] + '/x')", '{env:URL}/x'],
    ["fetch(process.env.URL || 'http://a.example')", '{env:URL?=http://a.example}'],
    ["fetch(`${process.env.URL.replace(/\\/$/, '')}/x`)", '{env:URL}/x'],
    ['const { URL: u } = process.env; fetch(u)', '{env:URL}'],
    ['const env = process.env; fetch(env.URL)', '{env:URL}'],
    ["import { env } from 'node:process'; fetch(env.URL)", '{env:URL}'],
    ['fetch(import.meta.env.VITE_URL)', '{env:VITE_URL}'],
    ["fetch(Deno.env.get('URL') ?? 'http://a.example')", '{env:URL?=http://a.example}'],
    ['fetch(Bun.env.URL)', '{env:URL}'],
    ["import { ERP } from '$env/static/private'; fetch(ERP)", '{env:ERP}'],
    ["import { env } from '$env/dynamic/private'; fetch(env.ERP)", '{env:ERP}'],
    ["import config from 'config'; fetch(config.get('erp.url'))", '{env:erp.url}'],
    ["const nconf = require('nconf'); fetch(nconf.get('erp:url'))", '{env:erp:url}'],
    [
      "import convict from 'convict'; const c = convict({}); fetch(c.get('erp.url'))",
      '{env:erp.url}',
    ],
    [
      "import { ConfigService } from '@nestjs/config'; class A { constructor(private c: ConfigService) {} go() { fetch(this.c.getOrThrow('ERP')) } }",
      '{env:ERP}',
    ],
    [
      "import { cleanEnv, url } from 'envalid'; const env = cleanEnv(process.env, { ERP: url() }); fetch(env.ERP)",
      '{env:ERP}',
    ],
    [
      "import { z } from 'zod'; const env = z.object({}).parse(process.env); fetch(env.ERP)",
      '{env:ERP}',
    ],
    ["import { base } from './config'; fetch(base + '/x')", '{import:./config#base}/x'],
    ["import { a as b } from '@app/hosts'; fetch(b.url)", '{import:@app/hosts#a.url}'],
    ["import config from './config'; fetch(config.erp.url)", '{import:./config#erp.url}'],
    ["import * as c from './config'; fetch(c.ERP)", '{import:./config#ERP}'],
    ["const config = require('./config'); fetch(config.erp)", '{import:./config#erp}'],
    ["const { erp: u } = require('./config'); fetch(u)", '{import:./config#erp}'],
    ["const { erp: { url } } = require('./config'); fetch(url)", '{import:./config#erp.url}'],
    ["fetch(require('./config').erp)", '{import:./config#erp}'],
    ["import c = require('./config'); fetch(c.erp)", '{import:./config#erp}'],
    ["const { erp } = await import('./config.js'); fetch(erp)", '{import:./config.js#erp}'],
    ['const go = (u: string) => fetch(u)', '{param:go#0}'],
    [
      'class A { go(p: string, u: string) { return fetch(`${u}/${p}`) } }',
      '{param:A.go#1}/{param:A.go#0}',
    ],
  ])('%s', async (text, address) => {
    expect(await addresses(text)).toEqual([`1 ${address}`]);
  });

  test('a name that nothing explains is no hole for other files', async () => {
    expect(await addresses('fetch(`${base}/x`)')).toEqual(['1 ?']);
  });
});

test('a handler sees what is connected below it', async () => {
  const text =
    "const { MongoClient } = require('mongodb');\nvar orders;\napp.get('/x', (q, r) => {\n  orders.find({});\n  redis.get('k', f)\n});\nfunction connect() {\n  return new Promise((resolve, reject) => {\n    MongoClient.connect('mongodb://a.example', (e, c) => { if (e) reject(e); else { orders = c.db('d').collection('orders') } })\n  })\n}\nconnect();\nvar redis = require('redis').createClient({ host: 'b.example' })";
  expect(await drawScript('a.js', text)).toEqual([
    '4 <- a.example mongodb [orders]',
    '5 <- b.example redis',
  ]);
});

describe('what other files see', () => {
  test.each<[string, Record<string, string>]>([
    ["export const a = 'http://a.example'", { a: 'http://a.example' }],
    [
      "const a = 'http://a.example'; export { a as b }",
      { a: 'http://a.example', b: 'http://a.example' },
    ],
    ["export default 'http://a.example'", { default: 'http://a.example' }],
    [
      "export default { erp: { url: 'http://a.example' } } satisfies C",
      { 'default.erp.url': 'http://a.example', 'erp.url': 'http://a.example' },
    ],
    [
      "module.exports = { erp: 'http://a.example' }",
      { 'default.erp': 'http://a.example', erp: 'http://a.example' },
    ],
    ["module.exports = 'http://a.example'", { default: 'http://a.example' }],
    ["exports.erp = 'http://a.example'", { erp: 'http://a.example' }],
    ['module.exports.erp = process.env.ERP', { erp: '{env:ERP}' }],
    ["export class C { static erp = 'http://a.example' }", { 'C.erp': 'http://a.example' }],
    ["export enum E { ERP = 'http://a.example' }", { 'E.ERP': 'http://a.example' }],
  ])('%s', async (text, expected) => {
    expect((await read(text)).definitions).toEqual(expected);
  });

  test('calls of functions that are no library are told with their texts', async () => {
    const { sites } = await read(
      "import { send, Client } from './send';\nsend('http://a.example', 1);\nnew Client('http://b.example');\nfunction own(u: string) {}\nown(process.env.U);\nexport class A extends Client { constructor() { super('http://c.example') } }",
    );
    expect(sites).toEqual([
      expect.objectContaining({
        function: './send#send',
        args: ['http://a.example', '1'],
        line: 2,
      }),
      expect.objectContaining({
        function: './send#Client.constructor',
        args: ['http://b.example'],
        line: 3,
      }),
      expect.objectContaining({ function: 'own', args: ['{env:U}'], line: 5 }),
      expect.objectContaining({
        function: './send#Client.constructor',
        args: ['http://c.example'],
        line: 6,
      }),
    ]);
  });
});

describe('components', () => {
  test.each<[string, string, string[]]>([
    [
      'a.vue',
      "<template>\n  <a :href=\"fetch('http://no.example')\">{{ x }}</a>\n</template>\n<script setup lang=\"ts\" generic=\"T extends A<B>\">\nimport axios from 'axios'\nawait axios.get('http://a.example')\n</script>\n<script>\nfetch('http://b.example')\n</script>\n",
      ['6 a.example', '9 b.example'],
    ],
    [
      'a.svelte',
      "<script context=\"module\">\n  export const load = () => fetch('http://a.example')\n</script>\n<script>\r\n  fetch('http://b.example')\r\n</script>\n<p>fetch('http://no.example')</p>",
      ['2 a.example', '5 b.example'],
    ],
    ['a.vue', "<template>fetch('http://no.example')</template>", []],
    ['a.vue', "<script>fetch('http://a.example')", []],
  ])('%s', async (file, text, expected) => {
    expect(await addresses(text, file)).toEqual(expected);
  });
});

describe('commands that a program starts', () => {
  test.each<[string, string[]]>([
    ["import { $ } from 'zx';\nawait $`curl http://a.example/x`", ['2 <- a.example http']],
    [
      "import { execa } from 'execa';\nawait execa('curl', ['http://a.example'])",
      ['2 <- a.example http'],
    ],
    ['const $ = (x) => x;\n$`curl http://no.example`', []],
  ])('%s', async (text, expected) => {
    expect(await drawScript('a.ts', text)).toEqual(expected);
  });
});

test.each([
  ['a class in a class', `${'class A { a = '.repeat(400)}1${' }'.repeat(400)}`],
  ['a chain', `x${'.a()'.repeat(400)}`],
  ['else ifs', `${'if (a) { f() } else '.repeat(2_000)}{ g() }`],
  ['templates', `x = ${'`${'.repeat(500)}1${'}`'.repeat(500)}`],
  ['arrows', `${'() => '.repeat(1_000)}1`],
  ['script tags', '<script>'.repeat(5_000)],
  ['an open tag', `<script a="${'x'.repeat(200_000)}`],
])('%s: no file stops the scan', async (_, text) => {
  for (const file of ['a.ts', 'a.vue']) {
    try {
      await read(text, file);
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
    }
  }
});
