import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { expandHostRange } from '../../src/scanners/scripts/settings/host-range.ts';
import { readSettings } from '../../src/scanners/scripts/settings/read-settings.ts';
import { auditFiles } from '../audit-files.ts';
import fc from '../fast-check.ts';

const sections = `# who runs where
mail.example

[warehouse]
wh[01:03].example http_port=8080   ; three of them
[erp]
erp1 ansible_host=10.0.5.7 ansible_user=root ansible_password=hunter2secret
[postgres]
pg-[a:b].example
[oslo]
erp1
pg-a.example
pg-b.example
wh01.example
[prod:children]
warehouse
erp
[erp:vars]
wms_base_url = http://{{ wms_host }}:8080/api
[all:vars]
wms_host=wh01.example
smtp_server=mail.example
`;

/** The same in YAML. */
const nested = `all:
  vars: {wms_host: wh01.example, smtp_server: mail.example}
  hosts: {mail.example: }
  children:
    prod:
      children:
        warehouse:
          hosts:
            wh[01:03].example: {http_port: 8080}
        erp:
          hosts:
            erp1: {ansible_host: 10.0.5.7, ansible_user: root, ansible_password: hunter2secret}
          vars:
            wms_base_url: http://{{ wms_host }}:8080/api
    postgres:
      hosts: {"pg-[a:b].example": }
    oslo:
      hosts: {erp1: , pg-a.example: , pg-b.example: , wh01.example: }
`;

const variables = {
  'inventories/prod/group_vars/all.yml': 'db_host: pg-a.example\nblog_url: https://blog.example/\n',
  'inventories/prod/group_vars/warehouse/main.yml':
    'spring_datasource_url: "jdbc:postgresql://{{ db_host }}:5432/wms"\ndb_password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\n',
  'inventories/prod/host_vars/erp1.yml': 'payment_api_url: https://api.stripe.com/v1\n',
  'landscape.yaml': 'sources:\n  - scripts: inventories\n',
};

describe.each([
  ['hosts', sections],
  ['hosts.yml', nested],
])('an inventory of Ansible, %s', (name, text) => {
  const file = `inventories/prod/${name}`;

  test('groups are systems on their machines, variables say what they reach', async () => {
    const { systems, links, findings } = await auditFiles({ ...variables, [file]: text });
    expect(systems.map(({ id, kind, hosts }) => `${id} ${kind} ${hosts.join(' ')}`)).toEqual([
      'erp application 10.0.5.7 erp1',
      'mail.example host mail.example',
      'postgres database pg-a.example pg-b.example',
      'stripe external-service api.stripe.com',
      'warehouse application wh01.example wh02.example wh03.example',
    ]);
    expect(
      links.map(({ key, evidence }) => `${key} ${evidence.map(({ origin }) => origin.file)}`),
    ).toEqual([
      'erp=>stripe#http inventories/prod/host_vars/erp1.yml',
      `erp=>warehouse#http ${file}`,
      'warehouse=>postgres#database inventories/prod/group_vars/warehouse/main.yml',
    ]);
    expect(JSON.stringify([systems, links, findings])).not.toContain('hunter2secret');
    const secrets = findings.filter(({ rule }) => rule === 'credential-in-code');
    expect(secrets.map(({ evidence }) => evidence[0]?.file)).toEqual([file]);
  });

  test('the places are lines of the inventory', () => {
    const [reading] = readSettings(text, file) ?? [];
    const erp = reading?.services.find((service) => service.name === 'erp');
    const lines = text.split('\n');
    expect(lines[(erp?.line ?? 0) - 1]).toContain('erp');
    const url = erp?.settings.find(({ key }) => key === 'wms_base_url');
    expect(lines[(url?.line ?? 0) - 1]?.slice((url?.column ?? 0) - 1)).toContain('http://{{');
    expect(url?.value).toBe('http://wh01.example:8080/api');
  });
});

test('a group on machines of several described systems is none of them', async () => {
  const { systems } = await auditFiles({
    'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - scripts: ansible\n',
    'systems.csv': 'id,name,hosts\ncrm,CRM,ora1\nfin,Finance,ora2\nhr,HR,hr1\n',
    'ansible/hosts': '[databases]\nora1\nora2\nora3\n[payroll]\nhr1\nhr2\n',
  });
  expect(systems.map(({ id, hosts }) => `${id} ${hosts.join(' ')}`)).toEqual([
    'crm ora1',
    'databases ora3',
    'fin ora2',
    'hr hr1 hr2',
  ]);
});

test('variables in files without an extension, as of a machine with dots in its name', async () => {
  const { links } = await auditFiles({
    'landscape.yaml': 'sources:\n  - scripts: ops\n',
    'ops/hosts': '[shop]\nweb1.acme.net\n[lbservers]\nlb1\n[erp]\nerp1\n[wms]\nwms1\n',
    'ops/group_vars/all': 'erp_host: erp1\n',
    'ops/group_vars/shop': '---\nerp_url: "http://{{ erp_host }}/api"\n',
    'ops/host_vars/web1.acme.net': 'wms_url: http://wms1/api\n',
  });
  expect(links.map(({ key }) => key)).toEqual(['shop=>erp#http', 'shop=>wms#http']);
});

test.each([
  [
    'lamp-haproxy-hosts',
    [
      'dbservers database db1',
      'lbservers proxy lb1',
      'monitoring - nagios',
      'webservers - web1 web2',
    ],
  ],
  // Its groups overlap; which holds all machines of others is none of its own.
  [
    'mongodb-hosts',
    [
      'mongo4 host mongo4',
      'mongoc_servers - mongo1 mongo2 mongo3',
      'mongos_servers - mongo1 mongo2',
    ],
  ],
])('an inventory that others wrote: %s', async (file, expected) => {
  const text = await readFile(new URL(`../fixtures/ansible/${file}`, import.meta.url), 'utf8');
  const services = (readSettings(text, 'hosts') ?? []).flatMap((reading) => reading.services);
  expect(
    services.map(({ name, kind = '-', hosts }) => `${name} ${kind} ${hosts.join(' ')}`).sort(),
  ).toEqual(expected);
});

describe('what is no inventory stays what it is', () => {
  test.each([
    ['conf/my.cnf', '[mysqld]\nskip-networking\nport = 3306\n'],
    ['ansible.cfg', '[defaults]\ninventory = hosts\nhost_key_checking = False\n'],
    ['jobs/settings.ini', '[erp]\nhost = erp.acme.example\n'],
    ['etc/hosts', '10.0.0.1 erp\n'],
    ['MAINTAINERS', '[core]\nalice\nbob\n'],
    ['hosts.yml', 'web:\n  hosts: [a, b]\n'],
  ])('%s', (file, text) => {
    expect((readSettings(text, file) ?? []).flatMap(({ services }) => services)).toEqual([]);
  });
});

test('ranges of hosts', () => {
  expect(expandHostRange('web[08:11].example')).toEqual(
    ['08', '09', '10', '11'].map((each) => `web${each}.example`),
  );
  expect(expandHostRange('db-[a:c]')).toEqual(['db-a', 'db-b', 'db-c']);
  expect(expandHostRange('n[1:9:4]-[a:b]')).toEqual(
    ['1', '5', '9'].flatMap((each) => [`n${each}-a`, `n${each}-b`]),
  );
  expect(expandHostRange('x[3:1]')).toEqual([]);
  expect(expandHostRange('x[1:')).toEqual([]);
  expect(expandHostRange('x[1:99999999][1:99999999]')).toHaveLength(1_000);
  fc.assert(
    fc.property(fc.nat(900), fc.nat(60), (from, count) => {
      const hosts = expandHostRange(`h[${from}:${from + count}]`);
      expect(hosts).toEqual(Array.from({ length: count + 1 }, (_, at) => `h${from + at}`));
    }),
  );
});

test('hostile inventories are read soon', () => {
  const hostile = [
    `[g]\n${'a[1:99999999]\n'.repeat(20_000)}`,
    Array.from({ length: 40_000 }, (_, at) => `[g${at}:children]\ng${at + 1}\n`).join(''),
    Array.from({ length: 3_000 }, (_, at) => `[g${at}]\nh[1:${at}]\n`).join(''),
    `[g]\nh ${'a= '.repeat(3_000)}\n${' '.repeat(9_000)}x x\n`.repeat(20),
    `${'\n'.repeat(500_000)}[g:vars]\n${'a={{ a }}{{ a }}\n'.repeat(5_000)}`,
    `[g]\n__proto__\nconstructor ansible_host=toString\n[g:children]\ng\n`,
  ];
  for (const text of hostile) {
    const start = performance.now();
    readSettings(text, 'hosts');
    expect(performance.now() - start).toBeLessThan(4_000);
  }
  const deep = `all:\n${Array.from({ length: 60 }, (_, at) => `${' '.repeat(at * 2 + 1)}children:\n${' '.repeat(at * 2 + 2)}g:\n`).join('')}`;
  expect(() => readSettings(deep, 'hosts.yml')).not.toThrow();
});
