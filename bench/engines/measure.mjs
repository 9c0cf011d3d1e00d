/**
 * The same calls as a log file for the reader here, as Parquet for DuckDB in the process, and as a
 * table of ClickHouse (chDB behind its HTTP interface): how long each takes to give the links, by rows.
 *
 *   npm install --prefix bench/gateway && npm run bench:engines -- [--rows 1e5,1e6,1e7] [--runs 3]
 *     [--chart docs/images/scale.svg]
 *
 * The rows are made inside ClickHouse by arithmetic, and the log by the same arithmetic here. Beyond
 * ten million rows the same ten million are read several times. Before it prints any time it asserts
 * that all three found the same links with the same calls, errors, bytes, days and durations.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  createWriteStream,
  existsSync,
  linkSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { drawCurves } from './draw-curves.mjs';
import { columns, logFormat, toLine, toRow, toSelect } from './log-rows.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1e5,1e6,1e7' },
    runs: { type: 'string', default: '3' },
    chart: { type: 'string' },
    peers: { type: 'string', default: path.join(here, '../gateway') },
    dist: { type: 'string', default: path.join(here, '../../dist') },
  },
});
const sizes = values.rows.split(',').map(Number);
const runs = Number(values.runs);
if (!sizes.every((size) => size >= 1) || !(runs >= 1)) {
  console.error('Usage: npm run bench:engines -- --rows 1e5,1e6,1e7 --runs 3');
  process.exit(2);
}
if (!existsSync(path.join(values.peers, 'node_modules/chdb'))) {
  console.error('The databases are missing: npm install --prefix bench/gateway');
  process.exit(2);
}

const mostDistinct = 10_000_000;
const user = { name: 'bench', password: 'bench', readonly: 0 };
const folder = mkdtempSync(path.join(tmpdir(), 'landscape-engines-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** What every source says: callers by address, and the host that was asked for. */
const mapping = {
  intermediary: 'gateway',
  callers: { '10.1.0.0/16': 'shop', '10.2.0.0/16': 'erp' },
};
const roles = {
  time: 'time',
  user: 'user',
  agent: 'agent',
  address: 'address',
  host: 'host',
  method: 'method',
  path: 'path',
  status: 'status',
  bytes: 'bytes',
  duration: 'wait_ms ms',
};

async function startServer() {
  const script = path.join(here, '../../test/scanners/engines/chdb-http.mjs');
  const server = spawn(
    process.execPath,
    [script, JSON.stringify({ users: [user], peers: values.peers })],
    { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, TMPDIR: folder, TZ: 'UTC' } },
  );
  const [port] = await once(server.stdout, 'data');
  const url = `http://127.0.0.1:${String(port).trim()}`;
  const headers = { 'X-ClickHouse-User': user.name, 'X-ClickHouse-Key': user.password };
  return {
    url,
    stop: () => server.kill('SIGKILL'),
    async ask(body) {
      const response = await fetch(url, { method: 'POST', body, headers });
      const text = await response.text();
      if (!response.ok) throw new Error(text.trim());
      return text;
    },
  };
}

function* logLines(total) {
  const batch = 10_000;
  for (let from = 0; from < total; from += batch) {
    const lines = [];
    for (let number = from; number < Math.min(total, from + batch); number++)
      lines.push(toLine(toRow(number, total)));
    yield `${lines.join('\n')}\n`;
  }
}

/** Gives a file further names, so that it is read so many times and lies on the disk once. */
function repeat(file, copies) {
  const { dir, name, ext } = path.parse(file);
  for (let copy = 1; copy < copies; copy++)
    linkSync(file, path.join(dir, `${name}-${copy + 1}${ext}`));
}

const scan = async (patterns, options) => {
  const given = JSON.stringify({ dist: values.dist, folder, patterns, options });
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [path.join(here, 'scan-once.mjs'), given],
    { maxBuffer: 1e8, env: { ...process.env, BENCH_PASSWORD: user.password } },
  );
  return JSON.parse(stdout);
};

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function measure(server, size) {
  const distinct = Math.min(size, mostDistinct);
  const copies = Math.round(size / distinct);
  const stem = `log${size}`;
  const log = path.join(folder, `${stem}.log`);
  const parquet = path.join(folder, `${stem}.parquet`);
  await pipeline(Readable.from(logLines(distinct)), createWriteStream(log));
  await server.ask(
    `CREATE TABLE ${stem} (${columns}) ENGINE = MergeTree PARTITION BY toDate(time) ORDER BY (host, time)`,
  );
  for (let copy = 0; copy < copies; copy++)
    await server.ask(`INSERT INTO ${stem} ${toSelect({ total: distinct })}`);
  await server.ask(
    `INSERT INTO FUNCTION file('${parquet}', Parquet) ${toSelect({ total: distinct })}`,
  );
  repeat(log, copies);
  repeat(parquet, copies);
  const ways = {
    'log file': () => scan([`${stem}*.log`], { ...mapping, format: logFormat }),
    DuckDB: () => scan([`${stem}*.parquet`], { ...mapping, engine: 'duckdb', columns: roles }),
    ClickHouse: () =>
      scan([stem], {
        ...mapping,
        engine: 'clickhouse',
        url: server.url,
        user: user.name,
        password: { env: 'BENCH_PASSWORD' },
        columns: roles,
        timeout: 3600,
      }),
  };
  const results = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (let run = 0; run < runs; run++)
    for (const [name, way] of Object.entries(ways)) results[name].push(await way());
  const all = Object.values(results).flat();
  const [{ digest, rows }] = all;
  if (rows !== size) throw new Error(`${rows} of ${size} rows were counted`);
  for (const [name, answers] of Object.entries(results))
    for (const answer of answers)
      if (answer.digest !== digest) throw new Error(`${name} found other calls than the log file`);
  const bytes = { log: copies * statSync(log).size, parquet: copies * statSync(parquet).size };
  await server.ask(`DROP TABLE ${stem}`);
  for (let copy = 1; copy <= copies; copy++)
    for (const ext of ['log', 'parquet'])
      rmSync(path.join(folder, `${stem}${copy === 1 ? '' : `-${copy}`}.${ext}`), { force: true });
  return { size, bytes, connections: all[0].connections, results };
}

const server = await startServer();
const curves = new Map();
try {
  console.log(
    'rows         links  log MB  Parquet MB  way         seconds  million rows/s  peak MB here',
  );
  for (const size of sizes) {
    const { bytes, connections, results } = await measure(server, size);
    for (const [name, answers] of Object.entries(results)) {
      const seconds = median(answers.map((answer) => answer.seconds));
      const megabytes = median(answers.map((answer) => answer.megabytes));
      curves.set(name, [...(curves.get(name) ?? []), [size, seconds]]);
      console.log(
        `${String(size).padEnd(12)} ${String(connections).padStart(5)} ${(bytes.log / 1e6).toFixed(0).padStart(7)} ${(bytes.parquet / 1e6).toFixed(0).padStart(11)}  ${name.padEnd(10)} ${seconds.toFixed(2).padStart(8)} ${(size / seconds / 1e6).toFixed(2).padStart(15)} ${String(megabytes).padStart(13)}`,
      );
    }
  }
} finally {
  server.stop();
}
if (values.chart) writeFileSync(values.chart, drawCurves(curves));
