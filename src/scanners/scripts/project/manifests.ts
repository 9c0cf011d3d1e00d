/** What a manifest says of the folder it stands in. */
export interface Manifest {
  /** Names that the module gives itself, the best first. */
  readonly names: readonly string[];
  /** It is built to run by itself: a service, a worker, a function. */
  readonly isDeployable: boolean;
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
  [/(?:^|\/)(?:[\w-]+\.)?Dockerfile(?:\.[\w-]+)?$/i, () => deployable],
  [/(?:^|\/)serverless\.ya?ml$/, readServerless],
];

const plain: Manifest = { names: [], isDeployable: false, isAggregator: false };
const deployable: Manifest = { names: [], isDeployable: true, isAggregator: false };

/** Reads a manifest of a package manager or a build; undefined where the file is none. */
export function readManifest(text: string, file: string): Manifest | undefined {
  const read = readers.find(([pattern]) => pattern.test(file))?.[1];
  return read?.(text, file);
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
  };
}

function readGradle(text: string): Manifest {
  const isAggregator = /^\s*subprojects\s*\{/m.test(text);
  return {
    names: [],
    isDeployable:
      !isAggregator &&
      /org\.springframework\.boot|io\.quarkus|io\.micronaut\.application|^\s*(?:id\s*\(?\s*)?['"]?application['"]?|com\.google\.cloud\.tools\.jib/m.test(
        text,
      ),
    isAggregator,
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
