import type { CallExpression, Expression, Statement } from '../program/program.ts';
import { childrenOf, type Node } from '../tree-sitter.ts';
import { type Annotation, argumentOf, readAnnotations, useOf } from './java-annotations.ts';
import type { JavaLowering } from './java-lowering.ts';
import { toSetting } from './java-texts.ts';

const clientNames = /^(?:FeignClient|ReactiveFeignClient|RegisterRestClient|HttpExchange|Client)$/;

type Flow = 'pull' | 'push' | 'unknown';

/** The operations of the client table that stand for them. */
const uses: Readonly<Record<Flow, string>> = { pull: 'get', push: 'post', unknown: 'call' };

/**
 * An interface whose calls a framework turns into requests, such as a Feign client: one exchange for
 * each way that its methods' mappings send data, where the interface's annotation stands.
 */
export function lowerDeclaredClient(
  declaration: Node,
  annotations: readonly Annotation[],
  lowering: JavaLowering,
): Statement[] {
  if (declaration.type !== 'interface_declaration') return [];
  const client = annotations.find(({ name }) => clientNames.test(name));
  const call = client ? toClient(client, declaration, lowering) : undefined;
  if (!call) return [];
  const flows = findFlows(declaration, lowering);
  return flows.map((flow) => ({ kind: 'expression', value: useOf(call, uses[flow]) }));
}

/** Whether an annotation declares a client, and so is no call of its own. */
export function isDeclaredClient({ name }: Annotation): boolean {
  return clientNames.test(name) && name !== 'Client';
}

function toClient(
  client: Annotation,
  declaration: Node,
  lowering: JavaLowering,
): CallExpression | undefined {
  const { call, name } = client;
  const named = argumentOf(client, 'name') ?? argumentOf(client, 'value');
  if (name === 'FeignClient') {
    const url = argumentOf(client, 'url');
    if (url === undefined || named === undefined) return call;
    const value = withName(url, named);
    return {
      ...call,
      args: call.args.map((each) => (each.name === 'url' ? { ...each, value } : each)),
    };
  }
  if (name === 'HttpExchange') {
    // A path alone is added to the address of the client that the interface is made with.
    const address = argumentOf(client, 'url') ?? argumentOf(client, 'value');
    return address && isAbsolute(address) ? call : undefined;
  }
  if (name !== 'RegisterRestClient') return call;
  const key = argumentOf(client, 'configKey');
  const own = declaration.childForFieldName('name')?.text ?? '';
  const uri =
    key?.kind === 'text'
      ? toSetting(`quarkus.rest-client.${key.text}.url`, toSetting(`${key.text}/mp-rest/url`))
      : toSetting(
          `quarkus.rest-client.${own}.url`,
          toSetting(`${lowering.packageName}.${own}/mp-rest/url`),
        );
  return { ...call, args: [...call.args, { name: 'uri', value: uri }] };
}

/** `url = "${orders.url:}"`: without that setting the service is found by its name. */
function withName(url: Expression, name: Expression): Expression {
  if (url.kind !== 'call') return url;
  const [setting, fallback] = url.args;
  return setting && fallback?.value.kind === 'join' && fallback.value.parts.length === 0
    ? { ...url, args: [setting, { value: name }] }
    : url;
}

function isAbsolute(address: Expression): boolean {
  if (address.kind === 'text') return address.text.includes('://');
  if (address.kind === 'join') return address.parts.some(isAbsolute);
  return address.kind === 'call';
}

/** One way for reads, one for writes; what is neither counts only where it is all there is. */
function findFlows(declaration: Node, lowering: JavaLowering): Flow[] {
  const body = declaration.childForFieldName('body');
  const found = new Set<Flow>();
  for (const method of body ? childrenOf(body) : []) {
    if (method.type !== 'method_declaration') continue;
    for (const annotation of readAnnotations(method, lowering)) {
      const flow = flowOf(annotation);
      if (flow) found.add(flow);
    }
  }
  const telling = (['pull', 'push'] as const).filter((flow) => found.has(flow));
  return telling.length > 0 ? telling : ['unknown'];
}

function flowOf({ name, written }: Annotation): Flow | undefined {
  const mapped = /^(Get|Head|Post|Put|Patch|Delete|Options)(?:Mapping|Exchange)?$/i.exec(name)?.[1];
  const isGeneric = /^(?:RequestMapping|HttpExchange|RequestLine|HTTP)$/.test(name);
  const verb =
    mapped ?? (isGeneric ? (/\b(GET|HEAD|POST|PUT|PATCH)\b/.exec(written)?.[1] ?? '') : undefined);
  if (verb === undefined) return undefined;
  if (/^(?:get|head)$/i.test(verb)) return 'pull';
  return /^(?:post|put|patch)$/i.test(verb) ? 'push' : 'unknown';
}
