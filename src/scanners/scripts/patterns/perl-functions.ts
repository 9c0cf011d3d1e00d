import type { Expression, ObjectEntry, Parameter, Statement } from '../program/program.ts';
import { toModule } from './perl-cursor.ts';

/** Takes `my ($self, $url) = @_` and `my $url = shift` out of a body. */
export function takeParameters(
  body: readonly Statement[],
  signature: readonly string[],
): { parameters: Parameter[]; rest: Statement[] } {
  const parameters: Parameter[] = signature
    .filter((name) => !isReceiver(name))
    .map((name) => ({ name }));
  const rest: Statement[] = [];
  const add = (target: Expression, fallback?: Expression): void => {
    if (target.kind !== 'name' || isReceiver(target.name)) return;
    parameters.push(
      fallback === undefined ? { name: target.name } : { name: target.name, fallback },
    );
  };
  for (const statement of body) {
    if (statement.kind !== 'assign' || !statement.value) {
      rest.push(statement);
      continue;
    }
    const { target, value } = statement;
    if (value.kind === 'name' && value.name === '_') {
      for (const item of target.kind === 'list' ? target.items : [target]) add(item);
    } else if (value.kind === 'name' && value.name === 'shift') add(target);
    else if (
      value.kind === 'default' &&
      value.value.kind === 'name' &&
      value.value.name === 'shift'
    )
      add(target, value.fallback);
    else rest.push(statement);
  }
  return { parameters, rest };
}

function isReceiver(name: string): boolean {
  return name === 'this' || name === 'class' || name === 'self' || name === 'proto';
}

/** `my $self = { url => … }` and `bless { … }` in a constructor set the fields of the object. */
export function openObject(body: readonly Statement[]): Statement[] {
  return body.flatMap((statement): Statement[] => {
    const value =
      statement.kind === 'assign' &&
      statement.target.kind === 'name' &&
      statement.target.name === 'this'
        ? statement.value
        : statement.kind === 'return' || statement.kind === 'expression'
          ? statement.value
          : undefined;
    const fields = value && findFields(value);
    if (!fields) return [statement];
    return fields.flatMap((entry): Statement[] =>
      entry.key === undefined
        ? []
        : [
            {
              kind: 'assign',
              target: { kind: 'member', object: { kind: 'name', name: 'this' }, name: entry.key },
              value: entry.value,
            },
          ],
    );
  });
}

function findFields(value: Expression): readonly { key?: string; value: Expression }[] | undefined {
  if (value.kind === 'object') return value.entries;
  const isBless =
    value.kind === 'call' && value.target.kind === 'name' && value.target.name === 'bless';
  const first = isBless ? value.args[0]?.value : undefined;
  return first?.kind === 'object' ? first.entries : undefined;
}

/** `my %h = (%defaults, key => value)` is a hash, though it is written as a list. */
export function toHash(value: Expression): Expression {
  if (value.kind !== 'list') return value;
  const entries: ObjectEntry[] = [];
  for (let at = 0; at < value.items.length; at++) {
    const item = value.items[at];
    const next = value.items[at + 1];
    if (item?.kind === 'text' && next) {
      entries.push({ key: item.text, value: next });
      at++;
    } else if (item) entries.push({ value: item });
  }
  return { kind: 'object', entries };
}

export function listTexts(value: Expression): string[] {
  if (value.kind === 'text') return [value.text];
  return value.kind === 'list' ? value.items.flatMap(listTexts) : [];
}

/** A package with `new` is a class; its methods take the object as their first argument. */
export function toPackage(name: string | undefined, body: readonly Statement[]): Statement[] {
  const isClass =
    name !== undefined &&
    name !== 'main' &&
    body.some((one) => one.kind === 'function' && one.name === 'constructor');
  if (!isClass || name === undefined)
    return body.map((one) =>
      one.kind === 'function' && one.name === 'constructor' ? { ...one, name: 'new' } : one,
    );
  const members = body.filter(({ kind }) => kind === 'function');
  const supertypes = body.flatMap((one) =>
    one.kind === 'assign' && one.target.kind === 'name' && one.target.name === 'ISA' && one.value
      ? listTexts(one.value).map(toModule)
      : [],
  );
  return [
    ...body.filter(({ kind }) => kind !== 'function'),
    { kind: 'class', name, supertypes, members },
  ];
}
