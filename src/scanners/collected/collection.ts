import { z } from 'zod';
import type { Place } from '../../errors.ts';
import { below, type Provenance } from '../../evidence/relocate.ts';
import { count, strict, text } from '../../evidence/strict.ts';
import type { Evidence } from '../../evidence.ts';
import { sortBy } from '../../order.ts';
import type { DetectedFormat, Skipped, SourceCoverage } from '../coverage.ts';

/** The version of the format. A reader refuses newer ones. */
export const collectionVersion = 2;

/** What one source held where it was read. */
export interface CollectedSource extends SourceCoverage {
  /** Its rows approve links, so that a gate asks for every one of them. */
  readonly registry?: true;
}

/** The first line of a file of collected evidence. */
export interface CollectionHeader extends Provenance {
  readonly format: 'landscape-evidence';
  readonly version: number;
  /** The version of landscape that wrote it. */
  readonly tool: string;
  readonly asOf?: string;
  /** How many lines follow: a file that was cut is told by it. */
  readonly evidence: number;
  readonly sources: readonly CollectedSource[];
  /** The systems that options name, and where: each must be known where the file is read. */
  readonly expected: readonly { readonly system: string; readonly place: Place }[];
}

/** What a file of collected evidence says about where it comes from. */
export interface Collection {
  readonly file: string;
  readonly name: string;
  readonly sources: readonly CollectedSource[];
}

const place = strict<Place>({ file: text, line: count, column: count });
const skipped = strict<Skipped>({ place, reason: text });
const counts = z.record(text, count);
const isoTime = z.string().regex(/^\d{4}-\d{2}-\d{2}(?:T[\d:.]{1,20}Z)?$/);

/** What a collection is known by: parts of a path, so that its files can stand below it. */
const nameSchema = z
  .string()
  .regex(
    /^[\p{L}\p{N}_-][\p{L}\p{N}._-]{0,99}(?:\/[\p{L}\p{N}_-][\p{L}\p{N}._-]{0,99}){0,9}$/u,
    'is no name; use letters, digits, ".", "_", "-" and "/"',
  );

const provenance = {
  name: nameSchema,
  repository: z.exactOptional(text),
  commit: z.exactOptional(z.string().regex(/^[0-9a-f]{7,64}$/)),
};

const source = strict<CollectedSource>({
  source: text,
  kind: text,
  environment: text,
  files: count,
  unit: text,
  records: count,
  parsed: count,
  skipped: count,
  skippedPlaces: z.array(skipped),
  flaws: z.array(skipped),
  formats: z.array(
    strict<DetectedFormat>({ format: text, files: count, confidence: z.number().min(0).max(1) }),
  ),
  unread: counts,
  headers: z.exactOptional(z.record(text, text)),
  leftOut: counts,
  evidence: count,
  window: z.exactOptional(z.tuple([isoTime, isoTime])),
  collected: z.exactOptional(strict<Provenance>(provenance)),
  registry: z.exactOptional(z.literal(true)),
});

/** The first line, validated as strictly as the others. */
export const headerSchema = strict<CollectionHeader>({
  ...provenance,
  format: z.literal('landscape-evidence'),
  version: count,
  tool: text,
  asOf: z.exactOptional(isoTime),
  evidence: count,
  sources: z.array(source),
  expected: z.array(strict<{ system: string; place: Place }>({ system: text, place })),
});

/** Whether a text can be the name of a collection. */
export function isCollectionName(name: string): boolean {
  return nameSchema.safeParse(name).success;
}

/** A source as it stands in the coverage of the audit that reads the collection. */
export function moveSource(given: CollectedSource, from: Provenance): CollectedSource {
  const move = (all: readonly Skipped[]): Skipped[] =>
    all.map((each) => ({ ...each, place: movePlace(each.place, from) }));
  return {
    ...given,
    source: `${from.name}: ${given.source}`,
    skippedPlaces: move(given.skippedPlaces),
    flaws: move(given.flaws),
    collected: given.collected ?? toProvenance(from),
  };
}

/** A place below the name of where it was collected. */
export function movePlace(given: Place, from: Provenance): Place {
  return { ...given, file: below(from, given.file) };
}

/** Name, repository and commit alone. */
export function toProvenance({ name, repository, commit }: Provenance): Provenance {
  return {
    name,
    ...(repository === undefined ? {} : { repository }),
    ...(commit === undefined ? {} : { commit }),
  };
}

/** The lines of a file of collected evidence, in one order whatever the order of the sources. */
export function* writeCollection(
  header: Omit<CollectionHeader, 'format' | 'version' | 'evidence'>,
  evidence: readonly Evidence[],
): Iterable<string> {
  const { tool, asOf, sources, expected } = header;
  const first: CollectionHeader = {
    format: 'landscape-evidence',
    version: collectionVersion,
    tool,
    ...toProvenance(header),
    ...(asOf === undefined ? {} : { asOf }),
    evidence: evidence.length,
    sources,
    expected,
  };
  yield `${JSON.stringify(first)}\n`;
  const lines = sortBy(
    evidence.map((item) => ({ origin: item.origin, line: JSON.stringify(item) })),
    ({ origin }) => origin.file,
    ({ origin }) => origin.line,
    ({ origin }) => origin.column,
    ({ line }) => line,
  );
  for (const { line } of lines) yield `${line}\n`;
}

/** The first faults of a value, by the path of the key. */
export function tellIssues({ issues }: z.ZodError): string {
  const told = issues
    .slice(0, 3)
    .map(({ path, message }) => [path.join('.').slice(0, 100), message.slice(0, 200)])
    .map(([path, message]) => (path ? `${path}: ${message}` : message));
  return told.join(', ');
}
