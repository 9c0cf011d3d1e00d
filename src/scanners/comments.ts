import { didYouMean, nearest } from '../errors.ts';
import { type CommentEvidence, toSummary } from '../evidence.ts';

/** What begins a comment in the languages that are read, at the end of what stands before a text. */
const opener =
  /(?:^|[^:])(?:\/\/+|\/\*+)!?\s{0,9}$|(?:#+|--+(?:\[\[)?|<!--+|%+|;+|'|::|\(\*|\{-|^\s*\*|(?:^|[\s@&])rem)\s{0,9}$/i;

/** What ends one on its own line. */
const closer = /\s*(?:\*\/|--+>|#\}|\*\)|-\}|\]\]|%>)\s*$/;

const keys = ['link', 'expires', 'since', 'owner', 'reason'] as const;
type Key = (typeof keys)[number];

/** What other tools call it; here it would do nothing, and must not look as if it did. */
const strangeWords = ['ignore', 'disable', 'disable-line', 'disable-next-line', 'allow', 'skip'];

/** A comment is about the statement below it, which may go on over some lines. */
const mostLines = 20;
const mostCharacters = 1000;

/**
 * Comments such as `landscape: link=INT-042 expires=2027-01-31` in a text, each with the lines that
 * it is about: its own, or those of the statement below where nothing else stands on its line. What
 * of it is not understood is said; what reads like a sentence of people is left alone.
 */
export function* listComments(
  text: string,
  file: string,
  shared: Pick<CommentEvidence, 'scanner' | 'witness' | 'environment' | 'confidence'>,
): Iterable<CommentEvidence> {
  if (!/landscape\s{0,3}:/i.test(text)) return;
  const lines = text.split(/\r\n|\n|\r/);
  for (const [index, line] of lines.entries()) {
    const found = findComment(line);
    if (!found) continue;
    yield {
      ...shared,
      kind: 'comment',
      origin: { file, line: index + 1, column: found.column },
      lines: found.isAlone ? findStatement(lines, index) : [index + 1, index + 1],
      ...found.says,
    };
  }
}

type Said = Pick<CommentEvidence, 'accepts' | 'faults' | Key>;

interface Found {
  readonly column: number;
  /** Nothing but the comment stands on the line. */
  readonly isAlone: boolean;
  readonly says: Said;
}

function findComment(line: string): Found | undefined {
  for (const { index } of line.matchAll(/\blandscape\s{0,3}:/gi)) {
    const before = opener.exec(line.slice(Math.max(0, index - 20), index));
    if (!before) continue;
    const written = line.slice(index, index + mostCharacters);
    const says = readSaid(written.slice(written.indexOf(':') + 1));
    if (!says) continue;
    const start = index - before[0].trimStart().length;
    return { column: index + 1, isAlone: /^[\s*]{0,400}$/.test(line.slice(0, start)), says };
  }
  return undefined;
}

/** Undefined where it is none of these comments. */
function readSaid(written: string): Said | undefined {
  const parts = written
    .replace(closer, '')
    .trim()
    .split(/[\s,;]{1,9}(?=[A-Za-z][\w-]{0,30}\s?=)/);
  const [first = ''] = parts;
  const names = parts.flatMap((part) => /^([A-Za-z][\w-]{0,30})\s?=/.exec(part)?.[1] ?? []);
  const [word = ''] = first.includes('=') ? [''] : first.split(/\s/);
  if (!isMeant(word, names)) return undefined;
  const faults: string[] = [];
  const values = new Map<string, string>();
  let accepts = false;
  for (const part of parts) {
    const pair = /^([A-Za-z][\w-]{0,30})\s?=\s?(.*)$/.exec(part);
    if (!pair) {
      accepts = /^accept$/i.test(part);
      if (!accepts && part !== '')
        faults.push(
          `"${toSummary(part).slice(0, 60)}" is not understood.${didYouMean(word.toLowerCase(), ['accept']) || ' Write link=<id of a row>, or accept.'}`,
        );
      continue;
    }
    const [, name = '', value = ''] = pair;
    const key = name.toLowerCase();
    const told = toSummary(value.replace(/^(["'])(.*)\1$/, '$2').trim());
    if (!(keys as readonly string[]).includes(key))
      faults.push(
        `"${name}" is no key.${didYouMean(key, keys) || ` Known keys: ${keys.join(', ')}.`}`,
      );
    else if (values.has(key)) faults.push(`"${key}" is given twice.`);
    else if (told === '') faults.push(`"${key}" has no value.`);
    else values.set(key, told);
  }
  return {
    ...(accepts || (faults.length === 0 && !values.has('link')) ? { accepts: true } : {}),
    ...(Object.fromEntries(values) as Partial<Record<Key, string>>),
    faults,
  };
}

/** Whether a person wrote it for this tool: it begins with its word, or has a key that is close to one. */
function isMeant(word: string, names: readonly string[]): boolean {
  const isNear = (text: string, known: readonly string[]): boolean =>
    nearest(text.toLowerCase(), known) !== undefined;
  if (word !== '' && isNear(word, ['accept', ...strangeWords])) return true;
  return names.some((name) => isNear(name, keys));
}

/** The statement below: past other comments, and on as long as its lines say that they go on. */
function findStatement(lines: readonly string[], index: number): readonly [number, number] {
  let first = index + 1;
  const last = (from: number): number => Math.min(lines.length - 1, from + mostLines);
  const end = last(first);
  while (first < end && isComment(lines[first] ?? '')) first++;
  let at = first;
  for (const stop = last(first); at < stop && /[\\^`]\s{0,9}$/.test(lines[at] ?? ''); ) at++;
  return [first + 1, at + 1];
}

function isComment(line: string): boolean {
  return /^\s{0,400}(?:#|\/\/|--|\/\*|\*\/|<!--|%|;|::|@?rem\s)/i.test(line);
}
