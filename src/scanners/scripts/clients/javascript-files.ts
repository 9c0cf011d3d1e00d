import { client, each, type JavascriptEntry, pullsBy, pushesBy } from './javascript-entry.ts';

const up = { flow: 'push', localFile: ['0'], resource: ['1'] } as const;
const down = { flow: 'pull', resource: ['0'], localFile: ['1'] } as const;
const connect = { flow: 'none', address: ['0.host', '0'] } as const;

/** Servers that hold files. */
export const fileClients: readonly JavascriptEntry[] = [
  client('ssh2-sftp-client', 'file', 'sftp', [], {
    connect,
    ...each('put fastPut uploadDir append', up),
    ...each('get fastGet downloadDir', down),
    ...pullsBy('list createReadStream', '0'),
    ...pushesBy('createWriteStream', '0'),
  }),
  client('ssh2.Client ssh2', 'file', 'sftp', [], {
    connect,
    ...each('fastPut', up),
    ...each('fastGet', down),
    ...pullsBy('createReadStream readFile readdir', '0'),
    ...pushesBy('createWriteStream writeFile', '0'),
    exec: { flow: 'unknown' },
  }),
  client('node-ssh.NodeSSH node-ssh', 'file', 'sftp', [], {
    connect,
    ...each('putFile putDirectory', up),
    ...each('getFile getDirectory', { flow: 'pull', localFile: ['0'], resource: ['1'] }),
    execCommand: { flow: 'unknown' },
    exec: { flow: 'unknown' },
  }),
  client('basic-ftp.Client', 'file', 'ftp', [], {
    access: connect,
    ...each('uploadFrom appendFrom uploadFromDir', up),
    ...each('downloadTo', { flow: 'pull', localFile: ['0'], resource: ['1'] }),
    ...pullsBy('downloadToDir list', '0'),
  }),
  client('ftp promise-ftp jsftp', 'file', 'ftp', ['0.host'], {
    connect,
    ...each('put append', up),
    ...each('get', down),
    ...pullsBy('list listSafe', '0'),
  }),
  client('webdav.createClient', 'file', 'webdav', ['0'], {
    ...pullsBy('getFileContents getDirectoryContents createReadStream', '0'),
    ...pushesBy('putFileContents createWriteStream', '0'),
  }),
];
