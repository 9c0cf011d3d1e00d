/**
 * How long a check of a change takes on a large repository, in which one script is changed: the first
 * run, as on a new machine, and the next ones, which find what the first kept. It also proves that
 * the verdict is the difference of full checks of both sides.
 *
 *   npm run bench:since
 *   npm run bench:since -- --files 20000 --rounds 5
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { git, writeRepository } from './generate.mjs';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '5' },
  },
});
const landscape = fileURLToPath(new URL('../../bin/landscape.js', import.meta.url));
const top = mkdtempSync(path.join(tmpdir(), 'landscape-since-'));
process.on('exit', () => rmSync(top, { recursive: true, force: true }));
const [before, now] = [path.join(top, 'before'), path.join(top, 'now')];
writeRepository(before, Number(values.files));
cpSync(before, now, { recursive: true });
git(now, 'checkout', '-q', '-b', 'change');
writeFileSync(
  path.join(now, 'jobs/area0/part0/pull0.sh'),
  '#!/bin/sh\ncurl -fsS https://s7.example/stock > /tmp/stock\ncurl -T /tmp/stock sftp://s5.example/in\n',
);

function check(folder, ...args) {
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [landscape, 'check', folder, '--json', '--today', '2026-11-02', ...args],
    { encoding: 'utf8', maxBuffer: 2 ** 30 },
  );
  if (status !== 0 && status !== 1) throw new Error(`check exits ${status}: ${stderr}`);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  return { seconds, findings: JSON.parse(stdout).findings };
}

const names = (findings) =>
  findings
    .flatMap((each) => [each, ...(each.also ?? [])])
    .map(({ fingerprint }) => fingerprint)
    .sort();
const tell = (what, seconds) =>
  console.log(`${what.padEnd(42)} ${seconds.toFixed(2).padStart(7)} s`);

const cold = check(now, '--since', 'main');
tell('cold: base and change', cold.seconds);
const warm = Array.from({ length: Number(values.rounds) }, () => check(now, '--since', 'main'));
const sorted = warm.map(({ seconds }) => seconds).sort((a, b) => a - b);
tell('warm, the fastest', sorted[0]);
tell('warm, in the middle', sorted[sorted.length >> 1]);
const all = check(now, '--no-cache');
tell('a full check without a cache', all.seconds);

const known = new Set(names(check(before, '--no-cache').findings));
const expected = names(all.findings).filter((name) => !known.has(name));
for (const { findings } of [cold, ...warm])
  if (names(findings).join() !== expected.join() || expected.length === 0)
    throw new Error(`--since finds ${names(findings)}, full checks ${expected}`);
console.log(`the same verdict as two full checks: ${expected.length} new, ${known.size} known`);
