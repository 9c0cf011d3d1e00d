import type {
  Argument,
  CallExpression,
  Expression,
  Position,
  Program,
  Statement,
} from '../program/program.ts';
import { hostPrefix } from './csharp-lowering.ts';

/** A program that an app host of .NET Aspire starts. */
export interface HostedService extends Position {
  readonly name: string;
  /** `Basket_API` of `Projects.Basket_API`, or the path that the program is found at. */
  readonly project?: string;
}

/** A database, broker, container or external address that an app host starts or knows. */
export interface HostedResource extends Position {
  readonly name: string;
  /** As the method names it, in lower case: `postgres`, `redis`, `database`, `connectionstring`. */
  readonly kind: string;
  /** The server of a database, the namespace of a queue. */
  readonly parent?: string;
  /** The image of a container. */
  readonly image?: string;
}

/** One service is told the address of another, or of a resource. */
export interface HostedReference extends Position {
  readonly from: string;
  readonly to: string;
  /** The environment variable that holds it, where the app host names one. */
  readonly env?: string;
}

/** The deployment that an app host of .NET Aspire describes. */
export interface AppHost {
  readonly services: readonly HostedService[];
  readonly resources: readonly HostedResource[];
  readonly references: readonly HostedReference[];
}

/** Methods that add a program of one's own; the others add resources. */
const programs =
  /^(?:Project|Executable|NpmApp|NodeApp|ViteApp|JavaScriptApp|PythonApp|PythonProject|PythonModule|UvicornApp|JavaApp|SpringApp|GolangApp|RustApp|Dockerfile|AzureFunctionsProject|CSharpApp|DaprSidecar)$/;

/** What an app host adds that is neither. */
const noResources =
  /^(?:Parameter|ForwardedHeaders|DockerComposeEnvironment|KubernetesEnvironment|.*Environment|.*Publisher|Dapr)$/;

const maxDepth = 100;

interface Draft {
  readonly services: HostedService[];
  readonly resources: HostedResource[];
  readonly references: HostedReference[];
  /** Variable → the service or resource that it holds. */
  readonly holds: Map<string, string>;
  /** Variable → its text. */
  readonly texts: Map<string, string>;
}

/** Reads what an app host adds and what it hands to whom; nothing of it is run. */
export function readAppHost(program: Program): AppHost {
  const draft: Draft = {
    services: [],
    resources: [],
    references: [],
    holds: new Map(),
    texts: new Map(),
  };
  walk(program.body, draft, 0);
  const references = new Map(
    draft.references.map((each) => [`${each.from} ${each.to} ${each.env ?? ''}`, each] as const),
  );
  return {
    services: draft.services,
    resources: draft.resources,
    references: [...references.values()],
  };
}

function walk(body: readonly Statement[], draft: Draft, depth: number): void {
  if (depth > maxDepth) return;
  for (const statement of body) {
    switch (statement.kind) {
      case 'assign': {
        if (!statement.value) break;
        const name = findName(statement.value, draft, depth);
        if (statement.target.kind !== 'name') break;
        if (name !== undefined) draft.holds.set(statement.target.name, name);
        if (statement.value.kind === 'text')
          draft.texts.set(statement.target.name, statement.value.text);
        break;
      }
      case 'expression':
      case 'return':
        findName(statement.value, draft, depth);
        break;
      case 'function':
        walk(statement.function.body, draft, depth + 1);
        break;
      case 'class':
        walk(statement.members, draft, depth + 1);
        break;
      case 'branch':
        for (const branch of statement.branches) walk(branch, draft, depth + 1);
        break;
      case 'loop':
      case 'block':
        walk(statement.body, draft, depth + 1);
        break;
      default:
    }
  }
}

/** The service or resource that an expression comes to; what it adds and refers to is noted. */
function findName(expression: Expression, draft: Draft, depth: number): string | undefined {
  if (depth > maxDepth) return undefined;
  switch (expression.kind) {
    case 'name':
      return draft.holds.get(expression.name);
    case 'member':
      return findName(expression.object, draft, depth + 1);
    case 'choice':
      return firstOf(expression.options, draft, depth);
    case 'join':
      return firstOf(expression.parts, draft, depth);
    case 'default':
      return firstOf([expression.value, expression.fallback], draft, depth);
    case 'assign':
      return findName(expression.value, draft, depth + 1);
    case 'call':
      return findCall(expression, draft, depth);
    default:
      return undefined;
  }
}

function firstOf(
  expressions: readonly Expression[],
  draft: Draft,
  depth: number,
): string | undefined {
  return expressions
    .map((each) => findName(each, draft, depth + 1))
    .find((name) => name !== undefined);
}

function findCall(call: CallExpression, draft: Draft, depth: number): string | undefined {
  const { target, args } = call;
  if (target.kind !== 'member')
    return firstOf(
      args.map(({ value }) => value),
      draft,
      depth,
    );
  const owner = findName(target.object, draft, depth + 1);
  for (const { value } of args)
    if (value.kind === 'function') walk(value.function.body, draft, depth + 1);
  if (target.name.startsWith(hostPrefix)) {
    const method = target.name.slice(hostPrefix.length + 'Add'.length);
    return addTo(method, owner, call, draft);
  }
  if (owner !== undefined) noteReference(target.name, owner, call, draft, depth);
  return owner;
}

function addTo(
  method: string,
  owner: string | undefined,
  call: CallExpression,
  draft: Draft,
): string | undefined {
  const [first, second] = call.args.filter(({ name }) => name === undefined || name === 'name');
  const name = textOf(first, draft);
  if (name === undefined || noResources.test(method)) return owner;
  const { line, column } = call;
  const other = textOf(second, draft);
  if (programs.test(method)) {
    const project = call.typeArguments?.at(-1) ?? other;
    draft.services.push({ name, ...(project === undefined ? {} : { project }), line, column });
  } else {
    draft.resources.push({
      name,
      kind: method.toLowerCase(),
      ...(owner === undefined ? {} : { parent: owner }),
      ...(method === 'Container' && other !== undefined ? { image: other } : {}),
      line,
      column,
    });
  }
  return name;
}

/** `.WithReference(redis)`, `.WithEnvironment("Identity__Url", identity.GetEndpoint("https"))`. */
function noteReference(
  method: string,
  from: string,
  { args, line, column }: CallExpression,
  draft: Draft,
  depth: number,
): void {
  const [first, second] = args;
  if (!first) return;
  if (!standardMethods.test(method)) {
    // `.ConfigureRoutes(catalog, orders)`: a method of one's own that is given others.
    for (const { value } of args) {
      const to = findName(value, draft, depth + 1);
      if (to !== undefined && to !== from) draft.references.push({ from, to, line, column });
    }
    return;
  }
  if (!/^With(?:Reference|Environment)$/.test(method)) return;
  const isNamed = method === 'WithEnvironment';
  const given = isNamed ? second : first;
  const to = given && findName(given.value, draft, depth + 1);
  const env = isNamed ? textOf(first, draft) : undefined;
  if (to === undefined || to === from || (isNamed && env === undefined)) return;
  draft.references.push({ from, to, ...(env === undefined ? {} : { env }), line, column });
}

/** Methods of Aspire itself; of these only two hand over an address. */
const standardMethods = /^(?:With|Wait|Run|Publish|As[A-Z]|On[A-Z]|Exclude|Get|Set|Add|Build)/;

function textOf(argument: Argument | undefined, draft: Draft): string | undefined {
  if (argument?.value.kind === 'text') return argument.value.text;
  return argument?.value.kind === 'name' ? draft.texts.get(argument.value.name) : undefined;
}
