import { expect, test } from 'vitest';
import type { Evidence, Reference } from '../../src/evidence.ts';
import type { System } from '../../src/landscape.ts';
import { buildIdentity } from '../../src/reconcile/identity.ts';
import { rememberResolutions } from '../../src/reconcile/remember-resolutions.ts';

const origin = { file: 'systems.csv', line: 1, column: 1 };
const toSystem = (id: string, kind: System['kind'], hosts: readonly string[]): System => ({
  id,
  name: id,
  kind,
  counted: kind === 'application',
  registered: true,
  criticality: 'operational',
  hosts,
  aliases: [],
  tags: [],
  origins: [origin],
  given: [],
});
const routes = ['orders', 'stock'].map(
  (system): Evidence => ({
    kind: 'route',
    intermediary: 'gateway',
    prefix: `/${system}`,
    system,
    origin,
    scanner: 'gateway',
    witness: 'observed',
    environment: 'prod',
    confidence: 1,
  }),
);

test('a reference that differs in any part alone is another one', () => {
  const systems = [
    toSystem('gateway', 'api-gateway', ['gw.example']),
    toSystem('orders', 'application', []),
    toSystem('stock', 'application', []),
  ];
  const identity = buildIdentity(new Map(systems.map((one) => [one.id, one])), routes, {});
  const remembered = rememberResolutions(identity);
  // Long addresses are cut, so that two of them may be written alike.
  const address = { kind: 'address', value: 'https://gw.example/…', host: 'gw.example' } as const;
  const references: Reference[] = [
    { ...address, path: '/orders/1' },
    { ...address, path: '/stock/1' },
    { ...address, host: 'unknown.example' },
    { ...address, host: 'unknown.example', name: 'stock' },
    { kind: 'system', value: 'stock' },
    { kind: 'alias', value: 'stock' },
  ];
  for (const reference of [...references, ...references])
    expect(remembered.resolve(reference)).toEqual(identity.resolve(reference));
  const ids = references.map((reference) => remembered.resolve(reference));
  expect(ids.map((one) => (one.kind === 'system' ? one.id : ''))).toEqual([
    'orders',
    'stock',
    '',
    'stock',
    'stock',
    '',
  ]);
});
