import { describe, expect, test } from 'vitest';
import {
  type ConnectionEvidence,
  type Evidence,
  type SystemEvidence,
  toAddressReference,
  toSystemReference,
} from '../../src/evidence.ts';
import { reconcile } from '../../src/reconcile/reconcile.ts';
import type { Witness } from '../../src/vocabulary.ts';
import fc from '../fast-check.ts';

const ids = ['erp', 'wms', 'crm', 'fin'];
const hosts = [
  ...ids.map((id) => `${id}.example`),
  ...ids.map((id) => `api.${id}.corp.example`),
  'erp-test.example',
  'wms.prod.example',
  '10.0.1.7',
  '10.0.2.7',
  'acme.my.salesforce.com',
  'one.elsewhere.example',
  'two.elsewhere.example',
];

const base = (line: number, witness: Witness) => ({
  origin: { file: witness, line, column: 1 },
  scanner: 'test',
  witness,
  environment: 'prod',
  confidence: 1,
});

const systems = ids.map(
  (id, at): SystemEvidence => ({
    ...base(at + 1, 'declared'),
    kind: 'system',
    id,
    registered: true,
    fields: { name: id, hosts: [`${id}.example`, `*.${id}.corp.example`, `10.0.${at}.0/24`] },
  }),
);

const aConnection = fc.record({
  from: fc.constantFrom(...ids),
  host: fc.constantFrom(...hosts),
  witness: fc.constantFrom('declared' as const, 'coded' as const, 'observed' as const),
  protocol: fc.constantFrom('https', 'sftp', 'postgresql'),
  line: fc.integer({ min: 10, max: 400 }),
});

const someEvidence = fc.array(aConnection, { maxLength: 25 }).map((all) =>
  all.map(
    ({ from, host, witness, protocol, line }): ConnectionEvidence => ({
      ...base(line, witness),
      kind: 'connection',
      from: toSystemReference(from),
      to: toAddressReference(host),
      initiator: 'from',
      direction: 'forward',
      protocol,
      objects: [],
      via: [],
      ...(witness === 'declared'
        ? { declared: { id: `L${line}`, approved: true, safeguards: [], tags: [] } }
        : {}),
      summary: `${from} calls ${host}`,
    }),
  ),
);

const draw = (evidence: readonly Evidence[], aliases: Record<string, string> = {}) =>
  reconcile([...systems, ...evidence], {
    aliases: Object.entries(aliases).map(([pattern, system]) => ({ pattern, system })),
    naming: [{ pattern: '{system}.{environment}.example', environments: {} }],
    showPeople: false,
  });

describe('a landscape', () => {
  test('does not depend on the order of evidence, nor on pieces that come twice', () => {
    fc.assert(
      fc.property(someEvidence, fc.infiniteStream(fc.nat()), (evidence, keys) => {
        const shuffled = [...evidence, ...evidence.slice(0, 7)]
          .map((item) => ({ item, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ item }) => item);
        expect(JSON.stringify(draw(shuffled))).toBe(JSON.stringify(draw(evidence)));
      }),
    );
  });

  test('keeps every link where an alias explains a reference', () => {
    fc.assert(
      fc.property(someEvidence, fc.constantFrom(...ids), (evidence, system) => {
        const before = draw(evidence);
        for (const { reference } of before.unresolved) {
          const after = draw(evidence, { [reference]: system });
          const links = new Map(after.links.map((link) => [link.key, link]));
          for (const link of before.links)
            expect(links.get(link.key)?.class).toEqual(expect.arrayContaining([...link.class]));
          expect(after.unresolved.map((each) => each.reference)).not.toContain(reference);
        }
      }),
    );
  });

  test('gains no link and no witness where evidence is taken away', () => {
    fc.assert(
      fc.property(someEvidence, fc.nat(), (evidence, at) => {
        const before = new Map(draw(evidence).links.map((link) => [link.key, link.class]));
        const rest = evidence.filter((_, index) => index !== at % Math.max(1, evidence.length));
        for (const link of draw(rest).links)
          expect(before.get(link.key)).toEqual(expect.arrayContaining([...link.class]));
      }),
    );
  });
});
