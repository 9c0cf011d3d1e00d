import type { Flow } from './facts.ts';
import type { Arguments } from './shell-arguments.ts';
import type { ShellCommand } from './shell-commands.ts';
import { hostOf, type Use } from './shell-use.ts';

export function readKcat(argument: Arguments): Use[] {
  const flow: Flow = argument.has('-P') ? 'push' : argument.has('-C') ? 'pull' : 'unknown';
  const [broker = ''] = (argument.value('-b') ?? '').split(',');
  return [
    {
      address: broker,
      flow,
      protocol: 'kafka',
      style: 'event',
      resource: argument.value('-t', '-G'),
    },
  ];
}

export function readKafkaConsole(argument: Arguments, flow: Flow): Use[] {
  const [broker = ''] = (argument.value('--bootstrap-server', '--broker-list') ?? '').split(',');
  return [
    {
      address: broker,
      flow,
      protocol: 'kafka',
      style: 'event',
      resource: argument.value('--topic'),
    },
  ];
}

export function readMosquitto(argument: Arguments, flow: Flow): Use[] {
  return [
    {
      address: argument.value('-h', '--host') ?? argument.value('-L', '--url') ?? '',
      flow,
      protocol: 'mqtt',
      style: 'event',
      resource: argument.value('-t', '--topic'),
    },
  ];
}

export function readSsh(argument: Arguments, command: ShellCommand): Use[] {
  const [address, ...remote] = argument.operands('bcDeFiIJlLmoOpQRSwW');
  if (!address) return [];
  const saved = command.writesTo.length > 0 && remote.length > 0;
  return [{ address: hostOf(address), flow: saved ? 'pull' : 'unknown', protocol: 'ssh' }];
}

/** `nc host port`; `-z` only probes and `-l` only listens. */
export function readNetcat(argument: Arguments, command: ShellCommand): Use[] {
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
