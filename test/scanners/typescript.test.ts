import { describe, expect, test } from 'vitest';
import { drawScript, scan } from './scan.ts';

const draw = (text: string): Promise<string[]> => drawScript('a.ts', text);

describe('clients', () => {
  test.each<[string, string[]]>([
    ["fetch('https://a.example/x')", ['1 <- a.example https']],
    ["fetch('https://a.example/x', { method: 'PUT', body })", ['1 -> a.example https']],
    ["globalThis.fetch('http://a.example')", ['1 <- a.example http']],
    ["import fetch from 'node-fetch'; await fetch('http://a.example')", ['1 <- a.example http']],
    [
      "import { request as r } from 'undici'; r('http://a.example', { method: 'POST' })",
      ['1 -> a.example http'],
    ],
    ["import axios from 'axios'; axios.get('http://a.example')", ['1 <- a.example http']],
    [
      "import axios from 'axios'; axios({ url: 'http://a.example', method: 'post' })",
      ['1 -> a.example http'],
    ],
    ["import axios from 'axios'; axios.delete('http://a.example')", ['1 ?? a.example http']],
    [
      "const { default: axios } = await import('axios'); axios.post('http://a.example')",
      ['1 -> a.example http'],
    ],
    [
      "import axios from 'axios'; const c = axios.create({ baseURL: 'http://a.example/api' }); c.get('/x'); c.post('y')",
      ['1 <- a.example http', '1 -> a.example http'],
    ],
    [
      "import got from 'got'; got.extend({ prefixUrl: 'http://a.example' }).post('x')",
      ['1 -> a.example http'],
    ],
    ["import ky from 'ky'; ky.get('http://a.example')", ['1 <- a.example http']],
    [
      "import https from 'node:https'; https.get('https://a.example', done)",
      ['1 <- a.example https'],
    ],
    [
      "const http = require('http'); http.request({ hostname: 'a.example', method: 'POST' })",
      ['1 -> a.example http'],
    ],
    [
      "const request = require('request'); var host = process.env.H || 'a.example'; request('http://' + host + ':8080/p/' + sku, (e) => {})",
      ['1 <- a.example:8080 http'],
    ],
    [
      "import pg from 'pg'; const p = new pg.Pool({ host: 'a.example' }); await p.query('select * from orders')",
      ['1 <- a.example postgresql [orders]'],
    ],
    [
      "import { Client } from 'pg'; const c = new Client('postgres://a.example/x'); await c.query({ text: 'insert into t values (1)' })",
      ['1 -> a.example postgresql [t]'],
    ],
    [
      "import mysql from 'mysql2/promise'; const c = await mysql.createConnection({ host: 'a.example' }); await c.execute('delete from t')",
      ['1 -> a.example mysql [t]'],
    ],
    [
      "import o from 'oracledb'; const c = await o.getConnection({ connectString: 'a.example:1521/X' }); await c.execute('select * from s.t')",
      ['1 <- a.example:1521 oracle [s.t]'],
    ],
    [
      "import sql from 'mssql'; const p = await sql.connect('Server=a.example,1433;Database=x'); await p.request().query('select * from z')",
      ['1 <- a.example mssql [z]'],
    ],
    [
      "import S from 'ssh2-sftp-client'; const s = new S(); await s.connect({ host: 'a.example' }); await s.put('/tmp/a', '/in/a'); await s.get('/out/b', '/tmp/b')",
      ['1 -> a.example sftp [/in/a]', '1 <- a.example sftp [/out/b]'],
    ],
    [
      "import { Kafka } from 'kafkajs'; const k = new Kafka({ brokers: ['a.example:9092'] }); await k.producer().send({ topic: 'o' }); await k.consumer({}).subscribe({ topic: 's' })",
      ['1 -> a.example:9092 kafka [o]', '1 <- a.example:9092 kafka [s]'],
    ],
    [
      "import amqp from 'amqplib'; const c = await (await amqp.connect('amqp://a.example')).createChannel(); c.sendToQueue('q', b); c.consume('r', f)",
      ['1 -> a.example amqp [q]', '1 <- a.example amqp [r]'],
    ],
    [
      "import mqtt from 'mqtt'; const c = mqtt.connect('mqtt://a.example'); c.publish('a/b', x); c.subscribe('c')",
      ['1 -> a.example mqtt [a/b]', '1 <- a.example mqtt [c]'],
    ],
    [
      "import m from 'nodemailer'; await m.createTransport({ host: 'a.example' }).sendMail({})",
      ['1 -> a.example smtp'],
    ],
    [
      "import net from 'node:net'; const s = net.connect({ host: 'a.example', port: 2575 }); s.write(x)",
      ['1 -> a.example mllp'],
    ],
    [
      "import { execSync, spawn } from 'node:child_process'; execSync('curl http://a.example'); spawn('scp', ['x', 'b.example:/y'])",
      ['1 <- a.example http', '1 -> b.example scp [/y]'],
    ],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });

  test.each([
    "function fetch(x: string) { return x }\nfetch('https://no.example/x')",
    "import { fetch } from './mine.js'; fetch('https://no.example')",
    "const axios = { get(u: string) { return u } }; axios.get('http://no.example')",
    "function go(axios: Map<string, string>) { axios.get('http://no.example') }\nimport axios from 'axios'",
    "import { get } from 'lodash'; get('http://no.example/x'); map.get('http://no.example')",
    "// fetch('http://no.example')\nconst s = \"fetch('http://no.example')\"; console.log('http://no.example')",
    "import type { Client } from 'pg'; type F = typeof fetch",
    "import axios from 'axios'; const c = axios.create({ baseURL: 'http://no.example' })",
    '/**\n * https://openapi-generator.tech\n */\nexport const a = 1',
    'const client = new CartServiceClient(CART_ADDR, ChannelCredentials.createInsecure())',
  ])('no connection: %s', async (text) => {
    expect(await draw(text)).toEqual([]);
  });
});

describe('values', () => {
  test.each<[string, string[]]>([
    ["const u = 'http://a.example'; fetch(`${u}/x/${id}`)", ['1 <- a.example http']],
    ["const u = process.env.URL ?? 'http://a.example'; fetch(u)", ['1 <- a.example http']],
    ["fetch(`${process.env.H || 'http://a.example'}/x`)", ['1 <- a.example http']],
    ["const { F = 'http://a.example' } = process.env; fetch(`${F}/q`)", ['1 <- a.example http']],
    [
      "const { ADDR = '' } = process.env; fetch(`${ADDR}/get-quote`, { method: 'POST' })",
      ['1 unresolved'],
    ],
    ['fetch(process.env.NOPE)', ['1 unresolved']],
    ['fetch(`http://${HOST}:4318/v1`)', ['1 unresolved']],
    ["fetch(new URL('/x', 'https://a.example'))", ['1 <- a.example https']],
    [
      "const b = new URL('https://a.example/base'); fetch(new URL('y', b).href)",
      ['1 <- a.example https'],
    ],
    [
      "const c = { erp: { url: 'http://a.example' }, l: ['http://b.example'] }; fetch(c.erp.url + '/x'); fetch(c['erp']['url']); fetch(c.l[0])",
      ['1 <- a.example http', '1 <- a.example http', '1 <- b.example http'],
    ],
    [
      "const c = { erp: { url: 'http://a.example' } }; const { erp: { url } } = c; fetch(url)",
      ['1 <- a.example http'],
    ],
    [
      "class A { base = 'http://a.example'; static b = 'http://b.example'; go() { fetch(this.base + '/x'); fetch(A.b) } }",
      ['1 <- a.example http', '1 <- b.example http'],
    ],
    [
      "import axios from 'axios'; class A { constructor() { this.c = axios.create({ baseURL: 'http://a.example' }) } go() { return this.c.get('/x') } }",
      ['1 <- a.example http'],
    ],
    [
      "const url = () => 'http://a.example'; function base() { return 'http://b.example' } fetch(url()); fetch(base() + '/x')",
      ['1 <- a.example http', '1 <- b.example http'],
    ],
    ["let u; u = 'http://a.example'; fetch(u)", ['1 <- a.example http']],
    ["enum E { A = 'http://a.example' } fetch(E.A)", ['1 <- a.example http']],
    [
      "async function go(url = 'http://a.example') { await fetch(url) } function g(u: string) { fetch(u) }",
      ['1 <- a.example http', '1 unresolved'],
    ],
    ["for (const u of ['http://a.example']) fetch(u)", ['1 <- a.example http']],
    ["const u = 'http://no.example'; function g(u: string) { fetch(u) }", ['1 unresolved']],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });

  test('an HTTP client in another file of the same kind keeps to its own names', async () => {
    const { evidence } = await scan('scripts', {
      'a.ts': "export const base = 'http://a.example'",
      'b.js': 'fetch(base)',
    });
    const kinds = evidence.map(({ kind }) => kind).filter((kind) => kind !== 'safeguard');
    expect(kinds).toEqual(['ownership', 'ownership', 'unresolved']);
  });

  test('what was fetched and what is sent are joined by the value', async () => {
    const text =
      "import axios from 'axios';\nconst api = axios.create({ baseURL: 'http://a.example' });\nconst load = async () => (await api.get('/a')).data;\nconst send = (d) => fetch('http://b.example', { method: 'POST', body: JSON.stringify(d) });\nconst rows = await load();\nawait fetch('http://c.example', { method: 'POST', body: rows });\n";
    const { of } = await scan('scripts', { 'a.ts': text });
    const [pull, , last] = of('connection');
    expect(pull).toMatchObject({
      initiator: 'to',
      localFiles: [expect.stringMatching(/^result /)],
    });
    expect(last?.localFiles).toEqual(expect.arrayContaining([...(pull?.localFiles ?? [])]));
  });
});

test.each(['#!/usr/bin/env node', '#!/usr/bin/env -S node --no-warnings', '#!/usr/local/bin/node'])(
  'a file without extension is known by %s',
  async (line) => {
    const { of } = await scan('scripts', { job: `${line}\nfetch('https://a.example/x');\n` });
    expect(of('connection')).toHaveLength(1);
  },
);
