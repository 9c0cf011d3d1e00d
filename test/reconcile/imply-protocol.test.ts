import { expect, test } from 'vitest';
import { auditFiles } from '../audit-files.ts';

const keysOf = async (script: string, rows = ''): Promise<string[]> => {
  const { links } = await auditFiles({
    'landscape.yaml':
      'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n  - scripts: scripts\n    system: app\n',
    'systems.csv': 'id,hosts\napp,\nerp,erp.corp.example\n',
    'links.csv': `from,to,protocol\n${rows}`,
    'scripts/a.sh': script,
  });
  return links.map(({ key, protocol }) => `${key} ${protocol ?? ''}`);
};

test.each([
  ['echo x | nc erp.corp.example 1521', 'app=>erp#database oracle'],
  ['echo x | nc erp.corp.example 5672', 'app=>erp#messaging amqp'],
  // Nobody knows what listens here.
  ['echo x | nc erp.corp.example 14999', 'app=>erp#other tcp'],
  // What the source says counts.
  ['curl -d @x http://erp.corp.example:1521/', 'app=>erp#http http'],
])('%s is %s', async (script, expected) => {
  expect(await keysOf(`${script}\n`)).toEqual([expected]);
});

test('a row without a protocol goes on matching any', async () => {
  expect(await keysOf('echo x | nc erp.corp.example 1521\n', 'app,erp,\n')).toEqual([
    'app=>erp#database oracle',
  ]);
});
