/**
 * Scores single statements: every outward connection that people labelled in the files they read.
 *
 * A label is found where the scan shows a connection, resolved or not, at most four lines away (a
 * statement may begin above its address), or one to the labelled host elsewhere in the same file.
 * What else the scan shows in these files is extra, unless its other end was already found there.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { figures, readCsv } from './edges.mjs';

const reach = 4;

const collections = [
  { name: 'iem', labels: 'iem', repository: 'akrherz+iem', below: 'scripts' },
  {
    // The same with what its owners would write into landscape.yaml: their own database library.
    name: 'iem, own clients',
    labels: 'iem',
    repository: 'akrherz+iem',
    below: 'scripts',
    clients: [
      {
        call: [
          'pyiem.database.get_dbconn',
          'pyiem.database.get_dbconnc',
          'pyiem.database.get_sqlalchemy_conn',
          'pyiem.database.with_sqlalchemy_conn',
          '@pyiem.database.with_sqlalchemy_conn',
        ],
        protocol: 'postgresql',
        address: 'iemdb.example',
        flow: 'unknown',
      },
    ],
  },
  { name: 'pnx', labels: 'pnx', repository: 'PnX-SI+Ressources-techniques', below: '' },
];

export function scoreLabels(values, scan, print) {
  const rows = collections.flatMap((collection) => scoreCollection(collection, values, scan));
  if (rows.length > 0) print('Statements against hand labels (file and line)', rows);
}

function scoreCollection({ name, labels: set, repository, below, clients }, values, scan) {
  const file = path.join(values.truth, `scripts-${set}.csv`);
  const folder = path.join(values.repositories, repository, below);
  if ((values.only && values.only !== set) || !existsSync(file) || !existsSync(folder)) return [];
  const labels = readCsv(file);
  const own = clients ? `    clients: ${JSON.stringify(clients)}\n` : '';
  const { audit } = scan(folder, `${own}systems:\n  - id: nobody\n`);
  const evidence = collect(audit, new Set(labels.map((label) => label.file)));
  const languages = new Map();
  for (const script of new Set(labels.map((label) => label.file))) {
    const language =
      { '.sh': 'Shell', '.py': 'Python', '.sql': 'SQL' }[path.extname(script)] ?? 'other';
    const entry = languages.get(language) ?? { hits: 0, extra: [], truth: 0, missed: [] };
    languages.set(language, entry);
    const positive = labels.filter((label) => label.file === script && label.label === 'pos');
    scoreScript(
      script,
      positive,
      evidence.filter((each) => each.file === script),
      entry,
    );
  }
  return [...languages].map(([language, { hits, extra, truth, missed }]) => {
    if (values.verbose && missed.length > 0)
      console.log(`${name} ${language} missed:\n  ${missed.join('\n  ')}`);
    if (values.verbose && extra.length > 0)
      console.log(`${name} ${language} extra:\n  ${extra.join('\n  ')}`);
    return [
      `${name}: ${language}`,
      { truth, hits, extra, missed, ...figures(hits, extra.length, truth) },
    ];
  });
}

function scoreScript(script, positive, own, entry) {
  const used = new Set();
  for (const label of positive) {
    entry.truth++;
    const match = findNear(own, label, used) ?? findHost(own, label);
    if (match) {
      used.add(match);
      entry.hits++;
    } else entry.missed.push(`${script}:${label.line} ${label.protocol} ${label.target}`);
  }
  const known = new Set([...used].map((each) => each.end));
  for (const each of own) {
    const isNear = positive.some((label) => Math.abs(label.line - each.line) <= reach);
    if (!used.has(each) && !known.has(each.end) && !isNear)
      entry.extra.push(`${script}:${each.line} ${each.text}`);
  }
}

function findNear(own, label, used) {
  return own
    .filter((each) => !used.has(each) && Math.abs(each.line - Number(label.line)) <= reach)
    .sort((a, b) => Math.abs(a.line - label.line) - Math.abs(b.line - label.line))[0];
}

function findHost(own, label) {
  const host = (end) => end.replace(/^[a-z]+:\/\//, '').replace(/[:/].*$/, '');
  return own.find(({ end }) => host(end).length > 3 && label.target.includes(host(end)));
}

/** All statements of these files that the audit holds as a link, a hop or unresolved. */
function collect(audit, files) {
  const found = new Map();
  const add = (origin, text) => {
    const file = origin.file.replace(/^repository\//, '');
    const key = `${file}:${origin.line}`;
    // Links and hops come first: they name the address, the rest only the system.
    if (files.has(file) && !found.has(key))
      found.set(key, {
        file,
        line: origin.line,
        text,
        end: text.split(' ').at(-1),
      });
  };
  for (const { evidence } of audit.links)
    for (const { origin, summary } of evidence) add(origin, summary);
  for (const { origin, summary } of audit.hops) add(origin, summary);
  for (const { origins, reference, message } of audit.unresolved) {
    // A script that is started is no connection to another system.
    if (/ is started here, /.test(message)) continue;
    for (const origin of origins) add(origin, reference);
  }
  return [...found.values()];
}
