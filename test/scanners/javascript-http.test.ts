import { describe, expect, test } from 'vitest';
import { httpClients } from '../../src/scanners/scripts/clients/javascript-http.ts';
import { type Case, listUnmentioned, withoutLibraries } from './javascript-cases.ts';
import { drawScript } from './scan.ts';

const draw = (text: string): Promise<string[]> => drawScript('a.ts', text);

const imported: readonly Case[] = [
  [
    "import fetch from 'cross-fetch';\nawait fetch('http://a.example', { method: 'DELETE' })",
    ['2 ?? a.example http'],
  ],
  [
    "import { ofetch } from 'ofetch';\nofetch('/x', {});\nofetch.create({ baseURL: 'http://a.example' })('/x')",
    ['3 <- a.example http'],
  ],
  [
    "import axios from 'axios';\naxios.defaults.baseURL = 'http://a.example';\naxios.put('http://b.example/x', body)",
    ['2 ?? a.example http', '3 -> b.example http'],
  ],
  [
    "import axios from 'axios';\nconst api = axios.create();\napi.defaults.baseURL = 'https://a.example';\napi.interceptors.request.use((c) => c);\napi.patch('/x', {});\napi({ url: '/y' });\napi.request({ url: '/z', method: 'POST' })",
    ['5 -> a.example https', '6 <- a.example https', '7 -> a.example https'],
  ],
  [
    "import axios from 'axios';\nconst api = axios.create({ baseURL: 'https://a.example' });\nexport default api",
    ['2 ?? a.example https'],
  ],
  [
    "import axios from 'axios';\nexport const api = axios.create({ baseURL: 'https://a.example' });\nexport const load = () => api.get('/x')",
    ['3 <- a.example https'],
  ],
  [
    "const got = require('got');\nconst c = got.extend({ prefixUrl: 'http://a.example' });\nawait c('x', { method: 'POST' }).json()",
    ['3 -> a.example http'],
  ],
  [
    "import ky from 'ky';\nky.create({ prefixUrl: 'http://a.example' }).delete('x')",
    ['2 ?? a.example http'],
  ],
  [
    "const request = require('request').defaults({ json: true });\nrequest.post({ uri: 'http://a.example' }, cb);\nrequest('http://b.example', cb)",
    ['2 -> a.example http', '3 <- b.example http'],
  ],
  ["import sa from 'superagent';\nsa.post('http://a.example').send(x)", ['2 -> a.example http']],
  [
    "import needle from 'needle';\nneedle.request('put', 'http://a.example', x);\nneedle.get('http://b.example')",
    ['2 -> a.example http', '3 <- b.example http'],
  ],
  [
    "import $ from 'jquery';\n$.getJSON('http://a.example/x', (d) => d);\n$('#a').load('http://b.example/y')",
    ['2 <- a.example http', '3 <- b.example http'],
  ],
  [
    "import { HttpService, HttpModule } from '@nestjs/axios';\nclass A { constructor(private readonly http: HttpService) {}\n  a() { return this.http.get('http://a.example/x') }\n  b() { return this.http.axiosRef.post('http://b.example/x') } }\n@Module({ imports: [HttpModule.register({ baseURL: 'http://c.example' }), HttpModule.register({ timeout: 5 })] }) class M {}",
    ['3 <- a.example http', '4 -> b.example http', '5 ?? c.example http'],
  ],
  [
    "import { HttpClient } from '@angular/common/http';\n@Injectable() class A { constructor(private http: HttpClient) {}\n  a() { return this.http.get<X[]>('http://a.example/x') }\n  b() { return this.http.request('PUT', 'http://b.example') } }",
    ['3 <- a.example http', '4 -> b.example http'],
  ],
  [
    "import http from 'http';\nhttp.get({ host: 'a.example', path: '/x' })",
    ['2 <- a.example http'],
  ],
  [
    "const https = require('https');\nhttps.request({ hostname: 'a.example', method: 'PUT' }, (r) => r)",
    ['2 -> a.example https'],
  ],
  [
    "import * as https from 'node:https';\nhttps.get('https://a.example')",
    ['2 <- a.example https'],
  ],
  ["import * as http from 'node:http';\nhttp.request('http://a.example')", ['2 <- a.example http']],
  [
    "import http2 from 'node:http2';\nconst s = http2.connect('https://a.example');\ns.request({ ':path': '/', ':method': 'POST' })",
    ['3 -> a.example https'],
  ],
  [
    "import { Pool } from 'undici';\nnew Pool('http://a.example').request({ path: '/x', method: 'GET' })",
    ['2 <- a.example http'],
  ],
  [
    "import { EventSource } from 'eventsource';\nnew EventSource('https://a.example/events')",
    ['2 <- a.example https'],
  ],
  [
    "import WebSocket, { WebSocketServer } from 'ws';\nnew WebSocket('wss://a.example');\nnew WebSocketServer({ port: 1 });\nfunction f(s: WebSocket) { s.send(1) }",
    ['2 <> a.example ws'],
  ],
  [
    "import { io } from 'socket.io-client';\nconst s = io('https://a.example');\nio()",
    ['2 <> a.example ws'],
  ],
  [
    "import puppeteer from 'puppeteer';\nconst b = await puppeteer.launch();\nconst page = await b.newPage();\nawait page.goto('https://a.example/x')",
    ['4 <- a.example https'],
  ],
  [
    "import httpProxy from 'http-proxy';\nhttpProxy.createProxyServer({ target: 'http://a.example' }).listen(8000);\nconst p = httpProxy.createProxyServer({});\np.web(q, r, { target: 'http://b.example' })",
    ['2 <> a.example http', '4 <> b.example http'],
  ],
  [
    "const { createProxyMiddleware } = require('http-proxy-middleware');\nmodule.exports = (app) => { app.use('/api', createProxyMiddleware({ target: 'http://a.example' })) }",
    ['2 <> a.example http'],
  ],
  [
    "const proxy = require('express-http-proxy');\napp.use('/x', proxy('http://a.example'))",
    ['2 <> a.example http'],
  ],
  [
    "import proxy from '@fastify/http-proxy';\nserver.register(proxy, { upstream: 'http://a.example' })",
    ['2 <> a.example http'],
  ],
  [
    "import { createApi, fetchBaseQuery } from '@reduxjs/toolkit/query/react';\ncreateApi({ baseQuery: fetchBaseQuery({ baseUrl: 'https://a.example' }) })",
    ['2 ?? a.example https'],
  ],
  [
    "import createClient from 'openapi-fetch';\nconst c = createClient<paths>({ baseUrl: 'https://a.example' });\nawait c.GET('/x');\nawait c.PUT('/x', {})",
    ['3 <- a.example https', '4 -> a.example https'],
  ],
];

const everywhere: readonly Case[] = [
  ["useFetch('https://a.example/x')", ['1 <- a.example https']],
  ["fetch(new Request('https://a.example/x'))", ['1 <- a.example https']],
  ["window.fetch('https://a.example/x', { method: 'post' })", ['1 -> a.example https']],
  [
    "const x = new XMLHttpRequest();\nx.open('POST', 'https://a.example/x');\nx.send()",
    ['2 -> a.example https'],
  ],
  ["const e = new EventSource('https://a.example')", ['1 <- a.example https']],
  ["const s = new WebSocket('ws://a.example')", ['1 <> a.example ws']],
  ["navigator.sendBeacon('https://a.example', d)", ['1 -> a.example https']],
  [
    "(function ($) {\n  $.ajax({ url: 'http://a.example', type: 'POST' });\n  $.get('http://b.example')\n})(jQuery)",
    ['2 -> a.example http', '3 <- b.example http'],
  ],
  [
    "app.controller('X', function ($scope, $http) {\n  $http.get('http://a.example/x');\n  $http({ method: 'PUT', url: 'http://b.example' })\n})",
    ['2 <- a.example http', '3 -> b.example http'],
  ],
  [
    "import { Configuration, OrdersApi, StockApi } from './generated';\nnew OrdersApi(new Configuration({ basePath: 'https://a.example' }));\nnew StockApi(undefined, 'https://b.example')",
    ['2 ?? a.example https', '3 ?? b.example https'],
  ],
];

describe('web clients', () => {
  test.each([...imported, ...everywhere])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });

  test.each(imported)('a file of the same name is no library: %s', async (text) => {
    expect(await draw(withoutLibraries(text).replace(/WebSocket|EventSource/g, 'Own'))).toEqual([]);
  });

  test('every client of the table has a script here', () => {
    expect(listUnmentioned(httpClients, [...imported, ...everywhere])).toEqual([]);
  });
});

test.each([
  "class XMLHttpRequest { open(m: string, u: string) {} }\nnew XMLHttpRequest().open('GET', 'http://no.example')",
  "class WebSocket { constructor(u: string) {} }\nnew WebSocket('ws://no.example')",
  "function useFetch(u: string) {}\nuseFetch('http://no.example')",
  "const navigator = { sendBeacon(u: string) {} };\nnavigator.sendBeacon('http://no.example')",
  "const $ = { ajax(o: object) {}, get(u: string) {} };\n$.ajax({ url: 'http://no.example' });\n$.get('http://no.example')",
  "function f(http) { http.get('http://no.example') }",
  "const $http = make();\n$http.get('http://no.example')",
  "import { Configuration } from './settings';\nnew Configuration({ path: 'http://no.example' })",
  "import express from 'express';\nconst app = express();\napp.get('http://no.example', (q, r) => r.send(1));\napp.post('/x', h)",
  "import { Router } from 'express';\nRouter().delete('/x', h)",
  "cache.get('http://no.example');\nnew Map().get('http://no.example')",
  "export default defineConfig({ server: { proxy: { '/api': 'http://no.example' } } })",
  "module.exports = { devServer: { proxy: { '/api': { target: 'http://no.example' } } } }",
  "console.log('fetch(http://no.example)')\n// axios.get('http://no.example')\n/* new WebSocket('ws://no.example') */",
  "import axios from 'axios';\naxios.isCancel('http://no.example');\nconst api = axios.create({ timeout: 5 });\nexport { api }",
  'const a = <a href="http://no.example">x</a>',
])('no connection: %s', async (text) => {
  expect(await drawScript('a.tsx', text)).toEqual([]);
});
