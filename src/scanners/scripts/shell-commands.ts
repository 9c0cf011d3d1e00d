import type { Position } from './facts.ts';
import { childrenOf, type Node, positionOf } from './tree-sitter.ts';

/** One argument after expansion. Parts without a value stand as `{NAME}`. */
export interface Word {
  readonly text: string;
  /** 1 = literal, lower = through a variable or a default; unknown parts show in the text. */
  readonly confidence: number;
  /** The variables it was built from. */
  readonly variables: readonly string[];
}

/** One simple command with what flows in and out of it. */
export interface ShellCommand extends Position {
  /** Program and arguments; wrappers such as sudo and timeout are removed. */
  readonly words: readonly Word[];
  /** Assignments before the command, e.g. `PGHOST=db psql`. */
  readonly environment: ReadonlyMap<string, Word>;
  /** The text of a here-document or here-string. */
  readonly input?: string;
  /** Local files, pipes and variables that the command reads from. */
  readonly readsFrom: readonly string[];
  /** Local files, pipes and variables that its output goes to. */
  readonly writesTo: readonly string[];
}

interface Flow {
  readonly readsFrom: readonly string[];
  readonly writesTo: readonly string[];
  readonly input?: string;
}

const noFlow: Flow = { readsFrom: [], writesTo: [] };
/** `A="$A$A"` written forty times must cost nothing. Here-documents are the longest texts. */
const longestText = 64_000;
/** How many variables a word is known to come out of; `b=$a`, `c=$b` … must not add up without end. */
const mostVariables = 50;
/** How often loops are gone through in one script, nested ones together. */
const maxLoops = 200;
/** Scripts that nest deeper than this are no longer followed. */
const maxDepth = 200;

/** Walks a shell script in the order it is written and lists its commands. Nothing is run. */
export function listCommands(root: Node): ShellCommand[] {
  const commands: ShellCommand[] = [];
  const variables = new Map<string, Word>();
  const arrays = new Map<string, Word[]>();
  const seen = new Set<string>();
  let loopsLeft = maxLoops;

  const visit = (node: Node, flow: Flow, depth: number): void => {
    if (depth > maxDepth) return;
    switch (node.type) {
      case 'command':
        addCommand(node, flow, depth);
        return;
      case 'variable_assignment':
        assign(node, depth);
        return;
      case 'pipeline':
        visitPipeline(childrenOf(node), flow, depth);
        return;
      case 'redirected_statement':
        visitRedirected(node, flow, depth);
        return;
      case 'list': {
        // A redirect binds to the last command, although the grammar hangs it on the list.
        const parts = childrenOf(node);
        parts.forEach((part, index) => {
          visit(part, index === parts.length - 1 ? flow : noFlow, depth + 1);
        });
        return;
      }
      case 'for_statement':
        visitLoop(node, flow, depth);
        return;
      default:
        for (const child of childrenOf(node)) visit(child, flow, depth + 1);
    }
  };

  /** Goes through a loop once for each value its variable takes, as far as they are written out. */
  const visitLoop = (node: Node, flow: Flow, depth: number): void => {
    const name = node.childForFieldName('variable')?.text;
    const given = node.childrenForFieldName('value').filter((child) => child !== null);
    const values = given.flatMap((child) => splitWord(child, expandList(child, depth)));
    const loops = name && values.length > 0 ? values.slice(0, Math.max(1, loopsLeft)) : [undefined];
    loopsLeft -= loops.length;
    for (const value of loops) {
      if (name && value) variables.set(name, lower(value, 0.8));
      for (const child of childrenOf(node)) visit(child, flow, depth + 1);
    }
  };

  const visitPipeline = (parts: readonly Node[], flow: Flow, depth: number): void => {
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
      );
    });
  };

  const visitRedirected = (node: Node, outer: Flow, depth: number): void => {
    const reads = [...outer.readsFrom];
    const writes = [...outer.writesTo];
    let input = outer.input;
    let next: Node | undefined;
    const readRedirect = (redirect: Node): void => {
      if (redirect.type === 'file_redirect') {
        const target = redirect.childForFieldName('destination');
        if (!target || /^[0-9-]+$/.test(target.text) || target.text === '/dev/null') return;
        if (redirect.childForFieldName('descriptor')?.text === '2') return;
        const file = expand(target, depth).text;
        if (redirect.text.replace(/^\d/, '').startsWith('<')) reads.push(file);
        else writes.push(file);
      } else if (redirect.type === 'heredoc_redirect') {
        for (const part of childrenOf(redirect)) {
          if (part.type === 'heredoc_body') input = expand(part, depth).text;
          else if (part.type === 'pipeline' || part.type === 'command') next = part;
          else readRedirect(part);
        }
      } else if (redirect.type === 'herestring_redirect') {
        const [word] = childrenOf(redirect);
        if (word) input = expand(word, depth).text;
      }
    };
    const body = node.childForFieldName('body');
    for (const child of childrenOf(node)) if (!body || child.id !== body.id) readRedirect(child);
    const pipe = next ? [`pipe ${next.startIndex}`] : [];
    const flow: Flow = {
      readsFrom: reads,
      writesTo: next ? pipe : writes,
      ...(input === undefined ? {} : { input }),
    };
    if (body) visit(body, flow, depth + 1);
    if (next) visit(next, { readsFrom: pipe, writesTo: writes }, depth + 1);
  };

  const assign = (node: Node, depth: number): void => {
    const name = node.childForFieldName('name')?.text;
    const value = node.childForFieldName('value');
    if (!name) return;
    if (!value) {
      variables.set(name, { text: '', confidence: 1, variables: [] });
      return;
    }
    if (value.type === 'array') {
      const items = childrenOf(value).flatMap((child) =>
        splitWord(child, expandList(child, depth)),
      );
      arrays.set(name, items);
      variables.set(name, items[0] ?? literal(''));
      return;
    }
    const substitution = findSubstitution(value);
    if (substitution) {
      for (const child of childrenOf(substitution)) {
        visit(child, { readsFrom: [], writesTo: [`$${name}`] }, depth + 1);
      }
      variables.set(name, { text: `{${name}}`, confidence: 1, variables: [name] });
      return;
    }
    const word = expand(value, depth);
    variables.set(name, { ...word, variables: unique([...word.variables, name]) });
  };

  const addCommand = (node: Node, flow: Flow, depth: number): void => {
    const environment = new Map<string, Word>();
    const words: Word[] = [];
    const inner: string[] = [];
    let wordEnd = -1;
    for (const child of childrenOf(node)) {
      if (child.type === 'variable_assignment') {
        const value = child.childForFieldName('value');
        environment.set(
          child.childForFieldName('name')?.text ?? '',
          value ? expand(value, depth) : literal(''),
        );
      } else if (child.type === 'herestring_redirect') {
        const [word] = childrenOf(child);
        if (word) inner.push(expand(word, depth).text);
      } else if (child.type !== 'file_redirect') {
        const expanded = expandArgument(child, depth);
        // The grammar cuts `$a/$b.gz` before `b.gz`; what touches is one word.
        const before = child.startIndex === wordEnd ? words.pop() : undefined;
        words.push(...(before ? [glue(before, expanded)] : expanded));
        wordEnd = child.endIndex;
      }
    }
    const input = inner.find((text) => text !== '') ?? flow.input;
    const command: ShellCommand = {
      ...positionOf(node),
      words,
      environment: new Map([...exported(variables), ...environment]),
      readsFrom: [
        ...flow.readsFrom,
        ...words.flatMap(({ variables: used }) => used.map((name) => `$${name}`)),
      ],
      writesTo: flow.writesTo,
      ...(input === undefined ? {} : { input }),
    };
    // A loop that a command does not depend on must not repeat it.
    const key = `${node.startIndex} ${words.map(({ text }) => text).join(' ')} ${input ?? ''}`;
    if (seen.has(key)) return;
    seen.add(key);
    commands.push(command);
  };

  /** The words that an argument comes to; commands inside it are commands of their own. */
  const expandArgument = (child: Node, depth: number): Word[] => {
    const node = child.type === 'command_name' ? (childrenOf(child)[0] ?? child) : child;
    for (const found of findSubstitutions(node)) {
      for (const part of childrenOf(found)) visit(part, noFlow, depth + 1);
    }
    return splitWord(node, expandList(node, depth));
  };

  const glue = (before: Word, after: readonly Word[]): Word => {
    const text = after.map((word) => word.text).join(' ');
    const name = before.text.endsWith('$') ? /^[A-Za-z_]\w*/.exec(text)?.[0] : undefined;
    const known = name ? lookUp(name) : undefined;
    return {
      text: known
        ? before.text.slice(0, -1) + known.text + text.slice(name?.length)
        : before.text + text,
      confidence: Math.min(
        ...[before, ...after, ...(known ? [known] : [])].map((w) => w.confidence),
      ),
      variables: unique([before, ...after, ...(known ? [known] : [])].flatMap((w) => w.variables)),
    };
  };

  const expand = (node: Node, depth: number): Word => {
    if (depth > maxDepth) return { text: '{…}', confidence: 1, variables: [] };
    switch (node.type) {
      case 'raw_string':
        return literal(node.text.slice(1, -1));
      case 'ansi_c_string':
        return literal(node.text.slice(2, -1));
      case 'word':
        return literal(node.text.replace(/\\(.)/g, '$1'));
      case 'number':
      case 'heredoc_start':
        return literal(node.text);
      case 'string_content':
        return literal(node.text.replace(/\\(["$`\\])/g, '$1').replace(/\\\n/g, ''));
      case 'simple_expansion':
        return lookUp(node.text.slice(1));
      case 'expansion':
        return expandBraces(node, depth);
      case 'command_substitution':
        return { text: '{…}', confidence: 1, variables: [] };
      case 'string':
      case 'heredoc_body':
      case 'concatenation':
        return join(node, depth);
      default:
        return node.namedChildCount > 0 ? join(node, depth) : literal(node.text);
    }
  };

  /** The items of `${NAME[@]}`, quoted or not; else the one word that a node comes to. */
  const expandList = (node: Node, depth: number): Word[] => {
    const name = /^"?\$\{(\w+)\[[@*]\]\}"?$/.exec(node.text)?.[1];
    const items = name === undefined ? undefined : arrays.get(name);
    return items ? items.map((item) => lower(item, 0.9)) : [expand(node, depth)];
  };

  /** Joins the parts of a word, with the text between them that the grammar gives no node. */
  const join = (node: Node, depth: number): Word => {
    const parts: Word[] = [];
    const quoted = node.type === 'string';
    let at = node.startIndex + (quoted ? 1 : 0);
    for (const child of childrenOf(node)) {
      if (child.startIndex > at) parts.push(literal(slice(node, at, child.startIndex)));
      parts.push(child.type === 'heredoc_content' ? literal(child.text) : expand(child, depth + 1));
      at = child.endIndex;
    }
    const end = node.endIndex - (quoted ? 1 : 0);
    if (at < end) parts.push(literal(slice(node, at, end)));
    return {
      text: parts
        .map(({ text }) => text)
        .join('')
        .slice(0, longestText),
      confidence: Math.min(1, ...parts.map(({ confidence }) => confidence)),
      variables: unique(parts.flatMap(({ variables: used }) => used)),
    };
  };

  const lookUp = (name: string): Word => {
    const known = variables.get(name);
    return known
      ? { ...lower(known, 0.9), variables: unique([...known.variables, name]) }
      : { text: `{${name}}`, confidence: 1, variables: [name] };
  };

  /** `${X}`, `${X:-default}`, `${X%.csv}`: the name, and the default where X has no value. */
  const expandBraces = (node: Node, depth: number): Word => {
    const match = /^\$\{([A-Za-z_]\w*)(:?[-=])?/.exec(node.text);
    const name = match?.[1];
    if (!name) return { text: '{…}', confidence: 1, variables: [] };
    const item = /^\$\{\w+\[(\d+)\]\}$/.exec(node.text)?.[1];
    const known = item ? arrays.get(name)?.[Number(item)] : variables.get(name);
    if (known) return { ...lower(known, 0.9), variables: unique([...known.variables, name]) };
    const [, fallback] = childrenOf(node);
    if (match[2] && fallback) return lower(expand(fallback, depth + 1), 0.8);
    return { text: `{${name}}`, confidence: 1, variables: [name] };
  };

  visit(root, noFlow, 0);
  return commands;
}

/** Without quotes the shell cuts what a variable holds at its blanks. */
function splitWord(node: Node, words: readonly Word[]): Word[] {
  if (node.type === 'string' || node.type === 'raw_string') return [...words];
  return words.flatMap((word) =>
    word.variables.length > 0 && /\s/.test(word.text.trim())
      ? word.text
          .trim()
          .split(/\s+/)
          .map((text) => ({ ...word, text }))
      : [word],
  );
}

function literal(text: string): Word {
  return { text, confidence: 1, variables: [] };
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].slice(0, mostVariables);
}

function lower(word: Word, confidence: number): Word {
  return { ...word, confidence: Math.min(word.confidence, confidence) };
}

/** The variables that programs read from their environment. */
function exported(variables: ReadonlyMap<string, Word>): [string, Word][] {
  return ['PGHOST', 'MYSQL_HOST'].flatMap((name): [string, Word][] => {
    const word = variables.get(name);
    return word ? [[name, word]] : [];
  });
}

function slice(node: Node, from: number, to: number): string {
  return node.text.slice(from - node.startIndex, to - node.startIndex);
}

function findSubstitution(node: Node): Node | undefined {
  return findSubstitutions(node)[0];
}

function findSubstitutions(node: Node): Node[] {
  const types = ['command_substitution', 'process_substitution'];
  if (types.includes(node.type)) return [node];
  // Only the outermost: what stands inside one is met when that one is visited.
  const outermost: Node[] = [];
  for (const found of node.descendantsOfType(types)) {
    if (found && found.startIndex >= (outermost.at(-1)?.endIndex ?? 0)) outermost.push(found);
  }
  return outermost;
}
