import type { Place } from '../../errors.ts';
import type { Reference } from '../../evidence.ts';
import type { Schedule } from '../../schedule.ts';
import { protocolOfProduct } from '../../vocabulary/protocol-of-product.ts';
import { toInterval } from '../schedulers/interval-schedule.ts';
import {
  isMapping,
  type Mapping,
  type Path,
  toList,
  toMapping,
  toScalar,
} from '../scripts/settings/documents.ts';
import { toCronSchedule } from './cron-schedule.ts';
import type { FlowEnd, PlatformFile, PlatformReader, PlatformSink } from './platform.ts';
import { readTerraformBlocks } from './read-terraform.ts';
import { toEndReference, toServiceReference } from './service-reference.ts';

/** A source or destination, and what names it. */
interface Actor {
  readonly keys: readonly string[];
  readonly name: string;
  readonly product: string;
  readonly config: Mapping;
  readonly place: Place;
}

interface Connection {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly isActive: boolean;
  readonly streams: readonly string[];
  readonly schedules: readonly Schedule[];
  readonly place: Place;
}

interface Found {
  readonly actors: Actor[];
  readonly connections: Connection[];
}

/** Sources, destinations and connections of Airbyte: its API as JSON, Terraform, octavia's YAML. */
export const airbyteReader: PlatformReader = {
  name: 'Airbyte (API JSON, Terraform, octavia YAML)',
  product: { id: 'airbyte', kind: 'integration-platform' },
  matches: (file, text) =>
    /\bresource\s+"airbyte_/.test(text) ||
    /^definition_type:\s*["']?(?:source|destination)|^definition_image:\s*["']?airbyte\//m.test(
      text,
    ) ||
    (/(?:^|\/)configuration\.ya?ml$/.test(file) && /^source_configuration_path:/m.test(text)) ||
    /"(?:sourceId|destinationId|sourceDefinitionId|destinationDefinitionId|sourceType|destinationType)"\s*:/.test(
      text,
    ),
  read(files, sink, { timezone }) {
    const found: Found = { actors: [], connections: [] };
    for (const file of files) {
      const before = found.actors.length + found.connections.length;
      if (/\bresource\s+"airbyte_/.test(file.text)) readTerraform(file, found, timezone);
      else if (/^definition_|^source_configuration_path:/m.test(file.text))
        readOctavia(file, found, timezone);
      else readApi(file, found, timezone);
      if (found.actors.length + found.connections.length === before)
        sink.skip(
          { file: file.file, line: 1, column: 1 },
          'it holds no source, destination or connection that can be read',
        );
    }
    joinActors(found, sink);
  },
};

function joinActors({ actors, connections }: Found, sink: PlatformSink): void {
  const byKey = new Map(actors.flatMap((actor) => actor.keys.map((key) => [key, actor] as const)));
  sink.read(actors.length);
  for (const connection of connections) {
    if (!connection.isActive) {
      sink.leaveOut('switched off');
      continue;
    }
    const { name, place, schedules, streams } = connection;
    const [from, to] = [byKey.get(connection.from), byKey.get(connection.to)];
    const missing = from ? (to ? undefined : connection.to) : connection.from;
    if (missing !== undefined)
      sink.flaw(place, `connection "${name}" names "${missing}", which no file describes`);
    const toEnd = (actor: Actor | undefined): FlowEnd | undefined =>
      actor && { ...describe(actor), place: actor.place, objects: streams };
    const [source, target] = [toEnd(from), toEnd(to)];
    sink.flow({
      name,
      place,
      schedules,
      passes: [{ ...(source ? { from: source } : {}), ...(target ? { to: target } : {}) }],
    });
  }
}

const addressKeys = [
  'host',
  'hostname',
  'server',
  'url',
  'url_base',
  'base_url',
  'endpoint',
  'api_url',
  'instance_url',
  'connection_string',
  'jdbc_url',
  'site_url',
  'domain',
  'bootstrap_servers',
  'account',
];

/** The other end of a connector: the address in its configuration, else its product. */
function describe({
  product,
  name,
  config,
}: Actor): Pick<FlowEnd, 'reference' | 'protocol' | 'style'> {
  const spoken = protocolOfProduct(product);
  const bucket = toScalar(
    config['s3_bucket_name'] ??
      config['bucket'] ??
      config['gcs_bucket_name'] ??
      toMapping(config['provider'])['bucket'],
  );
  const inner = [config, toMapping(config['instance_type']), toMapping(config['database_config'])];
  const address = inner.flatMap((part) =>
    addressKeys.flatMap((key) => toScalar(part[key]) || []),
  )[0];
  const port = toScalar(config['port']);
  let reference: Reference;
  if (
    address !== undefined &&
    /[.:]|^localhost$|^[a-z][\w-]*$/i.test(address) &&
    (/[.:/]/.test(address) || spoken !== undefined || port !== undefined)
  )
    reference = toEndReference(
      port !== undefined && !/:\d+|:\/\//.test(address) ? `${address}:${port}` : address,
    );
  else if (bucket !== undefined)
    reference = toEndReference(`${/gcs|google/i.test(product) ? 'gs' : 's3'}://${bucket}`);
  else reference = toServiceReference(product, name);
  const isFile = /^(?:s3|gcs|sftp|ftp|file|azure-blob)/i.test(product);
  const protocol = isFile
    ? product.replace(/-.*$/, '') === 'gcs'
      ? 'gs'
      : product.replace(/-.*$/, '')
    : (spoken ?? (warehouses.test(product) ? 'database' : 'https'));
  return { reference, protocol };
}

const warehouses = /^(?:snowflake|redshift|bigquery|databricks|teradata)/;

/** `airbyte/source-postgres`, `source-postgres` and `Postgres` are postgres. */
function toProduct(...names: readonly unknown[]): string {
  const name = names.map(toScalar).find((each) => each !== undefined && each !== '' && !isId(each));
  return (name ?? 'unknown')
    .toLowerCase()
    .replace(/^.*\//, '')
    .replace(/^airbyte[-_]/, '')
    .replace(/:.*$/, '')
    .replace(/^(?:source|destination)[-_]/, '')
    .replaceAll('_', '-')
    .replace(/\s+/g, '-');
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(text);
}

const deepest = 6;

function readApi(file: PlatformFile, found: Found, timezone: string): void {
  for (const tree of file.trees()) {
    const visit = (value: unknown, path: Path): void => {
      if (path.length > deepest) return;
      if (Array.isArray(value)) {
        for (const [index, item] of value.slice(0, 50_000).entries()) visit(item, [...path, index]);
        return;
      }
      if (!isMapping(value)) return;
      const place = { file: file.file, ...tree.placeOf(path) };
      const text = (key: string): string | undefined => toScalar(value[key]);
      const [source, target] = [text('sourceId'), text('destinationId')];
      if (text('connectionId') !== undefined || (source !== undefined && target !== undefined)) {
        const schedule = toMapping(value['schedule'] ?? value['scheduleData']);
        found.connections.push({
          name: text('name') ?? text('connectionId') ?? 'connection',
          from: source ?? toScalar(toMapping(value['source'])['sourceId']) ?? '',
          to: target ?? toScalar(toMapping(value['destination'])['destinationId']) ?? '',
          isActive: !/^(?:inactive|deprecated|disabled|locked)$/i.test(text('status') ?? 'active'),
          streams: listStreams(value),
          schedules: readSchedule(schedule, timezone),
          place,
        });
        for (const key of ['source', 'destination']) visit(value[key], [...path, key]);
        return;
      }
      const id = source ?? target;
      if (id !== undefined) {
        found.actors.push({
          keys: [id],
          name: text('name') ?? id,
          product: toProduct(
            value['sourceName'],
            value['destinationName'],
            value['sourceType'],
            value['destinationType'],
            value['name'],
          ),
          config: toMapping(value['configuration'] ?? value['connectionConfiguration']),
          place,
        });
        return;
      }
      for (const [key, inner] of Object.entries(value))
        if (typeof inner === 'object') visit(inner, [...path, key]);
    };
    visit(tree.value, []);
  }
}

function listStreams(value: Mapping): string[] {
  const streams = [
    ...toList(toMapping(value['configurations'])['streams']),
    ...toList(toMapping(value['syncCatalog'] ?? value['sync_catalog'])['streams']),
  ];
  return streams
    .flatMap((item) => {
      const stream = toMapping(item);
      if (toMapping(stream['config'])['selected'] === false) return [];
      return toScalar(stream['name']) ?? toScalar(toMapping(stream['stream'])['name']) ?? [];
    })
    .slice(0, 500);
}

/** Cron with a zone behind it, a period with its unit, or none. */
function readSchedule(schedule: Mapping, timezone: string): Schedule[] {
  const cron = toMapping(schedule['cron']);
  const written = toScalar(
    schedule['cronExpression'] ??
      schedule['cron_expression'] ??
      cron['cronExpression'] ??
      cron['cron_expression'],
  );
  if (written !== undefined) {
    const [, expression = written, zone] =
      /^(.*?)\s+([A-Z]\w*(?:\/[\w/+-]+)?)$/.exec(written) ?? [];
    const own = toScalar(cron['cronTimeZone'] ?? cron['cron_time_zone']) ?? zone;
    return [toCronSchedule(expression, own ?? timezone) ?? []].flat();
  }
  const basic = toMapping(schedule['basicSchedule'] ?? schedule['basic_schedule'] ?? schedule);
  const units = Number(toScalar(basic['units']));
  const unit =
    toScalar(basic['timeUnit'] ?? basic['time_unit'])
      ?.toLowerCase()
      .replace(/s$/, '') ?? '';
  const size = { minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 }[unit];
  return units > 0 && size !== undefined ? [toInterval(units * size, timezone)] : [];
}

function readOctavia(file: PlatformFile, found: Found, timezone: string): void {
  for (const tree of file.trees()) {
    const root = toMapping(tree.value);
    const place = { file: file.file, ...tree.placeOf([]) };
    const name = toScalar(root['resource_name']) ?? file.file;
    const config = toMapping(root['configuration']);
    if (root['source_configuration_path'] !== undefined)
      found.connections.push({
        name,
        from: toTail(toScalar(root['source_configuration_path']) ?? ''),
        to: toTail(toScalar(root['destination_configuration_path']) ?? ''),
        isActive: config['status'] !== 'inactive',
        streams: listStreams(config),
        schedules: readSchedule(toMapping(config['schedule'] ?? config['schedule_data']), timezone),
        place,
      });
    else if (root['definition_type'] !== undefined || root['definition_image'] !== undefined)
      found.actors.push({
        keys: [toTail(file.file)],
        name,
        product: toProduct(root['definition_image'], root['definition_id']),
        config,
        place,
      });
  }
}

/** Paths in octavia's files begin at its own folder: `sources/erp/configuration.yaml`. */
function toTail(path: string): string {
  return path.split('/').slice(-3).join('/');
}

function readTerraform(file: PlatformFile, found: Found, timezone: string): void {
  for (const { type, name, line, values } of readTerraformBlocks(file.text)) {
    const kind = /^airbyte_(source|destination|connection)(?:_(\w+))?$/.exec(type);
    if (!kind) continue;
    const place = { file: file.file, line, column: 1 };
    const own = values.get('name') ?? name;
    const tail = (text: string | undefined): string =>
      /\b(airbyte_\w+\.[\w-]+)\b/.exec(text ?? '')?.[1] ?? text ?? '';
    if (kind[1] === 'connection')
      found.connections.push({
        name: own,
        from: tail(values.get('source_id')),
        to: tail(values.get('destination_id')),
        isActive: values.get('status') !== 'inactive',
        streams: [...values]
          .filter(([key]) => /streams(?:\.\d+)?\.name$/.test(key))
          .map(([, value]) => value),
        schedules: [
          toCronSchedule(
            (values.get('schedule.cron_expression') ?? '').replace(/\s+[A-Z]\w*(?:\/\w+)?$/, ''),
            timezone,
          ) ?? [],
        ].flat(),
        place,
      });
    else {
      const config = Object.fromEntries(
        [...values]
          .filter(([key]) => key.startsWith('configuration.'))
          .map(([key, value]) => [key.slice('configuration.'.length), value]),
      );
      found.actors.push({
        keys: [`${type}.${name}`],
        name: own,
        product: toProduct(kind[2] ?? own),
        config,
        place,
      });
    }
  }
}
