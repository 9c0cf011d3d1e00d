import type { Expression, FunctionBody, Parameter, Statement } from '../program/program.ts';
import { childrenOf, type Node } from '../tree-sitter.ts';
import { fold, nameType, type PowershellContext } from './powershell-context.ts';

/** The parameters of a `param( … )` block or of a function's own list. */
export function lowerParameters(node: Node | undefined, context: PowershellContext): Parameter[] {
  return (
    node ? node.descendantsOfType(['script_parameter', 'class_method_parameter']) : []
  ).flatMap((parameter): Parameter[] => {
    if (!parameter) return [];
    const children = childrenOf(parameter);
    const variable = children.find(({ type }) => type === 'variable');
    const given = children.find(({ type }) => type === 'script_parameter_default');
    const declared = parameter.descendantsOfType('type_spec')[0]?.text ?? '';
    const type = nameType(declared);
    const fallback = given ? context.expression(given, context) : undefined;
    return variable
      ? [
          {
            name: fold(variable.text.slice(1)),
            ...(type.includes('.') && fallback?.kind !== 'text' ? { type } : {}),
            ...(fallback === undefined ? {} : { fallback }),
          },
        ]
      : [];
  });
}

/** A script block with its parameters: `{ param($x) … }`, the body of a function or a method. */
export function lowerBlockFunction(
  node: Node,
  context: PowershellContext,
  own?: Node,
): FunctionBody {
  const inside: PowershellContext = { ...context, before: [] };
  const param = findParameters(node);
  const parameters = lowerParameters(own ?? param, inside);
  const names = new Set(parameters.map(({ name }) => name));
  return {
    parameters:
      names.size === 0 && node.type === 'script_block_expression' ? [{ name: '_' }] : parameters,
    body: [...inside.before, ...withReturn(context.block(node, context))],
  };
}

/** The `param( … )` of a block itself, not of one inside it. */
function findParameters(node: Node): Node | undefined {
  let at: Node | undefined = node;
  for (let guard = 0; at && guard < 4; guard++) {
    const children: Node[] = childrenOf(at);
    const found = children.find(({ type }) => type === 'param_block');
    if (found) return found;
    at = children.find(({ type }) => type === 'script_block');
  }
  return undefined;
}

/** What the last statement of a function writes is what it returns. */
function withReturn(body: readonly Statement[]): Statement[] {
  const last = body.at(-1);
  return last?.kind === 'expression' && isTold(last.value)
    ? [...body.slice(0, -1), { kind: 'return', value: last.value }]
    : [...body];
}

function isTold(value: Expression): boolean {
  return value.kind !== 'other' && value.kind !== 'assign';
}
