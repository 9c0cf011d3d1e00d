import type { Expression } from '../program/program.ts';
import { maxDepth, none, type PerlCursor } from './perl-cursor.ts';
import { type PerlToken, tokenizePerl } from './perl-tokens.ts';

const filled =
  /\\(?:x\{[\da-fA-F]{1,6}\}|[\s\S])|\$(?:\{\w{1,80}\}|(?:::)?[A-Za-z_]\w{0,80}(?:::\w{1,80}){0,5})(?:(?:->)?(?:\{[^{}\n]{1,80}\}|\[[^[\]\n]{1,40}\])){0,6}|@\{\[[^\n]{0,300}?\]\}/g;

/** A text with variables in it. */
export function readTemplate(text: string, cursor: PerlCursor, token: PerlToken): Expression {
  const parts: Expression[] = [];
  let written = '';
  let last = 0;
  const flush = (): void => {
    if (written !== '') parts.push({ kind: 'text', text: written });
    written = '';
  };
  for (const match of text.matchAll(filled)) {
    written += text.slice(last, match.index);
    last = match.index + match[0].length;
    if (match[0].startsWith('\\')) {
      written += undoEscape(match[0]);
      continue;
    }
    flush();
    parts.push(readInner(match[0], cursor, token));
  }
  written += text.slice(last);
  flush();
  const [only] = parts;
  if (parts.length === 0) return { kind: 'text', text: '' };
  return parts.length === 1 && only?.kind === 'text' ? only : { kind: 'join', parts };
}

function undoEscape(written: string): string {
  const known: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', 0: '' };
  const character = written[1] ?? '';
  return character === 'x' ? '' : (known[character] ?? character);
}

/** A variable inside a text, `$x->{a}[0]`, or `@{[ … ]}`. */
function readInner(text: string, cursor: PerlCursor, token: PerlToken): Expression {
  if (cursor.depth > maxDepth - 20) return none;
  const source = text.startsWith('@{[') ? text.slice(3, -2) : text;
  const position = cursor.positionOf(token);
  const inner: PerlCursor = {
    ...cursor,
    text: source,
    tokens: tokenizePerl(source),
    at: 0,
    depth: cursor.depth + 20,
    positionOf: () => position,
  };
  return inner.readExpression(inner);
}
