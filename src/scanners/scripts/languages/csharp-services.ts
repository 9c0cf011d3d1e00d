import type { SystemKind } from '../../../vocabulary.ts';
import type { Program } from '../program/program.ts';
import { findKnownImage } from '../settings/known-images.ts';
import type { Service, Setting } from '../settings/setting.ts';
import { type HostedResource, readAppHost } from './csharp-aspire.ts';

interface ResourceKind {
  readonly pattern: RegExp;
  readonly kind: SystemKind;
  /** What a connection to it speaks. */
  readonly scheme: string;
}

const resourceKinds: readonly ResourceKind[] = [
  { pattern: /postgres/, kind: 'database', scheme: 'postgresql' },
  { pattern: /sqlserver|azuresql|mssql/, kind: 'database', scheme: 'mssql' },
  { pattern: /mysql/, kind: 'database', scheme: 'mysql' },
  { pattern: /oracle/, kind: 'database', scheme: 'oracle' },
  { pattern: /mongo/, kind: 'database', scheme: 'mongodb' },
  { pattern: /redis|valkey|garnet/, kind: 'database', scheme: 'redis' },
  { pattern: /cosmos|elasticsearch|qdrant|milvus|search/, kind: 'database', scheme: 'https' },
  { pattern: /database/, kind: 'database', scheme: 'sql' },
  { pattern: /rabbitmq|activemq|artemis/, kind: 'broker', scheme: 'amqp' },
  { pattern: /servicebus|eventhub/, kind: 'broker', scheme: 'amqps' },
  { pattern: /kafka/, kind: 'broker', scheme: 'kafka' },
  { pattern: /nats/, kind: 'broker', scheme: 'nats' },
  { pattern: /storage|blob|queues|tables/, kind: 'file-store', scheme: 'https' },
  { pattern: /openai|ollama|aifoundry/, kind: 'external-service', scheme: 'https' },
];

/** The services that an app host of .NET Aspire deploys, each with the addresses it is given. */
export function listHostedServices(program: Program): Service[] {
  const { services, resources, references } = readAppHost(program);
  if (services.length === 0) return [];
  const schemes = new Map<string, string>();
  const kinds = new Map(resources.map((resource) => [resource.name, resource] as const));
  for (const resource of resources) schemes.set(resource.name, findScheme(resource, kinds));
  const settingsOf = (name: string): Setting[] =>
    references
      .filter(({ from }) => from === name)
      .map(({ to, env, line, column }) => ({
        key: env ?? `services:${to}:endpoint`,
        value: `${schemes.get(to) ?? 'http'}://${to}`,
        line,
        column,
      }));
  const plain = { ports: [], envFiles: [], groups: [], dependsOn: [] };
  return [
    ...services.map(
      ({ name, project, line, column }): Service => ({
        ...plain,
        name,
        hosts: [name],
        // The project is found by its name, as a workload by its image.
        ...(project === undefined ? {} : { image: projectName(project) }),
        settings: settingsOf(name),
        line,
        column,
      }),
    ),
    ...resources.map((resource): Service => {
      const known = resource.image === undefined ? undefined : findKnownImage(resource.image);
      const kind = known?.kind ?? findKind(resource, kinds)?.kind;
      return {
        ...plain,
        name: resource.name,
        hosts: [resource.name],
        ...(resource.image === undefined ? {} : { image: resource.image }),
        ...(kind === undefined ? {} : { kind }),
        settings: settingsOf(resource.name),
        line: resource.line,
        column: resource.column,
      };
    }),
  ];
}

/** A database is of the kind of its server. */
function findKind(
  resource: HostedResource,
  all: ReadonlyMap<string, HostedResource>,
): ResourceKind | undefined {
  const parent = resource.parent === undefined ? undefined : all.get(resource.parent);
  const own = resourceKinds.find(({ pattern }) => pattern.test(resource.kind));
  const above =
    parent && parent !== resource
      ? resourceKinds.find(({ pattern }) => pattern.test(parent.kind))
      : undefined;
  return above ?? own;
}

function findScheme(resource: HostedResource, all: ReadonlyMap<string, HostedResource>): string {
  const known = resource.image === undefined ? undefined : findKnownImage(resource.image);
  return known?.protocol ?? findKind(resource, all)?.scheme ?? 'http';
}

/** `../Shop/Shop.csproj`, `Basket_API` → the name of the project. */
function projectName(project: string): string {
  return project
    .slice(Math.max(project.lastIndexOf('/'), project.lastIndexOf('\\')) + 1)
    .replace(/\.[a-z]+proj$/, '');
}
