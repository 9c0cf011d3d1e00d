/**
 * How many of the true links of public repositories a scan finds, and how many it makes up:
 * precision, recall and F1 for each repository and for the language of each caller.
 *
 *   npm run bench:scripts -- --truth <folder> --repositories <folder> [--only name] [--verbose]
 *
 * The truth folder holds `links/<name>.csv` (columns from, to, or caller, callee) and may hold
 * hand-labelled lines, `scripts-<name>.csv` (file, line, protocol, target, direction, label).
 * The repositories folder holds a checkout of each repository as `<owner>+<name>`. Names that the
 * truth and the repository spell differently are mapped in `repositories.json`. What a scan finds
 * beyond the truth was looked at by a person; `reviewed.json` says where the code shows it, and a
 * second line counts it as true.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { figures, normalise, readAudit, readTruth, score } from './edges.mjs';
import { scoreLabels } from './labels.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    truth: { type: 'string' },
    repositories: { type: 'string' },
    only: { type: 'string' },
    tool: { type: 'string', default: path.join(here, '../../bin/landscape.js') },
    verbose: { type: 'boolean', default: false },
  },
});
if (!values.truth || !values.repositories) {
  console.error('Usage: npm run bench:scripts -- --truth <folder> --repositories <folder>');
  process.exit(2);
}

const specs = JSON.parse(readFileSync(path.join(here, 'repositories.json'), 'utf8'));
/** Links that the truth lacks and a person found in the code: key → where. */
const reviewed = JSON.parse(readFileSync(path.join(here, 'reviewed.json'), 'utf8'));
const table = [];
const byLanguage = new Map();
for (const spec of specs) {
  if (values.only && values.only !== spec.name) continue;
  const folder = path.join(values.repositories, spec.repository.replace('/', '+'));
  const truthFile = path.join(values.truth, 'links', `${spec.name}.csv`);
  if (!existsSync(folder) || !existsSync(truthFile)) {
    console.error(`${spec.name}: left out; ${folder} or ${truthFile} is not there.`);
    continue;
  }
  const { audit, seconds } = scan(folder);
  const truth = readTruth(truthFile, spec);
  const found = readAudit(audit, spec);
  const result = score(truth, found);
  table.push([spec.name, result, seconds]);
  const right = result.extra.filter((key) => reviewed[spec.name]?.[key] !== undefined);
  if (right.length > 0) {
    const wrong = result.extra.filter((key) => !right.includes(key));
    const all = {
      truth: truth.size + right.length,
      hits: result.hits + right.length,
      extra: wrong,
    };
    table.push([
      '  with reviewed extras',
      { ...all, ...figures(all.hits, wrong.length, all.truth) },
    ]);
  }
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
  rmSync(path.dirname(audit), { recursive: true });
}
print('Links against published diagrams and policies', table);
print(
  'The same by the language of the caller',
  [...byLanguage]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { hits, extra, truth }]) => [
      name,
      { truth, hits, extra: Array(extra), ...figures(hits, extra, truth) },
    ]),
);
scoreLabels(values, scan, print);

function scan(folder, options = '') {
  const work = mkdtempSync(path.join(tmpdir(), 'landscape-bench-'));
  symlinkSync(path.resolve(folder), path.join(work, 'repository'));
  writeFileSync(
    path.join(work, 'landscape.yaml'),
    `sources:\n  - scripts: repository\n    minParsed: 0\n${options}`,
  );
  const start = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    [values.tool, 'scan', work, '-o', work, '--quiet', '--no-progress', '--today', '2026-01-01'],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${folder}: the scan exits ${status}: ${stderr}`);
  return { audit: path.join(work, 'audit.json'), seconds: (performance.now() - start) / 1000 };
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
  console.log(`${''.padEnd(34)} truth found extra  precision recall     F1   time`);
  for (const [name, { truth, hits, extra, precision, recall, f1 }, seconds] of rows) {
    const numbers = [truth, hits, extra.length].map((value) => String(value).padStart(5)).join(' ');
    const shares = [precision, recall, f1].map((value) => value.toFixed(3).padStart(9)).join('');
    console.log(
      `${name.padEnd(34)} ${numbers} ${shares}${seconds === undefined ? '' : `  ${seconds.toFixed(1)} s`}`,
    );
  }
}
