import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openStandardInput } from '../../src/files/standard-input.ts';
import { nodeFiles } from '../../src/files.ts';

async function* give(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString();
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('standard input', () => {
  test('is read from its start again, and its digest is that of what came in', async () => {
    const input = openStandardInput(() => give('one\n', 'two\n'));
    expect(await collect(input.chunks())).toBe('one\ntwo\n');
    expect(await input.digest()).toBe(sha256('one\ntwo\n'));
    expect(await input.digest()).toBe(sha256('one\ntwo\n'));
    for await (const _ of input.chunks()) break;
    expect(await collect(input.chunks())).toBe('one\ntwo\n');
  });

  test('can be looked at before it is read, but not read twice', async () => {
    const texts = ['a', 'b', 'c'].map((letter) => letter.repeat(5_000_000));
    const input = openStandardInput(() => give(...texts));
    for await (const _ of input.chunks()) break;
    expect((await collect(input.chunks())) === texts.join('')).toBe(true);
    await expect(collect(input.chunks())).rejects.toThrow(
      '-: standard input can be read only once.',
    );
    expect(await input.digest()).toBe(sha256(texts.join('')));
  });

  test('its digest is of all, also where the reader stopped early', async () => {
    const input = openStandardInput(() => give('one\n', 'two\n', 'three\n'));
    for await (const _ of input.chunks()) break;
    expect(await input.digest()).toBe(sha256('one\ntwo\nthree\n'));
  });

  test('of a terminal is refused, for nobody types a log', async () => {
    const terminal = Object.assign(give('typed'), { isTTY: true });
    const input = openStandardInput(() => terminal);
    await expect(collect(input.chunks())).rejects.toThrow('pipe a log into it');
  });

  test('is named by `-` alone, has no size, and is only streamed', async () => {
    const files = nodeFiles('test/fixtures');
    expect(await files.find('-')).toEqual(['-']);
    expect(await files.size('-')).toBe(0);
    expect(await files.packed('-')).toBe(true);
    await expect(files.text('-')).rejects.toThrow('-: only logs are read from standard input');
    await expect(files.find('./-')).rejects.toThrow('no such file or folder');
    expect(await files.find('-*')).toEqual([]);
  });
});
