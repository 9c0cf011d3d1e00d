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

/** Copies what the kernel counted out of its memory. @param at what `pack` of the kernel gave */
export function readResults(memory: KernelMemory, at: number): Collected {
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
  return {
    first,
    last,
    folded,
    healthChecks,
    answeredItself,
    kinds: Uint8Array.from(
      { length: textCount + 1 },
      (_, text) => texts[textLength * text + 2] ?? 0,
    ),
    texts: decodeTexts(bytes, texts, textLength),
    templates: decodeTexts(bytes, templates, textLength),
    keys: new Int32Array(buffer, keysAt, keyLength * groups).slice(),
    rows: new Float64Array(buffer, rowsAt, rowLength * groups).slice(),
    firstLines: new Float64Array(buffer, linesAt, groups).slice(),
    paths: decodeTexts(bytes, paths, 2),
    sketches: new Uint32Array(buffer, pairsAt, pairsLength).slice(),
    sketchEnds: new Uint32Array(buffer, endsAt, groups).slice(),
    ...readSamples(buffer, new Int32Array(buffer, samplesAt, 2 * groups), groups),
  };
}

/** @param places where the sample of each group begins, and how many digests it holds */
function readSamples(
  buffer: ArrayBuffer,
  places: Int32Array,
  groups: number,
): Pick<TaskResult, 'digests' | 'digestEnds'> {
  const digestEnds = new Uint32Array(groups);
  let end = 0;
  for (let group = 0; group < groups; group++) {
    end += places[2 * group + 1] as number;
    digestEnds[group] = end;
  }
  const digests = new Float64Array(end);
  for (let group = 0; group < groups; group++) {
    const size = places[2 * group + 1] as number;
    if (size === 0) continue;
    const sample = new Float64Array(buffer, places[2 * group], size);
    digests.set(sample, (digestEnds[group] as number) - size);
  }
  return { digests, digestEnds };
}

/** The texts whose place and length stand side by side, one text every so many numbers. */
function decodeTexts(bytes: Uint8Array, places: Int32Array, step: number): string[] {
  const decoder = new TextDecoder();
  return Array.from({ length: places.length / step }, (_, index) => {
    const [start = 0, length = 0] = places.subarray(step * index);
    return decoder.decode(bytes.subarray(start, start + length));
  });
}
