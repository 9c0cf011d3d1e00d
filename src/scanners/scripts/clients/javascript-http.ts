import type { Operation } from './client.ts';
import { client, each, exchange, type JavascriptEntry } from './javascript-entry.ts';

const address = ['0', '0.url', '0.uri'];
/** `request(url, { method })` and `request({ url, method })`. */
const whole: Operation = {
  flow: 'method',
  address: ['0.url', '0.uri', '0.path', '0'],
  method: ['0.method', '1.method', '0.type', '1.type'],
};
const verbs: Readonly<Record<string, Operation>> = {
  ...each('get head getJSON paginate all stream', { flow: 'pull', address }),
  ...each('post put patch postForm putForm patchForm', { flow: 'push', address }),
  ...each('delete del', { flow: 'unknown', address }),
};
const instance: Readonly<Record<string, Operation>> = {
  ...verbs,
  ...each('request fetch raw $fetch', whole),
  '': whole,
  'baseURL=': { flow: 'none', address: ['0'] },
  ...each('extend create defaults', {
    flow: 'none',
    address: ['0.baseURL', '0.baseUrl', '0.prefixUrl'],
  }),
};

/** Libraries whose functions are the verbs, by the name of the module. */
const modules = 'axios got ky ky-universal request request-promise request-promise-native';

const makers =
  'axios.create axios.Axios got.extend ky.create ky.extend request.defaults request-promise.defaults superagent.agent $fetch.create ofetch.$fetch.create ofetch.ofetch.create wretch';

const browser: Readonly<Record<string, Operation>> = {
  ...each('goto', { flow: 'pull', address: ['0'] }),
};

/** HTTP clients, and what else fetches from or sends to an address of the web. */
export const httpClients: readonly JavascriptEntry[] = [
  exchange(
    'fetch node-fetch cross-fetch cross-fetch.fetch isomorphic-fetch isomorphic-unfetch undici undici.fetch undici.request undici.stream ofetch ofetch.ofetch ofetch.$fetch $fetch useFetch make-fetch-happen @tauri-apps/plugin-http.fetch expo/fetch.fetch',
    'unknown',
    ['0'],
    { flow: 'method', method: ['1.method'] },
  ),
  {
    ...whole,
    calls: `${modules} $.ajax jquery.ajax jQuery.ajax axios.request`.split(' '),
    style: 'request-reply',
  },
  ...['superagent', 'needle', 'needle.request'].map(
    (call): JavascriptEntry => ({
      calls: [call],
      flow: 'method',
      method: ['0'],
      address: ['1'],
      style: 'request-reply',
    }),
  ),
  ...Object.entries(verbs).flatMap(([verb, operation]): JavascriptEntry[] => [
    {
      ...operation,
      calls: `${modules} superagent needle`.split(' ').map((module) => `${module}.${verb}`),
      style: 'request-reply',
    },
    {
      ...operation,
      calls: [`$.${verb}`, `jquery.${verb}`, `jQuery.${verb}`],
      style: 'request-reply',
      needsAddress: true,
    },
  ]),
  client(
    makers,
    'request-reply',
    undefined,
    ['0.baseURL', '0.baseUrl', '0.prefixUrl', '0'],
    instance,
  ),
  exchange('axios.defaults.baseURL=', 'unknown', ['0']),
  exchange('$#load jquery#load jQuery#load', 'pull', ['0'], { needsAddress: true }),
  client('@nestjs/axios.HttpService', 'request-reply', undefined, [], {
    ...instance,
  }),
  client(
    '@nestjs/axios.HttpModule.register @nestjs/axios.HttpModule.registerAsync',
    'request-reply',
    undefined,
    ['0.baseURL'],
    {},
    { isUsed: true },
  ),
  client('@angular/common/http.HttpClient', 'request-reply', undefined, [], {
    ...verbs,
    jsonp: { flow: 'pull', address },
    request: { flow: 'method', method: ['0'], address: ['1'] },
  }),
  client('$http', 'request-reply', undefined, [], { ...verbs, '': whole }),
  exchange('http.get node:http.get', 'pull', ['0', '0.hostname', '0.host']),
  exchange('https.get node:https.get', 'pull', ['0', '0.hostname', '0.host'], {
    protocol: 'https',
  }),
  exchange('http.request node:http.request', 'unknown', ['0', '0.hostname', '0.host'], {
    flow: 'method',
    method: ['0.method', '1.method'],
  }),
  exchange('https.request node:https.request', 'unknown', ['0', '0.hostname', '0.host'], {
    flow: 'method',
    method: ['0.method', '1.method'],
    protocol: 'https',
  }),
  client('http2.connect node:http2.connect', 'request-reply', undefined, ['0'], {
    request: { flow: 'method', method: ['0.:method'] },
  }),
  client('undici.Client undici.Pool', 'request-reply', undefined, ['0'], {
    ...each('request stream dispatch', {
      flow: 'method',
      address: ['0.path'],
      method: ['0.method'],
    }),
  }),
  client('XMLHttpRequest', 'request-reply', undefined, [], {
    open: { flow: 'method', method: ['0'], address: ['1'] },
  }),
  exchange('EventSource eventsource eventsource.EventSource', 'pull', ['0'], {
    needsAddress: true,
  }),
  exchange('navigator.sendBeacon', 'push', ['0']),
  exchange(
    'WebSocket ws ws.WebSocket isomorphic-ws reconnecting-websocket websocket.w3cwebsocket faye-websocket.Client sockjs-client',
    'both',
    ['0'],
    { style: 'stream', protocol: 'ws', needsAddress: true },
  ),
  exchange(
    'socket.io-client socket.io-client.io socket.io-client.connect socket.io-client.Manager',
    'both',
    ['0'],
    { style: 'stream', protocol: 'ws', needsAddress: true },
  ),
  client(
    'puppeteer.launch puppeteer.connect puppeteer-core.launch puppeteer-core.connect playwright.chromium.launch playwright.firefox.launch playwright.webkit.launch',
    'request-reply',
    undefined,
    [],
    browser,
  ),
  client(
    'http-proxy http-proxy.createProxyServer http-proxy.createProxy',
    'request-reply',
    undefined,
    ['0.target', '0.target.host'],
    {
      ...each('web ws', { flow: 'both', address: ['2.target'] }),
      listen: { flow: 'both' },
    },
  ),
  exchange(
    'http-proxy-middleware http-proxy-middleware.createProxyMiddleware http-proxy-middleware.legacyCreateProxyMiddleware koa-proxies express-http-proxy koa-proxy @fastify/http-proxy @fastify/reply-from fastify-http-proxy',
    'both',
    ['0.target', '1.target', '0.host', '0.upstream', '0.base', '0'],
    { needsAddress: true },
  ),
  client(
    '@reduxjs/toolkit/query.fetchBaseQuery @reduxjs/toolkit/query/react.fetchBaseQuery',
    'request-reply',
    undefined,
    ['0.baseUrl'],
    {},
    { isUsed: true },
  ),
  client('openapi-fetch', 'request-reply', undefined, ['0.baseUrl'], {
    ...each('GET HEAD', { flow: 'pull', address: ['0'] }),
    ...each('POST PUT PATCH', { flow: 'push', address: ['0'] }),
    DELETE: { flow: 'unknown', address: ['0'] },
  }),
  // Clients that a generator made of an OpenAPI description.
  client(
    'openapi.Configuration',
    'request-reply',
    undefined,
    ['0.basePath', '0.baseServer.url'],
    {},
    { isUsed: true },
  ),
  exchange('openapi.Api', 'unknown', ['1'], { needsAddress: true }),
];
