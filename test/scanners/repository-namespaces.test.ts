import { expect, test } from 'vitest';
import { auditFiles } from '../audit-files.ts';

/** A workload and the Service before it. */
const deploy = (namespace: string, name: string, image: string, target?: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
        - name: ${name}
          image: ${image}
${target === undefined ? '' : `          env: [{ name: TARGET_URL, value: "${target}" }]\n`}---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: { selector: { app: ${name} }, ports: [{ port: 80 }] }
---`;

async function wire(
  files: Readonly<Record<string, string>>,
): Promise<{ systems: string[]; links: string[] }> {
  const { systems, links } = await auditFiles({
    'landscape.yaml': 'sources:\n  - scripts: k8s\n',
    ...files,
  });
  return { systems: systems.map(({ id }) => id), links: links.map(({ key }) => key) };
}

test('two teams that each call a workload api have two, and each means its own', async () => {
  const files = {
    'k8s/orders.yaml':
      deploy('orders', 'api', 'acme/orders-api:1') +
      deploy('orders', 'worker', 'acme/worker', 'http://api'),
    'k8s/billing.yaml':
      deploy('billing', 'api', 'acme/billing-api:1', 'http://ledger/api/v1') +
      deploy('billing', 'ledger', 'acme/ledger') +
      deploy('billing', 'export', 'acme/export', 'http://api.orders.svc.cluster.local'),
  };
  expect(await wire(files)).toEqual({
    systems: ['billing-api', 'export', 'ledger', 'orders-api', 'worker'],
    links: ['billing-api=>ledger#http', 'export=>orders-api#http', 'worker=>orders-api#http'],
  });
});

test('two caches of one product in two namespaces are not one that couples both', async () => {
  const files = {
    'k8s/a.yaml':
      deploy('orders', 'redis', 'redis:7') + deploy('orders', 'shop', 'acme/shop', 'redis://redis'),
    'k8s/b.yaml':
      deploy('billing', 'redis', 'redis:7') +
      deploy('billing', 'books', 'acme/books', 'redis://redis:6379'),
  };
  const { systems, links } = await wire(files);
  expect(systems).toEqual(['billing-redis', 'books', 'orders-redis', 'shop']);
  expect(links.some((key) => /books.*shop|shop.*books/.test(key))).toBe(false);
});

test.each([
  ['prod', 'staging'],
  ['orders-prod', 'orders-test'],
])('one workload in the environments %s and %s is one system', async (one, other) => {
  const both = (namespace: string): string =>
    deploy(namespace, 'api', `${namespace}.registry.example:5000/acme/api`) +
    deploy(namespace, 'redis', 'redis:7') +
    deploy(namespace, 'web', 'acme/web', 'http://api');
  const files = { 'k8s/a.yaml': both(one), 'k8s/b.yaml': both(other) };
  expect(await wire(files)).toEqual({
    systems: ['api', 'redis', 'web'],
    links: ['web=>api#http'],
  });
});

test('one image in two namespaces, and names that no namespace is written for, are one system', async () => {
  const same = { 'k8s/a.yaml': deploy('north', 'api', 'acme/api:1') };
  expect(
    (await wire({ ...same, 'k8s/b.yaml': deploy('south', 'api', 'acme/api:2') })).systems,
  ).toEqual(['api']);
  const bare = deploy('x', 'api', 'acme/other').replaceAll(', namespace: x', '');
  expect((await wire({ ...same, 'k8s/b.yaml': bare })).systems).toEqual(['api']);
});
