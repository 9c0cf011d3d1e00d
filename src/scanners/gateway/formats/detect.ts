import { readFieldsLine, toTextFormat } from '../kernel/columns.ts';
import { type LineFields, toFieldReader } from '../kernel/read-fields.ts';
import type { LogFormat } from '../log-format.ts';
import type { Layout } from '../read-task.ts';
import { type LinePrefix, prefixOf, skipPrefix } from './line-prefix.ts';
import { isPlausible } from './plausible.ts';
import { presets } from './presets.ts';
import { splitSample } from './sample-records.ts';

/** What a log was taken for. */
export interface Detection {
  /** Name of the preset. */
  readonly preset: string;
  readonly format: LogFormat;
  /** Share of the sample's lines that parse and look like calls, 0 to 1. */
  readonly confidence: number;
  /** What the walker of texts must pass over; that of JSON passes over all before the brace. */
  readonly prefix: LinePrefix;
  /** How JSON stands in the file: an object a line, over several or in an array, or wrapped. */
  readonly layout: Layout;
}

interface Candidate extends Detection {
  /** Values found in all lines together, and the lines that look like calls. */
  readonly found: number;
  readonly good: number;
}

const maxLines = 200;
const maxLineLength = 64 * 1024;

/** Formats whose share of lines is this near to the best compete by how much they find. */
const tolerance = 0.1;

/** Below this share nothing is said, … */
const least = 0.2;

/** … but programs write JSON of other kinds between calls: this many calls suffice there. */
const leastCalls = 2;

/** A JSON format of which a line fills less than this share of the fields is another one's. */
const leastFilled = 0.5;

/**
 * Finds the format of a log by its content: the preset that reads most lines of the sample, and of
 * several the one that finds most in them.
 * @param sample the first lines; empty ones do not count
 * @returns undefined where no preset reads enough of the lines
 */
export function detectFormat(sample: readonly string[]): Detection | undefined {
  const given = presets.flatMap(({ name, formats }) =>
    formats.map((format) => ({ preset: name, format })),
  );
  const isLikely = ({ found, good, format }: Candidate): boolean =>
    found >= leastFilled * good * fieldsOf(format);
  const winner = bestOf(sample, given, isLikely);
  if (!winner) return undefined;
  const { found: _found, good, ...detection } = winner;
  const suffices =
    detection.confidence >= least || (detection.format.kind === 'json' && good >= leastCalls);
  return suffices ? detection : undefined;
}

/**
 * Chooses among the layouts of a format that was given, and finds what stands before its lines. The
 * confidence is 0 where none of them reads a line of the sample; then it is the first.
 * @param formats one at least, as `readFormat` gives them
 */
export function chooseFormat(
  sample: readonly string[],
  formats: readonly LogFormat[],
): Omit<Detection, 'preset'> {
  const [first] = formats;
  if (!first) throw new TypeError('no format to choose from');
  const given = formats.map((format) => ({ preset: '', format }));
  const winner = bestOf(sample, given, () => true);
  if (!winner) return { format: first, confidence: 0, prefix: 'none', layout: 'lines' };
  const { format, confidence, prefix, layout } = winner;
  return { format, confidence, prefix, layout };
}

type Given = Pick<Detection, 'preset' | 'format'>;

function bestOf(
  sample: readonly string[],
  given: readonly Given[],
  isLikely: (candidate: Candidate) => boolean,
): Candidate | undefined {
  const { lines: records, layout } = splitSample(sample.filter((line) => line.trim() !== ''));
  const lines = records.filter((line) => line.length <= maxLineLength).slice(0, maxLines);
  // Of equals the first wins: the layout that the format names before any other.
  const fitting = [...given].sort(
    (one, other) => misfit(one.format, layout) - misfit(other.format, layout),
  );
  const candidates = prefixesOf(lines)
    .flatMap((prefix) => {
      const bare = prefix === 'none' ? lines : lines.map((line) => withoutPrefix(prefix, line));
      return fitting.map((one) => ({ ...tryFormat(one, prefix, bare), layout }));
    })
    .filter((candidate) => candidate.good > 0 && isLikely(candidate));
  const best = Math.max(0, ...candidates.map(({ confidence }) => confidence));
  return candidates
    .filter(({ confidence }) => confidence >= best - tolerance)
    .sort((one, other) => other.found - one.found)[0];
}

/** 1 where a format names an array of records and the file has none, or the other way about. */
function misfit(format: LogFormat, layout: Layout): number {
  const names = format.kind === 'json' && format.records !== undefined;
  return names === (layout === 'wrapped') ? 0 : 1;
}

/** How many roles a JSON format gives; other formats stand or fall with their whole line. */
function fieldsOf(format: LogFormat): number {
  return format.kind === 'json'
    ? new Set(Object.values(format.fields).map(({ role }) => role)).size
    : 0;
}

/** The prefixes worth trying: none, and what most lines begin with. */
function prefixesOf(lines: readonly string[]): LinePrefix[] {
  const counts = new Map<LinePrefix, number>();
  for (const line of lines) {
    const prefix = prefixOf(line);
    counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  }
  const common = [...counts].filter(
    ([prefix, count]) => prefix !== 'none' && 2 * count >= lines.length,
  );
  return ['none', ...common.map(([prefix]) => prefix)];
}

function withoutPrefix(prefix: LinePrefix, line: string): string {
  const bytes = new TextEncoder().encode(`${line}\n`);
  return new TextDecoder().decode(bytes.subarray(skipPrefix(prefix, bytes, 0), -1));
}

function tryFormat(
  given: Given,
  prefix: LinePrefix,
  lines: readonly string[],
): Omit<Candidate, 'layout'> {
  const { format } = given;
  const read = toReader(format);
  let counted = 0;
  let good = 0;
  let found = 0;
  for (const line of lines) {
    const values = read(line);
    if (format.kind === 'columns' && line.startsWith('#')) continue;
    counted++;
    if (!values || !isPlausible(values)) continue;
    good++;
    found += Object.keys(values).length;
  }
  return { ...given, prefix, confidence: counted === 0 ? 0 : good / counted, found, good };
}

type Read = (line: string) => LineFields | undefined;

const readers = new WeakMap<LogFormat, Read>();

function toReader(format: LogFormat): Read {
  if (format.kind === 'columns') return toColumnsReader(format);
  const reader = readers.get(format) ?? toFieldReader(format);
  readers.set(format, reader);
  return reader;
}

/** Follows the `#Fields:` lines; before the first one, the columns are the initial ones. */
function toColumnsReader(format: Extract<LogFormat, { kind: 'columns' }>): Read {
  let names = format.initial ?? [];
  let walkers = new Map<'\t' | ' ', Read>();
  return (line) => {
    const header = readFieldsLine(line);
    if (header) {
      names = header;
      walkers = new Map();
      return undefined;
    }
    const separator = line.includes('\t') ? '\t' : ' ';
    const walker = walkers.get(separator) ?? toFieldReader(toTextFormat(format, names, separator));
    walkers.set(separator, walker);
    return walker(line);
  };
}
