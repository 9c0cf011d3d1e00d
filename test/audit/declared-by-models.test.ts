import { expect, test } from 'vitest';
import { auditFiles } from '../audit-files.ts';

const diagram = (arrows: string): string =>
  `# How\n\n\`\`\`mermaid\nflowchart LR\n${arrows}\n\`\`\`\n`;
const systems =
  'id,name,hosts,kind\nerp,SAP ERP,erp.example.org,application\nwms,Warehouse,wms.example.org,application\ncrm,CRM,,application\n';

/** Who registers what, and by which witnesses. */
const standing = ({ links }: Awaited<ReturnType<typeof auditFiles>>): string[] =>
  links.map(
    ({ key, registered, class: seen }) =>
      `${key} ${registered ? 'registered' : 'open'} ${seen.join('+')}`,
  );

test('a diagram declares and does not approve: what it draws stays unregistered', async () => {
  const audit = await auditFiles({
    'landscape.yaml':
      'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n  - model: README.md\n  - scripts: jobs\n    system: erp\n',
    'systems.csv': systems,
    'links.csv': 'id,from,to,protocol\nL1,erp,crm,https\n',
    'README.md': diagram('  s[SAP ERP] -->|https| Warehouse\n  s -->|https| CRM'),
    'jobs/push.sh': 'curl -fsS -T items.csv https://wms.example.org/items\n',
  });
  expect(standing(audit)).toEqual([
    'erp=>crm#http registered declared',
    'erp=>wms#http open declared+coded',
  ]);
  expect(audit.systems.map(({ id }) => id)).toEqual(['crm', 'erp', 'wms']);
  expect(audit.findings.filter(({ rule }) => rule === 'unregistered-link')).toMatchObject([
    { subject: 'erp=>wms#http' },
  ]);
  expect(audit.findings.filter(({ rule }) => rule === 'outdated-model')).toEqual([]);
});

test('with "registry: true" a model approves, and the gate is green', async () => {
  const audit = await auditFiles({
    'landscape.yaml': 'sources:\n  - model: README.md\n    registry: true\n',
    'README.md': diagram('  ERP -->|https| Warehouse'),
  });
  expect(standing(audit)).toEqual(['ERP=>Warehouse#http registered declared']);
  expect(audit.systems.every(({ registered }) => registered)).toBe(true);
});

test('a drawn link that the registry of both systems lacks is told with its file and line', async () => {
  const audit = await auditFiles({
    'landscape.yaml':
      'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n  - model: docs\n',
    'systems.csv': systems,
    'links.csv': 'id,from,to\nL1,erp,crm\n',
    'docs/now.md': diagram('  CRM --> Warehouse'),
    'docs/then.md': diagram('  CRM --> Warehouse\n  CRM --> Unheard'),
  });
  const found = audit.findings.filter(({ rule }) => rule === 'outdated-model');
  expect(found).toMatchObject([
    {
      subject: 'crm=>wms#other',
      message:
        'docs/now.md and 1 more draw CRM → Warehouse, but the registry, which has both, does not list it and nothing else shows it.',
      evidence: [
        { file: 'docs/now.md', line: 5 },
        { file: 'docs/then.md', line: 5 },
      ],
    },
  ]);
});

test('containers of a system that an inventory lists are that system; elsewhere they stand by themselves', async () => {
  const workspace = `workspace {
  model {
    erp = softwareSystem "SAP ERP" {
      api = container "API" "" "Java"
      store = container "Database" "" "Oracle"
      api -> store "reads" "JDBC"
    }
    shop = softwareSystem "Shop" {
      web = container "Web"
      web -> api "orders" "HTTPS"
    }
    shop -> erp "orders"
  }
}`;
  const listed = await auditFiles({
    'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - model: w.dsl\n',
    'systems.csv': systems,
    'w.dsl': workspace,
  });
  expect(standing(listed)).toEqual(['shop-web=>erp#http open declared']);
  expect(listed.systems.map(({ id }) => id)).toEqual(['crm', 'erp', 'shop-web', 'wms']);
  const alone = await auditFiles({
    'landscape.yaml': 'sources:\n  - model: w.dsl\n',
    'w.dsl': workspace,
  });
  expect(standing(alone)).toEqual([
    'sap-erp-api=>sap-erp-database#database open declared',
    'shop-web=>sap-erp-api#http open declared',
  ]);
  expect(alone.conflicts).toEqual([]);
});

test('the order of sources makes no difference', async () => {
  const files = {
    'systems.csv': systems,
    'README.md': diagram('  s[SAP ERP] -->|https| Warehouse\n  CRM --> New'),
  };
  const one = await auditFiles({
    ...files,
    'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - model: README.md\n',
  });
  const other = await auditFiles({
    ...files,
    'landscape.yaml': 'sources:\n  - model: README.md\n  - inventory: systems.csv\n',
  });
  expect([one.systems, one.links]).toEqual([other.systems, other.links]);
});

const page = (id: string, name: string, offers: string): string =>
  `---\nid: ${id}\nname: ${name}\nversion: 1.0.0\n${offers}\n---\n`;

test('two services of a catalog with one title are two systems; a label means the one that has it', async () => {
  const audit = await auditFiles({
    'landscape.yaml': 'sources:\n  - model: catalog\n  - model: flows.md\n',
    'catalog/services/A/index.mdx': page('adapter', 'Adapter', 'sends:\n  - id: create-shipment'),
    'catalog/services/B/index.mdx': page(
      'carrier-shipping-api',
      'Shipping API',
      'receives:\n  - id: create-shipment',
    ),
    'catalog/services/C/index.mdx': page(
      'shipping-api',
      'Shipping API',
      'receives:\n  - id: order-ready',
    ),
    'catalog/services/D/index.mdx': page('wh-01', 'Warehouse', 'sends:\n  - id: order-ready'),
    'flows.md': diagram('  Warehouse -->|https| Accounts'),
  });
  expect(standing(audit)).toEqual([
    'adapter=>carrier-shipping-api#messaging open declared',
    'wh-01=>Accounts#http open declared',
    'wh-01=>shipping-api#messaging open declared',
  ]);
});
