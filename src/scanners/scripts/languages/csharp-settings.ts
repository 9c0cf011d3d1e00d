import type { Argument, CallExpression, Expression, Position } from '../program/program.ts';
import type { Lowering } from './csharp-lowering.ts';

/** The callee that stands for reading a setting by its whole key; no C# name is written like it. */
export const settingFunction = '$setting';

const configurationName = /^_?(?:configuration(?:Root|Manager)?|Configuration)$/;

/** Names in the file that are declared as the application's configuration. */
export function listConfigurations(text: string): Set<string> {
  const names = new Set<string>();
  const declared = /\b(?:IConfiguration(?:Root|Section|Manager)?|ConfigurationManager)\??\s+(\w+)/g;
  for (const [, name = ''] of text.matchAll(declared)) names.add(name);
  const built = /\b(\w+)\s*=\s*new\s+ConfigurationBuilder\b/g;
  for (const [, name = ''] of text.matchAll(built)) names.add(name);
  return names;
}

/** `configuration["A:B"]`, `ConfigurationManager.AppSettings["A"]`. */
export function toSettingItem(
  object: Expression,
  key: Expression,
  lowering: Lowering,
): Expression | undefined {
  const prefix = findSection(object, lowering);
  return prefix === undefined ? undefined : toSetting([...prefix, key], undefined, object);
}

/** `configuration.GetValue("A:B", "d")`, `.GetSection("A")`, `.GetConnectionString("X")`, `.Get<T>()`. */
export function toSettingCall(
  object: Expression,
  method: string,
  args: readonly Argument[],
  typeArguments: readonly string[],
  lowering: Lowering,
): Expression | undefined {
  const [key, fallback] = args.filter(({ name }) => name === undefined).map(({ value }) => value);
  if (method === 'GetConnectionString' && key && args.length === 1)
    return toSetting([{ kind: 'text', text: 'ConnectionStrings' }, key], undefined, object);
  if (method === 'Get' && args.length === 0 && typeArguments[0] !== undefined)
    return isConfiguration(object, lowering) ? { kind: 'name', name: typeArguments[0] } : object;
  // `configuration.Bind("Erp", settings)` fills the settings from the section.
  if (method === 'Bind' && key) {
    const section = fallback ? [key] : findSection(object, lowering);
    const target = fallback ?? key;
    const isWhole = fallback ? isConfiguration(object, lowering) : section !== undefined;
    if (!isWhole || !section || section.length === 0) return undefined;
    return { kind: 'assign', target, value: toSetting(section, undefined, object) };
  }
  if (!/^(?:GetSection|GetRequiredSection|GetValue)$/.test(method) || !key) return undefined;
  const prefix = findSection(object, lowering);
  if (prefix)
    return toSetting([...prefix, key], method === 'GetValue' ? fallback : undefined, object);
  // A section in a variable: its own key is followed like any value.
  return method === 'GetValue'
    ? withFallback({ kind: 'item', object, key }, fallback)
    : toSetting([key], undefined, object);
}

function withFallback(value: Expression, fallback: Expression | undefined): Expression {
  return fallback ? { kind: 'default', value, fallback } : value;
}

/** A setting by the parts of its key. */
function toSetting(
  keys: readonly Expression[],
  fallback: Expression | undefined,
  at: Expression,
): CallExpression {
  const key = keys.flatMap((part, index): Expression[] =>
    index === 0 ? [part] : [{ kind: 'text', text: ':' }, part],
  );
  const texts = key.map((part) => (part.kind === 'text' ? part.text : undefined));
  const whole: Expression = texts.every((text) => text !== undefined)
    ? { kind: 'text', text: texts.join('') }
    : { kind: 'join', parts: key };
  return toSettingOf(whole, at.kind === 'call' ? at : { line: 1, column: 1 }, fallback);
}

/** A setting by its whole key. */
export function toSettingOf(
  key: Expression,
  { line, column }: Position,
  fallback?: Expression,
): CallExpression {
  return {
    kind: 'call',
    target: { kind: 'name', name: settingFunction },
    args: [{ value: key }, ...(fallback ? [{ value: fallback }] : [])],
    source: 'setting',
    line,
    column,
  };
}

/** The key of the section that an expression is, in parts; none for the whole configuration. */
function findSection(object: Expression, lowering: Lowering): Expression[] | undefined {
  if (isConfiguration(object, lowering)) return [];
  if (object.kind === 'call' && object.target.kind === 'name')
    return object.target.name === settingFunction
      ? object.args.slice(0, 1).map(({ value }) => value)
      : undefined;
  if (object.kind !== 'member' || object.object.kind !== 'name') return undefined;
  const isClassic = /^(?:Web)?ConfigurationManager$/.test(object.object.name);
  if (isClassic && object.name === 'AppSettings') return [];
  return isClassic && object.name === 'ConnectionStrings'
    ? [{ kind: 'text', text: 'ConnectionStrings' }]
    : undefined;
}

/** Whether an expression is the whole configuration of the application. */
export function isConfiguration(object: Expression, lowering: Lowering): boolean {
  if (object.kind === 'name')
    return lowering.configurations.has(object.name) || configurationName.test(object.name);
  if (object.kind === 'call')
    return object.target.kind === 'name' && object.typeArguments?.[0] === 'IConfiguration';
  return (
    object.kind === 'member' &&
    (lowering.configurations.has(object.name) || configurationName.test(object.name))
  );
}
