/**
 * How fast a tree of scripts is scanned, beside `rg` (one regular expression over every byte, the
 * floor) and `ast-grep` (one call pattern for each language, a parse of every file): in one run,
 * in turns, the median of each, so that a busy machine slows all.
 *
 *   npm install --prefix bench && npm run bench:throughput -- --tree <folder> [--rounds 5]
 *
 * Before it times anything it asserts that the answers can be compared: an audit from a cache is
 * the same to the byte as one without, and each plain HTTP call that landscape reports is found at
 * the same line by the two peers.
 */
import { spawnSync } from 'node:child_process';
import {
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = path.dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    tree: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    tool: { type: 'string', default: path.join(here, '../../bin/landscape.js') },
    /** The folder whose `node_modules` hold the peers. */
    peers: { type: 'string', default: path.join(here, '..') },
  },
});
if (!values.tree || !(Number(values.rounds) >= 1)) {
  console.error('Usage: npm run bench:throughput -- --tree <folder> [--rounds 5]');
  process.exit(2);
}

/** Words that stand where scripts connect to something. */
const words = String.raw`[a-z][a-z0-9+.-]+://|\b(fetch|axios|requests|urlopen|HttpClient|RestTemplate|WebClient|http\.(Get|Post|NewRequest)|curl|wget|scp|sftp|rsync|psql|sqlplus|connect|createConnection|getConnection|sql\.Open|KafkaProducer|KafkaConsumer)\b`;

/** A plain HTTP call in each language that ast-grep knows: as it is written, and as a pattern. */
const calls = [
  {
    language: 'JavaScript',
    extension: /\.[cm]?jsx?$/,
    text: /(?<![\w.$])fetch\(/,
    pattern: 'fetch($$$A)',
  },
  {
    language: 'TypeScript',
    extension: /\.[cm]?ts$/,
    text: /(?<![\w.$])fetch\(/,
    pattern: 'fetch($$$A)',
  },
  { language: 'Tsx', extension: /\.tsx$/, text: /(?<![\w.$])fetch\(/, pattern: 'fetch($$$A)' },
  {
    language: 'Python',
    extension: /\.py$/,
    text: /(?<![\w.])requests\.(?:get|post)\(/,
    pattern: 'requests.$M($$$A)',
  },
  {
    language: 'Go',
    extension: /\.go$/,
    text: /(?<![\w.])http\.(?:Get|Post|NewRequest)\(/,
    pattern: 'http.$M($$$A)',
  },
  {
    language: 'Java',
    extension: /\.java$/,
    text: /\bDriverManager\.getConnection\(/,
    pattern: 'DriverManager.getConnection($$$A)',
  },
  {
    language: 'CSharp',
    extension: /\.cs$/,
    text: /(?<![\w.])new HttpClient\(/,
    pattern: 'new HttpClient($$$A)',
  },
  {
    language: 'Php',
    extension: /\.php$/,
    text: /(?<![\w.>])curl_init\(/,
    pattern: 'curl_init($$$A)',
  },
  {
    language: 'Ruby',
    extension: /\.rb$/,
    text: /\bNet::HTTP\.get\(/,
    pattern: 'Net::HTTP.get($$$A)',
  },
  { language: 'Bash', extension: /\.(?:sh|bash)$/, text: /^\s*curl /, pattern: 'curl $$$A' },
];
const rules = calls
  .map(
    ({ language, pattern }) =>
      `id: call-${language}\nlanguage: ${language}\nseverity: info\nmessage: call\nrule:\n  pattern: ${JSON.stringify(pattern)}\n`,
  )
  .join('---\n');

const tree = realpathSync(values.tree);
const peers = createRequire(path.join(path.resolve(values.peers), 'package.json'));
const rg = peers('@vscode/ripgrep').rgPath;
const astGrep = path.join(path.dirname(peers.resolve('@ast-grep/cli/package.json')), 'ast-grep');
const work = mkdtempSync(path.join(tmpdir(), 'landscape-throughput-'));
symlinkSync(tree, path.join(work, 'tree'));
writeFileSync(
  path.join(work, 'landscape.yaml'),
  'sources:\n  - scripts: tree\n    minParsed: 0\nsystems:\n  - id: nobody\n',
);

function run(program, args, allowed = [0]) {
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: tree,
    encoding: 'utf8',
    maxBuffer: 1024 ** 3,
  });
  const seconds = (performance.now() - start) / 1000;
  if (error) throw error;
  if (!allowed.includes(status)) throw new Error(`${program} exits ${status}: ${stderr}`);
  return { seconds, stdout };
}

const landscape = (out, ...more) =>
  run(process.execPath, [
    ...[values.tool, 'scan', work, '-o', path.join(work, out), '--quiet', '--no-progress'],
    ...['--today', '2026-01-01', ...more],
  ]);
// Both peers look where landscape looks: not at what .gitignore names, but into hidden folders.
const contenders = {
  rg: () =>
    run(
      rg,
      ['--hidden', '-g', '!.git', '-n', '--no-heading', '--sort', 'none', '-e', words, '.'],
      [0, 1],
    ),
  'ast-grep': () =>
    run(astGrep, ['scan', '--inline-rules', rules, '--json=stream', '--no-ignore', 'hidden', '.']),
  'landscape, cold': () => landscape('cold', '--no-cache'),
  'landscape, warm': () => landscape('warm'),
};

/** Every `file:line` that an audit tells of. */
function listPlaces(audit) {
  const origins = [
    ...audit.links.flatMap(({ evidence }) => evidence.map(({ origin }) => origin)),
    ...audit.hops.map(({ origin }) => origin),
    ...audit.unresolved.flatMap((each) => each.origins),
  ];
  const places = new Map();
  for (const { file, line } of origins)
    if (file?.startsWith('tree/')) places.set(`${file.slice(5)}:${line}`, [file.slice(5), line]);
  return [...places.values()];
}

/** Fails where a plain call that landscape reports is not found by both peers. */
function compareAnswers(audit) {
  const clean = (file) => file.replace(/^\.\//, '').replaceAll('\\', '/');
  const lines = new Set(
    contenders
      .rg()
      .stdout.split('\n')
      .map((hit) => clean(/^(.+?:\d+):/.exec(hit)?.[1] ?? '')),
  );
  const spans = new Set();
  for (const hit of contenders['ast-grep']().stdout.split('\n').filter(Boolean)) {
    const { file, range } = JSON.parse(hit);
    for (let line = range.start.line; line <= range.end.line; line++)
      spans.add(`${clean(file)}:${line + 1}`);
  }
  const texts = new Map();
  const missing = [];
  let compared = 0;
  for (const [file, line] of listPlaces(audit)) {
    const call = calls.find(({ extension }) => extension.test(file));
    if (!call) continue;
    if (!texts.has(file)) texts.set(file, readFileSync(path.join(tree, file), 'utf8').split('\n'));
    if (!call.text.test(texts.get(file)[line - 1] ?? '')) continue;
    compared++;
    if (!lines.has(`${file}:${line}`)) missing.push(`rg misses ${file}:${line}`);
    if (!spans.has(`${file}:${line}`)) missing.push(`ast-grep misses ${file}:${line}`);
  }
  if (missing.length > 0) throw new Error(`answers differ:\n  ${missing.join('\n  ')}`);
  if (compared === 0) throw new Error('the tree holds no plain call to compare answers by');
  return compared;
}

try {
  contenders['landscape, cold']();
  contenders['landscape, warm']();
  contenders['landscape, warm']();
  const [cold, warm] = ['cold', 'warm'].map((out) =>
    readFileSync(path.join(work, out, 'audit.json')),
  );
  if (!cold.equals(warm)) throw new Error('the audit from the cache differs from the one without');
  const audit = JSON.parse(cold);
  const compared = compareAnswers(audit);
  const { parsed, skipped } = audit.coverage.sources[0];
  const files = audit.inputs.filter(({ file }) => file.startsWith('tree/'));
  const megabytes =
    files.reduce((sum, { file }) => sum + statSync(path.join(work, file)).size, 0) / 1e6;
  console.log(
    `${files.length} files, ${megabytes.toFixed(1)} MB; ${parsed} scripts read, ${skipped} skipped; cold and warm audits are identical; ${compared} calls found by all three`,
  );

  const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = 0; round < Number(values.rounds); round++)
    for (const [name, start] of Object.entries(contenders)) times[name].push(start().seconds);
  const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
  const [floor, peer] = ['rg', 'ast-grep'].map((name) => median(times[name]));
  console.log(`${''.padEnd(18)}   median   fastest     MB/s    × rg  × ast-grep`);
  for (const [name, list] of Object.entries(times)) {
    const time = median(list);
    console.log(
      [
        name.padEnd(18),
        `${time.toFixed(2)} s`.padStart(9),
        `${Math.min(...list).toFixed(2)} s`.padStart(9),
        (megabytes / time).toFixed(1).padStart(8),
        (time / floor).toFixed(1).padStart(7),
        (time / peer).toFixed(2).padStart(11),
      ].join(''),
    );
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
