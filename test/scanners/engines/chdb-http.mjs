/**
 * Answers ClickHouse's HTTP interface out of chDB, a current ClickHouse inside the process: one query
 * after the other, each answer whole before its first byte is sent.
 *
 *   node chdb-http.mjs '{"users": [{"name": "…", "password": "…", "readonly": 1}], "peers": "bench/gateway"}'
 *
 * Prints the port that it listens on, of loopback.
 */
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';

const { users, peers } = JSON.parse(process.argv[2]);
const { Session } = createRequire(path.join(peers, 'package.json'))('chdb');
const session = new Session();
const version = session.query('select version()', 'TabSeparated').trim();

/** What a request says beside settings of its query. */
const notSettings = new Set(
  'query query_id user password database default_format session_id wait_end_of_query'.split(' '),
);

/** Statuses of HTTP by the codes of errors, as a server gives them; others are 500. */
const statuses = { 62: 400, 6: 400, 427: 400, 516: 403, 497: 403, 159: 408 };
for (const unknown of [46, 47, 60, 73, 81, 115]) statuses[unknown] = 404;

class Refusal extends Error {}

function findUser({ headers }, asked) {
  const [, basic = ''] = /^Basic (.*)$/.exec(headers.authorization ?? '') ?? [];
  const [, basicName, basicPassword] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(basic, 'base64').toString()) ?? [];
  const name = basicName ?? headers['x-clickhouse-user'] ?? asked.get('user') ?? 'default';
  const password = basicPassword ?? headers['x-clickhouse-key'] ?? asked.get('password') ?? '';
  const user = users.find((each) => each.name === name && each.password === password);
  if (!user)
    throw new Refusal(
      `Code: 516. DB::Exception: ${name}: Authentication failed: password is incorrect, or there is no user with such name. (AUTHENTICATION_FAILED)`,
    );
  return user;
}

/** The query with the settings that came beside it, and with what its user may do. */
function toQuery(sql, asked, { readonly }) {
  const settings = [...asked].filter(([name]) => !notSettings.has(name));
  const [forbidden] = readonly === 1 ? settings : settings.filter(([name]) => name === 'readonly');
  if (forbidden && readonly > 0)
    throw new Refusal(
      `Code: 164. DB::Exception: Cannot modify '${forbidden[0]}' setting in readonly mode. (READONLY)`,
    );
  // A word of a server's own interface, which chDB does not know.
  const own = settings.filter(([name]) => name !== 'enable_http_compression');
  if (readonly > 0) own.push(['readonly', String(readonly)]);
  if (own.length === 0) return sql;
  const given = own.map(([name, value]) => `${name} = '${value.replace(/['\\]/g, '\\$&')}'`);
  return `${sql.replace(/[\s;]+$/, '')}\nSETTINGS ${given.join(', ')}`;
}

async function answer(request) {
  const url = new URL(request.url, 'http://127.0.0.1');
  if (url.pathname === '/ping') return { status: 200, body: Buffer.from('Ok.\n') };
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  try {
    const user = findUser(request, url.searchParams);
    const sql = [url.searchParams.get('query'), Buffer.concat(chunks).toString()].join('\n');
    const format = url.searchParams.get('default_format') ?? 'TabSeparated';
    const result = await session.queryAsync(toQuery(sql, url.searchParams, user), { format });
    const summary = { read_rows: `${result.rowsRead}`, read_bytes: `${result.bytesRead}` };
    return {
      status: 200,
      headers: {
        'X-ClickHouse-Timezone': 'UTC',
        'X-ClickHouse-Query-Id': url.searchParams.get('query_id') ?? '',
        'X-ClickHouse-Summary': JSON.stringify(summary),
      },
      body: Buffer.from(result.bytes()),
    };
  } catch (error) {
    const text = String(error.message).replace(/^Query failed: /, '');
    const code = /Code: (\d+)/.exec(text)?.[1] ?? '1002';
    return {
      status: statuses[code] ?? 500,
      headers: { 'X-ClickHouse-Exception-Code': code },
      body: Buffer.from(`${text} (version ${version})\n`),
    };
  }
}

let last = Promise.resolve();
const server = createServer((request, response) => {
  last = last.then(async () => {
    const { status, headers, body } = await answer(request);
    const packs =
      /enable_http_compression=1/.test(request.url) &&
      /gzip/.test(request.headers['accept-encoding'] ?? '');
    response.writeHead(status, {
      'Content-Type': 'text/plain; charset=UTF-8',
      'X-ClickHouse-Server-Display-Name': 'chdb',
      ...headers,
      ...(packs ? { 'Content-Encoding': 'gzip' } : {}),
    });
    response.end(packs ? gzipSync(body) : body);
  });
  last = last.catch(() => response.destroy());
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
// Ends with the test that started it.
process.stdin.resume().on('end', () => process.exit(0));
