import { describe, expect, test } from 'vitest';
import { type Audit, audit } from '../../src/audit.ts';
import { parseConfig } from '../../src/config.ts';
import { InputError } from '../../src/errors.ts';
import { type Files, listFolder, memoryFiles, nodeFiles } from '../../src/files.ts';
import { type Proposal, propose } from '../../src/proposal/propose.ts';
import { sourceKinds } from '../../src/scanners/index.ts';
import fc from '../fast-check.ts';

type Contents = Readonly<Record<string, string | Uint8Array>>;

async function proposeFor(contents: Contents, name = 'ops'): Promise<Proposal> {
  const listed = Object.entries(contents)
    .map(([file, content]) => ({ file, size: Buffer.from(content).length }))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
  return propose(memoryFiles(contents), listed, name);
}

/** What a scan makes of the proposal, as the second command would. */
async function scan(files: Files, { text }: Proposal): Promise<Audit> {
  const config = parseConfig(text, 'landscape.yaml', sourceKinds);
  // The file itself is among the inputs.
  const digest: Files['digest'] = async (file) =>
    file === 'landscape.yaml' ? '0' : files.digest(file);
  return audit(config, { ...files, digest }, { today: '2026-11-02', strict: true });
}

function linksOf({ links }: Audit): string[] {
  return links.map(
    ({ key, initiator, registered, class: witnesses }) =>
      `${key} ${initiator} ${registered} ${witnesses.join('+')}`,
  );
}

describe('on the samples', () => {
  // What only people know of plant: a client of its own, and that `/suppliers/` is the supplier portal.
  test.each([
    ['nordfisk', []],
    ['webshop', []],
    ['hospital', []],
    [
      'plant',
      [
        'erp=>supplier-portal#http from true declared+coded+observed',
        'sensors=>quality#messaging unknown false coded',
        'supplier-portal=>quality#http to false observed',
      ],
    ],
  ] as const)(
    '%s: a scan finds what it finds with the file that people wrote',
    async (sample, unknowable) => {
      const root = `inventories/${sample}`;
      const files = nodeFiles(root);
      const { files: listed } = await listFolder(root, { files: 1000, depth: 9 });
      const proposal = await propose(files, listed, sample);
      const written = parseConfig(
        await files.text('landscape.yaml'),
        'landscape.yaml',
        sourceKinds,
      );
      const expected = linksOf(await audit(written, files, { today: '2026-11-02', strict: true }));
      const found = linksOf(await scan(files, proposal));
      expect(expected.length).toBeGreaterThan(10);
      expect(expected.filter((link) => !found.includes(link))).toEqual(unknowable);
    },
  );

  test('plant: what is nearly a system is a hint, and no route', async () => {
    const { files: listed } = await listFolder('inventories/plant', { files: 1000, depth: 9 });
    const { text } = await propose(nodeFiles('inventories/plant'), listed, 'plant');
    expect(text).toMatch(/^ +# "\/suppliers\/": supplier-portal {3}# \d+ calls$/m);
    expect(text).not.toMatch(/^ +"?\/suppliers/m);
  });
});

const log = (path: string, user = '-'): string =>
  `10.0.0.1 - ${user} [02/Nov/2026:10:00:00 +0000] "GET ${path} HTTP/1.1" 200 12 "-" "curl/8"\n`;

const crontab = '0 5 * * * etl /opt/jobs/load.sh\n30 * * * * etl curl https://erp.example/x\n';

describe('what a file is taken for', () => {
  test.each<[string, Contents, string[]]>([
    [
      'systems',
      { 'systems.csv': 'id,owner,hosts\nerp,A,erp.example\n' },
      ['inventory systems.csv'],
    ],
    ['a list of names', { 'people.csv': 'id,name\n1,Ann\n', 'a.sh': 'ls' }, ['scripts a.sh']],
    [
      'links in German',
      { 'x/a.csv': 'Quellsystem;Zielsystem;Protokoll\na;b;https\n' },
      ['inventory x/a.csv'],
    ],
    ['a matrix', { 'm.csv': ';ERP;WMS\nERP;;x\nWMS;;\n' }, ['inventory m.csv']],
    [
      'an export of a CMDB',
      { 'ci.csv': 'sys_id,name,sys_class_name\na1,ERP,cmdb_ci_appl\n' },
      ['inventory ci.csv'],
    ],
    ['links', { 'x/a.csv': 'from;to;protocol\nerp;wms;https\n' }, ['inventory x/a.csv']],
    ['pairs', { 'edges.csv': 'from,to\na,b\n', 'a.sh': 'ls' }, ['scripts a.sh']],
    ['links by the name', { 'integrations.csv': 'from,to\na,b\n' }, ['inventory integrations.csv']],
    ['crontabs', { 'cron.d/a': crontab, 'cron.d/b': crontab }, ['cron cron.d/*']],
    ['a crontab anywhere', { 'notes/jobs.txt': crontab }, ['cron notes/jobs.txt']],
    ['prose', { 'notes/a.txt': '1 2 3 4 5 words\nand more\n', 'a.sh': 'ls' }, ['scripts a.sh']],
    [
      'machines',
      { 'hosts/etl01/etc/crontab': crontab, 'hosts/erp01/etc/crontab': crontab },
      ['cron hosts/erp01/etc/crontab', 'cron hosts/etl01/etc/crontab'],
    ],
    [
      'logs that rotate',
      { 'logs/access.log': log('/erp/a'), 'logs/access.log.1': log('/erp/b') },
      ['gateway logs/access.log*'],
    ],
    ['a log without a name for it', { access: log('/erp/a') }, ['gateway access']],
    ['a log of another kind', { 'app.log': 'started\nstopped\n', 'a.sh': 'ls' }, ['scripts a.sh']],
    [
      'a repository',
      {
        'package.json': '{"name":"shop"}',
        'src/a.ts': '',
        'src/b.ts': 'fetch("https://x.example")',
      },
      ['scripts .'],
    ],
    [
      'a checkout of repositories',
      {
        'shop/package.json': '{"name":"shop"}',
        'wms/go.mod': 'module wms',
        'wms/a.go': 'package a',
      },
      ['scripts .'],
    ],
    ['folders of scripts', { 'etl/a.py': 'x=1', 'jobs/b.sh': 'ls' }, ['scripts etl, jobs']],
    [
      'an export of a scheduler',
      {
        'night.jil':
          'insert_job: a\ncommand: /opt/a.sh\nstart_times: "02:00"\ndate_conditions: 1\n',
      },
      ['jobs night.jil'],
    ],
    [
      'models of any format, as one source',
      {
        'docs/workspace.dsl':
          'workspace {\n  model {\n    a = softwareSystem "Shop"\n    b = softwareSystem "ERP"\n    a -> b "orders" "HTTPS"\n  }\n}\n',
        'docs/parts.puml': '@startuml\n[Shop] --> [ERP] : orders\n@enduml\n',
        'docs/notes.md': '# Notes\n',
      },
      ['model docs/parts.puml, docs/workspace.dsl'],
    ],
    [
      'exports of platforms, each as a source',
      {
        'kafka/acls.txt':
          'Current ACLs for resource `ResourcePattern(resourceType=TOPIC, name=orders, patternType=LITERAL)`: \n \t(principal=User:shop, host=*, operation=WRITE, permissionType=ALLOW)\n \t(principal=User:erp, host=*, operation=READ, permissionType=ALLOW)\n',
        'kong.yaml':
          '_format_version: "3.0"\nservices:\n  - name: erp\n    url: http://erp.example\n    routes:\n      - name: erp\n        paths: [/erp]\n',
      },
      ['platform kafka/acls.txt', 'platform kong.yaml'],
    ],
    [
      'traces',
      {
        'traces/today.json':
          '[[{"traceId":"1","id":"1","kind":"CLIENT","timestamp":1,"duration":2,"localEndpoint":{"serviceName":"shop"},"remoteEndpoint":{"serviceName":"erp"}}]]',
      },
      ['telemetry traces/today.json'],
    ],
    [
      'a model in which nothing is understood',
      { 'docs/empty.puml': '@startuml\n@enduml\n', 'jobs/a.sh': 'ls' },
      ['scripts jobs'],
    ],
    [
      'tests and examples',
      { 'test/systems.csv': 'id,owner,hosts\nerp,A,e.example\n', 'jobs/a.sh': 'ls' },
      ['scripts jobs'],
    ],
    [
      'a landscape of its own',
      { 'a/landscape.yaml': 'sources: []', 'a/x.sh': 'ls', 'b/y.sh': 'ls' },
      ['scripts b'],
    ],
    [
      'a name with special characters',
      { 'systems (1).csv': 'id,owner,team\nerp,A,B\n' },
      ['inventory systems ?1?.csv'],
    ],
  ])('%s', async (_name, contents, expected) => {
    const proposal = await proposeFor(contents);
    expect(proposal.sources.map(({ kind, patterns }) => `${kind} ${patterns.join(', ')}`)).toEqual(
      expected,
    );
    // The second command works whatever the first one found.
    const result = await scan(memoryFiles(contents), proposal);
    expect(result.systems.length).toBeGreaterThan(0);
  });

  test('machines say whose crontab it is; names that inventories know, with their whole host', async () => {
    const { text } = await proposeFor({
      'systems.csv': 'id,owner,hosts\nerp,A,erp01.example.org\n',
      'cron.d/erp01-nightly': crontab,
      'hosts/etl07/etc/crontab': crontab,
    });
    expect(text).toContain('- cron: cron.d/erp01-nightly\n    host: erp01.example.org #');
    expect(text).toContain('- cron: hosts/etl07/etc/crontab\n    host: etl07 #');
  });

  test('what was gathered on a machine names its host itself', async () => {
    const { sources } = await proposeFor({
      'gathered/a1/landscape-host.txt': 'host=a1.example\ntimezone=Europe/Oslo\n',
      'gathered/a1/etc/crontab': crontab,
    });
    expect(sources).toHaveLength(1);
    expect(sources[0]?.options).toEqual([]);
    expect(sources[0]?.files).toBe(2);
  });

  test('routes and callers by parts of names, where one system alone fits', async () => {
    const { text } = await proposeFor({
      'systems.csv': 'id,kind,owner\nerp,,A\nwms-north,,A\nwms-south,,B\ngw,api-gateway,C\n',
      'access.log': log('/erp/a', 'svc-erp') + log('/wms/b', 'wms-client') + log('/erp-api/c'),
    });
    expect(text).toContain('intermediary: gw');
    expect(text).toContain(' /erp/: erp\n');
    expect(text).toContain(' /erp-api/: erp\n');
    expect(text).toContain('svc-erp: erp\n');
    expect(text).not.toMatch(/^ +"?\/?wms.*: wms/m);
    expect(text).toContain('# "/wms/": …   # 1 call');
  });

  test('a log of which a third is something else says so, and is read', async () => {
    const contents = { 'access.log': `${log('/erp/a')}${log('/erp/b')}--\n` };
    const proposal = await proposeFor(contents);
    expect(proposal.text).toMatch(/minParsed: 0\.5 # about 6\d %/);
    await expect(scan(memoryFiles(contents), proposal)).resolves.toBeDefined();
  });
});

describe('whatever lies in a folder', () => {
  const name = fc.oneof(
    fc.constantFrom(
      'systems.csv',
      'integrations.yaml',
      'cron.d/x',
      'etc/hosts',
      'a.timer',
      'logs/access.log',
      'logs/access.log.1.gz',
      'nginx.conf',
      'a b/[x].sh',
      'jobs.xml',
      'compose.yaml',
      'evil\n  - x: y.sh',
      '-',
      '# a.sh',
      "it's: {a}.py",
    ),
    fc
      .string({ minLength: 1, maxLength: 12 })
      .map((text) => `d/${text.replace(/[/\0\\.]/g, '_')}.sh`),
  );
  const content = fc.oneof(
    fc.constantFrom(
      crontab,
      log('/erp/a'),
      'id,owner,hosts\nerp,A,erp.example\n',
      'links:\n  - { from: a, to: b, protocol: x }\n',
      'services: { erp: { image: erp } }\n',
      '<?xml version="1.0"?><jobs>',
      '10.0.0.1 erp\n',
    ),
    fc.string({ maxLength: 200 }),
    fc.uint8Array({ maxLength: 64 }),
  );

  test('the proposal is a configuration, or nothing was recognised', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(name, content), { minLength: 1, maxLength: 6 }),
        fc.string({ maxLength: 20 }),
        async (entries, title) => {
          const contents = Object.fromEntries(entries);
          try {
            const { text, sources } = await proposeFor(contents, title);
            const config = parseConfig(text, 'landscape.yaml', sourceKinds);
            expect(config.sources.map(({ kind }) => kind)).toEqual(sources.map(({ kind }) => kind));
            expect(config.sources.map(({ patterns }) => patterns)).toEqual(
              sources.map(({ patterns }) => patterns),
            );
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
            expect(String(error)).toContain('was recognised');
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

test.each([
  [
    'a list of products with kinds of their own',
    'PRODUCT.tsv',
    'id\tparent\tName\tkind\n50\t\tCredit\tPRODUCT\n',
  ],
  [
    'a form to be filled in',
    'flow-upload-template.csv',
    'source,target,protocol\nasset1,asset2,https\n',
  ],
  [
    'the pages of a site',
    'mkdocs.yml',
    'site_name: x\nplugins:\n  - search\ntheme:\n  name: material\n',
  ],
])('%s is no source', async (_, file, content) => {
  const { text } = await proposeFor({
    [file]: content,
    'jobs/a.sh': 'curl https://erp.example/x\n',
  });
  expect(text).not.toContain(file);
});

test('the same columns with kinds of systems are an inventory', async () => {
  const content = 'id\tparent\tName\tkind\nerp\t\tERP\tapplication\n';
  expect((await proposeFor({ 'list.tsv': content })).text).toContain('list.tsv');
});
