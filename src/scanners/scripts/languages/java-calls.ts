import type { Argument, CallExpression, Expression, ObjectEntry } from '../program/program.ts';
import { childrenOf, type Node, positionOf } from '../tree-sitter.ts';
import { importsAny, type JavaLowering, sourceOf, toOther } from './java-lowering.ts';
import { readMapEntries } from './java-maps.ts';

/** A call as written, before its method is told apart by its arguments. */
interface Method {
  readonly node: Node;
  readonly name: string;
  readonly object: Expression | undefined;
  readonly args: readonly Expression[];
  readonly lowering: JavaLowering;
}

/** Methods that open an exchange with the address their receiver or first argument holds. */
const openers: Readonly<
  Record<string, { imports: readonly string[]; callee: string; by: 'receiver' | 'argument' }>
> = {
  openStream: {
    imports: ['java.net.URL', 'java.net.*'],
    callee: 'java.net.URL.openStream',
    by: 'receiver',
  },
  openConnection: {
    imports: ['java.net.URL', 'java.net.*', 'java.net.HttpURLConnection', 'javax.net.ssl.'],
    callee: 'java.net.URL.openConnection',
    by: 'receiver',
  },
  target: {
    imports: ['javax.ws.rs.client', 'jakarta.ws.rs.client'],
    callee: 'javax.ws.rs.client.Client.target',
    by: 'argument',
  },
  setDefaultUri: {
    imports: ['org.springframework.oxm'],
    callee: 'org.springframework.ws.client.setDefaultUri',
    by: 'argument',
  },
  resource: {
    imports: ['com.sun.jersey.api.client'],
    callee: 'com.sun.jersey.api.client.Client.resource',
    by: 'argument',
  },
};

const lists =
  /^(?:List|Set|ImmutableList|ImmutableSet|Stream)\.of$|^Arrays\.asList$|^Collections\.singleton(?:List)?$|^(?:Lists|Sets)\.new\w+$/;

const maps = /^(?:Map|ImmutableMap)\.of$|^Collections\.singletonMap$/;

const defaults = /^(?:Objects\.requireNonNullElse|StringUtils\.default(?:String|IfEmpty|IfBlank))$/;

/**
 * What a method call is lowered to: collections and defaults become what they stand for, and methods
 * that do another thing with other arguments get names of their own.
 */
export function lowerMethod(
  node: Node,
  name: string,
  object: Expression | undefined,
  args: readonly Expression[],
  lowering: JavaLowering,
): Expression {
  const method: Method = { node, name, object, args, lowering };
  return (
    toValue(method) ??
    toSettingsGetter(method) ??
    toDiscovered(method) ??
    toOpener(method) ??
    toMessaging(method) ??
    toPlain(method)
  );
}

/** `properties.getUrl()`: what the class of another file says its getter gives back. */
function toSettingsGetter({ name, object, args, lowering }: Method): Expression | undefined {
  const variable =
    object?.kind === 'member' ? object.name : object?.kind === 'name' ? object.name : '';
  const isOwn =
    object?.kind === 'name' ||
    (object?.kind === 'member' && object.object.kind === 'name' && object.object.name === 'this');
  const type = isOwn && args.length === 0 ? lowering.settingsTypes.get(variable) : undefined;
  return type === undefined
    ? undefined
    : { kind: 'member', object: { kind: 'name', name: type }, name: `${name}()` };
}

function toValue({ name, object, args, node }: Method): Expression | undefined {
  const [first, second] = args;
  if (name === 'orElse' && object && first && args.length === 1)
    return { kind: 'default', value: object, fallback: first };
  if (object?.kind !== 'name') return undefined;
  const callee = `${object.name}.${name}`;
  if (lists.test(callee)) return { kind: 'list', items: args };
  if (maps.test(callee)) return { kind: 'object', entries: readMapEntries(args) };
  if (defaults.test(callee) && first && second)
    return { kind: 'default', value: first, fallback: second };
  if (callee === 'String.join' && args.length > 1 && (args.length > 2 || second?.kind !== 'name'))
    return toCall(node, { kind: 'member', object, name }, [
      ...args.slice(0, 1),
      args.length === 2 && second?.kind === 'list'
        ? second
        : { kind: 'list', items: args.slice(1) },
    ]);
  return undefined;
}

const service = 'http://';

/** `discovery.getInstances("stock").get(0).getUri()`: a service by the name it is registered under. */
function toDiscovered({ name, object, args, lowering }: Method): Expression | undefined {
  if (!importsAny(lowering, ['org.springframework.cloud.client'])) return undefined;
  const [first] = args;
  if (/^(?:getInstances|choose)$/.test(name) && first && object)
    return { kind: 'join', parts: [{ kind: 'text', text: service }, first] };
  const start = object?.kind === 'join' ? object.parts[0] : undefined;
  const isService = start?.kind === 'text' && start.text === service;
  return isService && /^(?:get|getFirst|getUri)$/.test(name) ? object : undefined;
}

function toOpener({ name, object, args, node, lowering }: Method): Expression | undefined {
  const opener = Object.hasOwn(openers, name) ? openers[name] : undefined;
  if (!opener || !object || !importsAny(lowering, opener.imports)) return undefined;
  const callee: Expression = { kind: 'name', name: opener.callee };
  if (opener.by === 'receiver') return toCall(node, callee, [object, ...args]);
  return args.length === 0 ? undefined : toCall(node, callee, [...args, object]);
}

function toMessaging({ name, object, args, node, lowering }: Method): Expression | undefined {
  const [first, second] = args;
  if (!object) return undefined;
  if (/^create(?:Queue|Topic)$/.test(name) && first && importsAny(lowering, jms)) return first;
  const constant = first?.kind === 'text' ? first.text : undefined;
  if (name === 'setStringProperty' && constant === 'XMSC_WMQ_HOST_NAME' && second)
    return toCall(node, { kind: 'member', object, name: 'setHostName' }, [second]);
  if (name === 'put' && constant === 'javax.xml.ws.service.endpoint.address' && second)
    return toCall(node, { kind: 'name', name: 'javax.xml.ws.BindingProvider.endpoint' }, [
      second,
      object,
    ]);
  if (name === 'basicPublish' && constant === '')
    return toCall(node, { kind: 'member', object, name: 'basicPublish(queue)' }, args);
  return undefined;
}

const jms = ['javax.jms', 'jakarta.jms'];

function toPlain(method: Method): Expression {
  const { node, name, object, args } = method;
  if (!object) {
    const isTemplate =
      name === 'getWebServiceTemplate' &&
      importsAny(method.lowering, ['org.springframework.ws.client.core.support']);
    const template = 'org.springframework.ws.client.core.WebServiceTemplate';
    return toCall(node, { kind: 'name', name: isTemplate ? template : name }, args);
  }
  // A command is a list of words, however it is written.
  const isCommand = name === 'command' && args.length > 1;
  return toCall(
    node,
    { kind: 'member', object, name: nameByArguments(method) },
    isCommand ? [{ kind: 'list', items: args }] : args,
  );
}

/** The name of a method, marked where its arguments say that it does not do the exchange itself. */
function nameByArguments({ name, object, args, lowering }: Method): string {
  switch (name) {
    case 'executeQuery':
    case 'executeUpdate':
    case 'execute':
    case 'executeBatch':
      // The statement was given when it was prepared.
      return args.length === 0 && importsAny(lowering, ['java.sql', 'javax.sql'])
        ? `${name}()`
        : name;
    case 'createProducer':
      return args.length === 0 ? 'createProducer()' : name;
    case 'marshalSendAndReceive':
      return args.length < 2 ? 'marshalSendAndReceive(request)' : name;
    case 'exchange':
      return args.length < 3 ? 'exchange(request)' : name;
    case 'setRequestMethod':
    case 'getOutputStream':
    case 'getInputStream':
    case 'getResponseCode':
    case 'getContent': {
      // The first of these tells what an open URL connection does; the others belong to it.
      if (object?.kind !== 'name' || !lowering.urlConnections.has(object.name)) return name;
      if (lowering.requested.has(object.name)) return `then ${name}`;
      lowering.requested.add(object.name);
      return name;
    }
    default:
      return name;
  }
}

function toCall(node: Node, target: Expression, args: readonly Expression[]): CallExpression {
  return {
    kind: 'call',
    target,
    args: args.map((value) => ({ value })),
    source: sourceOf(node),
    ...positionOf(node),
  };
}

/** `new T(…)`, with the body of an anonymous class as a function that the call is given. */
export function lowerCreation(node: Node, lowering: JavaLowering): Expression {
  const type = node.childForFieldName('type');
  const name = type ? nameOfType(type) : '';
  const args = argumentsOf(node, lowering);
  const body = childrenOf(node).find(({ type: kind }) => kind === 'class_body');
  const simple = name.slice(name.lastIndexOf('.') + 1);
  if (/^(?:StringBuilder|StringBuffer)$/.test(simple) && (args.length === 0 || isNumber(args[0])))
    return { kind: 'text', text: '' };
  if (/^(?:Properties|\w*Map|Hashtable)$/.test(simple)) {
    const entries = body ? readInitialisers(lowering.members(body)) : [];
    const [base] = args;
    return {
      kind: 'object',
      entries: [...(base && !isNumber(base) ? [{ value: base }] : []), ...entries],
    };
  }
  if (/^(?:ArrayList|LinkedList|HashSet|LinkedHashSet|TreeSet)$/.test(simple) && args[0])
    return args[0];
  if (simple === 'URL' && args.length > 1) return toAddress(node, args);
  if (/Request$/.test(simple) && importsAny(lowering, ['com.amazonaws']))
    return { kind: 'object', entries: toPositions(args) };
  const list: Argument[] =
    simple === 'ProcessBuilder' && args.length > 1
      ? [{ value: { kind: 'list', items: args } }]
      : args.map((value) => ({ value }));
  if (body)
    list.push({
      name: 'class body',
      value: { kind: 'function', function: { parameters: [], body: lowering.members(body) } },
    });
  return {
    kind: 'call',
    target: toNames(name),
    args: list,
    isNew: true,
    typeArguments: type ? typeArgumentsOf(type) : [],
    source: sourceOf(node),
    ...positionOf(node),
  };
}

/** `new URL(base, path)`, `new URL("http", host, path)`, `new URL("http", host, port, path)`. */
function toAddress(node: Node, args: readonly Expression[]): Expression {
  if (args.length === 2) return toCall(node, { kind: 'name', name: 'java.net.URL.relative' }, args);
  const [scheme, host, ...rest] = args;
  const text = (written: string): Expression => ({ kind: 'text', text: written });
  const [port, file] = rest.length > 1 ? rest : [undefined, rest[0]];
  return {
    kind: 'join',
    parts: [scheme, text('://'), host, ...(port ? [text(':'), port] : []), file].filter(
      (part) => part !== undefined,
    ),
  };
}

function isNumber(expression: Expression | undefined): boolean {
  return expression?.kind === 'text' && /^\d+$/.test(expression.text);
}

/** The entries of `new HashMap<>() {{ put("a", b); }}`. */
function readInitialisers(members: ReturnType<JavaLowering['members']>): ObjectEntry[] {
  return members.flatMap((member) => {
    if (member.kind !== 'block') return [];
    return member.body.flatMap((statement): ObjectEntry[] => {
      if (statement.kind !== 'expression' || statement.value.kind !== 'call') return [];
      const { target, args } = statement.value;
      const [key, value] = args.map((argument) => argument.value);
      return target.kind === 'name' && /^(?:put|setProperty)$/.test(target.name) && key && value
        ? readMapEntries([key, value])
        : [];
    });
  });
}

const toPositions = (args: readonly Expression[]): ObjectEntry[] =>
  args.map((value, index) => ({ key: `${index}`, value }));

/**
 * The request objects of the AWS libraries as maps: `PutObjectRequest.builder().bucket(b).build()`
 * and `new PutObjectRequest().withBucketName(b)` both say what the request holds.
 */
export function lowerRequest(
  name: string,
  object: Expression,
  args: readonly Expression[],
  lowering: JavaLowering,
): Expression | undefined {
  if (!importsAny(lowering, ['software.amazon.awssdk', 'com.amazonaws'])) return undefined;
  if (name === 'builder' && object.kind === 'name' && /(?:Request|Entry)$/.test(object.name))
    return { kind: 'object', entries: [] };
  if (object.kind !== 'object') return undefined;
  const [value] = args;
  if (name === 'build' || !value) return object;
  const key = /^with[A-Z]/.test(name) ? `${name.charAt(4).toLowerCase()}${name.slice(5)}` : name;
  return { kind: 'object', entries: [...object.entries, { key, value }] };
}

/** The arguments of a call, annotation or constructor, in order. */
export function argumentsOf(node: Node, lowering: JavaLowering): Expression[] {
  const list = node.childForFieldName('arguments');
  return list
    ? childrenOf(list)
        .filter(({ type }) => !type.endsWith('comment'))
        .map((each) => lowering.expression(each))
    : [];
}

/** The name of a type without its type arguments: `Request.Builder`; empty where it is none. */
export function nameOfType(type: Node): string {
  switch (type.type) {
    case 'type_identifier':
    case 'identifier':
      return type.text;
    case 'generic_type':
    case 'annotated_type': {
      const inner = childrenOf(type).find(
        ({ type: kind }) => kind !== 'type_arguments' && !kind.endsWith('annotation'),
      );
      return inner ? nameOfType(inner) : '';
    }
    case 'scoped_type_identifier':
      return childrenOf(type)
        .filter(({ type: kind }) => !kind.endsWith('annotation') && kind !== 'type_arguments')
        .map(nameOfType)
        .join('.');
    default:
      return '';
  }
}

/** The simple names of a type's arguments. */
export function typeArgumentsOf(type: Node): string[] {
  const list =
    type.type === 'type_arguments'
      ? type
      : childrenOf(type).find(({ type: kind }) => kind === 'type_arguments');
  return list ? childrenOf(list).map(nameOfType) : [];
}

/** `a.b.C` as an expression. */
export function toNames(name: string): Expression {
  const [first = '', ...rest] = name.split('.');
  return rest.reduce<Expression>((object, each) => ({ kind: 'member', object, name: each }), {
    kind: 'name',
    name: first,
  });
}

/** `(T) context.lookup(x)`: what a directory of names gives is known by the type it is cast to. */
export function lowerCast(node: Node, lowering: JavaLowering): Expression {
  const type = node.childForFieldName('type');
  const value = node.childForFieldName('value');
  if (!value) return toOther(node.text);
  const given = lowering.expression(value);
  const isLookup =
    value.type === 'method_invocation' && value.childForFieldName('name')?.text === 'lookup';
  if (!isLookup || !type) return given;
  const name = nameOfType(type);
  const [first] = argumentsOf(value, lowering);
  if (/(?:^|\.)(?:Queue|Topic|Destination|String)$/.test(name)) return first ?? given;
  return {
    kind: 'call',
    target: toNames(name),
    args: [],
    isNew: true,
    source: sourceOf(node),
    ...positionOf(node),
  };
}
