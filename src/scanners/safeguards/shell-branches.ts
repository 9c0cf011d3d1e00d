import { childrenOf, type Node } from '../scripts/tree-sitter.ts';
import { isWork, type Loop } from './shell-run.ts';
import { endsOnFailure, failingExit, leavesLoop, meansFailure, worked } from './shell-status.ts';
import { type Context, placeOf, type Walk } from './shell-walk.ts';

/** Goes through a statement with branches or a body. */
export function visitIf(node: Node, context: Context, walk: Walk): void {
  const parts = splitBranches(node);
  const otherwise = childrenOf(node).filter(({ type }) => /^el(?:se|if)_clause$/.test(type));
  const before = walk.runs.length;
  const thenEnds = parts.then.some(endsOnFailure);
  const elseEnds = otherwise.some(
    ({ type, text }) => type === 'else_clause' && failingExit.test(text.slice(0, 2_000)),
  );
  walk.visitAll(
    parts.condition,
    { ...context, fate: 'checked', isLast: false, isWatched: thenEnds || elseEnds },
    walk,
  );
  const hasWork = walk.runs.slice(before).some(isWork);
  const [condition] = parts.condition.slice(-1);
  const thenFails = (condition !== undefined && meansFailure(condition)) || (thenEnds && !hasWork);
  const succeeds =
    hasWork || (condition !== undefined && worked.test(condition.text.slice(0, 300)));
  if (hasWork && !thenFails && context.loop && parts.then.some(leavesLoop))
    context.loop.isRetry = true;
  walk.visitAll(
    parts.then,
    {
      ...context,
      isOnFailure: context.isOnFailure || thenFails,
      isAfterSuccess: !thenFails && (context.isAfterSuccess || hasWork),
    },
    walk,
  );
  for (const clause of otherwise) {
    const isFailure = (!thenFails && succeeds) || elseEnds;
    const inner = { ...context, isOnFailure: context.isOnFailure || isFailure };
    if (clause.type === 'elif_clause') visitIf(clause, { ...inner, depth: inner.depth + 1 }, walk);
    else walk.visitAll(childrenOf(clause), inner, walk);
  }
}

/** What stands before and after `then`. */
function splitBranches(node: Node): { condition: Node[]; then: Node[] } {
  const condition: Node[] = [];
  const then: Node[] = [];
  let isThen = false;
  for (const child of node.children) {
    if (!child) continue;
    if (child.type === 'then') isThen = true;
    else if (child.isNamed && !/^(?:el(?:se|if)_clause|comment)$/.test(child.type))
      (isThen ? then : condition).push(child);
  }
  return { condition, then };
}

/** Goes through a statement with branches or a body. */
export function visitLoop(node: Node, context: Context, walk: Walk): void {
  const body = node.childForFieldName('body');
  const loop: Loop = { ...placeOf(node, walk), isRetry: false };
  const inner = { ...context, loop };
  if (node.type === 'while_statement') {
    const isUntil = node.children[0]?.type === 'until';
    const conditions = childrenOf(node).filter(({ id }) => id !== body?.id);
    const before = walk.runs.length;
    walk.visitAll(conditions, { ...inner, fate: 'checked', isLast: false }, walk);
    const hasWork = walk.runs.slice(before).some(isWork);
    const isNegated = conditions.at(-1)?.type === 'negated_command';
    if (hasWork && isUntil !== isNegated) loop.isRetry = true;
    // `while [ $rc -ne 0 ]; do command; rc=$?; done`
    const looped = conditions.map(({ text }) => text.slice(0, 300)).join(' ');
    const status = body ? /(\w+)=\$\?/.exec(body.text.slice(0, 5_000))?.[1] : undefined;
    if (status !== undefined && new RegExp(String.raw`\$\{?${status}\b`).test(looped))
      loop.isRetry = true;
  }
  if (body) walk.visitAll(childrenOf(body), { ...inner, isLast: false }, walk);
}

/** Goes through a statement with branches or a body. */
export function visitCase(node: Node, context: Context, walk: Walk): void {
  const isStatus = /^case\s+["']?\$(?:\?|\{?(?:rc|ret|status)\b)/.test(node.text.slice(0, 60));
  for (const item of childrenOf(node)) {
    if (item.type !== 'case_item') continue;
    const [, ...statements] = childrenOf(item);
    const isFailure = isStatus && !/^\s*0\s*\)/.test(item.text.slice(0, 20));
    walk.visitAll(statements, { ...context, isOnFailure: context.isOnFailure || isFailure }, walk);
  }
}
