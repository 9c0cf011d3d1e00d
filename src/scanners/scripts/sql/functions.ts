import type { Style } from '../../../vocabulary.ts';
import type { Flow } from '../facts.ts';

/** Arguments by position from 0 or by name; the first that has a value counts. */
type Paths = readonly (number | string)[];

/** A function or procedure that talks to another system. */
export interface RemoteFunction {
  /** Names as they are called, lower case; a name without package matches behind any. */
  readonly names: readonly string[];
  /** `method`: the HTTP method says it. `sql`: the statement does. */
  readonly flow: Flow | 'method' | 'sql';
  readonly protocol: string;
  readonly style?: Style;
  readonly address?: Paths;
  readonly port?: Paths;
  readonly method?: Paths;
  /** The method where none is given. */
  readonly methodDefault?: string;
  readonly statement?: Paths;
  readonly resource?: Paths;
  readonly localFile?: Paths;
  /** The name of a link or server that it goes over. */
  readonly link?: Paths;
  /** A command of the operating system. */
  readonly command?: Paths;
  /** The server that takes it is a setting of the database, so the other end is not named here. */
  readonly isHalf?: boolean;
}

const web = (
  names: readonly string[],
  flow: RemoteFunction['flow'],
  address: Paths,
  method?: Paths,
): RemoteFunction => ({
  names,
  flow,
  protocol: 'https',
  style: 'request-reply',
  address,
  ...(method === undefined ? {} : { method }),
});

const mail = (names: readonly string[]): RemoteFunction => ({
  names,
  flow: 'push',
  protocol: 'smtp',
  style: 'event',
  isHalf: true,
});

/** What the databases themselves bring along to reach other systems, by vendor. */
export const remoteFunctions: readonly RemoteFunction[] = [
  // Oracle
  web(['utl_http.request', 'utl_http.request_pieces'], 'pull', [0, 'url']),
  web(['utl_http.begin_request'], 'method', [0, 'url'], [1, 'method']),
  web(
    [
      'httpuritype',
      'httpuritype.createuri',
      'httpuritype.geturl',
      'urifactory.geturi',
      'sys.httpuritype',
    ],
    'pull',
    [0],
  ),
  web(
    ['apex_web_service.make_rest_request', 'apex_web_service.make_rest_request_b'],
    'method',
    ['p_url', 0],
    ['p_http_method', 1],
  ),
  web(['apex_web_service.make_request'], 'both', ['p_url', 0]),
  web(['dbms_cloud.send_request'], 'method', ['uri', 1], ['method', 2]),
  web(['dbms_cloud.get_object', 'dbms_cloud.list_objects'], 'pull', [
    'object_uri',
    'location_uri',
    1,
  ]),
  web(['dbms_cloud.put_object'], 'push', ['object_uri', 1]),
  web(['dbms_cloud.delete_object'], 'unknown', ['object_uri', 1]),
  web(
    [
      'dbms_cloud.copy_data',
      'dbms_cloud.copy_collection',
      'dbms_cloud.create_external_table',
      'dbms_cloud.create_external_part_table',
    ],
    'pull',
    ['file_uri_list', 2],
  ),
  web(['dbms_cloud.export_data'], 'push', ['file_uri_list', 1]),
  {
    names: ['utl_smtp.open_connection'],
    flow: 'push',
    protocol: 'smtp',
    style: 'event',
    address: [0, 'host'],
    port: [1, 'port'],
  },
  mail([
    'utl_mail.send',
    'utl_mail.send_attach_varchar2',
    'utl_mail.send_attach_raw',
    'apex_mail.send',
    'sp_send_dbmail',
    'xp_sendmail',
    'system$send_email',
  ]),
  {
    names: ['utl_tcp.open_connection'],
    flow: 'both',
    protocol: 'tcp',
    style: 'event',
    address: [0, 'remote_host'],
    port: [1, 'remote_port'],
  },
  {
    names: ['dbms_ldap.init', 'dbms_ldap.open_ssl'],
    flow: 'pull',
    protocol: 'ldap',
    style: 'request-reply',
    address: [0, 'hostname'],
    port: [1, 'portnum'],
  },
  {
    names: ['dbms_file_transfer.put_file'],
    flow: 'push',
    protocol: 'oracle',
    link: ['destination_database', 4],
    resource: ['destination_file_name', 3],
  },
  {
    names: ['dbms_file_transfer.get_file'],
    flow: 'pull',
    protocol: 'oracle',
    link: ['source_database', 2],
    resource: ['source_file_name', 1],
  },
  {
    names: ['dbms_datapump.open'],
    flow: 'pull',
    protocol: 'oracle',
    link: ['remote_link', 2],
  },
  {
    names: ['dbms_aqadm.schedule_propagation'],
    flow: 'push',
    protocol: 'oracle',
    link: ['destination', 1],
    resource: ['queue_name', 0],
  },
  // PostgreSQL
  web(['http_get', 'net.http_get', 'http_head'], 'pull', [0, 'uri', 'url']),
  web(['http_post', 'http_put', 'http_patch', 'net.http_post'], 'push', [0, 'uri', 'url']),
  web(['http_delete', 'net.http_delete'], 'unknown', [0, 'uri', 'url']),
  {
    names: ['table_import_from_s3'],
    flow: 'pull',
    protocol: 's3',
    style: 'file',
    address: ['bucket', 3],
    resource: ['file_path', 4],
  },
  {
    names: ['query_export_to_s3'],
    flow: 'push',
    protocol: 's3',
    style: 'file',
    address: ['bucket', 1],
    resource: ['file_path', 2],
  },
  // SQL Server
  web(['sp_invoke_external_rest_endpoint'], 'method', ['url', 0], ['method']),
  {
    names: ['xp_cmdshell', 'sys_exec', 'sys_eval'],
    flow: 'unknown',
    protocol: 'command',
    command: [0, 'command_string'],
  },
  {
    names: ['sp_addsubscription'],
    flow: 'push',
    protocol: 'mssql',
    address: ['subscriber'],
    resource: ['publication'],
  },
  {
    names: [
      'sp_addpullsubscription',
      'sp_addpullsubscription_agent',
      'sp_addmergepullsubscription',
    ],
    flow: 'pull',
    protocol: 'mssql',
    address: ['publisher', 0],
    resource: ['publication'],
  },
  // DB2
  web(['httpgetclob', 'httpgetblob', 'http_get_verbose'], 'pull', [0]),
  web(['httppostclob', 'httppostblob', 'httpputclob', 'httpputblob'], 'push', [0]),
  // ClickHouse, DuckDB, Databricks
  {
    names: ['remote', 'remotesecure'],
    flow: 'pull',
    protocol: 'clickhouse',
    address: [0],
    resource: [2],
  },
  { names: ['mysql'], flow: 'pull', protocol: 'mysql', address: [0], resource: [2] },
  { names: ['postgresql'], flow: 'pull', protocol: 'postgresql', address: [0], resource: [2] },
  { names: ['mongodb'], flow: 'pull', protocol: 'mongodb', address: [0], resource: [2] },
  {
    names: ['postgres_scan', 'postgres_query'],
    flow: 'pull',
    protocol: 'postgresql',
    address: [0],
    resource: [2, 1],
  },
  { names: ['mysql_scan'], flow: 'pull', protocol: 'mysql', address: [0], resource: [2, 1] },
  web(
    [
      'url',
      's3',
      's3cluster',
      'gcs',
      'read_csv',
      'read_csv_auto',
      'read_parquet',
      'read_json',
      'read_json_auto',
      'parquet_scan',
      'read_files',
      'st_read',
    ],
    'pull',
    [0],
  ),
];

/** The function by the last part of its name, or its package and name. */
export const functionByName: ReadonlyMap<string, RemoteFunction> = new Map(
  remoteFunctions.flatMap((one) => one.names.map((name) => [name, one] as const)),
);
