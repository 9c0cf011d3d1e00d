import type { Audit } from '../audit.ts';

/** How much text is made at a time; the longest text that V8 can hold is 512 MB. */
const pieceLength = 1_000_000;

/** The audit itself, as `audit.json`, in pieces: a large one is longer than one text can be. */
export function* renderJson(audit: Audit): Generator<string> {
  yield* writeJson(audit, pieceLength);
  yield '\n';
}

/**
 * Writes plain data in pieces that join to what `JSON.stringify(data, null, 2)` gives.
 * @param length about how long a piece may get; only a single text is never cut
 */
export function* writeJson(data: unknown, length: number): Generator<string> {
  let piece = '';
  for (const part of listParts(data, '\n', length)) {
    piece += part;
    if (piece.length < length) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

function* listParts(data: unknown, newLine: string, length: number): Generator<string> {
  if (measure(data, length) <= length) {
    // No text in JSON holds a line break of its own.
    yield JSON.stringify(data ?? null, null, 2).replaceAll('\n', newLine);
    return;
  }
  const isList = Array.isArray(data);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  let before = open;
  for (const [key, value] of Object.entries(data as object)) {
    if (value === undefined && !isList) continue;
    yield `${before}${newLine}  ${isList ? '' : `${JSON.stringify(key)}: `}`;
    yield* listParts(value, `${newLine}  `, length);
    before = ',';
  }
  yield before === open ? `${open}${close}` : `${newLine}${close}`;
}

/** About how long the JSON of a list or object is; counts no further than just past the limit. */
function measure(value: unknown, limit: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  let sum = 0;
  for (const key of Object.keys(value)) {
    const member = (value as Readonly<Record<string, unknown>>)[key];
    sum += key.length + (typeof member === 'string' ? member.length : 1);
    sum += measure(member, limit - sum);
    if (sum > limit) break;
  }
  return sum;
}
