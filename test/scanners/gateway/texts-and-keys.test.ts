import { describe, expect, test } from 'vitest';
import { memoryFiles } from '../../../src/files.ts';
import { openReadTask } from '../../../src/scanners/gateway/read-task.ts';
import fc from '../../fast-check.ts';
import {
  callsIn,
  drawAll,
  logOf,
  nameOf,
  plainOptions,
  readInChunks,
  readInRanges,
  readOf,
} from './read-log.ts';
import { readEach } from './read-values.ts';

/** Texts of all lengths, many of which differ in one byte or by their end only. */
const texts = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 40 }),
  fc.nat(40).map((length) => `${'x'.repeat(length)}y`),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
);
const clean = texts.map((text) => `n${text.replaceAll(/[\s\p{Cc}]/gu, '_')}`);

/** What a map counts. */
function count(keys: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return Object.fromEntries(counts);
}

describe('texts are told apart', () => {
  test('as a map tells them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(clean, { maxLength: 300 }), async (users) => {
        const lines = users.map((user) => JSON.stringify({ t: '1793613600', s: 'x', user }));
        const log = logOf('a', { time: 't', service: 's', consumer: 'user' });
        const { groups } = await readInChunks(log, lines.join('\n'), [4096]);
        const found = groups.map(({ caller, calls }) => [nameOf(caller), calls]);
        expect(Object.fromEntries(found)).toEqual(count(users));
      }),
    );
  });

  test('the same text in two roles is two', async () => {
    const line = JSON.stringify({
      t: '1793613600',
      service: 'same',
      consumer: 'same',
      host: 'same',
    });
    const fields = { time: 't', service: 'service', consumer: 'consumer', host: 'host' };
    const { groups } = await readInRanges(logOf('a', fields), line, [], { byHost: true });
    expect(groups).toMatchObject([
      { caller: { kind: 'identity', value: 'same' }, callee: { name: 'same', host: 'same' } },
    ]);
  });

  test('while they grow to a hundred thousand', async () => {
    const names = Array.from({ length: 40_000 }, (_, index) => `user-${index * 7919}`);
    const [first, ...rest] = await readEach('user', [...names, ...names]);
    expect(first).toMatchObject({ caller: { value: 'user-0' } });
    // Each line has a service of its own: eighty thousand texts more.
    const found = rest.filter((group) => group !== undefined).length;
    expect(found).toBeGreaterThan(49_000);
  });

  test('long ones fill the room before their number does', async () => {
    const long = 'x'.repeat(900_000);
    const lines = Array.from(
      { length: 120 },
      (_, index) => `{"t":"1793613600","s":"x","user":"${index} ${long}"}\n`,
    );
    const log = logOf('a', { time: 't', service: 's', user: 'user' });
    const bytes = Buffer.from(lines.join(''));
    const readTask = openReadTask(memoryFiles({ a: bytes }), plainOptions);
    const result = await readTask(log, () => {});
    const characters = result.texts.reduce((sum, text) => sum + text.length, 0);
    expect(characters).toBeLessThanOrEqual(64 * 1024 * 1024);
    expect(result.texts.length).toBeGreaterThan(60);
    const read = readOf(result);
    expect(callsIn(read) + read.folded).toBe(120);
    expect(read.folded).toBeGreaterThan(40);
  });
});

describe('groups are told apart', () => {
  test('as a map tells them', async () => {
    const part = fc.nat(6).map((number) => `p${number}`);
    const call = fc.record({ user: part, service: part, host: part, path: part });
    const fields = { time: 't', service: 'service', user: 'user', host: 'host', path: 'path' };
    const log = logOf('a', fields);
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 400 }), async (calls) => {
        const lines = calls.map((one) =>
          JSON.stringify({ ...one, path: `/${one.path}`, t: '1793613600' }),
        );
        const read = await readInRanges(log, lines.join('\n'), [], { byHost: true });
        const found = read.groups.map(({ caller, callee, route, calls }) => [
          `${nameOf(caller)} ${callee.name} ${callee.host} ${route}`,
          calls,
        ]);
        const keys = calls.map(
          ({ user, service, host, path }) => `${user} ${service} ${host} /${path}`,
        );
        expect(Object.fromEntries(found)).toEqual(count(keys));
        expect(drawAll(read)).toHaveLength(found.length);
      }),
    );
  });
});
