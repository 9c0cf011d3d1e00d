import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { dump, load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { listJudgements } from '../../src/finding.ts';
import { auditFiles } from '../audit-files.ts';
import fc from '../fast-check.ts';

type Contents = Record<string, string | Uint8Array>;

const samples = ['nordfisk', 'plant', 'webshop', 'hospital'];

async function readSample(sample: string): Promise<Contents> {
  const folder = `inventories/${sample}`;
  if (!samples.includes(sample)) return untidy;
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.landscape'))
    .map((entry) => path.join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(
      files.map(async (file) => {
        const bytes = await readFile(file);
        const name = path.relative(folder, file).replaceAll('\\', '/');
        return [name, file.endsWith('.gz') ? bytes : bytes.toString('utf8')] as const;
      }),
    ),
  );
}

/** Every judgement by rule, severity and fingerprint: what a baseline would hold. */
async function fingerprintsOf(contents: Contents): Promise<string[]> {
  const { findings } = await auditFiles(contents);
  return listJudgements(findings)
    .map(({ rule, fingerprint }) => `${rule} ${fingerprint}`)
    .sort();
}

const isText = (content: string | Uint8Array | undefined): content is string =>
  typeof content === 'string';
const isCode = (file: string): boolean =>
  file.startsWith('cron.d/') || /^scripts\/.*\.(?:sh|py|ts|js|sql|rb|pl|ps1|go)$/.test(file);

/** Puts comments and blank lines at the top of scripts and crontabs, below the line that starts a program. */
function insertLines(contents: Contents, count: number): Contents {
  return mapTexts(contents, (text, file) => {
    if (!isCode(file)) return text;
    const mark = /\.(?:ts|js|go)$/.test(file) ? '//' : file.endsWith('.sql') ? '--' : '#';
    const end = text.startsWith('#!') ? text.indexOf('\n') + 1 : 0;
    return text.slice(0, end) + `${mark} moved\n\n`.repeat(count) + text.slice(end);
  });
}

/** Gives each script another name, and writes that name wherever the old one was. */
function renameScripts(contents: Contents, prefix: string): Contents {
  const all = Object.values(contents).filter(isText).join('\n');
  const names = Object.keys(contents)
    .filter((file) => isCode(file) && file.startsWith('scripts/'))
    .map((file) => path.posix.basename(file))
    // What another file imports by its bare name stays.
    .filter(
      (name) => !new RegExp(`(?:import|from)\\s+['"./]*${path.parse(name).name}\\b`).test(all),
    );
  const rename = (text: string): string =>
    names.reduce(
      (written, name) =>
        written.replaceAll(
          new RegExp(`(?<![\\w-])${name.replaceAll('.', '\\.')}\\b`, 'g'),
          `${prefix}${name}`,
        ),
      text,
    );
  return Object.fromEntries(
    Object.entries(contents).map(([file, content]) => [
      rename(file),
      isText(content) ? rename(content) : content,
    ]),
  );
}

/** Writes rows and sources in another order. */
function reorder(contents: Contents, seed: number): Contents {
  const shuffle = <T>(items: readonly T[]): T[] =>
    items
      .map((item, index) => ({ item, key: Math.imul(index + 1, 2654435761 ^ seed) >>> 0 }))
      .sort((a, b) => a.key - b.key)
      .map(({ item }) => item);
  return mapTexts(contents, (text, file) => {
    if (file.endsWith('.csv')) {
      const [header = '', ...rows] = text.trimEnd().split('\n');
      return `${[header, ...shuffle(rows)].join('\n')}\n`;
    }
    if (file === 'landscape.yaml') {
      const config = load(text) as { sources: unknown[] };
      return dump({ ...config, sources: shuffle(config.sources) });
    }
    if (/^[\w-]+\.yaml$/.test(file)) {
      const value = load(text) as unknown;
      if (Array.isArray(value)) return dump(shuffle(value));
      return dump(
        Object.fromEntries(
          Object.entries(value as object).map(([key, rows]) => [
            key,
            Array.isArray(rows) ? shuffle(rows) : rows,
          ]),
        ),
      );
    }
    return text;
  });
}

const toWindows = (contents: Contents): Contents =>
  mapTexts(contents, (text) => text.replace(/\r?\n/g, '\r\n'));

function mapTexts(contents: Contents, change: (text: string, file: string) => string): Contents {
  return Object.fromEntries(
    Object.entries(contents).map(([file, content]) => [
      file,
      isText(content) ? change(content, file) : content,
    ]),
  );
}

/** What the samples lack: half links, contradictions, secrets in crontabs, calls of test systems. */
const untidy: Contents = {
  'landscape.yaml': `sources:
  - inventory: systems.csv
  - inventory: links.csv
  - cron: cron.d/*
    host: etl01.example
  - scripts: scripts
`,
  'systems.csv': 'id,name,hosts,team,domain\nerp,ERP,erp.example,A,x\nwms,WMS,wms.example,B,y\n',
  'links.csv':
    'id,from,to,protocol\nL1,wms,erp,https\nL1,erp,wms,https\nL3,erp,nowhere,https\nL3,erp,nowhere,https\n',
  'cron.d/jobs': `5 * * * * root PGPASSWORD=Hunter-2 /scripts/pull.sh
6 * * * * root curl -o /tmp/x http://erp.example/a
7 * * * * root /opt/other
8 * * * * root curl -d @/data/x http://erp-test.example/a
`,
  'scripts/pull.sh': 'curl -o in.csv http://erp.example/orders\n',
  'scripts/push.sh': `curl -d @in.csv http://wms.example/orders
curl -d @in.csv http://wms-test.example/orders
curl -u "u:Secret-1" https://nowhere.example/x
mysql -pSecret-4 -h $X < /scripts/load.sql
mysql -pSecret-5 -h $X < /scripts/load.sql
`,
  'scripts/load.sql': 'select 1;\n',
};

describe.each([...samples, 'an untidy landscape'])('the fingerprints of %s', (sample) => {
  let unchanged: readonly string[] | undefined;
  test.each([
    ['lines that move', (contents: Contents) => insertLines(contents, 3)],
    ['scripts with other names', (contents: Contents) => renameScripts(contents, 'new_')],
    ['rows and sources in another order', (contents: Contents) => reorder(contents, 7)],
    ['the line ends of Windows', toWindows],
  ])('survive %s', async (_name, change) => {
    const before = await readSample(sample);
    const after = change(before);
    expect(after).not.toEqual(before);
    unchanged ??= await fingerprintsOf(before);
    expect(await fingerprintsOf(after)).toEqual(unchanged);
  });
});

test('fingerprints survive all of it together, however it is mixed', async () => {
  const contents = await readSample('nordfisk');
  const before = await fingerprintsOf(contents);
  await fc.assert(
    fc.asyncProperty(
      fc.nat(5),
      fc.constantFrom('', 'a_', 'zz-'),
      fc.integer(),
      fc.boolean(),
      async (lines, prefix, seed, windows) => {
        const moved = reorder(renameScripts(insertLines(contents, lines), prefix), seed);
        expect(await fingerprintsOf(windows ? toWindows(moved) : moved)).toEqual(before);
      },
    ),
    { numRuns: 6 },
  );
});

test('an untidy landscape has all that could name a place', async () => {
  const { findings } = await auditFiles(untidy);
  const found = new Set(listJudgements(findings).map(({ rule }) => rule));
  for (const rule of [
    'unresolved-reference',
    'conflicting-registry',
    'credential-in-code',
    'cross-environment',
    'unknown-system',
  ])
    expect([...found]).toContain(rule);
});

test('what differs in more than its place has a name of its own', async () => {
  const all = listJudgements((await auditFiles(untidy)).findings);
  expect(new Set(all.map(({ fingerprint }) => fingerprint)).size).toBe(all.length);
  const later = {
    ...untidy,
    'scripts/push.sh': 'curl -u "v:Secret-1" https://nowhere.example/y\n',
  };
  const secrets = (contents: Contents): Promise<string[]> =>
    fingerprintsOf(contents).then((names) => names.filter((name) => name.startsWith('credential')));
  const [before, after] = [await secrets(untidy), await secrets(later)];
  expect(after.filter((name) => !before.includes(name))).toHaveLength(1);
});
