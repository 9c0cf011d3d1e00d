import { expect, test } from 'vitest';
import { scanRepository } from './repository.ts';

const shop = (url: string): Record<string, string> => ({
  'shop/Dockerfile': 'FROM python\nCMD python a.py\n',
  'shop/a.py': `import requests\nrequests.post('${url}')\n`,
});

test('a well-known service becomes a system that nobody registered', async () => {
  const { systems, links } = await scanRepository(shop('https://acme.my.salesforce.com/services'));
  expect(links.map(({ from, to }) => `${from} ${to}`)).toEqual(['shop salesforce']);
  expect(systems.find(({ id }) => id === 'salesforce')).toMatchObject({
    kind: 'external-service',
    registered: false,
    hosts: ['acme.my.salesforce.com'],
  });
});

test('a registered system of that name is the service', async () => {
  const { systems, links } = await scanRepository(
    shop('https://acme.my.salesforce.com/services'),
    'id,name\ncrm,Salesforce\nshop,Shop\n',
  );
  expect(links.map(({ from, to }) => `${from} ${to}`)).toEqual(['shop crm']);
  expect(systems).toHaveLength(2);
});

test.each([
  ['a host that only ends like it', 'https://evil-salesforce.com/x'],
  ['an unknown host', 'https://partner.example/x'],
])('%s stays unresolved', async (_, url) => {
  const { systems, unresolved } = await scanRepository(shop(url));
  expect(systems.map(({ id }) => id)).toEqual(['shop']);
  expect(unresolved.map(({ reference }) => reference)).toEqual([new URL(url).host]);
});

test('an address of build tooling is counted, and is no link and nothing unresolved', async () => {
  const { unresolved, coverage } = await scanRepository(shop('https://registry.npmjs.org/x'));
  expect(unresolved).toEqual([]);
  expect(coverage.sources[0]?.leftOut).toEqual({ 'address of build tooling or documents': 1 });
});
