import type { Arguments } from './arguments.ts';
import type { ShellCommand } from './commands.ts';
import { type Client, hostOf, isLocal, schemeOf, type Use } from './use.ts';

const valuedSsh = 'bcDeFiIJlLmoOpQRSwW';

/** A remote shell. What the remote command connects to is the remote host's, not this script's. */
function readSsh(argument: Arguments, command: ShellCommand): Use[] {
  const [address, ...remote] = argument.operands(valuedSsh);
  if (!address) return [];
  const tunnelled = argument.values('-L').flatMap((text) => readTunnel(text));
  const saved = command.writesTo.length > 0 && remote.length > 0;
  const reads = remote.join(' ');
  const sends =
    command.readsFrom.some((name) => !name.startsWith('$')) &&
    /(?:^|[|;&\s])(?:cat|tee|dd|tar|psql|mysql|gunzip|zfs)\b/.test(reads);
  return [
    {
      address: hostOf(address),
      flow: sends ? 'push' : saved ? 'pull' : 'unknown',
      protocol: 'ssh',
    },
    ...tunnelled,
  ];
}

/** `-L 5433:db.example:5432`: what is behind the tunnel is reached from here. */
function readTunnel(text: string): Use[] {
  const [, host = '', port = ''] =
    /^(?:[^:\s]+:)?[\d{}\w]+:([^:\s]+):([\d{}\w]+)$/.exec(text) ?? [];
  if (isLocal(host)) return [];
  return [{ address: `${host}:${port}`, flow: 'unknown', protocol: 'ssh' }];
}

/** `nc host port`; `-z` only probes and `-l` only listens. */
function readNetcat(argument: Arguments, command: ShellCommand): Use[] {
  if (argument.words.some(({ text }) => /^-\w*[zl]/.test(text))) return [];
  const [host, port] = argument.operands('wiqpsXx');
  if (!host || !port) return [];
  const sends = command.readsFrom.length > 0 || command.input !== undefined;
  return [
    {
      address: `${host}:${port}`,
      flow: sends ? 'push' : 'pull',
      protocol: port === '2575' || port === '6661' ? 'mllp' : 'tcp',
      style: 'event',
    },
  ];
}

const readTelnet: Client = (argument) => {
  const [host = '', port] = argument.operands('bnlX');
  if (isLocal(host)) return [];
  return [{ address: port ? `${host}:${port}` : host, flow: 'unknown', protocol: 'telnet' }];
};

/** `kubectl cp pod:/path file`, `kubectl exec pod -- command`. */
const readKubectl: Client = (argument, command) => {
  const operands = argument.operands(
    'ncf',
    '--namespace',
    '--container',
    '--context',
    '--kubeconfig',
  );
  const at = operands.findIndex((text) => text === 'cp' || text === 'exec');
  const verb = operands[at];
  const [first = '', second = ''] = operands.slice(at + 1);
  const protocol = 'kubernetes';
  if (verb === 'exec') {
    const address = first.slice(first.lastIndexOf('/') + 1);
    const flow = command.writesTo.length > 0 ? 'pull' : 'unknown';
    return address === '' ? [] : [{ address, flow, protocol }];
  }
  if (verb !== 'cp') return [];
  const fetches = first.includes(':');
  const [, pod = '', path = ''] =
    /^(?:[^/:]+\/)?([^:]+):(.+)$/.exec(fetches ? first : second) ?? [];
  if (pod === '') return [];
  return [
    {
      address: pod,
      flow: fetches ? 'pull' : 'push',
      protocol,
      style: 'file',
      resource: path,
      localFiles: [fetches ? second : first],
    },
  ];
};

/** `ldapsearch -H ldap://host`. */
function readLdap(flow: Use['flow']): Client {
  return (argument) => {
    const address = argument.value('-H', '-h') ?? '';
    const host = /\/\/([^/:]*)/.exec(address)?.[1] ?? address;
    return isLocal(host)
      ? []
      : [{ address, flow, protocol: 'ldap', style: 'database', resource: argument.value('-b') }];
  };
}

/** `snmpget -v2c -c community host oid`. */
function readSnmp(flow: Use['flow']): Client {
  return (argument) => {
    const [address = ''] = argument.operands('vcluaAxXtrnEeZO');
    return isLocal(address) ? [] : [{ address, flow, protocol: 'snmp', style: 'event' }];
  };
}

/** `git clone https://host/repository`: only what names the other end. */
const readGit: Client = (argument) => {
  const operands = argument.operands('bcCo', '--branch', '--depth', '--reference', '--origin');
  const at = operands.findIndex((text) =>
    /^(?:clone|pull|fetch|push|ls-remote|archive)$/.test(text),
  );
  const verb = operands[at];
  const url = operands
    .slice(at + 1)
    .find((text) => schemeOf(text) !== undefined || /^[\w.-]+@[^:\s]+:/.test(text));
  if (at < 0 || !url || schemeOf(url) === 'file') return [];
  return [
    {
      address: schemeOf(url) ? url : hostOf(url),
      flow: verb === 'push' ? 'push' : 'pull',
      protocol: schemeOf(url) ?? 'ssh',
      style: 'file',
      resource: schemeOf(url) ? undefined : /:(.+)$/.exec(url)?.[1],
    },
  ];
};

/** `pip install git+https://host/repository`. */
const readPackages: Client = (argument) =>
  argument.words.flatMap(({ text }): Use[] => {
    const [, scheme = '', rest = ''] = /git\+(https?|ssh):\/\/(\S+)$/.exec(text) ?? [];
    return scheme === ''
      ? []
      : [{ address: `${scheme}://${rest}`, flow: 'pull', protocol: scheme, style: 'file' }];
  });

/** Remote shells and consoles, and what fetches code. */
export const remoteClients: Readonly<Record<string, Client>> = {
  ssh: readSsh,
  autossh: readSsh,
  rsh: readSsh,
  plink: readSsh,
  nc: readNetcat,
  ncat: readNetcat,
  netcat: readNetcat,
  telnet: readTelnet,
  kubectl: readKubectl,
  oc: readKubectl,
  ldapsearch: readLdap('pull'),
  ldapadd: readLdap('push'),
  ldapmodify: readLdap('push'),
  ldapdelete: readLdap('unknown'),
  snmpget: readSnmp('pull'),
  snmpwalk: readSnmp('pull'),
  snmpbulkwalk: readSnmp('pull'),
  snmpset: readSnmp('push'),
  git: readGit,
  pip: readPackages,
  pip3: readPackages,
  npm: readPackages,
};
