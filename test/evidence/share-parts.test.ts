import { expect, test } from 'vitest';
import { openSharing } from '../../src/evidence/share-parts.ts';
import type { ConnectionEvidence, Reference } from '../../src/evidence.ts';
import fc from '../fast-check.ts';

const text = fc.constantFrom('', 'a', 'b', 'erp.example');
const maybe = <T>(given: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(given, { nil: undefined });
/** Few values, so that many references differ in one part alone. */
const reference = fc
  .record({
    kind: fc.constantFrom('system', 'address', 'code', 'topic', 'alias', 'expression'),
    value: text,
    host: text,
    port: maybe(fc.constantFrom(1, 2)),
    path: maybe(text),
    name: maybe(text),
    names: maybe(fc.array(text, { maxLength: 2 })),
    broker: maybe(text),
  })
  .map(({ names, broker, ...parts }) =>
    parts.kind === 'address' ? parts : { ...parts, names, broker },
  )
  .map((parts) => JSON.parse(JSON.stringify(parts)) as Reference);

function connect(from: Reference, to: Reference, via: readonly Reference[]): ConnectionEvidence {
  return {
    kind: 'connection',
    from,
    to,
    initiator: 'from',
    direction: 'forward',
    objects: [],
    via,
    summary: 'calls',
    origin: { file: ['logs', 'a.log'].join('/'), line: 1, column: 1 },
    scanner: 'gateway',
    witness: 'observed',
    environment: 'prod',
    confidence: 1,
  };
}

test('each piece comes out as it went in, to the order of its keys', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(reference, reference, fc.array(reference))), (drawn) => {
      const pieces = drawn.map(([from, to, via]) => connect(from, to, via));
      const share = openSharing();
      expect(pieces.map((piece) => JSON.stringify(share(piece)))).toEqual(
        pieces.map((piece) => JSON.stringify(piece)),
      );
    }),
  );
});

test('equal references are one object, also those behind an unresolved expression', () => {
  const share = openSharing();
  const toPiece = () =>
    connect(
      { kind: 'address', value: 'https://erp.example/a', host: 'erp.example', path: '/a' },
      { kind: 'system', value: 'wms', names: ['WMS'] },
      [{ kind: 'system', value: 'gateway' }],
    );
  const [first, second] = [share(toPiece()), share(toPiece())];
  const open = share({
    ...toPiece(),
    kind: 'unresolved',
    reference: { kind: 'expression', value: '$URL' },
    connection: toPiece(),
  });
  if (first.kind !== 'connection' || second.kind !== 'connection' || open.kind !== 'unresolved')
    throw new Error('a piece changed its kind');
  for (const other of [second, open.connection]) {
    expect(other.from).toBe(first.from);
    expect(other.to).toBe(first.to);
    expect(other.via[0]).toBe(first.via[0]);
    expect(other.objects).toBe(first.objects);
  }
});
