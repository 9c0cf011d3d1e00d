/**
 * Peak resident memory of the engine with a small and a large log that hold the same groups, each
 * read in a process of its own. Ends with 1 where the large one takes over a tenth more.
 *
 *   npm run bench:gateway-memory -- [--sizes 256MB,4GB] [--format nginx] [--runs 3] [--threads 2]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { open } from './contestants/engine.mjs';
import { toBytes, writeLog } from './generate.mjs';

const script = fileURLToPath(import.meta.url);
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '256MB,4GB' },
    format: { type: 'string', default: 'nginx' },
    runs: { type: 'string', default: '3' },
    threads: { type: 'string', default: '2' },
    dist: { type: 'string', default: path.join(path.dirname(script), '../../dist') },
    /** Reads this log and prints what it took: what the processes started here do. */
    read: { type: 'string' },
  },
});

if (values.read === undefined) process.exitCode = measureAll();
else await readOnce(values.read);

async function readOnce(file) {
  const engine = await open({ threads: Number(values.threads), dist: values.dist });
  const start = performance.now();
  const rows = await engine.run({ format: values.format, file });
  const seconds = (performance.now() - start) / 1000;
  const calls = rows.reduce((sum, row) => sum + row[3], 0);
  const peak = process.resourceUsage().maxRSS * 1024;
  console.log(JSON.stringify({ peak, calls, groups: rows.length, seconds }));
}

function measureAll() {
  const work = mkdtempSync(path.join(tmpdir(), 'landscape-memory-'));
  try {
    const [small, large] = values.sizes.split(',').map((size) => measure(work, size));
    if (small.groups !== large.groups) throw new Error('the two logs hold other groups');
    const ratio = large.peak / small.peak;
    console.log(`ratio ${ratio.toFixed(3)}`);
    return ratio <= 1.1 ? 0 : 1;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function measure(work, size) {
  const file = path.join(work, 'access.log');
  const written = writeLog(file, { format: values.format, bytes: toBytes(size) });
  const runs = Array.from({ length: Number(values.runs) }, () => {
    const args = [script, '--read', file, '--format', values.format];
    args.push('--threads', values.threads, '--dist', values.dist);
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the engine exits ${status}: ${stderr}`);
    const run = JSON.parse(stdout);
    if (run.calls !== written.calls) throw new Error(`${run.calls} calls of ${written.calls}`);
    return run;
  });
  runs.sort((a, b) => a.peak - b.peak);
  const run = runs[Math.floor(runs.length / 2)];
  const rates = runs.map(({ seconds }) => written.bytes / 1e6 / seconds).sort((a, b) => a - b);
  console.log(
    `${size.padStart(6)}: peak ${(run.peak / 2 ** 20).toFixed(0)} MiB (${runs.map(({ peak }) => (peak / 2 ** 20).toFixed(0)).join(', ')}), ${run.groups} groups, ${run.calls} calls, ${rates[Math.floor(rates.length / 2)].toFixed(0)} MB/s`,
  );
  return run;
}
