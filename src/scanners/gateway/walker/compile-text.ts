import type { TextFormat, Token } from '../log-format.ts';
import { findByte, findQuote, fourTimes } from './find-byte.ts';
import { slotOf } from './slots.ts';
import type { Walk } from './walk.ts';

type FieldToken = Extract<Token, { kind: 'field' }>;

/**
 * Compiles a format to a function that walks its lines and no others. The source text of the
 * function is put together from fixed phrases and numbers only: what a user wrote goes in as the
 * numbers of its bytes.
 */
export function compileText(format: TextFormat): Walk {
  const phrases = format.tokens.flatMap((token, index) =>
    toPhrase(token, format.tokens[index - 1], nextOf(format.tokens, index), format.open),
  );
  const source = [
    '"use strict";',
    'return function walkLine(bytes, words, start, slots) {',
    'let at = start, from = start;',
    ...emptied(format.tokens),
    ...phrases,
    format.open ? 'at = findByte(words, at, 0x0a0a0a0a);' : endOfLine('return ~at;'),
    'return at + 1;',
    '}',
  ].join('\n');
  return new Function('findByte', 'findQuote', source)(findByte, findQuote);
}

/** The literal that ends a field; undefined where it reaches to the end of the line. */
function nextOf(tokens: readonly Token[], index: number): Token | undefined {
  return tokens.slice(index + 1).find(({ kind }) => kind !== 'may-end');
}

function toPhrase(
  token: Token,
  before: Token | undefined,
  after: Token | undefined,
  open: boolean,
): string[] {
  if (token.kind === 'literal') return literal(bytesOf(token.text), 'return ~at;');
  if (token.kind === 'may-end')
    return [
      `if (bytes[at] === 10 || bytes[at] === 13) {`,
      endOfLine('return ~at;'),
      'return at + 1;',
      '}',
    ];
  const end = after?.kind === 'literal' ? bytesOf(after.text) : open ? [32] : [10];
  const quoted = before?.kind === 'literal' && before.text.endsWith('"') && end[0] === 34;
  return [
    'from = at;',
    ...(token.list && end[0] === 32 ? [findEndOfList] : findEnd(end, quoted)),
    ...note(token),
  ];
}

/** Goes to the end of a field. Only bytes other than a blank may stand inside it. */
function findEnd(end: readonly number[], quoted: boolean): string[] {
  const [first = 10, ...rest] = end;
  const find = quoted ? 'findQuote(bytes, words, at)' : `findByte(words, at, ${fourTimes(first)})`;
  const step = first === 32 ? byteByByte : `at = ${find};`;
  if (first === 32 || rest.length === 0 || first === 10) return [step];
  const fits = rest.map((byte, index) => `bytes[at + ${index + 1}] === ${byte}`).join(' && ');
  return [`for (;; at++) { ${step} if (bytes[at] === 10 || (${fits})) break; }`];
}

/** What ends at a blank is short, as a rule: a plain loop is the fastest. */
const byteByByte = 'while (bytes[at] !== 32 && bytes[at] !== 10) at++;';

/** `a, b : c`: a blank behind a comma or around a colon belongs to the list. */
const findEndOfList = `for (;; at++) {
  ${byteByByte}
  if (bytes[at] === 10) break;
  if (bytes[at - 1] === 44 && at > from) continue;
  if (bytes[at + 1] === 58 && bytes[at + 2] === 32) { at += 2; continue; }
  break;
}`;

/** Steps over bytes that must stand here; one blank stands for one or more. */
function literal(text: readonly number[], otherwise: string): string[] {
  return text.flatMap((byte) => [
    `if (bytes[at] !== ${byte}) ${otherwise}`,
    'at++;',
    ...(byte === 32 ? ['while (bytes[at] === 32) at++;'] : []),
  ]);
}

/** Keeps where the value lies, without the carriage return of a line that ends here. */
function note(token: FieldToken): string[] {
  if (!token.role) return [];
  const slot = 2 * slotOf[token.role];
  return [
    `slots[${slot}] = from;`,
    `slots[${slot + 1}] = bytes[at] === 10 && at > from && bytes[at - 1] === 13 ? at - 1 : at;`,
  ];
}

/** A line that ends early must not show the values of the line before. */
function emptied(tokens: readonly Token[]): string[] {
  const early = tokens.findIndex(({ kind }) => kind === 'may-end');
  return tokens
    .slice(early < 0 ? tokens.length : early)
    .flatMap((token) => (token.kind === 'field' && token.role ? [2 * slotOf[token.role]] : []))
    .map((slot) => `slots[${slot}] = slots[${slot + 1}] = 0;`);
}

/** Only blanks and a carriage return may come before the newline. */
function endOfLine(otherwise: string): string {
  return `while (bytes[at] === 32 || bytes[at] === 13) at++;\nif (bytes[at] !== 10) ${otherwise}`;
}

function bytesOf(text: string): number[] {
  // A newline ends every line, whatever a format says.
  return [...new TextEncoder().encode(text.replace(/[\r\n]+/g, ' '))];
}
