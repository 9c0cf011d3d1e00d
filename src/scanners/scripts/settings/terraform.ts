import { InputError } from '../../../errors.ts';
import { protocolOfProduct } from '../../../vocabulary/protocol-of-product.ts';
import type { SystemKind } from '../../../vocabulary.ts';
import type { Position } from '../program/program.ts';
import { isMapping, type Mapping, type Tree, toList, toMapping, toScalar } from './documents.ts';
import { parseHcl } from './hcl.ts';
import { toOpenValue } from './open-value.ts';
import { toPort, toService } from './service.ts';
import { type Service, type Setting, type SettingsReading, toSettingsReading } from './setting.ts';

/** One resource, as the language or a state file has it. */
interface Resource {
  readonly type: string;
  readonly name: string;
  readonly values: Mapping;
  readonly place: Position;
  /** Where the value of a key of one of its mappings stands. */
  readonly placeOf: (body: object, key: string) => Position;
}

const most = 5_000;

/** What provides a database, a cache or a broker, and what it speaks if its `engine` does not say. */
const stores: readonly [RegExp, SystemKind, string | undefined][] = [
  [/^aws_(?:db_instance|rds_cluster|redshift_cluster)$/, 'database', undefined],
  [/^aws_docdb_cluster$/, 'database', 'mongodb'],
  [/^aws_(?:elasticache|memorydb)_(?:cluster|replication_group)$/, 'database', 'redis'],
  [/^aws_(?:opensearch|elasticsearch)_domain$/, 'database', 'https'],
  [/^aws_msk_cluster$/, 'broker', 'kafka'],
  [/^aws_mq_broker$/, 'broker', 'amqp'],
  [/^azurerm_postgresql_(?:flexible_)?server$/, 'database', 'postgresql'],
  [/^azurerm_(?:mysql_(?:flexible_)?|mariadb_)server$/, 'database', 'mysql'],
  [/^azurerm_(?:mssql|sql)_server$/, 'database', 'mssql'],
  [/^azurerm_redis_cache$/, 'database', 'redis'],
  [/^azurerm_cosmosdb_account$/, 'database', undefined],
  [/^azurerm_servicebus_namespace$/, 'broker', 'amqp'],
  [/^azurerm_eventhub_namespace$/, 'broker', 'kafka'],
  [/^google_sql_database_instance$/, 'database', undefined],
  [/^google_redis_instance$/, 'database', 'redis'],
];

/** Where what runs keeps its environment: mappings by path, or lists of `{name, value}`. */
const computes: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  ['aws_lambda_function', [['environment', 'variables']]],
  ['aws_ecs_task_definition', []],
  ['google_cloud_run_service', [['template', 'spec', 'containers', 'env']]],
  ['google_cloud_run_v2_service', [['template', 'containers', 'env']]],
  ['google_cloud_run_v2_job', [['template', 'template', 'containers', 'env']]],
  ['google_cloudfunctions_function', [['environment_variables']]],
  ['google_cloudfunctions2_function', [['service_config', 'environment_variables']]],
  ['azurerm_linux_web_app', [['app_settings'], ['connection_string']]],
  ['azurerm_windows_web_app', [['app_settings'], ['connection_string']]],
  ['azurerm_app_service', [['app_settings'], ['connection_string']]],
  ['azurerm_linux_function_app', [['app_settings'], ['connection_string']]],
  ['azurerm_windows_function_app', [['app_settings'], ['connection_string']]],
  ['azurerm_container_app', [['template', 'container', 'env']]],
  ['kubernetes_deployment', [['spec', 'template', 'spec', 'container', 'env']]],
  ['kubernetes_deployment_v1', [['spec', 'template', 'spec', 'container', 'env']]],
  ['docker_container', [['env']]],
]);

/** Terraform and OpenTofu: what runs with its environment, and the databases and brokers beside it. */
export function readTerraform(text: string, file: string): Partial<SettingsReading> {
  try {
    const { blocks, placeOf } = parseHcl(text, file);
    const resources = blocks.flatMap(({ type, labels, body, place }): Resource[] => {
      const [kind, name] = labels;
      return type === 'resource' && kind !== undefined && name !== undefined
        ? [{ type: kind, name, values: body, place, placeOf }]
        : [];
    });
    return toReading(resources);
  } catch (error) {
    if (error instanceof InputError) return {};
    throw error;
  }
}

/** Whether a JSON file is a state, or what `terraform show -json` prints of a state or a plan. */
export function isTerraformState(root: Mapping): boolean {
  return typeof root['terraform_version'] === 'string';
}

/** A state, or what `terraform show -json` prints. Of its values, environments alone are looked at. */
export function readTerraformState(tree: Tree): Partial<SettingsReading> {
  const root = toMapping(tree.value);
  const place = tree.placeOf([]);
  const placeOf = (): Position => place;
  const stated = toList(root['resources']).flatMap((item): Resource[] => {
    const resource = toMapping(item);
    const values = toMapping(toMapping(toList(resource['instances'])[0])['attributes']);
    return toResource(resource, values, place, placeOf);
  });
  const top = toMapping(root['planned_values'] ?? root['values'])['root_module'];
  const shown = listModules(top, 0).flatMap((module) =>
    toList(module['resources']).flatMap((item) =>
      toResource(toMapping(item), toMapping(toMapping(item)['values']), place, placeOf),
    ),
  );
  return toReading([...stated, ...shown].slice(0, most));
}

function listModules(value: unknown, depth: number): Mapping[] {
  if (!isMapping(value) || depth > 20) return [];
  return [
    value,
    ...toList(value['child_modules']).flatMap((child) => listModules(child, depth + 1)),
  ];
}

function toResource(
  { mode, type, name }: Mapping,
  values: Mapping,
  place: Position,
  placeOf: Resource['placeOf'],
): Resource[] {
  return (mode ?? 'managed') === 'managed' && typeof type === 'string' && typeof name === 'string'
    ? [{ type, name, values, place, placeOf }]
    : [];
}

function toReading(resources: readonly Resource[]): SettingsReading {
  return toSettingsReading({
    services: resources
      .slice(0, most)
      .flatMap((resource) => readStore(resource) ?? readCompute(resource) ?? []),
  });
}

function readStore(resource: Resource): Service[] | undefined {
  const store = stores.find(([type]) => type.test(resource.type));
  if (!store) return undefined;
  const { values, place } = resource;
  const written = toScalar(values['engine']) ?? toScalar(values['database_version']) ?? '';
  const protocol = protocolOfProduct(written) ?? store[2];
  const port = toPort(toScalar(values['port']));
  return [
    {
      ...toService(nameOf(resource), place, {
        hosts: hostsOf(resource),
        ports: port === undefined ? [] : [port],
      }),
      kind: store[1],
      ...(protocol === undefined ? {} : { protocol }),
    },
  ];
}

function readCompute(resource: Resource): Service[] | undefined {
  const paths = computes.get(resource.type);
  if (!paths) return undefined;
  const { type, values, place } = resource;
  if (type === 'aws_ecs_task_definition') return readContainers(resource);
  return [
    toService(nameOf(resource), place, {
      image: imageOf(values),
      hosts: hostsOf(resource),
      settings: paths.flatMap((path) => readEnvironment(resource, path)),
    }),
  ];
}

/** The containers of a task are a JSON text, in the language most often made by `jsonencode`. */
function readContainers(resource: Resource): Service[] {
  const written = resource.values['container_definitions'];
  const containers = typeof written === 'string' ? parseJson(written) : written;
  return toList(containers)
    .slice(0, 50)
    .flatMap((item): Service[] => {
      const container = toMapping(item);
      const image = toScalar(container['image']);
      const name = literal(container['name']) ?? nameOf(resource);
      return [
        toService(name, resource.place, {
          ...(image === undefined || image.includes('${') ? {} : { image }),
          hosts: [name, ...hostsOf(resource)],
          ports: toList(container['portMappings']).flatMap(
            (port) => toPort(toScalar(toMapping(port)['containerPort'])) ?? [],
          ),
          settings: listPairs(resource, toList(container['environment'])),
        }),
      ];
    });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readEnvironment(resource: Resource, path: readonly string[]): Setting[] {
  let bodies: unknown[] = [resource.values];
  for (const [index, key] of path.entries()) {
    const next = bodies.flatMap((body) => {
      const value = toMapping(body)[key];
      return Array.isArray(value) ? value : value === undefined ? [] : [value];
    });
    if (index === path.length - 1) {
      const isList = next.some(
        (item) => typeof item === 'string' || toMapping(item)['name'] !== undefined,
      );
      return isList ? listPairs(resource, next) : next.flatMap((item) => listKeys(resource, item));
    }
    bodies = next.slice(0, most);
  }
  return [];
}

function listKeys({ placeOf }: Resource, value: unknown): Setting[] {
  const body = toMapping(value);
  return Object.entries(body)
    .slice(0, most)
    .flatMap(([key, item]) => {
      const text = toScalar(item);
      const { line, column } = placeOf(body, key);
      return text === undefined ? [] : [{ key, value: open(key, text), line, column }];
    });
}

/** `{name, value}` of most, `KEY=value` of Docker. */
function listPairs({ placeOf, place }: Resource, items: readonly unknown[]): Setting[] {
  return items.slice(0, most).flatMap((item): Setting[] => {
    const pair = typeof item === 'string' ? /^([^=]{1,200})=([\s\S]*)$/.exec(item) : undefined;
    const body = toMapping(item);
    const [key, text] = pair
      ? [pair[1], pair[2]]
      : [toScalar(body['name']), toScalar(body['value'])];
    const { line, column } = pair ? place : placeOf(body, 'value');
    return key === undefined || text === undefined
      ? []
      : [{ key, value: open(key, text), line, column }];
  });
}

/** What a resource answers to: the addresses that a state knows, and the expression for them. */
function hostsOf({ type, name, values }: Resource): string[] {
  const keys = [
    'address',
    'endpoint',
    'fqdn',
    'host',
    'hostname',
    'default_hostname',
    'uri',
    'url',
  ];
  const known = keys.flatMap((key) => {
    const text = literal(values[key])?.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
    return text === undefined ? [] : [text.replace(/[:/].*$/, '')];
  });
  return [...new Set([`${type}.${name}`, ...known])].filter((host) => host !== '');
}

/** As its provider knows it, where that is written out; else as the language does. */
function nameOf({ name, values }: Resource): string {
  const metadata = toMapping(toList(values['metadata'])[0]);
  const keys = ['function_name', 'identifier', 'cluster_identifier', 'family', 'name'];
  return (
    keys.map((key) => literal(values[key])).find((text) => text !== undefined) ??
    literal(metadata['name']) ??
    name
  );
}

function imageOf(values: Mapping): string | undefined {
  return literal(values['image_uri']) ?? literal(values['image']);
}

function literal(value: unknown): string | undefined {
  const text = toScalar(value);
  return text === undefined || text === '' || text.includes('${') ? undefined : text;
}

/** An expression for another resource stands for its host; a literal inside a template for itself. */
function open(key: string, text: string): string {
  const plain = text
    .replace(/\$\{"([^"{}]{0,1000})"\}/g, '$1')
    .replace(
      /\$\{([a-z][a-z0-9]*_[a-z0-9_]{1,60}\.[A-Za-z_][\w-]{0,60})(?:\[[^\]]{0,20}\])?\.[\w.[\]-]{1,80}\}/g,
      '$1',
    );
  return toOpenValue(key, plain);
}
