import { baseName } from '../scripts/shell/wrappers.ts';
import { childrenOf, type Node, sourceOf } from '../scripts/tree-sitter.ts';
import { visitCase, visitIf, visitLoop } from './shell-branches.ts';
import { readRedirects } from './shell-redirects.ts';
import { type Fate, isWork, type ParseShell, type Run, type ShellRuns } from './shell-run.ts';
import { endsOnFailure, isShrug, leavesLoop, meansFailure, usesStatus } from './shell-status.ts';
import { type Context, placeOf, start, type Walk } from './shell-walk.ts';
import { nestedAt, readWord, unwrapWords } from './shell-words.ts';

const deepest = 150;
const mostRuns = 3_000;
const mostTests = 2_000;
const mostNesting = 3;
/** Lists the commands of a script in their order, each with what becomes of its failure. */
export function listRuns(root: Node, parse: ParseShell): ShellRuns {
  const walk: Walk = {
    parse,
    visitAll: visitSequence,
    runs: [],
    tests: [],
    redirects: [],
    values: new Map(),
    place: undefined,
    nesting: 0,
  };
  visitSequence(childrenOf(root), start, walk);
  return walk;
}

function visitSequence(nodes: readonly Node[], context: Context, walk: Walk): void {
  const statements = nodes.filter(({ type }) => type !== 'comment');
  for (const [index, node] of statements.entries()) {
    const next = statements[index + 1];
    const isChecked = next !== undefined && usesStatus(next);
    visit(
      node,
      next === undefined
        ? context
        : {
            ...context,
            isLast: false,
            fate: isChecked ? 'checked' : context.fate === 'ignored' ? 'ignored' : 'open',
          },
      walk,
    );
  }
}

function visit(node: Node, given: Context, walk: Walk): void {
  if (given.depth > deepest || walk.runs.length > mostRuns) return;
  const context = { ...given, depth: given.depth + 1 };
  switch (node.type) {
    case 'command':
      visitCommand(node, context, walk);
      return;
    case 'list':
      visitList(node, context, walk);
      return;
    case 'pipeline':
      visitPipeline(node, context, walk);
      return;
    case 'redirected_statement':
      visitRedirected(node, context, walk);
      return;
    case 'negated_command':
      for (const child of childrenOf(node)) visit(child, { ...context, fate: 'checked' }, walk);
      return;
    case 'if_statement':
      visitIf(node, context, walk);
      return;
    case 'while_statement':
    case 'for_statement':
    case 'c_style_for_statement':
      visitLoop(node, context, walk);
      return;
    case 'case_statement':
      visitCase(node, context, walk);
      return;
    case 'function_definition': {
      const name = node.childForFieldName('name')?.text;
      const body = node.childForFieldName('body');
      if (body) visit(body, { ...start, within: name, isLast: true, depth: context.depth }, walk);
      return;
    }
    case 'variable_assignment':
      assign(node, context, walk);
      return;
    case 'declaration_command':
      // The status of `local x=$(command)` is that of local.
      for (const child of childrenOf(node))
        if (child.type === 'variable_assignment')
          assign(child, { ...context, fate: 'unseen' }, walk);
      return;
    case 'test_command':
      noteTest(node, context, walk);
      visitSubstitutions(node, context, walk);
      return;
    case 'comment':
    case 'heredoc_body':
      return;
    default:
      visitSequence(childrenOf(node), context, walk);
  }
}

function noteTest(node: Node, context: Context, walk: Walk): void {
  const text = node.text.slice(0, 500);
  const filled = text.replace(
    /\$\{?(\w+)\}?/g,
    (whole, name: string) => walk.values.get(name) ?? whole,
  );
  if (walk.tests.length >= mostTests) return;
  walk.tests.push({
    ...placeOf(node, walk),
    text: filled === text ? text : `${text} ${filled}`,
    after: walk.runs.length,
    ends: context.isWatched,
  });
}

function assign(node: Node, context: Context, walk: Walk): void {
  const name = node.childForFieldName('name')?.text ?? '';
  const value = node.childForFieldName('value');
  if (!value) return;
  if (value.descendantsOfType(['command_substitution']).length > 0) {
    visitSubstitutions(value, { ...context, variable: name }, walk, context.fate);
    walk.values.delete(name);
  } else if (walk.values.size < 1_000) walk.values.set(name, readWord(value, walk.values));
}

/** The commands in `$( )` of a word; nothing sees their status unless it is all of an assignment. */
function visitSubstitutions(node: Node, context: Context, walk: Walk, fate: Fate = 'unseen'): void {
  let end = 0;
  for (const found of node.descendantsOfType(['command_substitution', 'process_substitution'])) {
    if (!found || found.startIndex < end) continue;
    end = found.endIndex;
    visitSequence(
      childrenOf(found),
      {
        ...context,
        fate,
        isLast: context.isLast && fate !== 'unseen',
        redirects: {},
        input: undefined,
      },
      walk,
    );
  }
}

function visitCommand(node: Node, context: Context, walk: Walk): void {
  const words: string[] = [];
  const nodes: Node[] = [];
  for (const child of childrenOf(node)) {
    if (child.type === 'variable_assignment') {
      words.push(child.text.slice(0, 1_000));
      nodes.push(child);
      continue;
    }
    if (/redirect$/.test(child.type)) continue;
    const argument = child.type === 'command_name' ? (childrenOf(child)[0] ?? child) : child;
    words.push(readWord(argument, walk.values));
    nodes.push(argument);
    visitSubstitutions(argument, context, walk);
  }
  const assigned = words.findIndex((word) => !/^\w+=/.test(word));
  const bare = assigned > 0 ? words.slice(assigned) : words;
  const { wrappers, words: rest } = unwrapWords(bare);
  const run: Run = {
    ...placeOf(node, walk),
    words: rest,
    program: baseName(rest[0] ?? ''),
    wrappers,
    source: sourceOf(node),
    fate: context.fate,
    isLast: context.isLast,
    isOnFailure: context.isOnFailure,
    isAfterSuccess: context.isAfterSuccess,
    isWatched: context.isWatched,
    loop: context.loop,
    redirects: context.redirects,
    input: context.input,
    pipedInto: context.pipedInto,
    isPiped: context.isPiped,
    variable: context.variable,
    within: context.within,
  };
  if (/^(?:test|\[|\(\()/.test(run.program)) noteTest(node, context, walk);
  walk.runs.push(run);
  visitNested(run, nodes, walk, context);
}

/** `sh -c "…"` and `trap "…" ERR` hold a script of their own. */
function visitNested(run: Run, nodes: readonly Node[], walk: Walk, context: Context): void {
  if (walk.nesting >= mostNesting) return;
  const isTrap = run.program === 'trap';
  const signals = isTrap ? run.words.slice(2) : [];
  if (isTrap && !signals.some((signal) => /^(?:ERR|EXIT|0)$/i.test(signal))) return;
  const at = isTrap ? 1 : nestedAt(run.words);
  if (at === undefined) return;
  const text = run.words[at] ?? '';
  if (text === '' || text === '-' || nodes.length === 0) return;
  walk.parse(text, (root) =>
    visitSequence(
      childrenOf(root),
      {
        ...start,
        isOnFailure: isTrap || context.isOnFailure,
        isLast: isTrap || context.isLast,
        fate: isTrap ? 'open' : context.fate,
        redirects: context.redirects,
        depth: context.depth,
      },
      { ...walk, place: { line: run.line, column: run.column }, nesting: walk.nesting + 1 },
    ),
  );
}

function visitList(node: Node, context: Context, walk: Walk): void {
  const [left, right] = childrenOf(node).filter(({ type }) => type !== 'comment');
  if (!left) return;
  const operator = node.children.find((child) => /^(?:&&|\|\|)$/.test(child?.type ?? ''))?.type;
  if (!right) visit(left, context, walk);
  else visitPair(left, operator === '||', right, context, walk);
}

/** `left && right`, or `left || right`. */
function visitPair(left: Node, isOr: boolean, right: Node, context: Context, walk: Walk): void {
  const ends = endsOnFailure(right);
  if (isOr) {
    const fate = isShrug(right) ? 'ignored' : 'checked';
    visit(left, { ...context, fate, isLast: false, isWatched: ends || context.isWatched }, walk);
    visit(right, { ...context, isOnFailure: true, isAfterSuccess: false }, walk);
    return;
  }
  const before = walk.runs.length;
  visit(
    left,
    {
      ...context,
      // What fails before && does not end a script, whatever `set -e` says.
      fate: context.fate === 'open' && !context.isLast ? 'unseen' : context.fate,
      isWatched: ends || context.isWatched,
    },
    walk,
  );
  const hasWork = walk.runs.slice(before).some(isWork);
  if (hasWork && context.loop && leavesLoop(right)) context.loop.isRetry = true;
  const isFailure = meansFailure(left) || (!hasWork && ends);
  visit(
    right,
    {
      ...context,
      isOnFailure: context.isOnFailure || isFailure,
      isAfterSuccess: !isFailure && (context.isAfterSuccess || hasWork),
    },
    walk,
  );
}

function visitPipeline(node: Node, context: Context, walk: Walk): void {
  const parts = childrenOf(node);
  const names = parts.map((part) => {
    const command = part.type === 'redirected_statement' ? part.childForFieldName('body') : part;
    const name = /^\S{1,200}/.exec(command?.text ?? '')?.[0] ?? '';
    const words = (command?.text ?? '').slice(0, 300).split(/\s+/);
    return command?.type === 'command' ? baseName(unwrapWords(words).words[0] ?? name) : name;
  });
  parts.forEach((part, index) => {
    const isEnd = index === parts.length - 1;
    visit(
      part,
      isEnd
        ? context
        : {
            ...context,
            pipedInto: [...names.slice(index + 1), ...context.pipedInto].slice(0, 20),
            isPiped: true,
            redirects: { ...(context.redirects.error ? { error: context.redirects.error } : {}) },
          },
      walk,
    );
  });
}

function visitRedirected(node: Node, context: Context, walk: Walk): void {
  const body = node.childForFieldName('body');
  const place = (target: Node): { line: number; column: number } => placeOf(target, walk);
  const { redirects, input, next, pipes, targets } = readRedirects(
    node,
    context,
    walk.values,
    place,
  );
  for (const target of targets) visitSubstitutions(target, context, walk);
  walk.redirects.push({ ...redirects, isWhole: /^exec\s*$/.test(body?.text ?? '') });
  const inner: Context = { ...context, redirects, input, ...(pipes ? { isPiped: true } : {}) };
  const plain = { ...context, redirects: {}, input: undefined };
  if (body && next) {
    const fate = next.isOr ? (isShrug(next.node) ? 'ignored' : 'checked') : inner.fate;
    visit(body, { ...inner, fate, isLast: next.isOr ? false : inner.isLast }, walk);
    visit(
      next.node,
      { ...plain, isOnFailure: next.isOr || context.isOnFailure, isAfterSuccess: !next.isOr },
      walk,
    );
  } else if (body) visit(body, inner, walk);
  if (pipes) visit(pipes, plain, walk);
}
