import type { Arguments } from './shell-arguments.ts';
import type { ShellCommand } from './shell-commands.ts';
import { hostOf, lastSegment, pathOf, schemeOf, type Use } from './shell-use.ts';

/** scp and rsync: the side with `host:` is the remote one. */
export function readCopy(
  argument: Arguments,
  command: ShellCommand,
  protocol: string,
  valued: string,
): Use[] {
  const operands = argument.operands(
    valued,
    '--rsh',
    '--exclude',
    '--include',
    '--timeout',
    '--bwlimit',
    '--link-dest',
    '--files-from',
    '--password-file',
    '--port',
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
  if (remote(target)) {
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
  }
  return fetched;
}

/** The letters of options that take a value. */
const valuedOptions: Readonly<Record<string, string>> = {
  sftp: 'bBcDFiJloPRsSX',
  ftp: 'ceopusPNqTH',
  smb: 'bcDdeIiLlmMnOpRsTtUW',
};

/** `get` and `put` lines of sftp, ftp, lftp and smbclient, in a batch, a here-document or an option. */
export function readFileClient(
  argument: Arguments,
  command: ShellCommand,
  protocol: string,
): Use[] {
  const operands = argument.operands(valuedOptions[protocol] ?? '');
  const opened = /^\s*open\s+(?:-\S+\s+\S+\s+)*(\S+)/m.exec(command.input ?? '')?.[1];
  const address = operands[0] ?? opened ?? '';
  const actual = schemeOf(address) ?? protocol;
  const batch = [argument.value('-e', '-c') ?? '', command.input ?? ''].join('\n');
  const host = actual === 'smb' ? address.replace(/^\/\//, 'smb://') : hostOf(address);
  const uses: Use[] = [];
  for (const line of batch.split(/[\n;]/)) {
    const [verb = '', ...names] = line.trim().split(/\s+/);
    const [first, second] = names.filter((name) => !name.startsWith('-'));
    if (/^-?(?:m?get|reget|recv|mirror)$/.test(verb) && !names.includes('-R')) {
      uses.push({
        address: host,
        flow: 'pull',
        protocol: actual,
        style: 'file',
        resource: first,
        localFiles: [second ?? lastSegment(first ?? '')],
      });
    } else if (/^-?(?:m?put|reput|send|mirror)$/.test(verb)) {
      uses.push({
        address: host,
        flow: 'push',
        protocol: actual,
        style: 'file',
        resource: second?.endsWith('/') ? second + lastSegment(first ?? '') : second,
        localFiles: first ? [first] : [],
      });
    }
  }
  const path = pathOf(address);
  if (uses.length === 0 && path) {
    uses.push({ address: host, flow: 'pull', protocol: actual, style: 'file', resource: path });
  }
  return uses.length > 0 || address === ''
    ? uses
    : [{ address: host, flow: 'unknown', protocol: actual, style: 'file' }];
}

export function readObjectStore(argument: Arguments, command: ShellCommand): Use[] {
  const operands = argument.operands('', '--profile', '--region', '--endpoint-url');
  const at = operands.findIndex((text) => /^(?:cp|mv|sync|rsync)$/.test(text));
  const [source, target] = at < 0 ? [] : operands.slice(at + 1);
  if (!source || !target) return [];
  const bucket = /^(s3|gs):\/\/([^/]+)\/?(.*)$/;
  const uses: Use[] = [];
  const from = bucket.exec(source);
  const to = bucket.exec(target);
  if (from)
    uses.push({
      address: `${from[1]}://${from[2]}`,
      flow: 'pull',
      protocol: from[1],
      style: 'file',
      resource: from[3],
      localFiles: [target, ...command.writesTo],
    });
  if (to)
    uses.push({
      address: `${to[1]}://${to[2]}`,
      flow: 'push',
      protocol: to[1],
      style: 'file',
      resource: to[3],
      localFiles: [source, ...command.readsFrom],
    });
  return uses;
}
