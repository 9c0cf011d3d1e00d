/** Somebody who may ask a server. */
export interface ClickHouseUser {
  readonly name: string;
  readonly password: string;
}

/**
 * May read and do nothing else, not even set a limit for the own query. The passwords have characters
 * that addresses, headers and XML escape.
 */
export const reader: ClickHouseUser = { name: 'landscape_reader', password: 'read me:/+&%"<1>' };

/** May read, and set limits for the own query. */
export const limitedReader: ClickHouseUser = { name: 'landscape_limited', password: "it's=2?" };

/** May do everything; fills the tables, and is whom one shard asks the other as. */
export const loader: ClickHouseUser = { name: 'loader', password: 'fill them' };

/** The cluster of both shards, as tables of the engine `Distributed` name it. */
export const cluster = 'two_shards';

/** Small, for the servers share a machine with the tests; a query is killed between two blocks. */
const limits = `
  <max_threads>2</max_threads>
  <max_block_size>500</max_block_size>
  <background_pool_size>2</background_pool_size>
  <connect_timeout_with_failover_ms>3000</connect_timeout_with_failover_ms>`;

/** Each may read only, and meets another limit. */
export const restricted = {
  /** Is told nothing of shards that are down. */
  forgetful: user('forgetful'),
  /** Gets what was read until there was too much of it, and no word of that. */
  partial: user('partial'),
  fewRows: user('few_rows'),
  littleMemory: user('little_memory'),
  /** May read another database alone. */
  stranger: user('stranger'),
} as const;

function user(name: string): ClickHouseUser {
  return { name, password: `of ${name}` };
}

interface Grant extends ClickHouseUser {
  /** What its profile sets beside the limits. */
  readonly settings: string;
  readonly databases?: string;
  /** Bytes that a query may take. */
  readonly memory?: number;
}

const reading = '<readonly>1</readonly>';

const grants: readonly Grant[] = [
  { ...loader, settings: '' },
  { ...reader, settings: reading },
  { ...limitedReader, settings: '<readonly>2</readonly>' },
  {
    ...restricted.forgetful,
    settings: `${reading}<skip_unavailable_shards>1</skip_unavailable_shards>`,
  },
  {
    ...restricted.partial,
    settings: `${reading}<max_rows_to_read>10</max_rows_to_read><read_overflow_mode>break</read_overflow_mode>`,
  },
  { ...restricted.fewRows, settings: `${reading}<max_rows_to_read>10</max_rows_to_read>` },
  { ...restricted.littleMemory, settings: reading, memory: 100_000 },
  {
    ...restricted.stranger,
    settings: reading,
    databases: '<allow_databases><database>elsewhere</database></allow_databases>',
  },
];

/** Who may ask, and what. Version 18 takes any name for the root, later ones this as well. */
export function toUsersConfig(): string {
  const profiles = grants.map(
    ({ name, settings, memory = 1_000_000_000 }) => `
  <of_${name}>${limits}
    <max_memory_usage>${memory}</max_memory_usage>${settings}
  </of_${name}>`,
  );
  const users = grants.map(
    ({ name, password, databases = '' }) => `
  <${name}>
    <password>${escapeXml(password)}</password>
    <networks><ip>127.0.0.1</ip></networks>
    <profile>of_${name}</profile>
    <quota>default</quota>${databases}
  </${name}>`,
  );
  return `<yandex>
<profiles>
  <default>${limits}</default>${profiles.join('')}
</profiles>
<users>${users.join('')}
</users>
<quotas><default/></quotas>
</yandex>
`;
}

/**
 * The configuration of one shard: on loopback alone, without a log, everything below its folder.
 * @param tcpPorts where the shards ask each other
 */
export function toServerConfig(
  folder: string,
  ports: { readonly http: number; readonly tcp: number },
  tcpPorts: readonly number[],
): string {
  const shards = tcpPorts.map(
    (port) => `
    <shard><replica>
      <host>127.0.0.1</host><port>${port}</port>
      <user>${loader.name}</user><password>${escapeXml(loader.password)}</password>
    </replica></shard>`,
  );
  const root = escapeXml(folder);
  return `<yandex>
<logger><level>none</level><console>1</console></logger>
<listen_host>127.0.0.1</listen_host>
<http_port>${ports.http}</http_port>
<tcp_port>${ports.tcp}</tcp_port>
<path>${root}/</path>
<tmp_path>${root}/tmp/</tmp_path>
<user_files_path>${root}/user_files/</user_files_path>
<format_schema_path>${root}/format_schemas/</format_schema_path>
<users_config>users.xml</users_config>
<default_profile>default</default_profile>
<default_database>default</default_database>
<timezone>UTC</timezone>
<mark_cache_size>67108864</mark_cache_size>
<keep_alive_timeout>10</keep_alive_timeout>
<remote_servers><${cluster}>${shards.join('')}
</${cluster}></remote_servers>
</yandex>
`;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
