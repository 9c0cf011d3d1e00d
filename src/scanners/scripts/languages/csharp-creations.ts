import type { Argument, Expression, ObjectEntry } from '../program/program.ts';
import type { Node } from '../tree-sitter.ts';
import { lowerArguments } from './csharp-arguments.ts';
import { findPart, type Lowering, partsOf, placeOf, toMember } from './csharp-lowering.ts';
import { nameLast, nameTypeArguments, toTypeExpression } from './csharp-types.ts';

const maps = /^(?:(?:Sorted|Concurrent)?Dictionary|Hashtable|NameValueCollection)$/;
const lists = /^(?:(?:Hash|Sorted)Set|List|Collection|ObservableCollection|Stack|Queue)$/;
/** Objects that only carry what a call is told: what they are made with is read where they are used. */
const carriers =
  /(?:Request|Message|Entity|Input|Parameters|Properties|Settings|Headers|StartInfo|ClientOptions|SessionOptions|ConfigurationOptions|Opts|TopicPartition)$/;
/** Settings that open their client's connection stay calls. */
const clientSettings = /(?:Connection|ElasticsearchClient)Settings$|^MailMessage$/;
/** Types that are followed as the text they are made of. */
const texts =
  /^(?:HttpMethod|MongoUrl|Url|FileInfo|DirectoryInfo|(?:\w{0,40})ConnectionInfo|LdapDirectoryIdentifier)$/;
/** Builders whose methods give back what they are told, as the text functions say. */
const builders =
  /^(?:MqttClientOptionsBuilder|MqttApplicationMessageBuilder|MqttTopicFilterBuilder|StringBuilder)$/;

/** `new T(…) { … }`, `new(…)`. What it makes may be a text, a map, a list, or an object of some type. */
export function lowerCreation(node: Node, lowering: Lowering, type?: string): Expression {
  const typeNode = node.childForFieldName('type');
  const written = typeNode ? nameLast(typeNode) : type?.slice(type.lastIndexOf('.') + 1);
  const args = lowerArguments(findPart(node, 'argument_list') ?? null, lowering);
  const initializer = findPart(node, 'initializer_expression');
  const [first] = args;
  // `BaseAddress = new("https://…")`
  if (written === undefined && !initializer)
    return first && args.length === 1
      ? first.value
      : { kind: 'other', source: 'new()', parts: args.map(({ value }) => value) };
  const entries = initializer ? listEntries(initializer, lowering) : [];
  const text = written === undefined ? undefined : toText(written, args, entries);
  if (text) return text;
  if (written !== undefined && maps.test(written)) return { kind: 'object', entries };
  if (written !== undefined && lists.test(written) && initializer)
    return { kind: 'list', items: partsOf(initializer).map((part) => lowering.expression(part)) };
  if (written === undefined || isCarrier(written, lowering))
    return { kind: 'object', entries: [...numberEntries(args), ...entries] };
  return {
    kind: 'call',
    target: typeNode ? toTypeExpression(typeNode) : toMember(type ?? written),
    isNew: true,
    args: [...args, ...nameEntries(entries)],
    ...(typeNode ? withTypeArguments(typeNode) : {}),
    ...placeOf(node),
  };
}

function withTypeArguments(node: Node): { typeArguments?: readonly string[] } {
  const typeArguments = nameTypeArguments(node);
  return typeArguments.length === 0 ? {} : { typeArguments };
}

function isCarrier(type: string, lowering: Lowering): boolean {
  return carriers.test(type) && !clientSettings.test(type) && !lowering.classes.has(type);
}

/** Positional arguments of a carrier are read by their number: `0.1` is its second. */
function numberEntries(args: readonly Argument[]): ObjectEntry[] {
  return args.map(({ name, value }, index) => ({ key: name ?? `${index}`, value }));
}

/** An object initialiser behind `new` is read like keyword arguments. */
function nameEntries(entries: readonly ObjectEntry[]): Argument[] {
  return entries.map(({ key, value }) => (key === undefined ? { value } : { name: key, value }));
}

/** `{ A = 1, ["k"] = v, { "k", v }, x }`: entries with keys, and parts that have none left out. */
function listEntries(initializer: Node, lowering: Lowering): ObjectEntry[] {
  return partsOf(initializer).flatMap((part): ObjectEntry[] => {
    if (part.type === 'initializer_expression') {
      const [key, value] = partsOf(part).map((each) => lowering.expression(each));
      return key?.kind === 'text' && value ? [{ key: key.text, value }] : [];
    }
    if (part.type !== 'assignment_expression') return [];
    const left = part.childForFieldName('left');
    const right = part.childForFieldName('right');
    const key = left && nameKey(left, lowering);
    if (key === undefined || key === null) return [];
    return [{ key, value: lowerMember(right, lowering) }];
  });
}

function nameKey(left: Node, lowering: Lowering): string | undefined {
  if (left.type !== 'element_binding_expression') return left.text;
  const [argument] = partsOf(left);
  const key = lowering.expression(argument ? (partsOf(argument)[0] ?? null) : null);
  return key.kind === 'text' ? key.text : undefined;
}

/** `Settings = { Url = "…" }` inside an initialiser is an object of its own. */
function lowerMember(node: Node | null, lowering: Lowering): Expression {
  if (node?.type !== 'initializer_expression') return lowering.expression(node);
  const entries = listEntries(node, lowering);
  return entries.length > 0 ? { kind: 'object', entries } : lowering.expression(node);
}

/** Types that are followed as texts: addresses, and builders of texts and addresses. */
function toText(
  type: string,
  args: readonly Argument[],
  entries: readonly ObjectEntry[],
): Expression | undefined {
  const values = args.map(({ value }) => value);
  const [first, second] = values;
  if (builders.test(type)) return first ?? { kind: 'text', text: '' };
  // `new Uri(address, UriKind.Absolute)` is the address; with a relative part it is resolved.
  const isKind = second?.kind === 'member' && /UriKind$/.test(nameOf(second.object));
  if (type === 'Uri' && first && (!second || isKind)) return first;
  if (texts.test(type) && first) return first;
  if (/ServerAddress$/.test(type) && first)
    return second ? { kind: 'join', parts: [first, { kind: 'text', text: ':' }, second] } : first;
  return type === 'UriBuilder' ? joinAddress(values, entries) : undefined;
}

function nameOf(expression: Expression): string {
  return expression.kind === 'name' || expression.kind === 'member' ? expression.name : '';
}

/** The address that a `UriBuilder` stands for. */
function joinAddress(
  values: readonly Expression[],
  entries: readonly ObjectEntry[],
): Expression | undefined {
  const find = (name: string): Expression | undefined =>
    entries.find(({ key }) => key === name)?.value;
  const [first, second, third, fourth] = values;
  const slash: Expression = { kind: 'text', text: '/' };
  const path = find('Path') ?? fourth;
  const behind = path ? [slash, path] : [];
  if (first && !second) return { kind: 'join', parts: [first, ...behind] };
  const scheme = find('Scheme') ?? first ?? { kind: 'text', text: 'http' };
  const host = find('Host') ?? second;
  if (!host) return undefined;
  const port = find('Port') ?? third;
  const colon: Expression = { kind: 'text', text: ':' };
  return {
    kind: 'join',
    parts: [scheme, { kind: 'text', text: '://' }, host, ...(port ? [colon, port] : []), ...behind],
  };
}
