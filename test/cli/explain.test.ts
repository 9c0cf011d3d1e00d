import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { collectConfigFacts } from '../../src/audit/config-names.ts';
import { findSubject, type Subject } from '../../src/audit/find-subject.ts';
import { type Audit, audit } from '../../src/audit.ts';
import { rules } from '../../src/checks/index.ts';
import { run } from '../../src/cli/main.ts';
import { type Config, parseConfig } from '../../src/config.ts';
import { memoryFiles, nodeFiles } from '../../src/files.ts';
import type { Explanation } from '../../src/renderers/explain/context.ts';
import { renderPage } from '../../src/renderers/explain/page.ts';
import { ruleMeanings } from '../../src/renderers/explain/rule-meanings.ts';
import { explain } from '../../src/renderers/explain.ts';
import { sourceKinds } from '../../src/scanners/index.ts';
import { hostileNames } from '../renderers/browser.ts';
import { captureOutput } from './capture-output.ts';

interface Read {
  readonly config: Config;
  readonly result: Audit;
}

async function read(files: ReturnType<typeof nodeFiles>): Promise<Read> {
  const config = parseConfig(await files.text('landscape.yaml'), 'landscape.yaml', sourceKinds);
  return { config, result: await audit(config, files, { today: '2026-11-02', strict: false }) };
}

const known = new Map<string, Promise<Read>>();

/** The audit of a sample, made once. */
function readSample(sample: string): Promise<Read> {
  const made = known.get(sample) ?? read(nodeFiles(`inventories/${sample}`));
  known.set(sample, made);
  return made;
}

function ask({ config, result }: Read, anything: string): Explanation {
  return explain(findSubject(result, config, anything), result, collectConfigFacts(config, result));
}

const plain = { color: false, width: 80 };

/** Answers that a person has read, one of each kind. Read them aloud before you update them. */
const golden: readonly (readonly [file: string, anything: string, sample: string])[] = [
  ['system', 'warehouse', 'nordfisk'],
  ['system-that-data-passes', 'mqtt', 'plant'],
  ['link-confirmed', 'erp warehouse', 'nordfisk'],
  ['link-by-carrier', 'hr -> identity', 'hospital'],
  ['link-through-broker', 'sensors=>quality#messaging', 'plant'],
  ['link-unobserved', 'HO-20', 'hospital'],
  ['link-shadow', 'wms=>crm#http', 'webshop'],
  ['finding-unregistered', 'unregistered-link erp=>finance#database', 'nordfisk'],
  ['finding-for-a-yaml-registry', 'f82e4129', 'plant'],
  ['finding-shadow', 'shadow-link erp wms', 'webshop'],
  ['finding-safeguard', 'a13eb99b9cf6c6cc', 'nordfisk'],
  ['unresolved-host', 'prices.fishmarket.example', 'nordfisk'],
  ['script', 'stock_export', 'nordfisk'],
];

describe('an explanation', () => {
  test.each(golden)('%s', async (file, anything, sample) => {
    const { page } = ask(await readSample(sample), anything);
    await expect(renderPage(page, plain)).toMatchFileSnapshot(`explain/${file}.txt`);
  });

  test('each golden file is of a test', async () => {
    expect((await readdir('test/cli/explain')).sort()).toEqual(
      golden.map(([file]) => `${file}.txt`).sort(),
    );
  });

  test('stands in the documentation as it is printed', async () => {
    const docs = await readFile('docs/explain.md', 'utf8');
    expect(docs).toContain(await readFile('test/cli/explain/link-by-carrier.txt', 'utf8'));
  });

  test('is there for everything that an audit holds, under the name that it has', async () => {
    for (const sample of ['nordfisk', 'plant', 'webshop', 'hospital']) {
      const { config, result } = await readSample(sample);
      const meant = (anything: string): Subject => findSubject(result, config, anything);
      for (const system of result.systems)
        expect(meant(system.id)).toEqual({ kind: 'system', system, steps: [] });
      for (const link of result.links) expect(meant(link.key)).toEqual({ kind: 'link', link });
      for (const finding of result.findings)
        expect(meant(finding.fingerprint)).toEqual({ kind: 'finding', finding });
      for (const { reference } of result.unresolved)
        expect(meant(reference)).toMatchObject({ kind: 'unresolved', reference });
    }
  });

  test('fits the terminal, paths and words aside, and leaves nothing undefined', async () => {
    for (const sample of ['nordfisk', 'plant', 'webshop', 'hospital']) {
      const read = await readSample(sample);
      const { systems, links, findings } = read.result;
      const all = [
        ...systems.map(({ id }) => id),
        ...links.map(({ key }) => key),
        ...findings.map(({ fingerprint }) => fingerprint),
      ];
      for (const anything of all) {
        const text = renderPage(ask(read, anything).page, plain);
        expect(text).not.toMatch(/undefined|NaN|\[object|[ \t]$/m);
        for (const line of text.split('\n')) {
          // What is pasted is never broken.
          if (line.startsWith('    ') || !line.trim().includes(' ')) continue;
          expect(line.length, line).toBeLessThanOrEqual(80);
        }
      }
    }
  });

  test('colour only says again what words say', async () => {
    const { page } = ask(await readSample('nordfisk'), 'erp warehouse');
    const coloured = renderPage(page, { ...plain, color: true });
    expect(coloured).not.toBe(renderPage(page, plain));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are removed here
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(renderPage(page, plain));
  });

  test('every step of both chains is told, and no other', async () => {
    for (const sample of ['nordfisk', 'plant', 'webshop', 'hospital']) {
      const read = await readSample(sample);
      for (const link of read.result.links) {
        const { evidence } = ask(read, link.key).data as {
          evidence: { chains: { steps: string[] }[]; resolution: string[]; witness: string }[];
        };
        expect(evidence).toHaveLength(link.evidence.length);
        for (const { chains, resolution, witness } of evidence) {
          // Of a log, the configuration tells more than that a name is itself.
          if (witness === 'observed') continue;
          const told = chains.flatMap(({ steps }) => steps);
          expect(told).toHaveLength(resolution.length);
          for (const [index, step] of resolution.entries())
            if (!step.startsWith('"')) expect(told[index]?.startsWith(step), step).toBe(true);
        }
      }
    }
  });

  test('hostile names drive no terminal', async () => {
    const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    const rows = hostileNames.map((name, index) => `s${index},${cell(name)},${cell(name)}`);
    const links = hostileNames.map(
      (name, index) => `s${index},s${(index + 3) % hostileNames.length},${cell(name)}`,
    );
    const hostile = await read(
      memoryFiles({
        'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n',
        'systems.csv': `id,name,aliases\n${rows.join('\n')}\n`,
        'links.csv': `from,to,objects\n${links.join('\n')}\n`,
      }) as ReturnType<typeof nodeFiles>,
    );
    const { systems, links: found } = hostile.result;
    for (const anything of [...systems.map(({ id }) => id), ...found.map(({ key }) => key)])
      expect(renderPage(ask(hostile, anything).page, plain).replaceAll('\n', '')).not.toMatch(
        /[\p{Cc}\p{Zl}\p{Zp}]/u,
      );
  });
});

describe('every rule', () => {
  test('has a meaning with its own severity, and a page', async () => {
    const own = Object.entries(ruleMeanings).map(([rule, { severity }]) => [rule, severity]);
    expect(own.sort()).toEqual(
      rules.map(({ name, defaultSeverity }) => [name, defaultSeverity]).sort(),
    );
    const pages = await readdir('docs/rules');
    for (const { name } of rules) expect(pages).toContain(`${name}.md`);
  });
});

describe('what is meant', () => {
  test.each([
    ['a name', 'Cold-Storage and WAREHOUSE', undefined],
    ['a name, whatever the case', 'warehouse AND cold storage', 'system warehouse'],
    ['an alias', 'wms', 'system warehouse'],
    ['a host', 'wms01.nordfisk.example', 'system warehouse'],
    ['a part of a system, not its whole', 'erp-db.nordfisk.example', 'system erp-db'],
    ['a URL', 'https://wms.nordfisk.example/export/stock.csv', 'system warehouse'],
    ['a row of the registry', 'int-002', 'link warehouse=>erp#file'],
    ['two names', 'Data platform ERP', undefined],
    ['two names with blanks', 'Quality and certificates Data platform', 'link quality=>data#http'],
    ['an arrow', 'wms → erp', 'link warehouse=>erp#file'],
    ['hosts at both ends', 'wms.nordfisk.example=>ERP-PRD', 'link warehouse=>erp#file'],
    ['a rule and its only subject', 'no-owner', 'finding da277a19b1c2b28d'],
    ['a rule and a row', 'no-safeguard INT-002', 'finding a13eb99b9cf6c6cc'],
    ['a rule and two ends', 'no-safeguard wms erp', 'finding a13eb99b9cf6c6cc'],
    ['the beginning of a fingerprint', '4a2e', 'finding 4a2e80b87148721e'],
    ['a line', 'integrations.csv:7', 'link warehouse=>transport#http'],
    [
      'a line with a column',
      'scripts/data/forecast.py:33:16',
      'unresolved prices.fishmarket.example',
    ],
    ['a part of a reference', 'fishmarket', 'unresolved prices.fishmarket.example'],
    ['a part of a script', 'STOCK_EXPORT', 'code scripts/stock_export.sh'],
  ])('%s: %s', async (_name, anything, wanted) => {
    const { config, result } = await readSample('nordfisk');
    if (wanted === undefined) {
      expect(() => findSubject(result, config, anything)).toThrow();
      return;
    }
    const subject = findSubject(result, config, anything);
    const names: Readonly<Record<Subject['kind'], (given: never) => string>> = {
      system: ({ system }: Extract<Subject, { kind: 'system' }>) => system.id,
      link: ({ link }: Extract<Subject, { kind: 'link' }>) => link.key,
      code: ({ id }: Extract<Subject, { kind: 'code' }>) => id,
      finding: ({ finding }: Extract<Subject, { kind: 'finding' }>) => finding.fingerprint,
      unresolved: ({ reference }: Extract<Subject, { kind: 'unresolved' }>) => reference,
    };
    expect(`${subject.kind} ${names[subject.kind](subject as never)}`).toBe(wanted);
  });

  test.each([
    ['a slip of the pen', 'warehose', /Did you mean "warehouse"\?/],
    ['nothing like it', 'xyzzy-17', /"xyzzy-17" is no system.*Known systems: api-gateway, data,/],
    ['several parts', 'db', /"db" may mean 2 things.*\n {2}erp-db.*\n {2}mes-db/],
    [
      'a rule alone',
      'unregistered-link',
      /may mean 5 things.*\n {2}22e242ac {2}unregistered-link of/,
    ],
    ['a rule without a finding', 'stale-data', /stale-data found nothing in this landscape/],
    ['a rule about something else', 'no-owner erp', /nothing about "erp".*quality/],
    [
      'the other way',
      'finance warehouse',
      /No link goes from finance to warehouse\. The other way there is warehouse=>finance#file/,
    ],
    ['no link at all', 'transport quality', /No link goes from transport to quality\. None/],
    ['two families', 'production quality', /may mean 2 things.*\n {2}production=>quality#database/],
    ['an empty line of a file', 'cron.d/etl01-nightly:99', /is no system/],
    ['nothing', '  ', /Name a system, link, finding or reference/],
    ['far too much', 'a '.repeat(10_000), /Name a system, link, finding or reference/],
  ])('%s: the candidates', async (_name, anything, message) => {
    const { config, result } = await readSample('nordfisk');
    expect(() => findSubject(result, config, anything)).toThrow(message);
  });
});

describe('an unresolved reference', () => {
  const files = {
    'landscape.yaml':
      'sources:\n  - inventory: systems.csv\n  - scripts: scripts\n    system: fin\n  - cron: crontab\n    host: etl01.example\nrules: { no-owner: off }\naliases:\n  "old-*.example": erp\n',
    'systems.csv':
      'id,name,kind,hosts\nerp,ERP,application,erp.example;10.0.0.0/24\nfin,Finance,application,\ngw,Gateway,api-gateway,api.example\n',
    'scripts/a.sh':
      'curl https://erpp.example/x\ncurl $ORDER_URL/orders\ncurl https://api.example/x\ncurl https://old-1.example/y\ncurl https://10.9.9.9/z\n',
    crontab: '0 5 * * * etl /opt/missing/run.sh\n',
  };
  const made = read(memoryFiles(files) as ReturnType<typeof nodeFiles>);
  const tell = async (anything: string): Promise<string> =>
    renderPage(ask(await made, anything).page, { ...plain, width: 1000 });

  test('a name like a system: a suggestion, and an alias to paste that works', async () => {
    const text = await tell('erpp.example');
    expect(text).toContain('Did you mean ERP (erp)?');
    const pasted = '  "erpp.example": erp\n';
    expect(text).toContain(`aliases:\n    ${pasted}`);
    const { result } = await read(
      memoryFiles({
        ...files,
        'landscape.yaml': files['landscape.yaml'] + pasted,
      }) as ReturnType<typeof nodeFiles>,
    );
    expect(result.unresolved.map(({ reference }) => reference)).not.toContain('erpp.example');
    expect(result.links.map(({ key }) => key)).toContain('erp=>fin#http');
  });

  test.each([
    ['as the script writes it', '$ORDER_URL/orders', /^\{ORDER_URL\}\/orders: no system yet/],
    [
      'an expression',
      '{ORDER_URL}/orders',
      /1\. its value in the file itself[\s\S]*?\n {2}2\. the aliases/,
    ],
    ['an address', '10.9.9.9', /the address ranges of all systems: the only one .* does not match/],
    ['a script that was not read', '/opt/missing/run.sh', /Add the folder that holds it/],
    ['a gateway without a route', 'scripts/a.sh:3', /it is one of Gateway \(gw\), behind which/],
  ])('%s', async (_name, anything, pattern) => {
    expect(await tell(anything)).toMatch(pattern);
  });

  test('callers from anywhere are no one system, so no alias is offered', async () => {
    const visited = await read(
      memoryFiles({
        'landscape.yaml':
          'sources:\n  - inventory: systems.csv\n  - gateway: access.log\n    intermediary: gw\n    routes: { "/erp/": erp }\n',
        'systems.csv': files['systems.csv'],
        'access.log':
          '8.8.8.8 - - [02/Nov/2026:10:00:00 +0000] "GET /erp/x HTTP/1.1" 200 12 "-" "x"\n',
      }) as ReturnType<typeof nodeFiles>,
    );
    const text = renderPage(ask(visited, 'public addresses').page, plain);
    expect(text).toContain('Map it under "callers:"');
    expect(text).not.toContain('aliases:');
  });

  test('an alias of the configuration leads to its system, and says so', async () => {
    expect(await tell('old-7.example')).toContain('alias "old-*.example" stands for erp');
    expect(await tell('erp')).toMatch(/alias +old-\*\.example +landscape\.yaml:9/);
  });

  test('a rule that is off says where', async () => {
    const { config, result } = await made;
    expect(() => findSubject(result, config, 'no-owner')).toThrow(
      /no-owner is switched off at landscape\.yaml:7/,
    );
  });
});

describe('landscape explain', () => {
  const shown = captureOutput();

  const command = (anything: string, ...more: string[]): Promise<number> =>
    run([
      'node',
      'landscape',
      'explain',
      anything,
      'inventories/nordfisk',
      '--no-cache',
      '--no-progress',
      ...more,
    ]);

  test('prints the page', async () => {
    expect(await command('erp warehouse')).toBe(0);
    expect(shown.errors).toBe('');
    expect(shown.out).toContain('ERP → Warehouse and cold storage over https\n');
  });

  test('as JSON, the same facts', async () => {
    expect(await command('INT-001', '--json')).toBe(0);
    const answer = JSON.parse(shown.out);
    expect(answer).toMatchObject({
      kind: 'link',
      sentence: 'ERP sends items and orders to Warehouse and cold storage over https.',
      class: { name: 'confirmed' },
      registration: { registered: true },
      link: { key: 'erp=>warehouse#http' },
    });
    expect(answer.evidence.map(({ witness }: { witness: string }) => witness)).toEqual([
      'declared',
      'coded',
      'observed',
    ]);
    expect(answer.evidence[1].chains[1]).toEqual({
      end: 'to',
      reference: 'https://api.nordfisk.example/warehouse/orders',
      is: 'warehouse',
      steps: [
        'host api.nordfisk.example is listed for api-gateway (systems.csv:9)',
        'path /warehouse of api-gateway leads to warehouse (landscape.yaml:42)',
      ],
    });
  });

  test('two names without quotes look like a folder, and that is told', async () => {
    const argv = ['node', 'landscape', 'explain', 'erp', 'no-such-warehouse', '--no-progress'];
    expect(await run(argv)).toBe(2);
    expect(shown.errors).toContain('Two names go into quotes: "erp no-such-warehouse".');
  });

  test.each(['explain', 'impact'])('%s of a folder alone asks what it is about', async (name) => {
    const argv = ['node', 'landscape', name, 'inventories/nordfisk', '--no-progress'];
    expect(await run(argv)).toBe(2);
    expect(shown.errors).toContain(`landscape ${name} <system or link> inventories/nordfisk`);
  });

  test('candidates go to standard error, and the exit code is 2', async () => {
    expect(await command('warehose')).toBe(2);
    expect(shown.errors).toContain('Did you mean "warehouse"?');
    expect(shown.out).toBe('');
  });
});
