import type { Expression } from '../program/program.ts';
import { isSymbol, none, type PerlCursor, toName } from './perl-cursor.ts';
import type { PerlToken } from './perl-tokens.ts';

/** `{key}` or `[index]`. */
export function readSubscript(cursor: PerlCursor, object: Expression): Expression {
  const isHash = isSymbol(cursor, '{');
  cursor.at++;
  const word = cursor.tokens[cursor.at];
  let key: Expression;
  if (isHash && word?.kind === 'word' && isSymbol(cursor, '}', 1)) {
    cursor.at++;
    key = { kind: 'text', text: word.text };
  } else key = isSymbol(cursor, isHash ? '}' : ']') ? none : cursor.readExpression(cursor);
  if (isSymbol(cursor, isHash ? '}' : ']')) cursor.at++;
  return key.kind === 'text' && object.kind === 'name' && object.name === 'this'
    ? { kind: 'member', object, name: key.text }
    : { kind: 'item', object, key };
}

/** `$x`, `@x`, `%x` go by their plain name; `$h{key}` and `$a[0]` are items of it. */
export function readVariable(cursor: PerlCursor, token: PerlToken): Expression {
  const { text } = token;
  // `@{…}`, `%$x`, `$$x`: what the reference leads to.
  if (/^(?:[@%$]|\$#)$/.test(text)) return readDereferenced(cursor);
  const name = text
    .replace(/^(?:\$#|[$@%])/, '')
    .replace(/^\{\^?(\w+)\}$/, '$1')
    .replace(/^(?:main)?::/, '');
  const value = toName(name === 'self' ? 'this' : name);
  if (text.startsWith('%')) cursor.hashes.add(value);
  // `$_[0]` is an argument of the function, `$h{key}` an item of a hash.
  const isElement = text.startsWith('$') && (isSymbol(cursor, '{') || isSymbol(cursor, '['));
  return isElement ? readSubscript(cursor, value) : value;
}

function readDereferenced(cursor: PerlCursor): Expression {
  if (!isSymbol(cursor, '{')) {
    const next = cursor.tokens[cursor.at];
    if (next?.kind !== 'variable') return none;
    cursor.at++;
    return readVariable(cursor, next);
  }
  cursor.at++;
  const value = cursor.readExpression(cursor);
  if (isSymbol(cursor, '}')) cursor.at++;
  return value;
}

/** `{…}` or `[…]` right behind another subscript, or `[…]` behind a list. */
export function isSubscripted(cursor: PerlCursor, token: PerlToken): boolean {
  const before = cursor.tokens[cursor.at - 1];
  if (before?.kind !== 'symbol' || before.end !== token.at) return false;
  return (
    (/^[[{]$/.test(token.text) && /^[\]}]$/.test(before.text)) ||
    (token.text === '[' && before.text === ')')
  );
}
