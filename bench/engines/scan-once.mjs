/**
 * Scans one gateway source as the audit does, in a process of its own, and tells what came out and how
 * long it took.
 *
 *   node scan-once.mjs '{"dist": "…", "folder": "…", "patterns": ["log"], "options": {}}'
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const { dist, folder, patterns, options } = JSON.parse(process.argv[2]);
const load = (file) => import(pathToFileURL(path.join(dist, file)).href);
const { loadScanner } = await load('scanners/index.js');
const { CoverageCounter } = await load('scanners/coverage.js');
const { nodeFiles } = await load('files.js');
const { noCache } = await load('files/cache.js');

const start = performance.now();
const files = nodeFiles(folder);
const scanner = await loadScanner('gateway', options);
const given = scanner.options.parse(options);
const paths = [];
for (const pattern of patterns)
  if (scanner.isFile?.(pattern, given) ?? true) paths.push(...(await files.find(pattern)));
const coverage = new CoverageCounter();
const place = { file: 'landscape.yaml', line: 1, column: 1 };
const connections = [];
for await (const item of scanner.scan(given, {
  files,
  paths,
  patterns,
  environment: 'prod',
  today: '2026-11-02',
  cache: noCache,
  coverage,
  placeOf: () => place,
  expectSystem: () => {},
  alsoRead: () => {},
  addCollection: () => {},
  progress: () => {},
}))
  if (item.kind === 'connection') connections.push(item);
const seconds = (performance.now() - start) / 1000;

/** What was found without where: calls, errors, bytes, days, and the counts of durations by bucket. */
const facts = connections
  .map(({ origin, traffic, ...rest }) => {
    const routes = [...traffic.routes].sort((a, b) => (a.route < b.route ? -1 : 1));
    return JSON.stringify({ ...rest, traffic: { ...traffic, routes } });
  })
  .sort();
process.stdout.write(
  JSON.stringify({
    seconds,
    rows: coverage.parsed,
    connections: connections.length,
    digest: createHash('sha256').update(facts.join('\n')).digest('hex'),
    megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
process.exit(0);
