import type { Arguments } from './arguments.ts';
import type { ShellCommand } from './commands.ts';
import { type Client, hostOf, isLocal, lastSegment, pathOf, schemeOf, type Use } from './use.ts';

/** scp and rsync: the side with `host:` is the remote one. */
function readCopy(protocol: string, valued: string): Client {
  return (argument, command) => {
    const operands = argument.operands(
      valued,
      '--rsh',
      '--exclude',
      '--exclude-from',
      '--include',
      '--include-from',
      '--timeout',
      '--bwlimit',
      '--link-dest',
      '--files-from',
      '--password-file',
      '--port',
      '--log-file',
      '--partial-dir',
      '--temp-dir',
    );
    const target = operands.pop();
    if (!target || operands.length === 0) return [];
    const remote = (text: string): boolean =>
      /^(?:[a-z]+:\/\/|[^/:\s]+:)/i.test(text) && !/^[A-Za-z]:[\\/]/.test(text);
    const fetched = operands.filter(remote).map(
      (source): Use => ({
        address: hostOf(source),
        flow: 'pull',
        protocol,
        style: 'file',
        resource: pathOf(source),
        localFiles: remote(target)
          ? [source]
          : [target, `${target.replace(/\/$/, '')}/${lastSegment(source)}`],
      }),
    );
    if (!remote(target)) return fetched;
    // Between two remote hosts the data comes in and goes out again.
    return [
      ...fetched,
      {
        address: hostOf(target),
        flow: 'push',
        protocol,
        style: 'file',
        resource: pathOf(target, operands[0]),
        localFiles: [...operands, ...command.readsFrom],
      },
    ];
  };
}

/** The letters of options that take a value. */
const valuedOptions: Readonly<Record<string, string>> = {
  sftp: 'bBcDFiJloPRsSX',
  ftp: 'oPNqTHsru',
  lftp: 'ceopuf',
  smb: 'bcDdeIiLlmMnOpRsTtUW',
};

/** `get` and `put` lines of sftp, ftp, lftp and smbclient, in a batch, a here-document or an option. */
function readFileClient(protocol: string, options = protocol): Client {
  return (argument, command) => {
    const operands = argument.operands(valuedOptions[options] ?? '');
    const batch = findBatch(argument, command);
    const opened = /(?:^|[\n;])\s*open\s+(?:-\S+\s+\S+\s+)*(\S+)/.exec(batch)?.[1];
    const address = (operands[0] ?? opened ?? '').replace(/[;"']+$/g, '');
    const actual = schemeOf(address) ?? protocol;
    const host = actual === 'smb' ? address.replace(/^\/\//, 'smb://') : hostOf(address);
    const uses = readTransfers(batch, host, actual);
    const path = pathOf(address);
    if (uses.length === 0 && path) {
      uses.push({ address: host, flow: 'pull', protocol: actual, style: 'file', resource: path });
    }
    return uses.length > 0 || address === ''
      ? uses
      : [{ address: host, flow: 'unknown', protocol: actual, style: 'file' }];
  };
}

function findBatch(argument: Arguments, command: ShellCommand): string {
  const file = argument.value('-b', '-f');
  const written = file === undefined ? undefined : command.written.get(file);
  return [argument.value('-e', '-c') ?? '', written ?? '', command.input ?? ''].join('\n');
}

function readTransfers(batch: string, host: string, protocol: string): Use[] {
  const uses: Use[] = [];
  for (const line of batch.split(/[\n;]/)) {
    const [verb = '', ...names] = line.trim().split(/\s+/);
    const [first, second] = names.filter((name) => !name.startsWith('-'));
    if (/^-?(?:m?get|reget|pget|recv|mirror)$/.test(verb) && !names.includes('-R')) {
      uses.push({
        address: host,
        flow: 'pull',
        protocol,
        style: 'file',
        resource: first,
        localFiles: [second ?? lastSegment(first ?? '')],
      });
    } else if (/^-?(?:m?put|reput|append|send|mirror)$/.test(verb)) {
      uses.push({
        address: host,
        flow: 'push',
        protocol,
        style: 'file',
        resource: second?.endsWith('/') ? second + lastSegment(first ?? '') : second,
        localFiles: first ? [first] : [],
      });
    }
  }
  return uses;
}

/** `ncftpput -u user host folder file`. */
function readNcftp(flow: 'pull' | 'push'): Client {
  return (argument) => {
    const [address = '', first, second] = argument.operands('upPfjdXT');
    const [remote, local] = flow === 'push' ? [first, second] : [second, first];
    return isLocal(address)
      ? []
      : [
          {
            address: hostOf(address),
            flow,
            protocol: schemeOf(address) ?? 'ftp',
            style: 'file',
            resource: schemeOf(address) ? pathOf(address) : remote,
            localFiles: local ? [local] : [],
          },
        ];
  };
}

const readTftp: Client = (argument, command) => {
  const [address = '', ...rest] = argument.operands('m');
  const words = [...rest, command.input ?? ''].join(' ');
  const flow = /\bput\b/.test(words) ? 'push' : /\bget\b/.test(words) ? 'pull' : 'unknown';
  return isLocal(address) ? [] : [{ address, flow, protocol: 'tftp', style: 'file' }];
};

/** `smbget smb://host/share/file`. */
const readSmbget: Client = (argument) =>
  argument
    .operands('oUw')
    .filter((text) => text.startsWith('smb://'))
    .map((address) => ({
      address,
      flow: 'pull',
      protocol: 'smb',
      style: 'file',
      resource: pathOf(address),
    }));

/** `mount -t nfs host:/export /mnt`, `mount -t cifs //host/share /mnt`, `sshfs host:/path /mnt`. */
function readMount(given?: string): Client {
  return (argument) => {
    const operands = argument.operands('tooOpsF', '--types', '--options');
    const type = given ?? argument.value('-t', '--types');
    const source = operands.find((text) => /^\/\/[^/]+\/|^[^/:\s]+:\/?|^[a-z]+:\/\//i.test(text));
    if (
      !source ||
      (type !== undefined &&
        !/^(?:nfs4?|cifs|smb3?|smbfs|sshfs|fuse\.\w+|ftp|davfs|sftp)$/.test(type))
    )
      return [];
    const isShare = source.startsWith('//');
    const protocol = isShare
      ? 'smb'
      : type === 'sshfs' || type === 'sftp'
        ? 'sftp'
        : (schemeOf(source) ?? (type?.startsWith('nfs') ? 'nfs' : 'nfs'));
    const address = isShare ? `smb:${source}` : hostOf(source);
    const path = isShare ? /^\/\/[^/]+(\/.*)$/.exec(source)?.[1] : pathOf(source);
    const target = operands.at(-1);
    return isLocal(address)
      ? []
      : [
          {
            address,
            flow: 'both',
            protocol,
            style: 'file',
            resource: path,
            localFiles: target && target !== source ? [target] : [],
          },
        ];
  };
}

/** `hdfs dfs -put file hdfs://host/path`. */
const readHadoop: Client = (argument) => {
  const texts = argument.words.map(({ text }) => text);
  const remote = texts.filter((text) => /^(?:hdfs|webhdfs|s3a?|abfss?|wasbs?|gs):\/\//.test(text));
  const writes = texts.some((text) =>
    /^-(?:put|copyFromLocal|moveFromLocal|appendToFile)$/.test(text),
  );
  const reads = texts.some((text) => /^-(?:get|copyToLocal|cat|text|getmerge)$/.test(text));
  const copies = texts.includes('distcp');
  return remote.map((address, index) => ({
    address,
    flow: copies ? (index === 0 ? 'pull' : 'push') : writes ? 'push' : reads ? 'pull' : 'unknown',
    protocol: schemeOf(address),
    style: 'file',
    resource: pathOf(address),
  }));
};

/** `robocopy C:\out smb://host/share`, `net use Z: smb://host/share`: shares of Windows. */
function readShares(operandsAfter: number, mounts = false): Client {
  return (argument) => {
    const operands = argument.words
      .map(({ text }) => text)
      .filter((text) => !/^\/[A-Za-z]/.test(text) && !text.startsWith('-'))
      .slice(operandsAfter, operandsAfter + 2);
    return operands.flatMap((text, index): Use[] => {
      if (!text.startsWith('smb://')) return [];
      const other = operands[1 - index];
      return [
        {
          address: text,
          flow: mounts ? 'both' : index === 0 ? 'pull' : 'push',
          protocol: 'smb',
          style: 'file',
          resource: pathOf(text),
          localFiles: other ? [other] : [],
        },
      ];
    });
  };
}

/** `winscp.com /command "open sftp://user@host" "put file /in/"`. */
const readWinscp: Client = (argument, command) => {
  const lines = [...argument.words.map(({ text }) => text), command.input ?? ''].join('\n');
  const address = /(?:^|\n)\s*open\s+(?:-\S+\s+)*"?([^\s"]+)/.exec(lines)?.[1] ?? '';
  if (address === '') return [];
  const protocol = schemeOf(address) ?? 'sftp';
  const uses = readTransfers(lines, address, protocol);
  return uses.length > 0 ? uses : [{ address, flow: 'unknown', protocol, style: 'file' }];
};

/** Programs that move files. */
export const fileClients: Readonly<Record<string, Client>> = {
  scp: readCopy('scp', 'cFiloPSJXD'),
  rcp: readCopy('rcp', ''),
  pscp: readCopy('scp', 'Pilpw'),
  rsync: readCopy('rsync', 'eBTfM'),
  sftp: readFileClient('sftp'),
  psftp: readFileClient('sftp'),
  ftp: readFileClient('ftp'),
  tnftp: readFileClient('ftp'),
  lftp: readFileClient('ftp', 'lftp'),
  ncftp: readFileClient('ftp', 'lftp'),
  ncftpput: readNcftp('push'),
  ncftpget: readNcftp('pull'),
  tftp: readTftp,
  smbclient: readFileClient('smb'),
  smbget: readSmbget,
  mount: readMount(),
  'mount.nfs': readMount('nfs'),
  'mount.cifs': readMount('cifs'),
  sshfs: readMount('sshfs'),
  robocopy: readShares(0),
  xcopy: readShares(0),
  net: (argument, command) =>
    argument.words[0]?.text.toLowerCase() === 'use' ? readShares(1, true)(argument, command) : [],
  winscp: readWinscp,
  'winscp.com': readWinscp,
  hdfs: readHadoop,
  hadoop: readHadoop,
};
