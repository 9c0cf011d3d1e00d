/** Scores single lines: every outward connection that people labelled in the files they read. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { figures, readCsv } from './edges.mjs';

const repositories = { iem: ['akrherz+iem', 'scripts'], pnx: ['PnX-SI+Ressources-techniques', ''] };
/** A statement may begin a few lines above the address that the label stands at. */
const reach = 4;

export function scoreLabels(values, scan, print) {
  const rows = [];
  for (const [name, [repository, below]] of Object.entries(repositories)) {
    const file = path.join(values.truth, `scripts-${name}.csv`);
    const folder = path.join(values.repositories, repository, below);
    if ((values.only && values.only !== name) || !existsSync(file) || !existsSync(folder)) continue;
    const labels = readCsv(file);
    const files = new Set(labels.map((label) => label.file));
    const evidence = collect(scan(folder, 'systems:\n  - id: nobody\n'), files);
    const languages = new Map();
    for (const script of files) {
      const language =
        { '.sh': 'Shell', '.py': 'Python', '.sql': 'SQL' }[path.extname(script)] ?? 'other';
      const entry = languages.get(language) ?? { hits: 0, extra: [], truth: 0, missed: [] };
      languages.set(language, entry);
      const own = evidence.filter((each) => each.file === script);
      const used = new Set();
      const ofFile = labels.filter((label) => label.file === script);
      for (const label of ofFile.filter((each) => each.label === 'pos')) {
        entry.truth++;
        const match = nearest(own, label, used);
        if (match) {
          used.add(match);
          entry.hits++;
        } else entry.missed.push(`${script}:${label.line} ${label.protocol} ${label.target}`);
      }
      // Several pieces of evidence for one statement (two hosts by branch, a loop) are one.
      const positive = ofFile.filter((each) => each.label === 'pos');
      // The same end again in the same file is the same link, labelled or not.
      const known = new Set([...used].map((each) => each.end));
      for (const each of own) {
        if (
          used.has(each) ||
          known.has(each.end) ||
          positive.some((label) => Math.abs(label.line - each.line) <= reach)
        )
          continue;
        entry.extra.push(`${script}:${each.line} ${each.text}`);
      }
    }
    for (const [language, { hits, extra, truth, missed }] of languages) {
      rows.push([
        `${name}: ${language}`,
        { truth, hits, extra, missed, ...figures(hits, extra.length, truth) },
      ]);
      if (values.verbose && missed.length > 0)
        console.log(`${name} ${language} missed:\n  ${missed.join('\n  ')}`);
      if (values.verbose && extra.length > 0)
        console.log(`${name} ${language} extra:\n  ${extra.join('\n  ')}`);
    }
  }
  if (rows.length > 0) print('Statements against hand labels (file and line)', rows);
}

/** All statements of the labelled files that the audit holds as a hop, a link or unresolved. */
function collect({ audit }, files) {
  const data = JSON.parse(readFileSync(audit, 'utf8'));
  rmSync(path.dirname(audit), { recursive: true });
  const found = new Map();
  const add = (origin, text) => {
    const file = origin.file.replace(/^repository\//, '');
    if (files.has(file))
      found.set(`${file}:${origin.line}`, {
        file,
        line: origin.line,
        text,
        end: text.split(' ').at(-1),
      });
  };
  for (const { evidence } of data.links)
    for (const { origin, summary } of evidence) add(origin, summary);
  for (const { origin, summary } of data.hops) add(origin, summary);
  for (const { origins, reference, message } of data.unresolved) {
    // A script that is started is no connection to another system.
    if (/ is started here, /.test(message)) continue;
    for (const origin of origins) add(origin, reference);
  }
  return [...found.values()];
}

function nearest(own, label, used) {
  const candidates = own
    .filter((each) => !used.has(each) && Math.abs(each.line - Number(label.line)) <= reach)
    .sort((a, b) => Math.abs(a.line - label.line) - Math.abs(b.line - label.line));
  return candidates[0];
}
