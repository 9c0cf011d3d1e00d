import { createHash } from 'node:crypto';
import type { Audit } from '../../audit.ts';
import { LandscapeError } from '../../errors.ts';
import type { Files } from '../../files.ts';
import { redactLines } from '../../redact.ts';

/** The lines around a place, without secrets or control characters. */
export interface Frame {
  readonly lines: readonly { readonly number: number; readonly text: string }[];
  /** The number of the line that is meant. */
  readonly marked: number;
  /** Where in it, 1-based; undefined where hiding a secret has moved what stands there. */
  readonly column: number | undefined;
}

/** What one reads in a terminal; further findings are shown without their lines. */
const mostFrames = 50;
/** No code that people write by hand is larger. */
const mostBytes = 1024 * 1024;

/** What a line near to the place may hold that has no form by which a secret is known. */
const suspicious = /pass|pwd|secret|token|credential|api.?key|private.?key|author|e-?mail/i;

/**
 * Reads the lines of open errors again, by the fingerprint of the finding. Only of code: rows of
 * inventories name people, and lines of logs those who call. A file that is packed, binary, large, not
 * there any more, or another one than was scanned has none.
 */
export async function readFrames(
  audit: Pick<Audit, 'findings' | 'inputs' | 'links' | 'credentials'>,
  files: Files,
): Promise<ReadonlyMap<string, Frame>> {
  const frames = new Map<string, Frame>();
  const readable = listCode(audit);
  const digests = new Map(audit.inputs.map(({ file, sha256 }) => [file, sha256]));
  const known = new Map<string, Promise<Lines | undefined>>();
  for (const { severity, accepted, evidence, fingerprint } of audit.findings) {
    const [place] = evidence;
    if (severity !== 'error' || accepted || !place || !readable.has(place.file)) continue;
    const lines = known.get(place.file) ?? readLines(files, place.file, digests.get(place.file));
    known.set(place.file, lines);
    const frame = cut(await lines, place.line, place.column);
    if (frame) frames.set(fingerprint, frame);
    if (frames.size === mostFrames) break;
  }
  return frames;
}

function listCode({
  links,
  credentials,
}: Pick<Audit, 'links' | 'credentials'>): ReadonlySet<string> {
  const proofs = links.flatMap(({ evidence }) => evidence);
  const others = new Set(
    proofs.filter(({ witness }) => witness !== 'coded').map(({ origin }) => origin.file),
  );
  const coded = [
    ...proofs.map(({ origin }) => origin.file),
    ...links.flatMap(({ implementations }) => implementations.map(({ origin }) => origin.file)),
    ...credentials.map(({ origin }) => origin.file),
  ];
  return new Set(coded.filter((file) => !others.has(file)));
}

interface Lines {
  readonly written: readonly string[];
  readonly redacted: readonly string[];
}

async function readLines(
  files: Files,
  file: string,
  digest: string | undefined,
): Promise<Lines | undefined> {
  try {
    if (digest === undefined || (await files.size(file)) > mostBytes || (await files.packed(file)))
      return undefined;
    const bytes = await files.bytes(file);
    if (bytes.includes(0) || createHash('sha256').update(bytes).digest('hex') !== digest)
      return undefined;
    const text = await files.text(file);
    return { written: text.split('\n'), redacted: redactLines(text) };
  } catch (error) {
    if (error instanceof LandscapeError) return undefined;
    throw error;
  }
}

function cut(lines: Lines | undefined, line: number, column: number): Frame | undefined {
  if (!lines || line < 1 || line > lines.written.length) return undefined;
  const from = Math.max(1, line - 1);
  const to = Math.min(lines.written.length, line + 1);
  const numbers = Array.from({ length: to - from + 1 }, (_none, index) => from + index);
  const isWhole = lines.written[line - 1] === lines.redacted[line - 1];
  return {
    lines: numbers
      .map((number) => ({ number, text: show(lines, number, number === line) }))
      .filter(({ number, text }) => number === line || text !== ''),
    marked: line,
    column: isWhole ? column : undefined,
  };
}

/** A line, each character that a terminal could obey or hide as one blank, so that columns hold. */
function show({ written, redacted }: Lines, number: number, isMarked: boolean): string {
  const text = redacted[number - 1] ?? '';
  // The value may stand on the line below its name.
  const before = written[number - 2] ?? '';
  if (!isMarked && text === written[number - 1] && suspicious.test(`${before} ${text}`)) return '…';
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) => ' '.repeat(sign.length)).trimEnd();
}
