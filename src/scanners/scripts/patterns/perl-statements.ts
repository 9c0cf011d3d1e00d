import type { Expression, FunctionBody, Program, Statement } from '../program/program.ts';
import { toPositions } from '../sql/source.ts';
import { isEnd, isSymbol, isWord, type PerlCursor, toModule } from './perl-cursor.ts';
import { readAssignment, readExpression } from './perl-expressions.ts';
import { listTexts, openObject, takeParameters, toHash, toPackage } from './perl-functions.ts';
import { tokenizePerl } from './perl-tokens.ts';

/** Lowers a Perl file. What cannot be parsed is passed over, token by token. */
export function lowerPerl(text: string): Program {
  const positionAt = toPositions(text);
  const cursor: PerlCursor = {
    text,
    tokens: tokenizePerl(text),
    at: 0,
    depth: 0,
    positionOf: (token) => positionAt(token?.at ?? 0),
    hashes: new WeakSet(),
    readExpression,
    readBlock: (inner) => readFunctionBody(inner, false),
  };
  return { body: readPackages(cursor) };
}

/** Each `package` is a class where it has a constructor; else its functions are those of the file. */
function readPackages(cursor: PerlCursor): Statement[] {
  const body: Statement[] = [];
  let name: string | undefined;
  let current: Statement[] = [];
  const close = (): void => {
    body.push(...toPackage(name, current));
    current = [];
  };
  while (cursor.at < cursor.tokens.length) {
    const next = cursor.tokens[cursor.at + 1];
    if (isWord(cursor, 'package') && next?.kind === 'word') {
      close();
      name = toModule(next.text);
      cursor.at += 2;
      if (isSymbol(cursor, '{')) {
        current = readStatements(cursor);
        close();
        name = undefined;
      }
    } else current.push(...readStatement(cursor));
  }
  close();
  return body;
}

/** Statements up to the closing brace, which is left behind; the opening one comes first. */
function readStatements(cursor: PerlCursor): Statement[] {
  if (cursor.depth > 120) throw new RangeError('too deep');
  cursor.depth++;
  if (isSymbol(cursor, '{')) cursor.at++;
  const body: Statement[] = [];
  while (cursor.at < cursor.tokens.length && !isSymbol(cursor, '}'))
    body.push(...readStatement(cursor));
  cursor.at++;
  cursor.depth--;
  return body;
}

function readStatement(cursor: PerlCursor): Statement[] {
  const token = cursor.tokens[cursor.at];
  if (!token) return [];
  const start = cursor.at;
  if (token.kind === 'symbol') {
    if (token.text === ';' || token.text === '}') {
      cursor.at++;
      return [];
    }
    if (token.text === '{') return [{ kind: 'block', body: readStatements(cursor) }];
  }
  if (token.kind === 'word') {
    const read = Object.hasOwn(keywords, token.text) ? keywords[token.text] : undefined;
    const found = isSymbol(cursor, '=>', 1) ? undefined : read?.(cursor);
    if (found) return found;
    // A label.
    if (/^[A-Z_]+$/.test(token.text) && isSymbol(cursor, ':', 1)) {
      cursor.at += 2;
      return [];
    }
  }
  const body = toStatements(readExpression(cursor), token.text === 'my', cursor);
  const statements = readModifier(cursor, body);
  if (isSymbol(cursor, ';')) cursor.at++;
  // What makes no sense is passed over.
  else if (cursor.at === start) cursor.at++;
  return statements;
}

type ReadKeyword = (cursor: PerlCursor) => Statement[] | undefined;

const keywords: Readonly<Record<string, ReadKeyword>> = {
  sub: readSub,
  use: readUse,
  require: readUse,
  no: readUse,
  if: readIf,
  unless: readIf,
  while: readWhile,
  until: readWhile,
  for: readFor,
  foreach: readFor,
  return: readReturn,
  eval: readBlockStatement,
  try: readBlockStatement,
  catch: readBlockStatement,
  finally: readBlockStatement,
  do: readBlockStatement,
  BEGIN: readBegin,
  END: readBegin,
  package: (cursor) => {
    cursor.at += 2;
    return [];
  },
};

function readSub(cursor: PerlCursor): Statement[] | undefined {
  const name = cursor.tokens[cursor.at + 1];
  if (name?.kind !== 'word') return undefined;
  cursor.at += 2;
  const isConstructor = name.text === 'new';
  const body = readFunctionBody(cursor, isConstructor);
  const plain = name.text.replace(/^.*::/, '');
  return [{ kind: 'function', name: isConstructor ? 'constructor' : plain, function: body }];
}

/** A body with its parameters: those of a signature, of `= @_`, and of each `shift`. */
function readFunctionBody(cursor: PerlCursor, isConstructor: boolean): FunctionBody {
  const signature: string[] = [];
  // A signature, a prototype, attributes.
  for (
    let guard = 0;
    guard < 200 && cursor.at < cursor.tokens.length && !isSymbol(cursor, '{');
    guard++
  ) {
    const token = cursor.tokens[cursor.at];
    if (isSymbol(cursor, ';')) return { parameters: [], body: [] };
    if (token?.kind === 'variable') signature.push(token.text.replace(/^[$@%]/, ''));
    cursor.at++;
  }
  const body = readStatements(cursor);
  const names = signature.filter((name) => name !== '');
  const { parameters, rest } = takeParameters(body, names);
  return { parameters, body: isConstructor ? openObject(rest) : rest };
}

/** `use Module;`, `use Module qw(a b);`, `use constant …`, `use parent 'Base'`. */
function readUse(cursor: PerlCursor): Statement[] | undefined {
  const module = cursor.tokens[cursor.at + 1];
  if (module?.kind !== 'word') return undefined;
  cursor.at += 2;
  if (module.text === 'constant') return readConstants(cursor);
  const given =
    isSymbol(cursor, ';') || cursor.at >= cursor.tokens.length ? undefined : readExpression(cursor);
  if (isSymbol(cursor, ';')) cursor.at++;
  const names = given ? listTexts(given) : [];
  if (module.text === 'parent' || module.text === 'base')
    return [
      {
        kind: 'assign',
        target: { kind: 'name', name: 'ISA' },
        value: {
          kind: 'list',
          items: names
            .filter((name) => !name.startsWith('-'))
            .map((text) => ({ kind: 'text', text })),
        },
      },
    ];
  const path = toModule(module.text);
  if (/^[a-z]/.test(path) || /^v?\d/.test(path)) return [];
  const functions = names.filter((name) => /^[$@%]?[A-Za-z_]\w*$/.test(name));
  return [
    { kind: 'import-all', module: path },
    { kind: 'import', local: path, module: path },
    ...functions.map((name): Statement => {
      const plain = name.replace(/^[$@%]/, '');
      return { kind: 'import', local: plain, module: path, imported: plain };
    }),
  ];
}

/** `use constant NAME => value;`, `use constant { A => 1, B => 2 };`. */
function readConstants(cursor: PerlCursor): Statement[] {
  const value = readExpression(cursor);
  if (isSymbol(cursor, ';')) cursor.at++;
  const pairs: readonly { key?: string; value: Expression }[] =
    value.kind === 'object'
      ? value.entries
      : value.kind === 'list' && value.items[0]?.kind === 'text' && value.items[1]
        ? [{ key: value.items[0].text, value: value.items[1] }]
        : [];
  return pairs.flatMap(({ key, value: given }): Statement[] =>
    key === undefined
      ? []
      : [{ kind: 'assign', target: { kind: 'name', name: key }, value: given }],
  );
}

function readIf(cursor: PerlCursor): Statement[] | undefined {
  if (!isSymbol(cursor, '(', 1)) return undefined;
  const before: Statement[] = [];
  const branches: Statement[][] = [];
  let isComplete = false;
  do {
    cursor.at++;
    before.push(...readCondition(cursor));
    branches.push(readStatements(cursor));
  } while (isWord(cursor, 'elsif'));
  if (isWord(cursor, 'else')) {
    cursor.at++;
    isComplete = true;
    branches.push(readStatements(cursor));
  }
  return [...before, { kind: 'branch', branches, isComplete }];
}

/** What stands in brackets before a block. */
function readCondition(cursor: PerlCursor): Statement[] {
  if (!isSymbol(cursor, '(')) return [];
  cursor.at++;
  if (isSymbol(cursor, ')')) {
    cursor.at++;
    return [];
  }
  const value = readExpression(cursor);
  if (isSymbol(cursor, ')')) cursor.at++;
  return toStatements(value, false, cursor);
}

function readWhile(cursor: PerlCursor): Statement[] | undefined {
  if (!isSymbol(cursor, '(', 1)) return undefined;
  cursor.at++;
  const before = readCondition(cursor);
  return [...before, { kind: 'loop', body: readStatements(cursor) }];
}

/** `for my $x (@list) {…}`, `for (my $i = 0; …; …) {…}`. */
function readFor(cursor: PerlCursor): Statement[] | undefined {
  cursor.at++;
  if (/^(?:my|our|local)$/.test(cursor.tokens[cursor.at]?.text ?? '')) cursor.at++;
  const variable = cursor.tokens[cursor.at];
  const isNamed = variable?.kind === 'variable';
  if (isNamed) cursor.at++;
  if (!isSymbol(cursor, '(')) return [];
  const open = cursor.at;
  const over = readAssignment(cursor);
  if (isSymbol(cursor, ';')) {
    // Three statements in brackets.
    cursor.at = skipBrackets(cursor, open);
    return [{ kind: 'loop', body: readStatements(cursor) }];
  }
  const body = readStatements(cursor);
  const name = isNamed ? variable.text.replace(/^\$/, '') : '_';
  const list: Expression =
    over.kind === 'list' || over.kind === 'name' || over.kind === 'item' || over.kind === 'member'
      ? over
      : { kind: 'list', items: [over] };
  return [{ kind: 'loop', variable: { kind: 'name', name }, over: list, body }];
}

function skipBrackets(cursor: PerlCursor, open: number): number {
  let depth = 0;
  for (let at = open; at < cursor.tokens.length; at++) {
    const token = cursor.tokens[at];
    if (token?.kind !== 'symbol') continue;
    if (token.text === '(') depth++;
    else if (token.text === ')' && --depth === 0) return at + 1;
  }
  return cursor.tokens.length;
}

function readReturn(cursor: PerlCursor): Statement[] {
  cursor.at++;
  if (isEnd(cursor)) {
    const empty = readModifier(cursor, []);
    if (isSymbol(cursor, ';')) cursor.at++;
    return empty;
  }
  const value = readExpression(cursor);
  const statements = readModifier(cursor, [{ kind: 'return', value }]);
  if (isSymbol(cursor, ';')) cursor.at++;
  return statements;
}

/** `eval { … };`, `try { … } catch { … };`: their statements are those around them. */
function readBlockStatement(cursor: PerlCursor): Statement[] | undefined {
  if (!isSymbol(cursor, '{', 1)) return undefined;
  cursor.at++;
  return [{ kind: 'block', body: readStatements(cursor) }];
}

function readBegin(cursor: PerlCursor): Statement[] | undefined {
  if (!isSymbol(cursor, '{', 1)) return undefined;
  cursor.at++;
  // What a `BEGIN` block sets is seen by all.
  return readStatements(cursor);
}

/** `… if condition;`, `… for @list;`. */
function readModifier(cursor: PerlCursor, body: Statement[]): Statement[] {
  const word = cursor.tokens[cursor.at];
  if (word?.kind !== 'word' || !/^(?:if|unless|while|until|for|foreach)$/.test(word.text))
    return body;
  cursor.at++;
  const condition = readExpression(cursor);
  if (/^for/.test(word.text))
    return [{ kind: 'loop', variable: { kind: 'name', name: '_' }, over: condition, body }];
  return [
    ...toStatements(condition, false, cursor),
    { kind: 'branch', branches: [body], isComplete: false },
  ];
}

/** An assignment at the top of a statement is one of its own. */
function toStatements(value: Expression, isDeclaration: boolean, cursor: PerlCursor): Statement[] {
  if (value.kind === 'default' && value.value.kind === 'assign')
    return [
      ...toStatements(value.value, isDeclaration, cursor),
      { kind: 'expression', value: value.fallback },
    ];
  if (value.kind !== 'assign') return [{ kind: 'expression', value }];
  const { target } = value;
  return [
    {
      kind: 'assign',
      target,
      value: cursor.hashes.has(target) ? toHash(value.value) : value.value,
      ...(isDeclaration ? { isDeclaration: true } : {}),
    },
  ];
}
