import { expect, test } from 'vitest';
import { auditFiles } from '../audit-files.ts';

const files = {
  'landscape.yaml': `sources:
  - inventory: systems.csv
  - inventory: links.csv
  - scripts: shop
    system: shop
  - scripts: jobs
`,
  'systems.csv': 'id,hosts\nshop,\nerp,erp.corp.example\nwms,wms.corp.example\n',
  'links.csv': 'from,to,protocol\nshop,erp,https\nerp,wms,https\n',
  'shop/push.sh': 'curl https://erp.corp.example/orders\ncurl https://erp.corp.example/orders\n',
  'jobs/carry.sh': 'curl https://nobody.corp.example/a | ssh wms.corp.example cat\n',
};

test('each distinct reference of a witness counts once, and scripts do not count', async () => {
  const { coverage, unresolved } = await auditFiles(files);
  expect(unresolved.map(({ reference }) => reference)).toContain('nobody.corp.example');
  expect(coverage.references).toEqual([
    // shop, erp and wms
    { witness: 'declared', references: 3, resolved: 3 },
    // the addresses of erp and wms, and one of nobody; not the scripts themselves
    { witness: 'coded', references: 3, resolved: 2 },
  ]);
});

test('an alias for what leads nowhere makes it lead somewhere', async () => {
  const { coverage } = await auditFiles({
    ...files,
    'landscape.yaml': `${files['landscape.yaml']}aliases:\n  nobody.corp.example: erp\n`,
  });
  expect(coverage.references[1]).toEqual({ witness: 'coded', references: 3, resolved: 3 });
});
