import type { Argument, CallExpression, Expression } from '../program/program.ts';
import { type Node, positionOf } from '../tree-sitter.ts';
import { adaptArguments, adaptCall } from './csharp-adapters.ts';
import { lowerArguments } from './csharp-arguments.ts';
import { hostPrefix, type Lowering, partsOf, placeOf, toMember } from './csharp-lowering.ts';
import { bindOptions } from './csharp-options.ts';
import { toSettingCall } from './csharp-settings.ts';
import { nameLast, nameType, nameTypeArguments } from './csharp-types.ts';

/** Calls that register an HTTP client, and those behind them that set it up. */
const registrations = /^Add(?:HttpClient|RefitClient|RestEaseClient|HttpApi)$/;
const setUps = /^Configure(?:HttpClient|HttpApi)$|^AddTypedClient$/;

/** Types whose values come from the configuration. */
export const settingsType = /^(?!I[A-Z]).*(?:Settings|Options|Config|Configs|Configuration)$/;

/** A call of a function or method. */
export function lowerInvocation(node: Node, lowering: Lowering): Expression {
  const called = node.childForFieldName('function');
  const list = node.childForFieldName('arguments');
  const { object, name } = splitTarget(called, lowering);
  const method = name ? nameLast(name) : '';
  const root = object && rootOf(object);
  if (root !== undefined) lowering.roots.add(root);
  const typeArguments = nameTypeArguments(name);
  if (method === 'nameof' && !object)
    return { kind: 'text', text: /\w*$/.exec(list?.text.slice(1, -1).trim() ?? '')?.[0] ?? '' };
  if (object && /^Get(?:Required)?Service$/.test(method)) {
    const service = toService(node, name);
    if (service) return service;
  }
  const outer = lowering.clients;
  lowering.clients = findClients(method, object, list, typeArguments, outer);
  const written = adaptArguments(method, lowerArguments(list, lowering));
  lowering.clients = outer;
  const args = object ? bindOptions(method, object, written, typeArguments, lowering) : written;
  if (object) {
    const known =
      toSettingCall(object, method, args, typeArguments, lowering) ??
      toNamedClient(node, method, object, list);
    if (known) return known;
    // What an application is built with is no client, whatever is made from it.
    if (/^Create(?:Slim|Empty|Application|Default)?Builder$/.test(method) && !lowering.isAppHost)
      return { kind: 'other', source: method, parts: [] };
  }
  if (object && isWrapper(method, list, lowering))
    return {
      kind: 'call',
      target: { kind: 'name', name: method },
      args: [...args, { name: 'this', value: object }],
      ...(typeArguments.length === 0 ? {} : { typeArguments }),
      ...placeOf(node),
      ...(name ? positionOf(name) : {}),
    };
  const types = typeArguments.length > 0 ? typeArguments : nameMessage(method, list, lowering);
  const target: Expression = object
    ? { kind: 'member', object, name: lowering.isAppHost ? nameInHost(method) : method }
    : { kind: 'name', name: method };
  const call: CallExpression = {
    kind: 'call',
    target,
    args: registrations.test(method) || setUps.test(method) ? args.map(untype) : args,
    ...(types.length === 0 ? {} : { typeArguments: types }),
    ...placeOf(node),
    // In a chain over several lines each call stands at its own.
    ...(name ? positionOf(name) : {}),
  };
  return (
    nameDeclaredClient(method, object, typeArguments, call, lowering) ??
    adaptCall(call, lowering.usesFlurl)
  );
}

/** `RestService.For<IErp>(client)`: what the interface declares goes to the address of the client. */
function nameDeclaredClient(
  method: string,
  object: Expression | undefined,
  [type]: readonly string[],
  call: CallExpression,
  lowering: Lowering,
): Expression | undefined {
  const [given] = call.args;
  if (method !== 'For' || type === undefined || !given || object?.kind !== 'name') return undefined;
  if (!/^Rest(?:Service|Client)$/.test(object.name)) return undefined;
  const name = nameTypedClient(type);
  lowering.shared.add(name);
  const base: Expression =
    given.value.kind === 'name' || given.value.kind === 'member'
      ? {
          kind: 'default',
          value: { kind: 'member', object: given.value, name: 'BaseAddress' },
          fallback: given.value,
        }
      : given.value;
  const held: Expression = { kind: 'assign', target: { kind: 'name', name }, value: base };
  return { ...call, args: [{ ...given, value: held }, ...call.args.slice(1)] };
}

/**
 * `services.AddErp("http://erp")` calls a function of another class or file that extends what stands
 * in front of the dot. Extensions are known by their own name alone, so they are called by it.
 */
function isWrapper(method: string, list: Node | null, lowering: Lowering): boolean {
  return (
    /^(?:Add|Use|Configure|Register)[A-Z]/.test(method) &&
    !lowering.isAppHost &&
    !lowering.isClientMethod(method) &&
    (list ? partsOf(list) : []).some((argument) => !/^(?:async\b|\w*\s*=>|\()/.test(argument.text))
  );
}

/** The first name of `a.b.c`. */
function rootOf(expression: Expression): string | undefined {
  let at = expression;
  for (let guard = 0; at.kind === 'member' && guard < 30; guard++) at = at.object;
  return at.kind === 'name' ? at.name : undefined;
}

/** What an app host adds is a description of a deployment, not a connection of its own. */
function nameInHost(method: string): string {
  return /^Add[A-Z]/.test(method) ? `${hostPrefix}${method}` : method;
}

/** The object that a method is called on, and the name of the method or function. */
function splitTarget(
  called: Node | null,
  lowering: Lowering,
): { object?: Expression; name: Node | null } {
  switch (called?.type) {
    case 'member_access_expression':
      return {
        object: lowering.expression(called.childForFieldName('expression')),
        name: called.childForFieldName('name'),
      };
    case 'conditional_access_expression': {
      const binding = partsOf(called).at(-1);
      return binding?.type === 'member_binding_expression'
        ? {
            object: lowering.expression(called.childForFieldName('condition')),
            name: binding.childForFieldName('name'),
          }
        : { object: lowering.expression(called), name: null };
    }
    case 'identifier':
    case 'generic_name':
      return { name: called };
    default:
      return called ? { object: lowering.expression(called), name: null } : { name: null };
  }
}

/** `services.GetRequiredService<T>()` is a T; one of `IOptions<T>` gives out settings. */
function toService(node: Node, name: Node | null): Expression | undefined {
  const list = name && partsOf(name).find(({ type }) => type === 'type_argument_list');
  const [argument] = list ? partsOf(list) : [];
  const type = nameType(argument ?? null);
  if (type === undefined) return undefined;
  if (/^IConfiguration(?:Root)?$/.test(type)) return { kind: 'name', name: 'configuration' };
  if (settingsType.test(type)) return toMember(type);
  return { kind: 'call', target: toMember(type), isNew: true, args: [], ...placeOf(node) };
}

/** `bus.Publish(new OrderPlaced(…))` publishes an `OrderPlaced`, although nobody writes the type argument. */
function nameMessage(method: string, list: Node | null, lowering: Lowering): string[] {
  if (
    !/^(?:Publish|Send|Raise|Dispatch|Enqueue|Request|AddIntegrationEvent|SaveEvent)/.test(method)
  )
    return [];
  const [argument] = list ? partsOf(list) : [];
  const text = argument?.text.slice(0, 200) ?? '';
  const type = /^new\s+(\w+)\s*[({<]/.exec(text)?.[1] ?? lowering.created.get(text);
  return type ? [type] : [];
}

/** What sets a client up is given the client, whatever type its parameter is declared with. */
function untype(argument: Argument): Argument {
  if (argument.value.kind !== 'function') return argument;
  const { parameters, body } = argument.value.function;
  const bare = parameters.map(({ name }) => ({ name }));
  return { ...argument, value: { kind: 'function', function: { parameters: bare, body } } };
}

/** The name by which a class knows the base address of the HTTP client that is injected into it. */
export function nameTypedClient(type: string): string {
  return `HttpClient<${type}>`;
}

function nameNamedClient(name: string): string {
  return `HttpClient:${name}`;
}

/** The names of the clients that the callbacks among a call's arguments set up. */
function findClients(
  method: string,
  object: Expression | undefined,
  list: Node | null,
  typeArguments: readonly string[],
  outer: readonly string[],
): readonly string[] {
  if (registrations.test(method)) return listRegistered(typeArguments, firstKey(list));
  if (!setUps.test(method)) return outer;
  let at = object;
  for (let guard = 0; at?.kind === 'call' && guard < 30; guard++) {
    const { target }: CallExpression = at;
    if (target.kind !== 'member') break;
    if (registrations.test(target.name))
      return listRegistered(at.typeArguments ?? [], keyOf(at.args[0]?.value));
    at = target.object;
  }
  return outer;
}

function listRegistered(typeArguments: readonly string[], key: string | undefined): string[] {
  const type = typeArguments.at(-1);
  return [
    ...(type === undefined ? [] : [nameTypedClient(type)]),
    ...(key === undefined ? [] : [nameNamedClient(key)]),
  ];
}

/** `factory.CreateClient("orders")` is an HTTP client with the base address of that name. */
function toNamedClient(
  node: Node,
  method: string,
  object: Expression,
  list: Node | null,
): CallExpression | undefined {
  if (method !== 'CreateClient') return undefined;
  const key = firstKey(list);
  const isFactory = object.kind === 'name' && /factory$/i.test(object.name);
  const isMember = object.kind === 'member' && /factory$/i.test(object.name);
  if (key === undefined && !isFactory && !isMember) return undefined;
  const base: Expression = { kind: 'name', name: nameNamedClient(key ?? '') };
  return {
    kind: 'call',
    target: toMember('System.Net.Http.HttpClient'),
    isNew: true,
    args: key === undefined ? [] : [{ name: 'BaseAddress', value: base }],
    ...placeOf(node),
  };
}

/** The name that a client is registered under: a literal, `nameof(X)`, or a constant as it is written. */
function firstKey(list: Node | null): string | undefined {
  const [argument] = list ? partsOf(list) : [];
  const [value] = argument ? partsOf(argument) : [];
  const text = value?.text ?? '';
  if (/^"[^"\\{}]{1,80}"$/.test(text)) return text.slice(1, -1).replace(/\s+/g, ' ');
  const named = /^nameof\(([\w.]{1,120})\)$/.exec(text)?.[1];
  if (named) return named.slice(named.lastIndexOf('.') + 1);
  return /^[A-Z]\w*\.\w[\w.]{0,100}$/.test(text) ? text : undefined;
}

function keyOf(value: Expression | undefined): string | undefined {
  if (value?.kind === 'text') return value.text;
  return value?.kind === 'member' && value.object.kind === 'name'
    ? `${value.object.name}.${value.name}`
    : undefined;
}
