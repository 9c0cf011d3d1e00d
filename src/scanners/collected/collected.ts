import { z } from 'zod';
import { BrokenFileError, formatPlace, InputError, type Place } from '../../errors.ts';
import { relocate } from '../../evidence/relocate.ts';
import { evidenceSchema } from '../../evidence/schema.ts';
import type { Evidence } from '../../evidence.ts';
import type { ScanContext, Scanner } from '../scanner.ts';
import {
  type CollectionHeader,
  collectionVersion,
  headerSchema,
  movePlace,
  moveSource,
  tellIssues,
  toProvenance,
} from './collection.ts';
import { type Line, readLines } from './read-lines.ts';

const options = z.strictObject({
  /** Whether what other repositories registered is registered here too. */
  registry: z.boolean().default(true),
});

/** No piece of evidence comes near it. */
const mostLineBytes = 8 * 1024 * 1024;

/** Reads what `landscape collect` wrote in other repositories and on other hosts. */
export const collectedScanner: Scanner<typeof options> = {
  name: 'evidence',
  options,
  async *scan({ registry }, context) {
    context.coverage.unit = 'lines';
    for (const file of context.paths) {
      context.progress(file);
      const { header, evidence } = await readCollection(file, context);
      const from = toProvenance(header);
      context.addCollection({
        file,
        name: from.name,
        sources: header.sources.map((source) => moveSource(source, from)),
      });
      for (const { system, place } of header.expected)
        context.expectSystem(system, movePlace(place, from));
      for (const item of relocate(evidence, from))
        yield inEnvironment(registry ? item : declareOnly(item), context.environment);
    }
  },
};

interface Read {
  readonly header: CollectionHeader;
  readonly evidence: readonly Evidence[];
}

async function readCollection(file: string, context: ScanContext): Promise<Read> {
  const { coverage } = context;
  const evidence: Evidence[] = [];
  let header: CollectionHeader | undefined;
  let lines = 0;
  let end: Place = { file, line: 1, column: 1 };
  try {
    for await (const line of readLines(context.files.stream(file), mostLineBytes)) {
      end = { file, line: line.number, column: 1 };
      if (!header) {
        header = readHeader(line, end);
        continue;
      }
      if (line.text?.trim() === '') continue;
      lines++;
      const found = readLine(line);
      if ('evidence' in found) {
        coverage.read();
        evidence.push(found.evidence);
      } else coverage.skip(end, found.reason);
    }
  } catch (error) {
    if (!(error instanceof BrokenFileError) || !header) throw error;
    coverage.flaw(error.place, error.reason);
  }
  if (!header) throw new InputError(`${formatPlace(end)}: the file is empty${remedy}`);
  tellCount(header, lines, end, context);
  return { header, evidence };
}

const remedy = '; write it again with "landscape collect".';

/** @throws InputError where the file was not written by `landscape collect`, or by a newer one */
function readHeader(line: Line, place: Place): CollectionHeader {
  const value = parseJson(line);
  const version: unknown = Object(value).version;
  const isOurs = Object(value).format === 'landscape-evidence';
  if (isOurs && typeof version === 'number' && version > collectionVersion)
    throw new InputError(
      `${formatPlace(place)}: is written in version ${version} of the format, and this landscape reads version ${collectionVersion}; update landscape here, or collect with the version that is used here.`,
    );
  const result = headerSchema.safeParse(value);
  if (result.success) return result.data;
  const reason = isOurs
    ? `the header is not understood (${tellIssues(result.error)})`
    : 'holds no header of collected evidence';
  throw new InputError(`${formatPlace(place)}: ${reason}${remedy}`);
}

function readLine(line: Line): { readonly evidence: Evidence } | { readonly reason: string } {
  if (line.text === undefined) return { reason: 'the line is too long to be evidence' };
  const value = parseJson(line);
  if (value === undefined) return { reason: 'the line is no JSON' };
  const result = evidenceSchema.safeParse(value);
  return result.success
    ? { evidence: result.data }
    : { reason: `the line is no evidence: ${tellIssues(result.error)}` };
}

function parseJson({ text }: Line): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A copy that was cut between two lines holds nothing that is broken. */
function tellCount(
  header: CollectionHeader,
  lines: number,
  end: Place,
  { coverage }: ScanContext,
): void {
  const missing = header.evidence - lines;
  if (missing > 0)
    coverage.skip(
      end,
      `the header counts ${header.evidence} lines and ${lines} are there; copy the file again`,
      missing,
    );
  else if (missing < 0)
    coverage.flaw(end, `holds ${-missing} lines more than the header counts${remedy}`);
}

/** Evidence that says `prod` becomes that of the environment which the source names. */
function inEnvironment(item: Evidence, environment: string): Evidence {
  if (environment === 'prod' || item.environment !== 'prod') return item;
  return item.kind === 'unresolved'
    ? { ...item, environment, connection: { ...item.connection, environment } }
    : { ...item, environment };
}

function declareOnly(item: Evidence): Evidence {
  if (item.kind === 'system') return { ...item, registered: false };
  return item.kind === 'connection' && item.declared
    ? { ...item, declared: { ...item.declared, approved: false } }
    : item;
}
