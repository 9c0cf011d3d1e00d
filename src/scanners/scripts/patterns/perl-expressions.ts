import type { Argument, Expression, ObjectEntry } from '../program/program.ts';
import { spreadRequest, toMethod, toNamedCall } from './perl-calls.ts';
import {
  isEnd,
  isSymbol,
  isWord,
  maxDepth,
  modifiers,
  none,
  type PerlCursor,
  sourceAt,
  toModule,
} from './perl-cursor.ts';
import { readTemplate } from './perl-templates.ts';
import type { PerlToken } from './perl-tokens.ts';
import { isSubscripted, readSubscript, readVariable } from './perl-variables.ts';

const infix =
  /^(?:\+|-|\*|\/|%|\*\*|x|==|!=|<|>|<=|>=|<=>|eq|ne|lt|gt|le|ge|cmp|=~|!~|&&|and|xor|&|\||\^|<<|>>|\.\.|\.\.\.)$/;
const assignments = /^(?:=|\.=|\|\|=|\/\/=|&&=|\+=|-=|\*=|\/=|x=|\*\*=)$/;
/** Functions that take a block before their list. */
const blockTaking = /^(?:map|grep|sort|first|any|all|none|sum|reduce|try|catch|finally|eval|do)$/;

/** Parses an expression with the loose operators `and`, `or`, `not`. */
export function readExpression(cursor: PerlCursor): Expression {
  if (cursor.depth > maxDepth) throw new RangeError('too deep');
  cursor.depth++;
  let value = readList(cursor);
  while (isWord(cursor, 'or') || isWord(cursor, 'and') || isWord(cursor, 'xor')) {
    const isOr = isWord(cursor, 'or');
    cursor.at++;
    const next = readList(cursor);
    value = isOr
      ? { kind: 'default', value, fallback: next }
      : { kind: 'other', source: '', parts: [value, next] };
  }
  cursor.depth--;
  return value;
}

/** `a, b => c`: one value stands by itself. */
function readList(cursor: PerlCursor): Expression {
  const first = readAssignment(cursor);
  if (!isSymbol(cursor, ',') && !isSymbol(cursor, '=>')) return first;
  const items = [first];
  while (isSymbol(cursor, ',') || isSymbol(cursor, '=>')) {
    cursor.at++;
    if (isEnd(cursor)) break;
    items.push(readAssignment(cursor));
  }
  return { kind: 'list', items };
}

/** An assignment, a conditional, or what binds tighter. */
export function readAssignment(cursor: PerlCursor): Expression {
  if (cursor.depth > maxDepth) throw new RangeError('too deep');
  cursor.depth++;
  const value = readConditional(cursor);
  const sign = cursor.tokens[cursor.at];
  if (sign?.kind === 'symbol' && assignments.test(sign.text)) {
    cursor.at++;
    const given = readAssignment(cursor);
    cursor.depth--;
    if (sign.text === '.=')
      return { kind: 'assign', target: value, value: { kind: 'join', parts: [value, given] } };
    if (sign.text === '||=' || sign.text === '//=')
      return { kind: 'assign', target: value, value: { kind: 'default', value, fallback: given } };
    return { kind: 'assign', target: value, value: given };
  }
  cursor.depth--;
  return value;
}

function readConditional(cursor: PerlCursor): Expression {
  const value = readOperators(cursor);
  if (!isSymbol(cursor, '?')) return value;
  cursor.at++;
  const first = readAssignment(cursor);
  if (!isSymbol(cursor, ':')) return { kind: 'other', source: '', parts: [value, first] };
  cursor.at++;
  return { kind: 'choice', options: [first, readAssignment(cursor)] };
}

/** Operators of all strengths in one row: only `.` and `||` say something of texts. */
function readOperators(cursor: PerlCursor): Expression {
  let value = readUnary(cursor);
  for (;;) {
    const token = cursor.tokens[cursor.at];
    if (!token || (token.kind !== 'symbol' && token.kind !== 'word')) return value;
    if (token.kind === 'symbol' && token.text === '.') {
      const parts = [value];
      while (isSymbol(cursor, '.')) {
        cursor.at++;
        parts.push(readUnary(cursor));
      }
      value = { kind: 'join', parts };
    } else if (token.kind === 'symbol' && /^(?:\|\||\/\/)$/.test(token.text)) {
      cursor.at++;
      value = { kind: 'default', value, fallback: readJoined(cursor) };
    } else if (infix.test(token.text) && !isSymbol(cursor, '=>', 1)) {
      cursor.at++;
      value = { kind: 'other', source: '', parts: [value, readUnary(cursor)] };
    } else return value;
  }
}

function readJoined(cursor: PerlCursor): Expression {
  const parts = [readUnary(cursor)];
  while (isSymbol(cursor, '.')) {
    cursor.at++;
    parts.push(readUnary(cursor));
  }
  return parts.length === 1 ? (parts[0] ?? none) : { kind: 'join', parts };
}

function readUnary(cursor: PerlCursor): Expression {
  // `\@list`, `!x`, `-x`, `+{…}`, `not x`, `-e $file`.
  for (let guard = 0; guard < 20; guard++) {
    const token = cursor.tokens[cursor.at];
    const isSign = token?.kind === 'symbol' && /^(?:\\|!|-|\+|~|\+\+|--|&)$/.test(token.text);
    if (!isSign && !(token?.kind === 'word' && token.text === 'not')) break;
    cursor.at++;
    if (token?.text === '-' && /^[a-zA-Z]$/.test(cursor.tokens[cursor.at]?.text ?? '')) cursor.at++;
  }
  return readPostfix(cursor, readPrimary(cursor));
}

/** `->method(…)`, `->{key}`, `->[0]`, `{key}`, `[0]`, `->(…)`. */
function readPostfix(cursor: PerlCursor, start: Expression): Expression {
  let value = start;
  for (let guard = 0; guard < 5_000; guard++) {
    const first = cursor.tokens[cursor.at];
    if (first?.kind !== 'symbol') return value;
    if (first.text === '->') {
      const next = cursor.tokens[cursor.at + 1];
      cursor.at++;
      if (next?.kind === 'symbol' && /^[[{]$/.test(next.text)) value = readSubscript(cursor, value);
      else if (next?.kind === 'symbol' && next.text === '(') value = toCall(cursor, value, first);
      else if (next?.kind === 'word' || next?.kind === 'variable') {
        cursor.at++;
        value = readMethod(cursor, value, next);
      } else cursor.at++;
    } else if (isSubscripted(cursor, first)) value = readSubscript(cursor, value);
    else if (/^(?:\+\+|--)$/.test(first.text)) cursor.at++;
    else return value;
  }
  return value;
}

function readMethod(cursor: PerlCursor, object: Expression, name: PerlToken): Expression {
  const plain = name.text.replace(/^SUPER::/, '');
  const isClass = object.kind === 'name' && /^[A-Z]/.test(object.name);
  const args = isSymbol(cursor, '(') ? readArguments(cursor) : [];
  const position = cursor.positionOf(name);
  const source = sourceAt(cursor, name);
  if (plain === 'new' && isClass)
    return {
      kind: 'call',
      target: object,
      args: spreadRequest(object, args),
      isNew: true,
      source,
      ...position,
    };
  return {
    kind: 'call',
    target: { kind: 'member', object, name: plain },
    args,
    source,
    ...position,
  };
}

function toCall(cursor: PerlCursor, target: Expression, token: PerlToken): Expression {
  const args = readArguments(cursor);
  return {
    kind: 'call',
    target,
    args,
    source: sourceAt(cursor, token),
    ...cursor.positionOf(token),
  };
}

/** The arguments in brackets; `key => value` is a named one. */
function readArguments(cursor: PerlCursor): Argument[] {
  cursor.at++;
  const args = readArgumentList(cursor);
  if (isSymbol(cursor, ')')) cursor.at++;
  return args;
}

function readArgumentList(cursor: PerlCursor): Argument[] {
  const args: Argument[] = [];
  for (let guard = 0; guard < 5_000 && !isEnd(cursor); guard++) {
    const before = cursor.at;
    const key = readKey(cursor);
    if (key !== undefined) args.push({ name: key, value: readAssignment(cursor) });
    else {
      const value = readAssignment(cursor);
      // `foo(%options)` and `foo(@_)` hand over what they hold.
      const token = cursor.tokens[before];
      const isSpread =
        token?.kind === 'variable' && /^[@%]/.test(token.text) && cursor.at === before + 1;
      args.push(isSpread ? { value, isSpread: true } : { value });
    }
    if (isSymbol(cursor, ',') || isSymbol(cursor, '=>')) cursor.at++;
    else if (cursor.at === before) cursor.at++;
    else break;
  }
  return args;
}

/** A key and its arrow, which are left behind. */
function readKey(cursor: PerlCursor): string | undefined {
  const token = cursor.tokens[cursor.at];
  if (!token || !isSymbol(cursor, '=>', 1)) return undefined;
  if (
    token.kind !== 'word' &&
    token.kind !== 'text' &&
    !(token.kind === 'template' && !/[$@]/.test(token.text))
  )
    return undefined;
  // `post('https://…' => json => {…})`: the arrow is but a comma.
  if (!/^[-:]?\w+$/.test(token.text)) return undefined;
  cursor.at += 2;
  return token.text;
}

function readPrimary(cursor: PerlCursor): Expression {
  const token = cursor.tokens[cursor.at];
  if (!token) return none;
  cursor.at++;
  switch (token.kind) {
    case 'text':
      return { kind: 'text', text: token.text.replace(/\\(['\\])/g, '$1') };
    case 'number':
      return { kind: 'text', text: token.text };
    case 'template':
      return readTemplate(token.text, cursor, token);
    case 'command':
      return toNamedCall(cursor, token, 'system', [
        { value: readTemplate(token.text, cursor, token) },
      ]);
    case 'words':
      return {
        kind: 'list',
        items: token.text
          .trim()
          .split(/\s+/)
          .map((text) => ({ kind: 'text', text })),
      };
    case 'regex':
      return none;
    case 'handle':
      return token.text.startsWith('$')
        ? toMethod(cursor, token, { kind: 'name', name: token.text.slice(1) }, 'readline', [])
        : none;
    case 'variable':
      return readVariable(cursor, token);
    case 'word':
      return readWord(cursor, token);
    default:
      return readBracket(cursor, token);
  }
}

/** `(list)`, `[list]`, `{hash}`; anything else says nothing. */
function readBracket(cursor: PerlCursor, token: PerlToken): Expression {
  if (token.text === '(') {
    if (isSymbol(cursor, ')')) {
      cursor.at++;
      return { kind: 'list', items: [] };
    }
    const value = readExpression(cursor);
    if (isSymbol(cursor, ')')) cursor.at++;
    return value;
  }
  if (token.text === '[') {
    const items: Expression[] = [];
    for (let guard = 0; guard < 5_000 && !isEnd(cursor); guard++) {
      const before = cursor.at;
      items.push(readAssignment(cursor));
      if (isSymbol(cursor, ',') || isSymbol(cursor, '=>')) cursor.at++;
      else if (cursor.at === before) cursor.at++;
      else break;
    }
    if (isSymbol(cursor, ']')) cursor.at++;
    return { kind: 'list', items };
  }
  if (token.text === '{') return readHash(cursor);
  // A closing bracket belongs to someone else.
  if (/^[)\]};,]$/.test(token.text)) cursor.at--;
  return none;
}

function readHash(cursor: PerlCursor): Expression {
  const entries = readArgumentList(cursor);
  if (isSymbol(cursor, '}')) cursor.at++;
  return { kind: 'object', entries: toEntries(entries) };
}

/** Pairs of a hash: `key => value`, or two texts one after the other. */
function toEntries(args: readonly Argument[]): ObjectEntry[] {
  return args.map(({ name, value }) => (name === undefined ? { value } : { key: name, value }));
}

function readWord(cursor: PerlCursor, token: PerlToken): Expression {
  const { text } = token;
  if (isSymbol(cursor, '=>')) return { kind: 'text', text };
  if (/^(?:my|our|local|state)$/.test(text)) return readPrimary(cursor);
  if (text === 'sub') return { kind: 'function', function: cursor.readBlock(cursor) };
  if (text === 'shift' || text === 'pop') return readShift(cursor);
  if (text === '__PACKAGE__') return { kind: 'name', name: 'this' };
  if (blockTaking.test(text) && isSymbol(cursor, '{')) {
    const block = cursor.readBlock(cursor);
    const rest = isEnd(cursor) ? [] : readArgumentList(cursor);
    return toNamedCall(cursor, token, text, [
      { value: { kind: 'function', function: block } },
      ...rest,
    ]);
  }
  if (isSymbol(cursor, '->')) return { kind: 'name', name: toModule(text) };
  if (isSymbol(cursor, '(')) return toNamedCall(cursor, token, text, readArguments(cursor));
  // `new LWP::UserAgent(…)`.
  const next = cursor.tokens[cursor.at];
  if (text === 'new' && next?.kind === 'word') {
    cursor.at++;
    const args = isSymbol(cursor, '(')
      ? readArguments(cursor)
      : isSymbol(cursor, '{')
        ? [{ value: readPrimary(cursor) }]
        : [];
    const target: Expression = { kind: 'name', name: toModule(next.text) };
    return {
      kind: 'call',
      target,
      args,
      isNew: true,
      source: sourceAt(cursor, token),
      ...cursor.positionOf(token),
    };
  }
  if (/^(?:print|printf|say)$/.test(text)) return readPrint(cursor, token);
  if (!beginsValue(cursor)) return { kind: 'name', name: text };
  return toNamedCall(cursor, token, text, readArgumentList(cursor));
}

/** `shift`, `shift @list`, `shift->method`. The first argument of the function is `this` or a parameter. */
function readShift(cursor: PerlCursor): Expression {
  if (isSymbol(cursor, '(')) {
    cursor.at++;
    if (isSymbol(cursor, ')')) cursor.at++;
  }
  if (isSymbol(cursor, '->')) return { kind: 'name', name: 'this' };
  if (cursor.tokens[cursor.at]?.kind === 'variable') cursor.at++;
  return { kind: 'name', name: 'shift' };
}

/** `print $socket 'text'` writes to what the handle leads to. */
function readPrint(cursor: PerlCursor, token: PerlToken): Expression {
  const inBrackets = isSymbol(cursor, '(');
  if (inBrackets) cursor.at++;
  const inBraces = isSymbol(cursor, '{');
  if (inBraces) cursor.at++;
  const handle = cursor.tokens[cursor.at];
  const after = cursor.tokens[cursor.at + (inBraces ? 2 : 1)];
  const isHandle =
    handle?.kind === 'variable' &&
    handle.text.startsWith('$') &&
    (after?.kind === 'text' ||
      after?.kind === 'template' ||
      after?.kind === 'variable' ||
      after?.kind === 'word') &&
    !(after.kind === 'word' && (modifiers.test(after.text) || infix.test(after.text)));
  if (isHandle && handle) cursor.at += inBraces ? 2 : 1;
  else if (inBraces) cursor.at--;
  const args = readArgumentList(cursor);
  if (inBrackets && isSymbol(cursor, ')')) cursor.at++;
  return isHandle && handle
    ? toMethod(cursor, token, { kind: 'name', name: handle.text.slice(1) }, 'print', args)
    : toNamedCall(cursor, token, token.text, args);
}

/** Whether a value follows, so that the word before it is a function. */
function beginsValue(cursor: PerlCursor): boolean {
  const token = cursor.tokens[cursor.at];
  if (!token) return false;
  if (token.kind === 'word') return !modifiers.test(token.text) && !isSymbol(cursor, '=>', 1);
  if (token.kind === 'symbol') return token.text === '\\' || token.text === '[';
  return token.kind !== 'regex';
}
