import type { Statement } from '../program/program.ts';
import { childrenOf, type Node } from '../tree-sitter.ts';
import { fold, nameType, type PowershellContext, partsOf } from './powershell-context.ts';
import { lowerBlockFunction, lowerParameters } from './powershell-functions.ts';

/** Lowers the statements of a script, a script block or a statement block. */
export function lowerBlock(node: Node, context: PowershellContext): Statement[] {
  return childrenOf(node).flatMap((child) => lowerStatement(child, context));
}

function lowerStatement(node: Node, outer: PowershellContext): Statement[] {
  const context: PowershellContext = { ...outer, before: [] };
  const statements = lower(node, context);
  return [...context.before, ...statements];
}

function lower(node: Node, context: PowershellContext): Statement[] {
  switch (node.type) {
    case 'comment':
    case 'attribute_list':
    case 'function_name':
      return [];
    case 'param_block':
      return lowerScriptParameters(node, context);
    case 'pipeline':
      return lowerPipelineStatement(node, context);
    case 'flow_control_statement':
      return partsOf(node).map((child) => ({
        kind: 'return',
        value: context.expression(child, context),
      }));
    case 'if_statement':
      return lowerIf(node, context);
    case 'switch_statement':
      return lowerSwitch(node, context);
    case 'foreach_statement':
    case 'for_statement':
    case 'while_statement':
    case 'do_statement':
      return lowerLoop(node, context);
    case 'try_statement':
      return lowerTry(node, context);
    case 'function_statement':
      return [
        {
          kind: 'function',
          name: fold(childrenOf(node).find(({ type }) => type === 'function_name')?.text ?? ''),
          function: lowerBlockFunction(
            node,
            context,
            childrenOf(node).find(({ type }) => type === 'function_parameter_declaration'),
          ),
        },
      ];
    case 'class_statement':
      return [lowerClass(node, context)];
    case 'script_block':
    case 'script_block_body':
    case 'statement_list':
    case 'statement_block':
    case 'named_block':
    case 'named_block_list':
    case 'ERROR':
      return childrenOf(node).flatMap((child) => lowerStatement(child, context));
    case 'function_parameter_declaration':
      return [];
    default:
      return /_(?:statement|clauses?|block)$/.test(node.type)
        ? childrenOf(node).flatMap((child) => lowerStatement(child, context))
        : [{ kind: 'expression', value: context.expression(node, context) }];
  }
}

/** The parameters of the script itself: what it does when it is started without any. */
function lowerScriptParameters(node: Node, context: PowershellContext): Statement[] {
  if (node.parent?.type !== 'program') return [];
  return lowerParameters(node, context).map(({ name, fallback }) => ({
    kind: 'assign',
    target: { kind: 'name', name },
    value: fallback
      ? { kind: 'default', value: { kind: 'other', source: name, parts: [] }, fallback }
      : { kind: 'other', source: name, parts: [] },
    isDeclaration: true,
  }));
}

function lowerPipelineStatement(node: Node, context: PowershellContext): Statement[] {
  const [only] = partsOf(node);
  if (only?.type !== 'assignment_expression') {
    return [{ kind: 'expression', value: context.expression(node, context) }];
  }
  const [left, operator] = partsOf(only);
  const value = only.childForFieldName('value');
  if (!left || !value) return [];
  return [
    {
      kind: 'assign',
      target: context.expression(left, context),
      value: context.expression(value, context),
      ...(operator?.text === '+=' ? { isAppend: true } : {}),
    },
  ];
}

function blockOf(node: Node, context: PowershellContext): Statement[] {
  const block = childrenOf(node).find(({ type }) => type === 'statement_block');
  return block ? context.block(block, context) : [];
}

function lowerIf(node: Node, context: PowershellContext): Statement[] {
  const condition = node.childForFieldName('condition');
  const others = node.childForFieldName('elseif_clauses');
  const last = node.childForFieldName('else_clause');
  return [
    ...(condition ? [evaluated(condition, context)] : []),
    {
      kind: 'branch',
      branches: [
        blockOf(node, context),
        ...(others ? childrenOf(others) : []).map((clause) => blockOf(clause, context)),
        ...(last ? [blockOf(last, context)] : []),
      ],
      isComplete: last !== null,
    },
  ];
}

function evaluated(node: Node, context: PowershellContext): Statement {
  return { kind: 'expression', value: context.expression(node, context) };
}

function lowerSwitch(node: Node, context: PowershellContext): Statement[] {
  const blocks = node.descendantsOfType('statement_block').filter((block) => block !== null);
  const outermost = blocks.filter(
    (block) => !blocks.some((other) => other.id !== block.id && contains(other, block)),
  );
  return [
    {
      kind: 'branch',
      branches: outermost.map((block) => context.block(block, context)),
      isComplete: /\bdefault\s*\{/i.test(node.text.slice(0, 20_000)),
    },
  ];
}

function contains(outer: Node, inner: Node): boolean {
  return outer.startIndex <= inner.startIndex && outer.endIndex >= inner.endIndex;
}

function lowerLoop(node: Node, context: PowershellContext): Statement[] {
  const parts = childrenOf(node).filter(({ type }) => type !== 'statement_block');
  const body = blockOf(node, context);
  if (node.type !== 'foreach_statement') {
    return [...parts.map((part) => evaluated(part, context)), { kind: 'loop', body }];
  }
  const [variable, over] = parts.filter(({ type }) => type !== 'foreach_parameter');
  return [
    {
      kind: 'loop',
      ...(variable ? { variable: context.expression(variable, context) } : {}),
      ...(over ? { over: context.expression(over, context) } : {}),
      body,
    },
  ];
}

function lowerTry(node: Node, context: PowershellContext): Statement[] {
  const clauses = childrenOf(node).filter(({ type }) => type === 'catch_clauses');
  const last = childrenOf(node).find(({ type }) => type === 'finally_clause');
  return [
    ...blockOf(node, context),
    {
      kind: 'branch',
      branches: clauses.flatMap(childrenOf).map((clause) => blockOf(clause, context)),
      isComplete: false,
    },
    ...(last ? blockOf(last, context) : []),
  ];
}

function lowerClass(node: Node, context: PowershellContext): Statement {
  const [first, ...supertypes] = childrenOf(node).filter(({ type }) => type === 'simple_name');
  const name = fold(first?.text ?? '');
  const members = childrenOf(node).flatMap((child): Statement[] => {
    if (child.type === 'class_property_definition') {
      const parts = partsOf(child);
      const variable = parts.find(({ type }) => type === 'variable');
      const declared = parts.find(({ type }) => type === 'type_literal')?.text ?? '';
      const value = parts.at(-1);
      if (!variable) return [];
      const type = nameType(declared);
      return [
        {
          kind: 'assign',
          target: { kind: 'name', name: fold(variable.text.slice(1)) },
          ...(value && value.id !== variable.id
            ? { value: context.expression(value, context) }
            : {}),
          ...(type.includes('.') ? { type } : {}),
        },
      ];
    }
    if (child.type !== 'class_method_definition') return [];
    const method = fold(childrenOf(child).find(({ type }) => type === 'simple_name')?.text ?? '');
    const block = childrenOf(child).find(({ type }) => type === 'script_block');
    return [
      {
        kind: 'function',
        name: method === name ? 'constructor' : method,
        function: block
          ? lowerBlockFunction(
              block,
              context,
              childrenOf(child).find(({ type }) => type === 'class_method_parameter_list') ?? block,
            )
          : { parameters: [], body: [] },
      },
    ];
  });
  return { kind: 'class', name, supertypes: supertypes.map(({ text }) => fold(text)), members };
}
