import type { ClientEntry, Operation } from './client.ts';
import { each, eachOf, pulls, pushes } from './operations.ts';

/** Methods, and the same with `Async` or `TaskAsync` behind them. */
const asynchronous = (
  flow: 'pull' | 'push' | 'unknown',
  operation: Omit<Operation, 'flow'>,
  ...methods: readonly string[]
): Record<string, Operation> =>
  Object.fromEntries(
    methods.flatMap((method) =>
      ['', 'async', 'taskasync'].map((ending) => [`${method}${ending}`, { ...operation, flow }]),
    ),
  );

const statement: Operation = { flow: 'sql', statement: ['0', 'commandtext'] };

const statements: Readonly<Record<string, Operation>> = {
  'connectionstring=': { flow: 'none', address: ['0'] },
  'commandtext=': statement,
  writetoserver: { flow: 'push' },
  bulkcopy: { flow: 'push' },
};

const connection = (protocol: string, ...types: readonly string[]): ClientEntry => ({
  calls: types,
  protocol,
  address: ['0', 'connectionstring'],
  flow: 'none',
  style: 'database',
  operations: statements,
});

const webVerbs: Readonly<Record<string, Operation>> = {
  'baseaddress=': { flow: 'none', address: ['0'] },
  ...asynchronous('pull', { address: ['0'] }, 'downloadstring', 'downloaddata', 'openread'),
  ...asynchronous('pull', { address: ['0'], localFile: ['1'] }, 'downloadfile'),
  ...asynchronous('push', { address: ['0'] }, 'uploadstring', 'uploaddata', 'uploadvalues'),
  ...asynchronous('push', { address: ['0'], localFile: ['1'] }, 'uploadfile'),
  ...asynchronous('pull', { address: ['0'] }, 'get', 'getstring', 'getbytearray', 'getstream'),
  ...asynchronous('push', { address: ['0'] }, 'post', 'put', 'patch'),
  ...asynchronous('unknown', { address: ['0'] }, 'delete'),
};

const shares = (flow: 'pull' | 'push' | 'both', ...calls: readonly string[]): ClientEntry => ({
  calls,
  flow,
  address: ['path', 'filepath', 'literalpath', 'root', 'remotepath', '0'],
  needsScheme: true,
  style: 'file',
});

const remote = (protocol: string, ...calls: readonly string[]): ClientEntry => ({
  calls,
  protocol,
  flow: 'unknown',
  address: ['computername', 'connectionuri', 'hostname', 'vmname'],
  style: 'request-reply',
});

/** Clients of PowerShell: commands, and types of .NET without `System.`, all in lower case. */
export const powershellClients: readonly ClientEntry[] = [
  {
    calls: ['invoke-webrequest', 'invoke-restmethod'],
    flow: 'method',
    address: ['uri', '0'],
    method: ['method', 'custommethod'],
    localFile: ['outfile', 'infile'],
    style: 'request-reply',
  },
  {
    calls: ['net.webclient', 'net.http.httpclient'],
    flow: 'none',
    style: 'request-reply',
    operations: webVerbs,
  },
  {
    calls: ['net.webrequest.create', 'net.httpwebrequest.create', 'net.ftpwebrequest.create'],
    flow: 'unknown',
    address: ['0'],
    style: 'request-reply',
  },
  {
    calls: ['new-webserviceproxy'],
    protocol: 'soap',
    flow: 'both',
    address: ['uri', '0'],
    style: 'request-reply',
  },
  {
    calls: ['start-bitstransfer'],
    flow: 'pull',
    address: ['source', '0'],
    localFile: ['destination', '1'],
    needsScheme: true,
    style: 'file',
  },
  {
    calls: ['invoke-sqlcmd', 'invoke-sqlcmd2', 'invoke-dbaquery', 'invoke-azsqlquery'],
    protocol: 'mssql',
    flow: 'sql',
    address: ['serverinstance', 'sqlinstance', 'connectionstring', 'hostname'],
    statement: ['query', 'inputobject', '0'],
    style: 'database',
  },
  {
    calls: ['write-sqltabledata', 'write-dbadatatable', 'write-dbadbtabledata'],
    protocol: 'mssql',
    flow: 'push',
    address: ['serverinstance', 'sqlinstance'],
    resource: ['tablename', 'table'],
    style: 'database',
  },
  {
    calls: ['read-sqltabledata', 'backup-sqldatabase', 'export-dbadbtabledata'],
    protocol: 'mssql',
    flow: 'pull',
    address: ['serverinstance', 'sqlinstance'],
    resource: ['tablename', 'table'],
    style: 'database',
  },
  connection(
    'mssql',
    'data.sqlclient.sqlconnection',
    'microsoft.data.sqlclient.sqlconnection',
    'data.sqlclient.sqlbulkcopy',
  ),
  connection('odbc', 'data.odbc.odbcconnection'),
  connection('oledb', 'data.oledb.oledbconnection'),
  connection(
    'oracle',
    'oracle.manageddataaccess.client.oracleconnection',
    'data.oracleclient.oracleconnection',
  ),
  connection('postgresql', 'npgsql.npgsqlconnection'),
  connection('mysql', 'mysql.data.mysqlclient.mysqlconnection'),
  shares('pull', 'copy-item from', 'move-item from', 'get-content', 'import-csv', 'get-childitem'),
  shares('pull', 'import-clixml', 'import-excel', 'io.file.readalltext', 'io.file.readalllines'),
  shares('push', 'copy-item to', 'move-item to', 'set-content', 'add-content', 'out-file'),
  shares('push', 'export-csv', 'export-clixml', 'export-excel', 'io.file.writealltext'),
  shares('both', 'new-psdrive', 'new-smbmapping'),
  {
    calls: ['send-mailmessage'],
    protocol: 'smtp',
    flow: 'push',
    address: ['smtpserver'],
    style: 'event',
  },
  {
    calls: ['net.mail.smtpclient'],
    protocol: 'smtp',
    flow: 'none',
    address: ['0', 'host'],
    style: 'event',
    operations: {
      'host=': { flow: 'none', address: ['0'] },
      ...asynchronous('push', {}, 'send', 'sendmail'),
    },
  },
  {
    calls: ['winscp.sessionoptions'],
    protocol: 'sftp',
    flow: 'none',
    address: ['hostname'],
    style: 'file',
    operations: {
      'hostname=': { flow: 'none', address: ['0'] },
      parseurl: { flow: 'none', address: ['0'] },
      ...eachOf('push', ['1'], 'putfiles', 'putfilestodirectory', 'putentirefiles'),
      putfiletodirectory: { flow: 'push', localFile: ['0'], resource: ['1'] },
      getfiles: { flow: 'pull', resource: ['0'], localFile: ['1'] },
      ...eachOf('pull', ['0'], 'getfilestodirectory', 'getfiletodirectory', 'listdirectory'),
      synchronizedirectories: { flow: 'both', resource: ['2'] },
      executecommand: { flow: 'unknown' },
    },
  },
  {
    calls: ['new-sftpsession', 'get-sftpsession'],
    protocol: 'sftp',
    flow: 'none',
    address: ['computername'],
    style: 'file',
  },
  {
    calls: ['new-sshsession'],
    protocol: 'ssh',
    flow: 'none',
    address: ['computername'],
    style: 'request-reply',
  },
  {
    calls: ['set-scpitem', 'set-scpfile'],
    protocol: 'scp',
    flow: 'push',
    address: ['computername'],
    localFile: ['path', 'localfile'],
    resource: ['destination', 'remotepath'],
    style: 'file',
  },
  {
    calls: ['get-scpitem', 'get-scpfile'],
    protocol: 'scp',
    flow: 'pull',
    address: ['computername'],
    resource: ['path', 'remotefile'],
    localFile: ['destination', 'localfile'],
    style: 'file',
  },
  {
    ...remote('winrm', 'new-pssession', 'enter-pssession', 'new-cimsession'),
    address: ['computername', 'connectionuri', 'hostname', '0'],
  },
  remote('winrm', 'invoke-command'),
  {
    ...remote('wmi', 'get-wmiobject', 'get-ciminstance', 'get-winevent', 'get-eventlog'),
    flow: 'pull',
  },
  {
    calls: ['write-s3object'],
    protocol: 's3',
    flow: 'push',
    addressDefault: 'https://s3.amazonaws.com',
    resource: ['bucketname', '0'],
    localFile: ['file'],
    style: 'file',
  },
  {
    calls: ['read-s3object', 'get-s3object', 'copy-s3object'],
    protocol: 's3',
    flow: 'pull',
    addressDefault: 'https://s3.amazonaws.com',
    resource: ['bucketname', '0'],
    localFile: ['file', 'localfile'],
    style: 'file',
  },
  {
    calls: ['send-sqsmessage'],
    protocol: 'sqs',
    flow: 'push',
    address: ['queueurl'],
    style: 'event',
  },
  {
    calls: ['receive-sqsmessage'],
    protocol: 'sqs',
    flow: 'pull',
    address: ['queueurl'],
    style: 'event',
  },
  {
    calls: ['publish-snsmessage'],
    protocol: 'sns',
    flow: 'push',
    addressDefault: 'https://sns.amazonaws.com',
    resource: ['topicarn'],
    style: 'event',
  },
  {
    calls: ['new-azstoragecontext', 'new-azurestoragecontext'],
    protocol: 'blob',
    flow: 'none',
    address: ['storageaccountname', 'connectionstring', '0'],
    style: 'file',
  },
  {
    calls: ['net.sockets.tcpclient'],
    protocol: 'tcp',
    flow: 'none',
    address: ['0'],
    port: ['1'],
    style: 'event',
    operations: {
      connect: { flow: 'none', address: ['0'], port: ['1'] },
      ...each('push', 'write', 'writeline'),
      ...each('pull', 'read', 'readline'),
    },
  },
  {
    calls: ['adsi', 'directoryservices.directoryentry'],
    protocol: 'ldap',
    flow: 'unknown',
    address: ['0'],
    needsScheme: true,
    style: 'database',
  },
];

/** Commands that use a session handed to them. */
export const powershellHandedOver: Readonly<Record<string, Operation>> = {
  ...Object.fromEntries(
    [
      'data.sqlclient.sqlcommand',
      'data.sqlclient.sqldataadapter',
      'microsoft.data.sqlclient.sqlcommand',
      'microsoft.data.sqlclient.sqldataadapter',
      'data.odbc.odbccommand',
      'data.odbc.odbcdataadapter',
      'data.oledb.oledbcommand',
      'oracle.manageddataaccess.client.oraclecommand',
      'npgsql.npgsqlcommand',
      'mysql.data.mysqlclient.mysqlcommand',
    ].map((type) => [type, statement]),
  ),
  'set-sftpitem': pushes('destination', 'remotepath'),
  'set-sftpfile': pushes('remotepath', 'destination'),
  'get-sftpitem': pulls('path', 'remotefile'),
  'get-sftpfile': pulls('remotefile', 'path'),
  'get-sftpchilditem': pulls('path'),
  'invoke-sshcommand': { flow: 'unknown' },
  'set-azstorageblobcontent': { flow: 'push', localFile: ['file'], resource: ['container'] },
  'get-azstorageblobcontent': { flow: 'pull', localFile: ['destination'], resource: ['container'] },
  'set-azurestorageblobcontent': { flow: 'push', localFile: ['file'], resource: ['container'] },
  'get-azurestorageblobcontent': {
    flow: 'pull',
    localFile: ['destination'],
    resource: ['container'],
  },
};
