import type { TaskResult } from '../read-task.ts';
import { rowLength } from '../traffic/call-figures.ts';
import { keyLength } from '../traffic/key-table.ts';
import type { KernelMemory } from './web-assembly.ts';

/** What the collector of the kernel counted in one task. */
export type Collected = Omit<
  TaskResult,
  'lines' | 'parsed' | 'skipped' | 'firstSkipped' | 'broken'
>;

const resultLength = 18;
const textLength = 4;

/**
 * Copies what the kernel counted out of its memory.
 * @param at what `pack` of the kernel gave
 * @param spare a block that the copies may lie in, where it is large enough
 */
export function readResults(memory: KernelMemory, at: number, spare?: ArrayBuffer): Collected {
  const { buffer } = memory;
  const results = [...new Float64Array(buffer, at, resultLength)];
  const [first = 0, last = 0, folded = 0, healthChecks = 0, answeredItself = 0] = results;
  const [textCount = 0, textsAt = 0, templateCount = 0, templatesAt = 0] = results.slice(5);
  const [groups = 0, keysAt = 0, rowsAt = 0, linesAt = 0, pathsAt = 0] = results.slice(9);
  const [pairsAt = 0, pairsLength = 0, endsAt = 0, samplesAt = 0] = results.slice(14);
  const bytes = new Uint8Array(buffer);
  const texts = new Int32Array(buffer, textsAt, textLength * (textCount + 1));
  const templates = new Int32Array(buffer, templatesAt, textLength * (templateCount + 1));
  const paths = new Int32Array(buffer, pathsAt, pathsAt === 0 ? 0 : 2 * groups);
  const samples = new Int32Array(buffer, samplesAt, 2 * groups);
  const digestCount = samples.reduce((sum, number, index) => sum + (index % 2) * number, 0);
  const block = openBlock(
    8 * ((rowLength + 1) * groups + digestCount) +
      4 * ((keyLength + 2) * groups + pairsLength) +
      textCount +
      1,
    spare,
  );
  const rows = block.floats(rowLength * groups);
  rows.set(new Float64Array(buffer, rowsAt, rows.length));
  const firstLines = block.floats(groups);
  firstLines.set(new Float64Array(buffer, linesAt, groups));
  const digests = block.floats(digestCount);
  const keys = block.integers(Int32Array, keyLength * groups);
  keys.set(new Int32Array(buffer, keysAt, keys.length));
  const sketches = block.integers(Uint32Array, pairsLength);
  sketches.set(new Uint32Array(buffer, pairsAt, pairsLength));
  const sketchEnds = block.integers(Uint32Array, groups);
  sketchEnds.set(new Uint32Array(buffer, endsAt, groups));
  const digestEnds = block.integers(Uint32Array, groups);
  copySamples(buffer, samples, digests, digestEnds);
  const kinds = block.bytes(textCount + 1);
  for (let text = 0; text <= textCount; text++) kinds[text] = texts[textLength * text + 2] ?? 0;
  return {
    first,
    last,
    folded,
    healthChecks,
    answeredItself,
    kinds,
    texts: decodeTexts(bytes, texts, textLength),
    templates: decodeTexts(bytes, templates, textLength),
    keys,
    rows,
    firstLines,
    paths: decodeTexts(bytes, paths, 2),
    sketches,
    sketchEnds,
    digests,
    digestEnds,
    block: block.buffer,
  };
}

interface Block {
  readonly buffer: ArrayBuffer;
  floats(length: number): Float64Array;
  integers<A>(kind: new (buffer: ArrayBuffer, at: number, length: number) => A, length: number): A;
  bytes(length: number): Uint8Array;
}

/** Blocks are a little larger than asked for, so that the next result fits too. */
const blockStep = 256 * 1024;

/** Places arrays side by side, the wide numbers first. */
function openBlock(bytes: number, spare: ArrayBuffer | undefined): Block {
  const fits = spare !== undefined && spare.byteLength >= bytes;
  const roomy = blockStep * Math.ceil((1.25 * bytes) / blockStep);
  const buffer = fits ? spare : new ArrayBuffer(roomy);
  let free = 0;
  const take = (size: number): number => {
    free += size;
    return free - size;
  };
  return {
    buffer,
    floats: (length) => new Float64Array(buffer, take(8 * length), length),
    integers: (Kind, length) => new Kind(buffer, take(4 * length), length),
    bytes: (length) => new Uint8Array(buffer, take(length), length),
  };
}

/** @param places where the sample of each group begins, and how many digests it holds */
function copySamples(
  buffer: ArrayBuffer,
  places: Int32Array,
  digests: Float64Array,
  ends: Uint32Array,
): void {
  let end = 0;
  for (let group = 0; group < ends.length; group++) {
    const size = places[2 * group + 1] as number;
    if (size > 0) digests.set(new Float64Array(buffer, places[2 * group], size), end);
    end += size;
    ends[group] = end;
  }
}

/** The texts whose place and length stand side by side, one text every so many numbers. */
function decodeTexts(bytes: Uint8Array, places: Int32Array, step: number): string[] {
  const decoder = new TextDecoder();
  return Array.from({ length: places.length / step }, (_, index) => {
    const [start = 0, length = 0] = places.subarray(step * index);
    return decoder.decode(bytes.subarray(start, start + length));
  });
}
