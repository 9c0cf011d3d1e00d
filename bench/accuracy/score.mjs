/**
 * How accurate a scan is: the share of references that lead to a system, and precision, recall and
 * F1 of links, for the sample landscapes and for public repositories.
 *
 *   npm run bench:accuracy -- --truth <folder> --repositories <folder> --corpus <folder> [--only name] [--verbose]
 *
 * The truth of a sample is the table in its README, written by hand. For public repositories the
 * truth folder holds `links/<name>.csv` (columns from, to, or caller, callee) and may hold
 * hand-labelled lines, `scripts-<name>.csv` (file, line, protocol, target, direction, label).
 * The repositories folder holds a checkout of each repository as `<owner>+<name>`. Names that the
 * truth and the repository spell differently are mapped in `repositories.json`. What a scan finds
 * beyond the truth was looked at by a person; `reviewed.json` says where the code shows it, and a
 * second line counts it as true. A third line scans the same folder without program code. What a user
 * would have to say in `landscape.yaml` stands under `landscape` in `repositories.json`. The corpus
 * folder holds models and exports, as `inventories/…`, whose relations stand in
 * `inventories/<name>.csv` of the truth. Without these folders, only the samples are measured.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { figures, keepCovered, normalise, readCalls, readTruth, score } from './edges.mjs';
import { addRows, scoreInventories } from './inventories.mjs';
import { scoreLabels } from './labels.mjs';
import { scoreSamples } from './samples.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    truth: { type: 'string', default: '' },
    repositories: { type: 'string', default: '' },
    corpus: { type: 'string', default: '' },
    only: { type: 'string' },
    tool: { type: 'string', default: path.join(here, '../../bin/landscape.js') },
    verbose: { type: 'boolean', default: false },
  },
});

if (!values.only) {
  const rows = scoreSamples(path.join(here, '../../inventories'), scan);
  print('Sample landscapes against the tables in their READMEs', rows);
}
const specs = JSON.parse(readFileSync(path.join(here, 'repositories.json'), 'utf8'));
/** Links that the truth lacks and a person found in the code: key → where. */
const reviewed = JSON.parse(readFileSync(path.join(here, 'reviewed.json'), 'utf8'));
const table = [];
const totals = [];
const byLanguage = new Map();
for (const spec of specs) {
  if (values.only && values.only !== spec.name) continue;
  const folder = path.join(values.repositories, spec.repository.replace('/', '+'));
  const truthFile = path.join(values.truth, 'links', `${spec.name}.csv`);
  if (!existsSync(folder) || !existsSync(truthFile)) {
    console.error(`${spec.name}: left out; ${folder} or ${truthFile} is not there.`);
    continue;
  }
  const truth = readTruth(truthFile, spec);
  const scanned = scanScripts(folder, spec.landscape);
  const { audit, seconds } = scanned;
  const found = readCalls(audit, spec, truth);
  const result = score(truth, found);
  const withReviewed = countReviewed(spec, result);
  const covered = score(truth, keepCovered(found, truth));
  table.push([spec.name, result, seconds, audit]);
  if (covered.extra.length < result.extra.length)
    table.push(['  between what the truth names', covered]);
  if (withReviewed.truth > result.truth) table.push(['  with reviewed extras', withReviewed]);
  const bare = keepDescriptors(folder);
  const described = scanScripts(bare, spec.landscape);
  rmSync(bare, { recursive: true });
  const fromDescriptors = score(truth, readCalls(described.audit, spec, truth));
  table.push(['  from descriptors alone', fromDescriptors, described.seconds, described.audit]);
  totals.push({ result, covered, withReviewed, fromDescriptors });
  if (readFileSync(truthFile, 'utf8').includes(',business,')) {
    const business = readTruth(truthFile, { ...spec, rows: ({ class: of }) => of === 'business' });
    // What the truth calls infrastructure is neither right nor wrong among business links.
    const rest = new Map(
      [...found].filter(
        ([, { keys }]) => !keys.some((key) => truth.has(key) && !business.has(key)),
      ),
    );
    table.push([`  business links only`, score(business, rest), undefined]);
  }
  addLanguages(spec, truth, result);
  if (values.verbose) {
    console.log(
      `${spec.name}\n  missed: ${result.missed.join('; ')}\n  extra: ${result.extra.join('; ')}`,
    );
  }
}
if (table.length > 0) {
  print('Links against published diagrams and policies', table);
  print('All of them, micro-averaged', [
    ['descriptors and scripts', addUp(totals.map((each) => each.result))],
    ['  between what the truth names', addUp(totals.map((each) => each.covered))],
    ['  with reviewed extras', addUp(totals.map((each) => each.withReviewed))],
    ['descriptors alone', addUp(totals.map((each) => each.fromDescriptors))],
  ]);
  print(
    'The same by the language of the caller',
    [...byLanguage]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { hits, extra, truth }]) => [
        name,
        { truth, hits, extra: Array(extra), ...figures(hits, extra, truth) },
      ]),
  );
}
scoreLabels(values, scanScripts, print);
const inventories = scoreInventories(values, scanCorpus);
if (inventories.length > 0)
  print('Models and exports against relations that others extracted', [
    ...inventories,
    ['all, micro-averaged', addRows(inventories)],
  ]);

/** The figures where extras that a person found in the code are true. */
function countReviewed(spec, { truth, hits, extra }) {
  const right = extra.filter((key) => reviewed[spec.name]?.[key] !== undefined);
  const wrong = extra.filter((key) => !right.includes(key));
  const [all, found] = [truth + right.length, hits + right.length];
  return { truth: all, hits: found, extra: wrong, ...figures(found, wrong.length, all) };
}

/** The figures of several truths as of one: each edge weighs the same. */
function addUp(results) {
  const sum = (count) => results.reduce((total, result) => total + count(result), 0);
  const [truth, hits] = [sum((result) => result.truth), sum((result) => result.hits)];
  const extra = results.flatMap((result) => result.extra);
  return { truth, hits, extra, ...figures(hits, extra.length, truth) };
}

/** A copy of a folder without program code: what is left are descriptors, settings and manifests. */
function keepDescriptors(folder) {
  const target = mkdtempSync(path.join(tmpdir(), 'landscape-bench-'));
  const code =
    /\.(?:[cm]?[jt]sx?|java|kt|kts|scala|groovy|cs|cshtml|razor|fs|vb|go|py|php|rb|pl|lua|sh|bash|ps1|bat|cmd|sql|vue|svelte|html?)$/i;
  cpSync(folder, target, {
    recursive: true,
    filter: (file) =>
      path.basename(file) !== '.git' && (!code.test(file) || statSync(file).isDirectory()),
  });
  return target;
}

/** Scans one source of the corpus; the evidence is what its reader says before anything is joined. */
function scanCorpus(corpus, source) {
  const work = mkdtempSync(path.join(tmpdir(), 'landscape-bench-'));
  for (const name of readdirSync(corpus))
    symlinkSync(path.resolve(corpus, name), path.join(work, name));
  writeFileSync(path.join(work, 'landscape.yaml'), `sources:\n  - ${source}\n    minParsed: 0\n`);
  const collected = path.join(work, 'evidence.jsonl');
  try {
    const result = scan(work);
    run(['collect', work, '-o', collected, '--quiet']);
    const lines = readFileSync(collected, 'utf8').trim().split('\n').slice(1);
    return { ...result, evidence: lines.map((line) => JSON.parse(line)) };
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** Scans a folder of scripts that has no `landscape.yaml`. */
function scanScripts(folder, options = '') {
  const work = mkdtempSync(path.join(tmpdir(), 'landscape-bench-'));
  symlinkSync(path.resolve(folder), path.join(work, 'repository'));
  writeFileSync(
    path.join(work, 'landscape.yaml'),
    `sources:\n  - scripts: repository\n    minParsed: 0\n${options}`,
  );
  try {
    return scan(work);
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** @returns the audit of a landscape, and how many seconds it took */
function scan(folder) {
  const out = mkdtempSync(path.join(tmpdir(), 'landscape-bench-'));
  const options = ['-o', out, '--quiet', '--no-progress', '--no-cache', '--today', '2026-01-01'];
  const start = performance.now();
  run(['scan', folder, ...options]);
  const seconds = (performance.now() - start) / 1000;
  const audit = JSON.parse(readFileSync(path.join(out, 'audit.json'), 'utf8'));
  rmSync(out, { recursive: true });
  return { audit, seconds };
}

function run(options) {
  const { status, stderr } = spawnSync(process.execPath, [values.tool, ...options], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`landscape ${options.join(' ')} exits ${status}: ${stderr}`);
}

function addLanguages(spec, truth, { extra, missed }) {
  const languageOf = (key) => {
    const caller = key.split('>')[0];
    const entry = Object.entries(spec.languages).find(
      ([name]) => normalise(name, spec.aliases) === caller,
    );
    return entry?.[1] ?? spec.languages['*'] ?? 'other';
  };
  const missedTexts = new Set(missed);
  const count = (key, field) => {
    const name = languageOf(key);
    const entry = byLanguage.get(name) ?? { hits: 0, extra: 0, truth: 0 };
    entry[field]++;
    byLanguage.set(name, entry);
  };
  for (const [key, text] of truth) {
    count(key, 'truth');
    if (!missedTexts.has(text)) count(key, 'hits');
  }
  for (const key of extra) count(key, 'extra');
}

function print(title, rows) {
  console.log(`\n${title}`);
  console.log(
    `${''.padEnd(34)} truth found extra  precision recall     F1   time  references resolved`,
  );
  for (const [name, { truth, hits, extra, precision, recall, f1 }, seconds, audit] of rows) {
    const numbers = [truth, hits, extra.length].map((value) => String(value).padStart(5)).join(' ');
    const shares = [precision, recall, f1].map((value) => value.toFixed(3).padStart(9)).join('');
    const time = seconds === undefined ? '' : `  ${seconds.toFixed(1)} s`;
    console.log(
      `${name.padEnd(34)} ${numbers} ${shares}${time}${audit ? tellReferences(audit) : ''}`,
    );
  }
}

/** How many references there are, and which share of them leads to a system. */
function tellReferences({ coverage }) {
  const sum = (field) => coverage.references.reduce((total, count) => total + count[field], 0);
  const share = (100 * sum('resolved')) / (sum('references') || 1);
  return `  ${String(sum('references')).padStart(8)} ${share.toFixed(0).padStart(8)} %`;
}
