import { describe, expect, test } from 'vitest';
import { memoryFiles } from '../../../src/files.ts';
import { detectFormat } from '../../../src/scanners/gateway/formats/detect.ts';
import { presets } from '../../../src/scanners/gateway/formats/presets.ts';
import type { LogFormat } from '../../../src/scanners/gateway/log-format.ts';
import {
  type Layout,
  openReadTask,
  type TaskResult,
} from '../../../src/scanners/gateway/read-task.ts';
import { countLines, type LineCounts, mutate, newRandom } from './mutated-lines.ts';
import { presetLines } from './preset-lines.ts';
import { callsIn, drawAll, plainOptions, readOf } from './read-log.ts';

/** `vitest run … --mode fuzz` reads a million lines of each layout; a plain run reads a few thousand. */
const isWhole = process.env['MODE'] === 'fuzz';
const count = isWhole ? 1_000_000 : 4000;
const seed = 20_261_102;

interface Fuzzed {
  readonly counts: LineCounts;
  readonly result: TaskResult;
  readonly bytes: number;
  /** The longest that a chunk took, in milliseconds. */
  readonly slowest: number;
}

async function fuzz(
  format: LogFormat,
  samples: readonly string[],
  chunkBytes?: number,
  layout: Layout = 'lines',
  lines = count,
): Promise<Fuzzed> {
  const counts: LineCounts = { lines: 0, blank: 0, directives: 0, braces: 0 };
  let bytes = 0;
  let slowest = 0;
  async function* stream(): AsyncGenerator<Uint8Array> {
    for await (const chunk of countLines(mutate(samples, lines, seed, chunkBytes), counts)) {
      const start = performance.now();
      yield chunk;
      slowest = Math.max(slowest, performance.now() - start);
      bytes += chunk.length;
    }
  }
  const read = openReadTask({ ...memoryFiles({}), stream }, plainOptions);
  const result = await read({ file: 'a.log', format, prefix: 'none', layout }, () => {});
  return { counts, result, bytes, slowest };
}

const layouts = presets.flatMap(({ name, formats }) => {
  const samples = presetLines.filter(({ preset }) => preset === name).map(({ line }) => line);
  return formats.map((format) => {
    // A header comes again, so that lines are read behind one that was put in.
    const header =
      format.kind === 'columns' ? [`#Fields: ${(format.initial ?? []).join(' ')}`] : [];
    return [`${name}: ${format.name}`, format, [...samples, ...header]] as const;
  });
});

describe('mutated lines', () => {
  test.each(layouts)(
    '%s: all are read or skipped',
    async (name, format, samples) => {
      const start = performance.now();
      const { counts, result, bytes, slowest } = await fuzz(format, samples);
      const { lines, parsed, skipped } = result;
      const filled = counts.lines - counts.blank;
      expect(lines).toBe(counts.lines);
      if (format.kind === 'json') {
        // Several objects may stand on a line.
        expect(parsed + skipped).toBeGreaterThanOrEqual(filled);
        expect(parsed + skipped).toBeLessThanOrEqual(filled + counts.braces);
      } else {
        const directives = format.kind === 'columns' ? counts.directives : 0;
        expect(parsed + skipped).toBe(filled - directives);
      }
      expect(skipped).toBeGreaterThan(0);
      const all = readOf(result);
      expect(callsIn(all) + all.folded + all.healthChecks + all.answeredItself).toBeLessThanOrEqual(
        parsed,
      );
      for (const group of all.groups) {
        expect(group.clientErrors + group.serverErrors).toBeLessThanOrEqual(group.calls);
        expect(group.reads + group.writes).toBeLessThanOrEqual(group.calls);
        expect(group.route.length).toBeLessThanOrEqual(160);
        expect(Number.isFinite(group.bytes)).toBe(true);
      }
      expect(slowest).toBeLessThan(5000);
      if (isWhole) {
        const seconds = (performance.now() - start) / 1000;
        const share = Math.round((100 * parsed) / (parsed + skipped));
        process.stdout.write(
          `${name}: ${lines} lines, ${Math.round(bytes / 1e6)} MB, ${share} % read, ${all.groups.length} groups, ${seconds.toFixed(1)} s, slowest chunk ${Math.round(slowest)} ms\n`,
        );
      }
    },
    600_000,
  );

  test.skipIf(isWhole).each(layouts)(
    '%s: chunks make no difference',
    async (_, format, samples) => {
      const large = await fuzz(format, samples);
      const small = await fuzz(format, samples, 700);
      expect(drawAll(readOf(small.result))).toEqual(drawAll(readOf(large.result)));
      expect({ ...small.result.firstSkipped }).toEqual({ ...large.result.firstSkipped });
      expect([small.result.parsed, small.result.skipped]).toEqual([
        large.result.parsed,
        large.result.skipped,
      ]);
    },
  );

  test.each(
    layouts.flatMap(([name, format, samples]) =>
      format.kind === 'json'
        ? (['records', 'wrapped'] as const).map(
            (layout) => [name, layout, format, samples] as const,
          )
        : [],
    ),
  )(
    '%s in %s',
    async (_, layout, format, samples) => {
      const arrays = [
        ...samples,
        `{"records": [${samples.join(',')}]}`,
        `[${samples.join(',\n')}]`,
      ];
      const { counts, result, slowest } = await fuzz(
        format,
        arrays,
        undefined,
        layout,
        Math.min(count, 50_000),
      );
      expect(result.parsed + result.skipped).toBeLessThanOrEqual(counts.braces + counts.lines);
      expect(result.parsed).toBeGreaterThan(0);
      expect(slowest).toBeLessThan(5000);
    },
    600_000,
  );
});

test('detection by mutated samples ends, and never throws', () => {
  const random = newRandom(seed);
  const all = presetLines.map(({ line }) => line);
  for (let run = 0; run < (isWhole ? 2000 : 60); run++) {
    const samples = Array.from({ length: 1 + random(3) }, () => all[random(all.length)] ?? '');
    const text = [...mutate(samples, 1 + random(60), run)].map((chunk) =>
      new TextDecoder().decode(chunk),
    );
    const found = detectFormat(text.join('').split('\n'));
    if (found) expect(found.confidence).toBeLessThanOrEqual(1);
  }
}, 600_000);
