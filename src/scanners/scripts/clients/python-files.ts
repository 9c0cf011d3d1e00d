import type { ClientEntry, Operation } from './client.ts';
import { each, eachOf, pulls, pushes, sftpOperations } from './operations.ts';

const sftp: Readonly<Record<string, Operation>> = {
  ...sftpOperations,
  put: {
    flow: 'push',
    localFile: ['0', 'localpath', 'local'],
    resource: ['1', 'remotepath', 'remote'],
  },
  get: {
    flow: 'pull',
    resource: ['0', 'remotepath', 'remote'],
    localFile: ['1', 'localpath', 'local'],
  },
  put_d: pushes('1'),
  put_r: pushes('1'),
  get_d: pulls('0'),
  get_r: pulls('0'),
  mput: pushes('1'),
  mget: pulls('0'),
  upload: pushes('1'),
  download: pulls('0'),
  open: { flow: 'unknown', resource: ['0'] },
  file: { flow: 'unknown', resource: ['0'] },
  ...eachOf('pull', ['0', 'path'], 'listdir', 'listdir_attr', 'readdir', 'scandir'),
};

const shell: Readonly<Record<string, Operation>> = {
  connect: { flow: 'none', address: ['0', 'hostname', 'host'], port: ['1', 'port'] },
  exec_command: { flow: 'unknown' },
  invoke_shell: { flow: 'unknown' },
  run: { flow: 'unknown' },
  sudo: { flow: 'unknown' },
  execute: { flow: 'unknown' },
};

const ftp: Readonly<Record<string, Operation>> = {
  connect: { flow: 'none', address: ['0', 'host'] },
  ...each('pull', 'retrbinary', 'retrlines', 'ntransfercmd', 'transfercmd'),
  ...eachOf('pull', ['0'], 'nlst', 'dir', 'mlsd', 'download'),
  ...each('push', 'storbinary', 'storlines'),
  ...eachOf('push', ['1'], 'upload'),
};

const files = (flow: 'pull' | 'push' | 'unknown', calls: readonly string[]): ClientEntry => ({
  calls,
  flow,
  address: ['0', 'path', 'url', 'filepath_or_buffer', 'path_or_buf', 'io', 'urlpath', 'source'],
  needsScheme: true,
  style: 'file',
});

const readers = [
  'csv',
  'json',
  'excel',
  'parquet',
  'table',
  'xml',
  'html',
  'feather',
  'fwf',
  'orc',
];
const frames = [
  'pandas',
  'polars',
  'dask.dataframe',
  'modin.pandas',
  'geopandas',
  'awswrangler.s3',
];

/** File transfers and remote shells of Python, and readers of files that also read addresses. */
export const pythonFiles: readonly ClientEntry[] = [
  {
    calls: ['paramiko.Transport', 'paramiko.SSHClient', 'paramiko.client.SSHClient'],
    protocol: 'ssh',
    flow: 'none',
    address: ['0.0', '0'],
    style: 'file',
    operations: shell,
  },
  {
    calls: [
      'paramiko.SFTPClient.from_transport',
      'paramiko.sftp_client.SFTPClient.from_transport',
      'paramiko.SSHClient#open_sftp',
      'paramiko.client.SSHClient#open_sftp',
      'paramiko.Transport#open_sftp_client',
      'asyncssh.connect#start_sftp_client',
    ],
    protocol: 'sftp',
    isMadeFrom: true,
    flow: 'none',
    style: 'file',
    operations: sftp,
  },
  {
    calls: ['scp.SCPClient'],
    protocol: 'scp',
    isMadeFrom: true,
    flow: 'none',
    style: 'file',
    operations: {
      put: { flow: 'push', localFile: ['0', 'files'], resource: ['1', 'remote_path'] },
      get: { flow: 'pull', resource: ['0', 'remote_path'], localFile: ['1', 'local_path'] },
    },
  },
  {
    calls: ['pysftp.Connection'],
    protocol: 'sftp',
    flow: 'none',
    address: ['0', 'host'],
    style: 'file',
    operations: { ...sftp, execute: { flow: 'unknown' } },
  },
  {
    calls: ['fabric.Connection', 'fabric.connection.Connection', 'fabric2.Connection'],
    protocol: 'ssh',
    flow: 'none',
    address: ['0', 'host'],
    style: 'file',
    operations: {
      ...shell,
      put: { flow: 'push', localFile: ['0', 'local'], resource: ['1', 'remote'] },
      get: { flow: 'pull', resource: ['0', 'remote'], localFile: ['1', 'local'] },
    },
  },
  {
    calls: ['asyncssh.connect', 'asyncssh.create_connection'],
    protocol: 'ssh',
    flow: 'none',
    address: ['0', 'host'],
    style: 'file',
    operations: shell,
  },
  {
    calls: ['asyncssh.scp'],
    protocol: 'scp',
    flow: 'unknown',
    address: ['1.0', '0.0'],
    style: 'file',
  },
  {
    calls: ['sshtunnel.SSHTunnelForwarder', 'sshtunnel.open_tunnel'],
    protocol: 'ssh',
    flow: 'unknown',
    address: ['0.0', '0', 'ssh_address_or_host.0', 'ssh_address_or_host', 'ssh_address'],
    style: 'request-reply',
  },
  {
    calls: ['ftplib.FTP', 'ftputil.FTPHost'],
    protocol: 'ftp',
    flow: 'none',
    address: ['0', 'host'],
    style: 'file',
    operations: ftp,
  },
  {
    calls: ['ftplib.FTP_TLS'],
    protocol: 'ftps',
    flow: 'none',
    address: ['0', 'host'],
    style: 'file',
    operations: ftp,
  },
  {
    calls: [
      'smbclient.open_file',
      'smbclient.listdir',
      'smbclient.scandir',
      'smbclient.register_session',
    ],
    protocol: 'smb',
    flow: 'unknown',
    address: ['0', 'path', 'server'],
    style: 'file',
  },
  {
    calls: ['smb.SMBConnection.SMBConnection', 'smb.SMBConnection'],
    protocol: 'smb',
    flow: 'none',
    address: ['3', 'remote_name'],
    style: 'file',
    operations: {
      connect: { flow: 'none', address: ['0'] },
      ...eachOf('pull', ['1'], 'retrieveFile', 'retrieveFileFromOffset', 'listPath'),
      ...eachOf('push', ['1'], 'storeFile', 'storeFileFromOffset'),
    },
  },
  files(
    'pull',
    frames.flatMap((module) =>
      readers.flatMap((kind) => [`${module}.read_${kind}`, `${module}.scan_${kind}`]),
    ),
  ),
  files('pull', [
    'geopandas.read_file',
    'pyarrow.parquet.read_table',
    'pyarrow.csv.read_csv',
    'xarray.open_dataset',
    'xarray.open_mfdataset',
    'numpy.loadtxt',
    'numpy.genfromtxt',
    'netCDF4.Dataset',
    'rasterio.open',
    'fiona.open',
    'imageio.imread',
    'feedparser.parse',
    'astropy.io.fits.open',
    'shutil.copy.from',
  ]),
  files('push', [
    ...['csv', 'json', 'excel', 'parquet', 'file', 'xml', 'html', 'feather'].map((k) => `#to_${k}`),
    'pyarrow.parquet.write_table',
    'shutil.copy.to',
  ]),
  files('unknown', ['fsspec.open', 'smart_open.open', 'smart_open.smart_open', 'open', 'io.open']),
];
