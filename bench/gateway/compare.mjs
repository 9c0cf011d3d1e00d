/**
 * The gateway log engine beside DuckDB, ClickHouse (chDB), GoAccess and a bare count of lines, in one
 * run: the same file, the same number of threads, in turns, the median of each.
 *
 *   npm install --prefix bench/gateway && npm run bench:gateway -- [--size 256MB] [--runs 5]
 *     [--threads 2] [--formats nginx,combined,istio,kong]
 *
 * Before it prints any time it asserts that every answer of every query is what the generator wrote:
 * calls, errors, bytes, first and last seen of each group, and percentiles. Of the queries of a
 * database the one that took least processor time goes into the rounds.
 */
import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { toBytes, writeLog } from './generate.mjs';
import { lineFormats } from './line-formats.mjs';
import { assertEqual, tally } from './truth.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '256MB' },
    runs: { type: 'string', default: '5' },
    threads: { type: 'string', default: '2' },
    formats: { type: 'string', default: 'nginx,combined,istio,kong' },
    /** The folder whose `node_modules` hold the databases, and the one with the compiled engine. */
    peers: { type: 'string', default: here },
    dist: { type: 'string', default: path.join(here, '../../dist') },
  },
});
const formats = values.formats.split(',');
const runs = Number(values.runs);
const threads = Number(values.threads);
const unknown = formats.find((format) => !lineFormats[format]);
if (unknown !== undefined || !(runs >= 1) || !(threads >= 1)) {
  console.error(
    `Usage: npm run bench:gateway -- --size 256MB --runs 5 --threads 2 --formats ${Object.keys(lineFormats).join(',')}`,
  );
  process.exit(2);
}
if (!existsSync(path.join(values.peers, 'node_modules/chdb'))) {
  console.error('The databases are missing: npm install --prefix bench/gateway');
  process.exit(2);
}

/** Starts a contestant in its own process. @returns a function that gives it a task */
async function start(name, itsThreads = threads) {
  const settings = JSON.stringify({ threads: itsThreads, peers: values.peers, dist: values.dist });
  const child = fork(path.join(here, 'contestant.mjs'), [name, settings], {
    serialization: 'advanced',
  });
  const ask = (message) =>
    new Promise((resolve, reject) => {
      const onExit = (code) => reject(new Error(`${name} ended with ${code}`));
      child.once('exit', onExit);
      child.once('message', (answer) => {
        child.off('exit', onExit);
        if (answer.fault) reject(new Error(`${name}: ${answer.fault}`));
        else resolve(answer);
      });
      child.send(message);
    });
  const opened = await ask({ kind: 'open', task: { formats } });
  return {
    name,
    ...opened,
    run: (task, withRows = false) => ask({ kind: 'run', task, withRows }),
    stop: () => child.disconnect(),
  };
}

/** GoAccess is no package of npm: it takes part where it is installed. */
async function startGoaccess() {
  if (!formats.includes('combined')) return undefined;
  try {
    return await start('goaccess');
  } catch {
    console.log('GoAccess is not installed, and is left out.');
    return undefined;
  }
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const work = mkdtempSync(path.join(tmpdir(), 'landscape-gateway-'));
const started = [];
const add = async (starting) => {
  const contestant = await starting;
  if (contestant) started.push(contestant);
  return contestant;
};

try {
  const engine = await add(start('engine'));
  const databases = [await add(start('duckdb')), await add(start('chdb'))];
  const goaccess = await add(startGoaccess());
  const counters = [await add(start('newlines', 1))];
  if (threads > 1) counters.push(await add(start('newlines')));
  console.log(
    `${started.map(({ version }) => version).join(', ')}; ${threads} threads, median of ${runs}`,
  );
  for (const format of formats)
    await compare(format, {
      engine,
      databases,
      goaccess: format === 'combined' ? goaccess : undefined,
      counters,
    });
} finally {
  for (const { stop } of started) stop();
  rmSync(work, { recursive: true, force: true });
}

async function compare(format, { engine, databases, goaccess, counters }) {
  const file = path.join(work, `${format}.log`);
  const written = writeLog(file, { format, bytes: toBytes(values.size) });
  const truths = new Map(
    [true, false].map((byRoute) => [byRoute, tally({ format, calls: written.calls, byRoute })]),
  );
  const entries = [];
  const others = [];
  const check = async (contestant, query, byRoute) => {
    const task = { format, file, query, byRoute };
    const answer = await contestant.run(task, true);
    const title = `${contestant.name}, ${query}`;
    assertEqual(title, truths.get(byRoute), answer.rows, contestant.error ?? 0);
    return { contestant, task, byRoute, title, once: answer };
  };

  for (const byRoute of [true, false]) {
    const own = await check(engine, 'readLogs', byRoute);
    // It always finds the routes, so one measurement stands in both tables.
    if (byRoute) entries.push(own);
    for (const database of databases) {
      const checked = [];
      for (const query of database.queries[format])
        checked.push(await check(database, query, byRoute));
      checked.sort((a, b) => a.once.cpuSeconds - b.once.cpuSeconds);
      if (checked.length > 0) entries.push(checked[0]);
      others.push(...checked.slice(1));
    }
  }
  if (goaccess) entries.push(await checkTotals(goaccess, file, truths.get(false)));
  for (const counter of counters) {
    for (const query of counter.queries[format]) {
      const { rows } = await counter.run({ file, query }, true);
      const head = (lineFormats[format].head ?? '').split('\n').length - 1;
      if (rows[0][0] !== written.calls + head) throw new Error(`${rows[0][0]} lines counted`);
      const title = `count of lines, ${query}, ${counter === counters[0] ? 1 : threads} thread(s)`;
      entries.push({ contestant: counter, task: { file, query }, title });
    }
  }

  for (const entry of entries) entry.runs = [];
  for (let run = 0; run < runs; run++)
    for (const entry of entries) entry.runs.push(await entry.contestant.run(entry.task));
  print(format, written, truths, entries, others);
  rmSync(file);
}

async function checkTotals(goaccess, file, truth) {
  const task = { format: 'combined', file };
  const { rows } = await goaccess.run(task, true);
  const sums = [0, 3].map((index) =>
    [...truth.values()].reduce((sum, { figures }) => sum + figures[index], 0),
  );
  if (rows[0].some((total, index) => total !== sums[index]))
    throw new Error(`goaccess: calls and bytes are ${rows[0]} for ${sums}`);
  return { contestant: goaccess, task, title: 'goaccess, hosts and requests' };
}

function print(format, written, truths, entries, others) {
  const megabytes = written.bytes / 1e6;
  const toRates = (list) => ({
    wall: megabytes / median(list.map(({ seconds }) => seconds)),
    cpu: megabytes / median(list.map(({ cpuSeconds }) => cpuSeconds)),
  });
  const own = toRates(entries[0].runs);
  const row = (title, { wall, cpu }, hasCpu) =>
    console.log(
      [
        `  ${title}`.padEnd(58),
        wall.toFixed(0).padStart(7),
        (own.wall / wall).toFixed(2).padStart(10),
        (hasCpu ? cpu.toFixed(0) : '').padStart(10),
        (hasCpu ? (own.cpu / cpu).toFixed(2) : '').padStart(10),
      ].join(' '),
    );
  const head = (title) =>
    console.log(`\n  ${title.padEnd(56)}    MB/s  engine is   MB/cpu s  engine is`);

  console.log(
    `\n${format}: ${megabytes.toFixed(0)} MB, ${written.calls} calls, ${truths.get(true).size} groups with routes and ${truths.get(false).size} without; all answers are equal`,
  );
  for (const byRoute of [true, false]) {
    head(byRoute ? 'caller × callee × route' : 'caller × callee (the engine finds routes too)');
    row('engine', own, true);
    for (const entry of entries)
      if (entry !== entries[0] && entry.byRoute === byRoute)
        row(entry.title, toRates(entry.runs), true);
    for (const other of others)
      if (other.byRoute === byRoute) row(`(once) ${other.title}`, toRates([other.once]), true);
  }
  head('no groups');
  for (const entry of entries)
    if (entry.byRoute === undefined)
      row(entry.title, toRates(entry.runs), entry.contestant.name !== 'goaccess');
}
