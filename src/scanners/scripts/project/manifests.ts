import { startsNothing } from '../settings/dockerfile.ts';

/** What a manifest says of the folder it stands in. */
export interface Manifest {
  /** Names that the module gives itself, the best first. */
  readonly names: readonly string[];
  /** It is built to run by itself: a service, a worker, a function. */
  readonly isDeployable: boolean;
  /** It depends on a framework for programs: one where it names itself in its settings. */
  readonly usesRuntime?: boolean;
  /** Where it listens if its settings do not say it. */
  readonly defaultPorts?: readonly number[];
  /** What it is to a registry of services: a service in it, or a gateway to all that are. */
  readonly discovery?: 'service' | 'gateway';
  /** It only gathers other modules. */
  readonly isAggregator: boolean;
  /** It describes how others are deployed, such as an Aspire host. */
  readonly isDescriptor?: boolean;
}

const readers: readonly (readonly [RegExp, (text: string, file: string) => Manifest])[] = [
  [/(?:^|\/)package\.json$/, readPackageJson],
  [/(?:^|\/)pom\.xml$/, readPom],
  [/(?:^|\/)build\.gradle(?:\.kts)?$/, readGradle],
  [/\.(?:cs|fs|vb)proj$/, readProject],
  [/(?:^|\/)go\.mod$/, readGoMod],
  [/(?:^|\/)(?:pyproject\.toml|setup\.py|setup\.cfg|Cargo\.toml)$/, readNamed],
  [/(?:^|\/)(?:composer\.json)$/, readPackageJson],
  [/(?:^|\/)(?:requirements\.txt|Pipfile|Gemfile|mix\.exs)$/, () => plain],
  [/(?:^|\/)Procfile$/, () => deployable],
  [/(?:^|\/)(?:[\w-]+\.)?Dockerfile(?:\.[\w-]+)?$/i, readImageFile],
  [/(?:^|\/)serverless\.ya?ml$/, readServerless],
];

const plain: Manifest = { names: [], isDeployable: false, isAggregator: false };
const deployable: Manifest = { names: [], isDeployable: true, isAggregator: false };

/** Reads a manifest of a package manager or a build; undefined where the file is none. */
export function readManifest(text: string, file: string): Manifest | undefined {
  const read = readers.find(([pattern]) => pattern.test(file))?.[1];
  return read?.(text, file);
}

/** An image for others to build on runs nothing by itself. */
function readImageFile(text: string): Manifest {
  return startsNothing(text) ? plain : deployable;
}

function readPackageJson(text: string): Manifest {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return plain;
  }
  if (typeof data !== 'object' || data === null) return plain;
  const { name, workspaces } = data as { name?: unknown; workspaces?: unknown };
  // `@acme/orders` and `acme/orders` are orders.
  const own = typeof name === 'string' ? name.slice(name.lastIndexOf('/') + 1) : undefined;
  return {
    names: own ? [own] : [],
    isDeployable: false,
    isAggregator: workspaces !== undefined,
  };
}

function readPom(text: string): Manifest {
  const own = text.replace(
    /<(parent|dependencies|build|profiles|dependencyManagement)>[\s\S]*?<\/\1>/g,
    '',
  );
  const artifact = /<artifactId>\s*([^<\s]{1,100})\s*<\/artifactId>/.exec(own)?.[1];
  const isAggregator = /<modules>/.test(text) || /<packaging>\s*pom\s*</.test(text);
  return {
    names: artifact ? [artifact] : [],
    isDeployable:
      !isAggregator &&
      /spring-boot-maven-plugin|quarkus-maven-plugin|jib-maven-plugin|dockerfile-maven-plugin|docker-maven-plugin|<packaging>\s*war\s*</.test(
        text,
      ),
    isAggregator,
    ...toPorts(text),
    ...toDiscovery(text),
  };
}

/** Servers that listen on a port of their own where their settings name none. */
const serverPorts: readonly (readonly [library: RegExp, port: number])[] = [
  [/\bspring-cloud-(?:starter-)?(?:netflix-)?eureka-server\b/, 8761],
  [/\bspring-cloud-config-server\b/, 8888],
  [/\bzipkin-(?:server|autoconfigure-ui)\b/, 9411],
];

function toPorts(text: string): { defaultPorts?: readonly number[] } {
  const defaultPorts = serverPorts.flatMap(([library, port]) => (library.test(text) ? port : []));
  return defaultPorts.length === 0 ? {} : { defaultPorts };
}

const gatewayLibrary = /\bspring-cloud-(?:starter-(?:netflix-)?|netflix-)zuul\b/;
const registryClient =
  /\bspring-cloud-starter-(?:(?:netflix-)?eureka(?:-client)?|(?:consul|zookeeper)-discovery|alibaba-nacos-discovery)(?!-server)\b/;
/** Libraries of what watches, configures or finds the others: nothing that a gateway leads to. */
const watchers =
  /\b(?:spring-cloud-config-server|spring-cloud-(?:starter-)?(?:netflix-)?(?:eureka-server|turbine\S{0,20}|hystrix-dashboard)|spring-boot-admin-(?:starter-)?server|zipkin-server)\b/;

function toDiscovery(text: string): { discovery?: 'service' | 'gateway' } {
  if (!registryClient.test(text) && !gatewayLibrary.test(text)) return {};
  if (gatewayLibrary.test(text)) return { discovery: 'gateway' };
  return watchers.test(text) ? {} : { discovery: 'service' };
}

function readGradle(text: string): Manifest {
  const isAggregator = /^\s*subprojects\s*\{/m.test(text);
  // A library may depend on a framework; the framework's plugin makes a program of it.
  return {
    names: [],
    isDeployable:
      !isAggregator &&
      /(?<!group\s{0,3}[:=]\s{0,3})['"(](?:org\.springframework\.boot|spring-boot|io\.quarkus|io\.micronaut\.(?:minimal\.)?application|com\.google\.cloud\.tools\.jib)['")](?!.{0,60}apply\s{0,3}\(?\s{0,3}false)|org\.springframework\.boot:spring-boot-gradle-plugin|^\s*(?:id\s*\(?\s*)?['"]?application['"]?|^\s*apply\s+plugin:\s*['"]application['"]/m.test(
        text,
      ),
    isAggregator,
    usesRuntime: !isAggregator && /\borg\.springframework\.boot\b|\bio\.quarkus\b/.test(text),
    ...toPorts(text),
    ...toDiscovery(text),
  };
}

function readProject(text: string, file: string): Manifest {
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.[a-z]+proj$/, '');
  const isDescriptor = /<IsAspireHost>\s*true|Aspire\.AppHost\.Sdk/i.test(text);
  return {
    names: [name],
    isDeployable:
      !isDescriptor &&
      !/<IsTestProject>\s*true|Microsoft\.NET\.Test\.Sdk|MSTest|xunit/i.test(text) &&
      /Sdk="Microsoft\.NET\.Sdk\.(?:Web|Worker|BlazorWebAssembly)"|<OutputType>\s*(?:Win)?Exe\s*</i.test(
        text,
      ),
    isAggregator: false,
    ...(isDescriptor ? { isDescriptor } : {}),
  };
}

function readGoMod(text: string): Manifest {
  const path = /^module\s+(\S{1,300})/m.exec(text)?.[1] ?? '';
  const name = path.replace(/\/v\d+$/, '');
  return { ...plain, names: name === '' ? [] : [name.slice(name.lastIndexOf('/') + 1)] };
}

function readNamed(text: string): Manifest {
  const name = /^\s*name\s*=\s*["']([\w.-]{1,100})["']/m.exec(text)?.[1];
  return { ...plain, names: name ? [name] : [] };
}

function readServerless(text: string): Manifest {
  const name = /^service:\s*([\w-]{1,100})/m.exec(text)?.[1];
  return { ...deployable, names: name ? [name] : [] };
}
