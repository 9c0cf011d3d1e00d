import type { Argument, Expression } from '../program/program.ts';
import type { Lowering } from './csharp-lowering.ts';
import { isConfiguration, toSettingOf } from './csharp-settings.ts';

/**
 * The name that stands for the section of the configuration that a settings type is filled from;
 * the whole configuration is the section `*`.
 */
export function nameBoundOptions(type: string): string {
  return `${type}.*`;
}

/**
 * `services.Configure<Erp>(configuration.GetSection("Erp"))` and the like: the arguments, with the
 * section given to the type's name as well, so that its properties are known to be settings.
 */
export function bindOptions(
  method: string,
  object: Expression,
  args: readonly Argument[],
  typeArguments: readonly string[],
  lowering: Lowering,
): readonly Argument[] {
  const type = /^(?:Configure|ConfigureOptions)$/.test(method)
    ? typeArguments[0]
    : /^Bind(?:Configuration)?$/.test(method)
      ? findOptionsType(object)
      : undefined;
  if (type === undefined) return args;
  return args.map((argument) => {
    const section = toSection(method, argument.value, lowering);
    if (!section) return argument;
    const name = nameBoundOptions(type);
    lowering.shared.add(name);
    return {
      ...argument,
      value: { kind: 'assign', target: { kind: 'name', name }, value: section },
    };
  });
}

function toSection(method: string, value: Expression, lowering: Lowering): Expression | undefined {
  if (isConfiguration(value, lowering))
    return toSettingOf({ kind: 'text', text: '*' }, { line: 1, column: 1 });
  const isKey = value.kind === 'text' || value.kind === 'member';
  if (method === 'BindConfiguration')
    return isKey ? toSettingOf(value, { line: 1, column: 1 }) : undefined;
  return value.kind === 'call' && value.source === 'setting' ? value : undefined;
}

/** `services.AddOptions<Erp>().Bind(…)` */
function findOptionsType(object: Expression): string | undefined {
  let at = object;
  for (let guard = 0; at.kind === 'call' && guard < 20; guard++) {
    const { target, typeArguments } = at;
    if (target.kind !== 'member') return undefined;
    if (/^AddOptions(?:WithValidateOnStart)?$/.test(target.name)) return typeArguments?.[0];
    at = target.object;
  }
  return undefined;
}
