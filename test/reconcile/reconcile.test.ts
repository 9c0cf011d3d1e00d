import { beforeAll, describe, expect, test } from 'vitest';
import type { Evidence } from '../../src/evidence.ts';
import { reconcile } from '../../src/reconcile/reconcile.ts';
import { collectEvidence } from '../collect-evidence.ts';
import fc from '../fast-check.ts';

const options = { aliases: [], showPeople: false };

describe.each(['nordfisk', 'plant', 'webshop', 'hospital'])('the evidence of %s', (sample) => {
  let evidence: Evidence[] = [];
  beforeAll(async () => {
    evidence = await collectEvidence(`inventories/${sample}`);
    expect(evidence.length).toBeGreaterThan(50);
  });

  test('in any order, and given twice, makes the same landscape', () => {
    const expected = JSON.stringify(reconcile(evidence, options));
    const anyOrder = fc
      .infiniteStream(fc.nat())
      .map((keys) => evidence.map((item) => ({ item, key: keys.next().value ?? 0 })))
      .map((keyed) => keyed.sort((a, b) => a.key - b.key).map(({ item }) => item));
    fc.assert(
      fc.property(anyOrder, fc.subarray(evidence), (shuffled, again) => {
        expect(JSON.stringify(reconcile([...shuffled, ...again], options))).toBe(expected);
      }),
      { numRuns: 30 },
    );
  });

  test('with less observed, never makes more witnesses', () => {
    const full = new Map(reconcile(evidence, options).links.map((link) => [link.key, link]));
    const traffic = evidence.filter((item) => item.witness === 'observed');
    const rest = evidence.filter((item) => item.witness !== 'observed');
    fc.assert(
      fc.property(fc.subarray(traffic), (kept) => {
        for (const link of reconcile([...rest, ...kept], options).links) {
          const before = full.get(link.key)?.class ?? [];
          for (const witness of link.class) expect(before).toContain(witness);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('is not changed by being reconciled', () => {
    const before = JSON.stringify(evidence);
    reconcile(evidence, options);
    expect(JSON.stringify(evidence)).toBe(before);
  });

  test('with an alias for an unresolved host never splits or removes a link', () => {
    const before = reconcile(evidence, options);
    const unresolved = before.unresolved.find(({ reason }) => reason === 'unknown-reference');
    const [system] = before.systems;
    const aliases =
      unresolved && system ? [{ pattern: unresolved.reference, system: system.id }] : [];
    const after = new Set(reconcile(evidence, { ...options, aliases }).links.map(({ key }) => key));
    for (const { key } of before.links) expect(after).toContain(key);
  });
});

test('no evidence makes an empty landscape', () => {
  expect(reconcile([], options)).toEqual({
    systems: [],
    links: [],
    registrations: [],
    hops: [],
    unresolved: [],
    conflicts: [],
    credentials: [],
    references: [],
  });
});
