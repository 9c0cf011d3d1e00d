import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { anonymise } from '../../../src/audit/anonymise/anonymise.ts';
import { plainWords } from '../../../src/audit/anonymise/plain-words.ts';
import { type Audit, audit } from '../../../src/audit.ts';
import { parseConfig } from '../../../src/config.ts';
import { nodeFiles } from '../../../src/files.ts';
import { exchangeFormats } from '../../../src/renderers/exchange/formats.ts';
import { renderReports } from '../../../src/renderers/index.ts';
import { sourceKinds } from '../../../src/scanners/index.ts';
import { auditFiles } from '../../audit-files.ts';
import fc from '../../fast-check.ts';

/** Everything that leaves the house of an audit: the reports and every exchange format. */
async function listOutputs(shown: Audit): Promise<Map<string, string>> {
  const outputs = new Map<string, string>();
  for (const [name, text] of await renderReports(shown)) outputs.set(name, [...text].join(''));
  for (const [name, format] of Object.entries(exchangeFormats))
    for (const [file, render] of Object.entries(
      typeof format === 'function' ? { '': format } : format,
    ))
      outputs.set(`${name}/${file}`, [...render(shown)].join(''));
  return outputs;
}

async function auditSample(sample: string): Promise<Audit> {
  const files = nodeFiles(`inventories/${sample}`);
  const config = parseConfig(await files.text('landscape.yaml'), 'landscape.yaml', sourceKinds);
  return audit(config, files, { today: '2026-11-02', strict: false });
}

/** All of an audit but its texts: what is there, how much, when, and which way. */
function listFigures(value: unknown): unknown {
  if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}/.test(value) ? value : '';
  if (Array.isArray(value)) return value.map(listFigures);
  if (typeof value === 'object' && value !== null) return Object.values(value).map(listFigures);
  return value;
}

/** What an attentive reader would look for: every word of a file but the common ones. */
function listWords(text: string): string[] {
  return text.split(/[^\p{L}\p{N}_]+/u).filter((word) => /\p{L}{3}/u.test(word));
}

/** The keys of an audit: words of ours. */
function listKeys(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(listKeys);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [key, ...listKeys(member)]);
}

/** A landscape in which every field of every input holds a word of its own. */
function drawFiles(nonce: string): { files: Record<string, string>; words: string[] } {
  const words: string[] = [];
  const w = (name: string): string => {
    const word = `q${nonce}${name}`;
    words.push(word);
    return word;
  };
  const system = (key: string, kind: string, rest: string): string =>
    `${w(`id${key}`)},${w(`name${key}`)} ${w(`more${key}`)},${kind},${w(`type${key}`)},${w(`domain${key}`)},${w(`site${key}`)},${rest},${w(`person${key}`)} ${w(`surname${key}`)},${w(`team${key}`)},mission-critical,${w(`life${key}`)},${w(`host${key}`)}.example;10.77.${key.charCodeAt(0)}.9,${w(`alias${key}`)},${w(`tag${key}`)}`;
  const id = (key: string): string => `q${nonce}id${key}`;
  const files = {
    'landscape.yaml': `name: ${w('landscape')}
sources:
  - inventory: ${w('inventory')}.csv
  - inventory: links.csv
    minParsed: 0.5
  - cron: ${w('crontab')}
    host: ${w('cronhost')}.example
    timezone: Europe/Oslo
    minParsed: 0.5
  - scripts: ${w('folder')}
    owners: { "${w('sub')}/**": ${id('a')} }
  - gateway: ${w('log')}.log
    format: nginx-combined
    minParsed: 0.1
    routes: { "/${w('route')}/": ${id('a')} }
    callers: { "10.1.1.0/24": ${id('b')} }
showPeople: true
baseline: ${w('baseline')}.yaml
people: ${w('people')}.csv
aliases: { "${w('configalias')}": ${id('c')} }
freshness:
  objects: { ${w('object1')}: { origin: ${id('a')} } }
  readers: [{ system: ${id('b')}, at: "0 6 * * 1-5" }]
plan:
  freezes: [{ from: 2026-12-01, to: 2026-12-31, domains: [q${nonce}domaina] }]
`,
    [`q${nonce}inventory.csv`]: `id,name,kind,type,domain,site,partOf,owner,team,criticality,lifecycle,hosts,aliases,tags,${w('column')}
${system('a', 'application', '')}
${system('b', 'application', '')}
${system('c', 'data-platform', '')}
${system('d', 'database', id('a'))}
${system('e', w('badkind'), '')}
`,
    'links.csv': `id,from,to,initiator,protocol,objects,schedule,owner,team,via,contract,attestedOn,tags
${w('row1')},${id('a')},${id('b')},from,https,q${nonce}object1;${w('object2')},0 5 * * *,${w('linkowner')},${w('linkteam')},,${w('contract')},2026-01-01,${w('linktag')}
${w('row2')},${id('b')},${id('c')},to,${w('protocol')},${w('object3')},${w('schedule')},,,,,,
${w('row3')},${id('b')},${w('unknownend')},to,sftp,${w('object4')},30 22 * * 1-5,,,,,,
${w('row4')},,${w('halfend')},to,sftp,,,,,,,,
`,
    [`q${nonce}crontab`]: `MAILTO=${w('mailto')}@${w('maildomain')}.example
15 3 * * * ${w('cronuser')} /opt/q${nonce}folder/${w('script')}.sh --${w('flag')} ${w('argument')}
20 4 * * 1 root curl -fsS -u ${w('login')}:${w('password')} https://q${nonce}hosta.example/${w('cronpath')}/x?k=${w('query')} | ssh ${w('sshuser')}@q${nonce}hostb.example cat
${w('noline')} is no line
`,
    [`q${nonce}folder/q${nonce}script.sh`]: `#!/bin/bash
# ${w('comment')}
export ${w('VARIABLE')}=${w('value')}
PASSWORD="${w('secret')}"
curl -o /var/${w('spool')}/${w('file')}.csv https://${w('shadowhost')}.example/${w('path')}
psql postgresql://${w('dbuser')}:${w('dbpassword')}@q${nonce}hostd.example/${w('database')} -c "select * from ${w('table')}"
sftp ${w('sftpuser')}@q${nonce}hostc.example:/${w('drop')} <<< "put /var/q${nonce}spool/q${nonce}file.csv"
`,
    [`q${nonce}folder/q${nonce}sub/${w('python')}.py`]: `import requests
requests.post("https://q${nonce}hostb.example/${w('api')}/v1", json={"${w('key')}": 1}, headers={"Authorization": "Bearer ${w('token')}"})
`,
    [`q${nonce}folder/${w('odd')}.${w('ending')}`]: 'x',
    [`q${nonce}log.log`]: `10.1.1.7 - ${w('loguser')} [30/Oct/2026:06:15:02 +0100] "GET /q${nonce}route/${w('logpath')} HTTP/1.1" 200 43 "-" "${w('agent')}/1.0"
10.9.9.9 - ${w('stranger')} [30/Oct/2026:07:15:02 +0100] "POST /q${nonce}route/${w('other')} HTTP/1.1" 200 43 "https://${w('referrer')}.example" "${w('bot')}"
${w('logjunk')} that is no line
`,
    [`q${nonce}people.csv`]: `name,team,leftOn\nq${nonce}persona q${nonce}surnamea,q${nonce}teama,2026-01-01\nq${nonce}personb q${nonce}surnameb,q${nonce}teamb,\n${w('colleague')},${w('otherteam')},\n`,
  };
  return { files, words };
}

/** Accepts what is found, in words of its own. */
async function acceptFirst(
  files: Record<string, string>,
  nonce: string,
): Promise<{ files: Record<string, string>; words: string[] }> {
  const name = `q${nonce}baseline.yaml`;
  const config = files['landscape.yaml'] as string;
  const before = await auditFiles({
    ...files,
    'landscape.yaml': config.replace(`baseline: ${name}\n`, ''),
  });
  const [first] = before.findings;
  if (!first) throw new Error('nothing is found');
  const words = [`q${nonce}acceptor`, `q${nonce}reason`];
  const baseline = `version: 1
accepted:
  - fingerprint: "${first.fingerprint}"
    rule: ${first.rule}
    subject: ${JSON.stringify(first.subject)}
    owner: ${words[0]}
    reason: ${words[1]}
    acceptedOn: 2026-10-01
    expires: 2026-12-01
`;
  return { files: { ...files, [name]: baseline }, words };
}

test('no word of any input is in any output', async () => {
  await fc.assert(
    fc.asyncProperty(fc.stringMatching(/^[bcdfghjklmnpqrstvwxz]{8}$/), async (nonce) => {
      const drawn = drawFiles(nonce);
      const accepted = await acceptFirst(drawn.files, nonce);
      const found = await auditFiles(accepted.files);
      // The words do reach the audit: else this would show nothing.
      const plain = JSON.stringify(found);
      const reached = [...drawn.words, ...accepted.words].filter((word) => plain.includes(word));
      expect(reached.length).toBeGreaterThan(70);
      expect(reached).toEqual(expect.arrayContaining(accepted.words));
      for (const [name, text] of await listOutputs(anonymise(found))) {
        const at = text.toLowerCase().indexOf(nonce);
        expect(at < 0 ? '' : `${name}: ${text.slice(Math.max(0, at - 80), at + 80)}`).toBe('');
        expect(text).not.toMatch(/10\.(?:77|1\.1|9\.9)\./);
        // Nor does a digest tell what a file holds.
        for (const { sha256 } of found.inputs) expect(text).not.toContain(sha256);
        for (const { fingerprint } of found.findings) expect(text).not.toContain(fingerprint);
      }
    }),
    { numRuns: 3 },
  );
});

test.each(['nordfisk', 'hospital'])('no telling word of %s is left', async (sample) => {
  const found = await auditSample(sample);
  const shown = JSON.stringify(anonymise(found));
  const left = new Set(listWords(shown));
  const names = found.systems.flatMap(({ id, name, domain, site, owner, hosts, aliases }) =>
    [id, name, domain ?? '', site ?? '', owner?.team ?? '', ...hosts, ...aliases].flatMap(
      listWords,
    ),
  );
  const telling = [...names, ...found.inputs.flatMap(({ file }) => listWords(file))].filter(
    (word) => !plainWords.has(word.toLowerCase()),
  );
  expect(telling.length).toBeGreaterThan(40);
  const keys = new Set(listKeys(found).flatMap(listWords));
  const vocabulary = new Set([
    ...keys,
    'gateway',
    'csv',
    'yaml',
    'log',
    'api',
    'file',
    'files',
    'sql',
  ]);
  expect(telling.filter((word) => left.has(word) && !vocabulary.has(word))).toEqual([]);
});

test.each(['nordfisk', 'plant', 'webshop', 'hospital'])(
  'every figure and date of %s stays',
  async (sample) => {
    const found = await auditSample(sample);
    const shown = anonymise(found);
    expect(anonymise(found)).toEqual(shown);
    const { observation: foundObservation, ...foundAnalysis } = found.analysis;
    const { observation, ...analysis } = shown.analysis;
    expect(listFigures(analysis)).toEqual(listFigures(foundAnalysis));
    const sorted = (items: readonly unknown[]): string[] =>
      items.map((item) => JSON.stringify(listFigures(item))).sort();
    expect(sorted(observation)).toEqual(sorted(foundObservation));
    for (const key of ['links', 'hops', 'registrations', 'unresolved', 'credentials'] as const)
      expect(sorted(shown[key])).toEqual(sorted(found[key]));
    expect(shown.findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(
      found.findings.map(({ rule, severity }) => `${rule} ${severity}`),
    );
    const wiring = ({ links }: Audit): string[] =>
      links.map(({ protocol, family, mediation, registered }) =>
        [protocol, family, mediation, registered].join(' '),
      );
    expect(wiring(shown).sort()).toEqual(wiring(found).sort());
  },
);

test('one name has one stand-in everywhere, and ends of links are systems', async () => {
  const shown = anonymise(await auditSample('nordfisk'));
  const ids = new Set(shown.systems.map(({ id }) => id));
  expect(ids.size).toBe(shown.systems.length);
  const keys = shown.links.map(({ key }) => key);
  for (const { key, from, to, family, via } of shown.links) {
    expect(key).toBe(`${from}=>${to}#${family}`);
    for (const end of [from, to, ...via]) expect(ids).toContain(end);
  }
  for (const { system } of shown.analysis.hotspots) expect(ids).toContain(system);
  for (const { links } of shown.analysis.waves.waves)
    for (const link of links) expect(keys).toContain(link);
  expect(shown.analysis.observation.map(({ link }) => link)).toEqual(keys);
});

test('a text that nobody thought of stops the work', async () => {
  const found = await auditSample('nordfisk');
  const odd = { ...found, analysis: { ...found.analysis, novelty: [{ told: 'Nordfisk' }] } };
  expect(() => anonymise(odd as unknown as Audit)).toThrow(
    'audit.analysis.novelty[]: no treatment makes this anonymous',
  );
});

test('what is written carries no name of the folder it was read from', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'landscape-anonymous-'));
  try {
    const { run } = await import('../../../src/cli/main.ts');
    expect(
      await run([
        'node',
        'landscape',
        'scan',
        'inventories/nordfisk',
        '--anonymise',
        '--quiet',
        '--no-cache',
        '-o',
        folder,
      ]),
    ).toBe(0);
    const names = await readdir(folder);
    expect(names).toContain('audit.json');
    for (const name of names)
      expect((await readFile(path.join(folder, name), 'utf8')).toLowerCase()).not.toContain(
        'nordfisk',
      );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
