import type { Position } from '../facts.ts';
import { childrenOf, type Node, positionOf } from '../tree-sitter.ts';
import {
  exported,
  findSubstitutions,
  glue,
  namesIn,
  replaceAlias,
  setArguments,
} from './command-parts.ts';
import { type Expansion, maxDepth, openExpansion } from './expand.ts';
import { openFiles, type WrittenFiles } from './files.ts';
import { type Flow, noFlow, readRedirects } from './redirects.ts';
import { openVariables, type Variables } from './variables.ts';
import { type Holes, joinWords, literal, lower, splitWord, unique, type Word } from './words.ts';

export type { Word };

/** One simple command with what flows in and out of it. */
export interface ShellCommand extends Position {
  /** Program and arguments; wrappers such as sudo and timeout are removed. */
  readonly words: readonly Word[];
  /** Assignments before the command, e.g. `PGHOST=db psql`. */
  readonly environment: ReadonlyMap<string, Word>;
  /** The text of a here-document, a here-string, or what the script itself wrote before. */
  readonly input?: string;
  /** Local files, pipes and variables that the command reads from. */
  readonly readsFrom: readonly string[];
  /** Local files, pipes and variables that its output goes to. */
  readonly writesTo: readonly string[];
  /** The texts of files that the script wrote before. */
  readonly written: WrittenFiles;
}

/** All commands of a script, and what its variables hold at its end. */
export interface ShellScript {
  readonly commands: readonly ShellCommand[];
  readonly variables: Iterable<readonly [string, Word]>;
  readonly holes: Holes;
  /** Names of functions that the script defines. */
  readonly functions: ReadonlySet<string>;
  /** Command templates that are made for other scripts: `export psqla="psql -h $host"`. */
  readonly templates: readonly ShellTemplate[];
}

/** A command in a variable. */
export interface ShellTemplate extends Position {
  readonly name: string;
  readonly word: Word;
}

/** How often loops are gone through in one script, nested ones together. */
const maxLoops = 200;
/** How many calls of the script's own functions are followed, and how deep. */
const maxCalls = 300;
const maxCallDepth = 8;

interface Walk {
  readonly variables: Variables;
  readonly expansion: Expansion;
  readonly files: ReturnType<typeof openFiles>;
  readonly commands: ShellCommand[];
  readonly templates: ShellTemplate[];
  readonly functions: Map<string, Node>;
  readonly called: Set<string>;
  readonly aliases: Map<string, Word>;
  readonly seen: Set<string>;
  loopsLeft: number;
  callsLeft: number;
  /** The functions whose bodies are being walked; the last one's arguments may be unknown. */
  readonly frames: { readonly name: string; readonly isCalled: boolean }[];
}

/** Walks a shell script in the order it is written and lists its commands. Nothing is run. */
export function listCommands(root: Node): ShellScript {
  const variables = openVariables();
  const frames: Walk['frames'] = [];
  const walk: Walk = {
    variables,
    expansion: openExpansion(variables, (index) => {
      const frame = frames.at(-1);
      return frame && !frame.isCalled && index !== '0'
        ? `${frame.name}#${Number(index) - 1}`
        : undefined;
    }),
    files: openFiles(),
    commands: [],
    templates: [],
    functions: new Map(),
    called: new Set(),
    aliases: new Map(),
    seen: new Set(),
    loopsLeft: maxLoops,
    callsLeft: maxCalls,
    frames,
  };
  for (const node of root.descendantsOfType('function_definition')) {
    const name = node?.childForFieldName('name')?.text;
    const body = node?.childForFieldName('body');
    if (name && body && !walk.functions.has(name)) walk.functions.set(name, body);
  }
  visit(root, noFlow, 0, walk);
  const held = [...variables.entries()];
  // Functions that nothing here calls are for scripts that read this one.
  for (const [name, body] of walk.functions) {
    if (walk.called.has(name)) continue;
    frames.push({ name, isCalled: false });
    visit(body, noFlow, 0, walk);
    frames.pop();
  }
  return {
    commands: walk.commands,
    variables: held,
    holes: variables.holes,
    functions: new Set(walk.functions.keys()),
    templates: walk.templates,
  };
}

function visit(node: Node, flow: Flow, depth: number, walk: Walk): void {
  if (depth > maxDepth) return;
  switch (node.type) {
    case 'command':
      visitCommand(node, flow, depth, walk);
      return;
    case 'variable_assignment':
      assign(node, depth, walk);
      return;
    case 'declaration_command':
      visitDeclaration(node, flow, depth, walk);
      return;
    case 'function_definition':
      return;
    case 'pipeline':
      visitPipeline(childrenOf(node), flow, depth, walk);
      return;
    case 'redirected_statement':
      visitRedirected(node, flow, depth, walk);
      return;
    case 'list': {
      // A redirect binds to the last command, although the grammar hangs it on the list.
      const parts = childrenOf(node);
      parts.forEach((part, index) => {
        visit(part, index === parts.length - 1 ? flow : noFlow, depth + 1, walk);
      });
      return;
    }
    case 'if_statement':
    case 'case_statement':
      visitBranches(node, flow, depth, walk);
      return;
    case 'for_statement':
      visitLoop(node, flow, depth, walk);
      return;
    default:
      for (const child of childrenOf(node)) visit(child, flow, depth + 1, walk);
  }
}

/** Each branch begins with what the variables held before the first one. */
function visitBranches(node: Node, flow: Flow, depth: number, walk: Walk): void {
  const isClause = ({ type }: Node): boolean =>
    /^(?:elif_clause|else_clause|case_item)$/.test(type);
  const children = childrenOf(node);
  const own = children.filter((child) => !isClause(child));
  const clauses = children.filter(isClause);
  const visitAll = (nodes: readonly Node[]): void => {
    for (const child of nodes) visit(child, flow, depth + 1, walk);
  };
  const isCase = node.type === 'case_statement';
  const isComplete = isCase
    ? clauses.some((item) => /^\s*\(?\s*\*\s*\)/.test(item.text.slice(0, 40)))
    : clauses.some(({ type }) => type === 'else_clause');
  const ways = clauses.map((clause) => () => visitAll(childrenOf(clause)));
  if (isCase) visitAll(own);
  walk.variables.branch(isCase ? ways : [() => visitAll(own), ...ways], isComplete);
}

/** Goes through a loop once for each value its variable takes, as far as they are written out. */
function visitLoop(node: Node, flow: Flow, depth: number, walk: Walk): void {
  const name = node.childForFieldName('variable')?.text;
  const given = node.childrenForFieldName('value').filter((child) => child !== null);
  for (const child of given) visitSubstitutions(child, noFlow, depth, walk);
  const values = given.flatMap((child) =>
    splitWord(child, walk.expansion.expandList(child, depth)),
  );
  const body = node.childForFieldName('body');
  const parts = body ? [body] : childrenOf(node);
  const most = Math.max(1, walk.loopsLeft);
  const loops = name && values.length > 0 ? values.slice(0, most) : [undefined];
  walk.loopsLeft -= loops.length;
  for (const value of loops) {
    if (name && value) walk.variables.set(name, lower(value, 0.8));
    for (const child of parts) visit(child, flow, depth + 1, walk);
  }
}

function visitPipeline(parts: readonly Node[], flow: Flow, depth: number, walk: Walk): void {
  parts.forEach((part, index) => {
    const pipe = (at: number): string => `pipe ${parts[at]?.startIndex}`;
    const last = index === parts.length - 1;
    visit(
      part,
      {
        ...(index === 0 ? flow : noFlow),
        readsFrom: index === 0 ? flow.readsFrom : [pipe(index)],
        writesTo: last ? flow.writesTo : [pipe(index + 1)],
      },
      depth + 1,
      walk,
    );
  });
}

function visitRedirected(node: Node, outer: Flow, depth: number, walk: Walk): void {
  const { flow, next, nextFlow } = readRedirects(node, outer, walk.expansion, depth);
  const body = node.childForFieldName('body');
  if (body) visit(body, flow, depth + 1, walk);
  if (next && nextFlow) visit(next, nextFlow, depth + 1, walk);
}

/** `export`, `local`, `declare`: assignments, of which exported ones are also for other scripts. */
function visitDeclaration(node: Node, flow: Flow, depth: number, walk: Walk): void {
  const isExported = /^export\b/.test(node.text.slice(0, 10));
  for (const child of childrenOf(node)) {
    visit(child, flow, depth + 1, walk);
    const name = child.childForFieldName('name')?.text;
    const word = name === undefined ? undefined : walk.variables.get(name);
    if (isExported && name && word && /\s/.test(word.text))
      walk.templates.push({ name, word, ...positionOf(child) });
  }
}

function assign(node: Node, depth: number, walk: Walk): void {
  const { variables, expansion } = walk;
  const name = node.childForFieldName('name')?.text;
  const value = node.childForFieldName('value');
  if (!name) return;
  if (!value) {
    variables.set(name, literal(''));
    return;
  }
  if (value.type === 'array') {
    for (const child of childrenOf(value))
      visitSubstitutions(child, { ...noFlow, writesTo: [`$${name}`] }, depth, walk);
    const items = childrenOf(value).flatMap((child) =>
      splitWord(child, expansion.expandList(child, depth)),
    );
    const isAppend = /^\w+\+=/.test(node.text.slice(0, 200));
    const all = [...(isAppend ? (variables.arrays.get(name) ?? []) : []), ...items].slice(0, 200);
    variables.arrays.set(name, all);
    variables.set(name, all[0] ?? literal(''));
    return;
  }
  const [substitution] = findSubstitutions(value);
  if (substitution) {
    visitSubstitutions(value, { ...noFlow, writesTo: [`$${name}`] }, depth, walk);
    const whole = substitution.endIndex - substitution.startIndex >= value.text.trim().length - 2;
    if (whole || !/:\/\//.test(value.text)) {
      variables.set(name, { text: `{${name}}`, confidence: 1, variables: [name] });
      return;
    }
  }
  const isAppend = /^\w+\+=/.test(node.text.slice(0, 200));
  const words: Word[] = [];
  variables.forEachOption(namesIn(value), () => {
    const before = isAppend ? variables.get(name) : undefined;
    const word = expansion.expand(value, depth);
    const whole = before ? joinWords([before, word]) : word;
    words.push({ ...whole, variables: unique([...whole.variables, name]) });
  });
  variables.setOptions(name, words);
}

function visitCommand(node: Node, flow: Flow, depth: number, walk: Walk): void {
  walk.variables.forEachOption(namesIn(node), () => addCommand(node, flow, depth, walk));
}

function addCommand(node: Node, flow: Flow, depth: number, walk: Walk): void {
  const { variables, expansion } = walk;
  const environment = new Map<string, Word>();
  const inner: string[] = [];
  let words: Word[] = [];
  let wordEnd = -1;
  for (const child of childrenOf(node)) {
    if (child.type === 'variable_assignment') {
      const value = child.childForFieldName('value');
      const name = child.childForFieldName('name')?.text ?? '';
      environment.set(name, value ? expansion.expand(value, depth) : literal(''));
    } else if (child.type === 'herestring_redirect') {
      const [word] = childrenOf(child);
      if (word) inner.push(expansion.expand(word, depth).text);
    } else if (child.type !== 'file_redirect') {
      const argument = child.type === 'command_name' ? (childrenOf(child)[0] ?? child) : child;
      visitSubstitutions(argument, noFlow, depth, walk);
      const expanded = splitWord(argument, expansion.expandList(argument, depth));
      // The grammar cuts `$a/$b.gz` before `b.gz`; what touches is one word.
      const before = child.startIndex === wordEnd ? words.pop() : undefined;
      words.push(...(before ? [glue(before, expanded, expansion)] : expanded));
      wordEnd = child.endIndex;
    }
  }
  words = replaceAlias(words, walk.aliases);
  const own = inner.find((text) => text !== '') ?? flow.input;
  const input = own ?? walk.files.textOf(flow.readsFrom);
  const command: ShellCommand = {
    ...positionOf(node),
    words,
    environment: new Map([...exported(variables), ...environment]),
    readsFrom: [
      ...flow.readsFrom,
      ...words.flatMap(({ variables: used }) => used.map((name) => `$${name}`)),
    ],
    writesTo: flow.writesTo,
    written: walk.files.written,
    ...(input === undefined ? {} : { input }),
  };
  if (callFunction(command, flow, depth, walk)) return;
  // A loop that a command does not depend on must not repeat it.
  const key = `${node.startIndex} ${words.map(({ text }) => text).join(' ')} ${input ?? ''}`;
  if (walk.seen.has(key)) return;
  walk.seen.add(key);
  walk.files.note(command);
  walk.commands.push(command);
}

/** Walks the body of one of the script's own functions with the arguments of a call. */
function callFunction(command: ShellCommand, flow: Flow, depth: number, walk: Walk): boolean {
  const { variables, frames } = walk;
  const [program, ...args] = command.words;
  const name = program?.text ?? '';
  const body = walk.functions.get(name);
  if (name === 'shift' && frames.at(-1)?.isCalled) {
    setArguments(variables, (variables.arrays.get('@') ?? []).slice(1));
    return false;
  }
  if (!body || frames.some((frame) => frame.name === name)) return body !== undefined;
  walk.called.add(name);
  if (frames.length >= maxCallDepth || walk.callsLeft-- <= 0) return true;
  const before = variables.arrays.get('@') ?? [];
  setArguments(
    variables,
    args.map((word) => lower(word, 0.9)),
  );
  frames.push({ name, isCalled: true });
  visit(
    body,
    { ...flow, ...(command.input === undefined ? {} : { input: command.input }) },
    depth + 1,
    walk,
  );
  frames.pop();
  setArguments(variables, before);
  return true;
}

function visitSubstitutions(node: Node, flow: Flow, depth: number, walk: Walk): void {
  for (const found of findSubstitutions(node)) {
    for (const part of childrenOf(found)) visit(part, flow, depth + 1, walk);
  }
}
