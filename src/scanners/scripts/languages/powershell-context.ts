import type { Argument, CallExpression, Expression, Statement } from '../program/program.ts';
import { childrenOf, type Node, positionOf } from '../tree-sitter.ts';

/** What the lowering of a node needs to know of what is around it. */
export interface PowershellContext {
  /** Statements that must run before the expression being lowered: blocks of `ForEach-Object`. */
  readonly before: Statement[];
  /** Names of functions that the file defines. */
  readonly functions: ReadonlySet<string>;
  /** Lowers an expression; kept here because expressions hold blocks, and blocks expressions. */
  expression(node: Node, context: PowershellContext): Expression;
  /** Lowers a block's statements. */
  block(node: Node, context: PowershellContext): Statement[];
}

/** Names mean the same in any case; what the evaluator sees is in lower case. */
export function fold(name: string): string {
  return name.toLowerCase();
}

/** Where settings of the environment are looked up: `$env:NAME`. */
export const environmentDrive = 'env:';

export function textOf(text: string): Expression {
  return { kind: 'text', text };
}

export function otherOf(node: Node, parts: readonly Expression[] = []): Expression {
  return { kind: 'other', source: node.text.split('\n', 1)[0]?.slice(0, 80) ?? '', parts };
}

/** A call at a node. */
export function toCall(
  target: Expression,
  args: readonly Argument[],
  node: Node,
  isNew = false,
): CallExpression {
  const source = node.text.split('\n', 1)[0]?.slice(0, 120) ?? '';
  return {
    kind: 'call',
    target,
    args,
    source,
    ...(isNew ? { isNew } : {}),
    ...positionOf(node),
  };
}

/** The named children without comments and the blanks between arguments. */
export function partsOf(node: Node): Node[] {
  return childrenOf(node).filter(
    ({ type }) => type !== 'comment' && type !== 'command_argument_sep',
  );
}

/** `$name`, `$script:name`, `${name}`, `$env:NAME` as what it stands for. */
export function lowerVariable(node: Node): Expression {
  const written = node.text.replace(/^[$@]\{?/, '').replace(/\}$/, '');
  const [, scope = '', name = written] = /^(\w+):(.+)$/s.exec(written) ?? [];
  if (fold(scope) === 'env')
    return { kind: 'member', object: { kind: 'name', name: environmentDrive }, name };
  if (
    /^(?:true|false|null|args|pscmdlet|psscriptroot|pscommandpath|myinvocation|pwd|home)$/i.test(
      name,
    )
  )
    return otherOf(node);
  return { kind: 'name', name: fold(name) };
}

/** The name of a type as the client table writes it: lower case, without `System.`. */
export function nameType(text: string): string {
  return fold(text.replace(/^\[|\]$/g, '').replace(/\s/g, '')).replace(/^system\./, '');
}

/** `\\server\share\file` as an address. */
export function openShare(text: string): string {
  return /^\\\\[\w.-]+\\/.test(text) ? `smb:${text.replaceAll('\\', '/')}` : text;
}
