import type { Expression, FunctionBody, Parameter, Statement } from '../program/program.ts';
import type { Node } from '../tree-sitter.ts';
import { expressionsOf, otherOf, type PythonContext, unquote } from './python-scan.ts';

/** The parameters of a function, and statements for those that the program has no parameter for. */
export interface LoweredParameters {
  readonly parameters: readonly Parameter[];
  readonly self: string | undefined;
  readonly before: readonly Statement[];
}

/** @param isMethod whether the first parameter is the object itself */
export function lowerParameters(
  node: Node | null,
  context: PythonContext,
  isMethod: boolean,
): LoweredParameters {
  const given = node ? expressionsOf(node) : [];
  const parameters: Parameter[] = [];
  const before: Statement[] = [];
  let self = context.self;
  for (const [index, child] of given.entries()) {
    const splat = /_splat_pattern$/.test(child.type)
      ? child
      : expressionsOf(child).find(({ type }) => /_splat_pattern$/.test(type));
    const name =
      child.type === 'identifier'
        ? child.text
        : (child.childForFieldName('name')?.text ?? expressionsOf(child)[0]?.text ?? child.text);
    if (isMethod && index === 0 && !splat) {
      self = name;
      continue;
    }
    if (splat) {
      const hidden = expressionsOf(splat)[0]?.text;
      if (hidden)
        before.push({
          kind: 'assign',
          target: { kind: 'name', name: hidden },
          value: otherOf(splat),
          isDeclaration: true,
        });
      continue;
    }
    if (!/^[^\W\d]\w*$/.test(name)) continue;
    parameters.push(lowerParameter(name, child, context));
  }
  // A name that hides the object of the method around it is not that object.
  if (!isMethod && self !== undefined && parameters.some(({ name }) => name === self)) {
    self = undefined;
  }
  return { parameters, self, before };
}

function lowerParameter(name: string, node: Node, context: PythonContext): Parameter {
  const value = node.childForFieldName('value');
  const declared = node.childForFieldName('type');
  const type = declared ? typeName(declared) : undefined;
  const fallback =
    value && value.type !== 'none'
      ? context.expression(value, context)
      : findOptions(name, context);
  // A default says more than the type of an address does.
  return {
    name,
    ...(type === undefined || fallback?.kind === 'text' ? {} : { type }),
    ...(fallback === undefined ? {} : { fallback }),
  };
}

/** `def main(args)` in a file that parses its command line. */
function findOptions(name: string, context: PythonContext): Expression | undefined {
  return context.file.options.size > 0 && /^(?:args|opts|options|arguments)$/.test(name)
    ? toOptions(context)
    : undefined;
}

/** The options of a command line, each with its default: `args.host`. */
export function toOptions(context: PythonContext): Expression {
  return {
    kind: 'object',
    entries: [...context.file.options].flatMap(([key, node]) =>
      node && node.type !== 'none'
        ? [
            {
              key,
              value: {
                kind: 'default',
                value: { kind: 'other', source: key, parts: [] },
                fallback: context.expression(node, context),
              },
            } as const,
          ]
        : [],
    ),
  };
}

/** Lowers a function's body: a block, or the expression of a lambda. */
export function lowerFunctionBody(
  { parameters, self, before }: LoweredParameters,
  body: Node | null,
  context: PythonContext,
): FunctionBody {
  const shared = new Set(
    (body?.type === 'block'
      ? body.descendantsOfType(['global_statement', 'nonlocal_statement'])
      : []
    )
      .flatMap((node) => (node ? expressionsOf(node) : []))
      .map(({ text }) => text),
  );
  const inside: PythonContext = { ...context, self, shared, before: [] };
  if (!body) return { parameters, body: [...before] };
  if (body.type === 'block')
    return { parameters, body: [...before, ...context.block(body, inside)] };
  const value = context.expression(body, inside);
  return { parameters, body: [...before, ...inside.before, { kind: 'return', value }] };
}

/** Types whose values are addresses or plain data; they are no clients. */
const plainTypes =
  /^(?:[a-z]+|Any|Path|PurePath|HttpUrl|AnyUrl|AnyHttpUrl|Url|URL|SecretStr|Dict|List|Set|Tuple|Sequence|Iterable|Mapping|Callable|Literal|Iterator|Generator|Type|Final|ClassVar|Self)$/;

/** The name of a declared type without its arguments; `Optional[X]`, `X | None`, `Annotated[X, …]` are `X`. */
export function typeName(node: Node): string | undefined {
  let at: Node | undefined = node;
  for (let guard = 0; at && guard < 8; guard++) {
    const [first, second]: (Node | undefined)[] = expressionsOf(at);
    switch (at.type) {
      case 'generic_type':
      case 'subscript': {
        const base = first?.text.split('.').pop() ?? '';
        if (!/^(?:Optional|Union|Annotated)$/.test(base)) {
          at = first;
          break;
        }
        at = second?.type === 'type_parameter' ? expressionsOf(second)[0] : second;
        break;
      }
      case 'binary_operator':
      case 'union_type':
      case 'type':
        at = first;
        break;
      case 'string':
        return keepType(unquote(at.text).replace(/\s*[[|].*$/s, ''));
      case 'identifier':
      case 'attribute':
        return keepType(at.text);
      default:
        return undefined;
    }
  }
  return undefined;
}

function keepType(name: string): string | undefined {
  return /^[\w.]{1,100}$/.test(name) && !plainTypes.test(name.split('.').pop() ?? '')
    ? name
    : undefined;
}

/** The defaults that `@click.option('--host', default='x')` gives to parameters. */
export function optionDefaults(
  decorators: readonly Node[],
  context: PythonContext,
): ReadonlyMap<string, Expression> {
  const defaults = new Map<string, Expression>();
  for (const decorator of decorators) {
    const call = expressionsOf(decorator)[0];
    if (!/\.(?:option|argument)$/.test(call?.childForFieldName('function')?.text ?? '')) continue;
    const args = expressionsOf(call?.childForFieldName('arguments') ?? decorator);
    const flags = args.filter(({ type }) => type === 'string').map(({ text }) => unquote(text));
    const flag = flags.find((text) => /^\w+$/.test(text)) ?? flags.find((t) => t.startsWith('--'));
    const given = (name: string): Node | null | undefined =>
      args
        .find((child) => child.childForFieldName('name')?.text === name)
        ?.childForFieldName('value');
    const [value, variable] = [given('default'), given('envvar')];
    if (!flag || (!value && !variable)) continue;
    const fallback = value ? context.expression(value, context) : undefined;
    const name = flag.replace(/^-+/, '').replace(/\/.*$/, '').replaceAll('-', '_');
    const lowered =
      variable?.type === 'string'
        ? ({
            kind: 'text',
            text: `{env:${unquote(variable.text)}}`,
          } as const)
        : undefined;
    const chosen = lowered ?? fallback;
    if (chosen) defaults.set(name, chosen);
  }
  return defaults;
}
