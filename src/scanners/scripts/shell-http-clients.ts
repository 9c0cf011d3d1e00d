import { flowOfMethod } from './facts.ts';
import type { Arguments } from './shell-arguments.ts';
import type { ShellCommand } from './shell-commands.ts';
import { schemeOf, type Use } from './shell-use.ts';

export function readCurl(argument: Arguments, command: ShellCommand): Use[] {
  const valued = 'XHdFuoATeubcCmrKxEQwzyYtP';
  const long = [
    '--request',
    '--header',
    '--data',
    '--data-binary',
    '--data-raw',
    '--data-urlencode',
    '--form',
    '--user',
    '--output',
    '--user-agent',
    '--upload-file',
    '--url',
    '--cert',
    '--key',
    '--cacert',
    '--cookie',
    '--cookie-jar',
    '--max-time',
    '--connect-timeout',
    '--retry',
    '--retry-delay',
    '--write-out',
    '--proxy',
    '--config',
    '--json',
    '--limit-rate',
    '--range',
    '--referer',
    '--retry-max-time',
    '--oauth2-bearer',
    '--netrc-file',
    '--resolve',
    '--interface',
    '--cert-type',
    '--key-type',
    '--pass',
    '--proxy-user',
    '--dump-header',
    '--form-string',
    '--url-query',
    '--ciphers',
    '--stderr',
    '--trace',
    '--socks5',
    '--unix-socket',
    '--aws-sigv4',
  ];
  const urls = [...argument.values('--url'), ...argument.operands(valued, ...long)].filter(
    (url) => url !== '',
  );
  const sent = argument.values(
    '-d',
    '--data',
    '--data-binary',
    '--data-raw',
    '--data-urlencode',
    '-F',
    '--form',
    '--json',
    '-T',
    '--upload-file',
  );
  const isQuery = argument.words.some(({ text }) => /^(?:--get|-[a-zA-Z]*G)$/.test(text));
  const method = (
    argument.value('-X', '--request') ?? (sent.length > 0 && !isQuery ? 'POST' : 'GET')
  ).toUpperCase();
  const flow = flowOfMethod(method);
  const pulls = flow === 'pull';
  const uploads = argument.values('-T', '--upload-file');
  const read = [
    ...uploads,
    ...sent
      .filter((text) => /(^|=)@/.test(text))
      .map((text) => text.replace(/^.*?@/, '').replace(/;.*$/, '')),
  ].filter((file) => file !== '-' && file !== '');
  return urls.map((url) => ({
    address: url,
    flow,
    protocol: schemeOf(url) ?? 'http',
    style: 'request-reply',
    localFiles: pulls
      ? [...argument.values('-o', '--output'), ...command.writesTo]
      : [...read, ...command.readsFrom],
  }));
}

export function readWget(argument: Arguments, command: ShellCommand): Use[] {
  const sends = argument.words.some(({ text }) => /^--(?:post|body)-(?:data|file)/.test(text));
  const file = argument.values('--post-file', '--body-file');
  return argument
    .operands(
      'OoPtTUe',
      '--output-document',
      '--header',
      '--timeout',
      '--tries',
      '--user',
      '--password',
      '--directory-prefix',
      '--post-data',
      '--post-file',
    )
    .map((url) => ({
      address: url,
      flow: sends ? 'push' : 'pull',
      protocol: schemeOf(url) ?? 'http',
      style: 'request-reply',
      localFiles: sends
        ? [...file, ...command.readsFrom]
        : [...argument.values('-O', '--output-document'), ...command.writesTo],
    }));
}

export function readHttpie(argument: Arguments): Use[] {
  const operands = argument.operands('');
  const method = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD)$/.test(operands[0] ?? '')
    ? operands.shift()
    : undefined;
  const [url, ...items] = operands;
  if (!url) return [];
  const flow = flowOfMethod(method ?? (items.length === 0 ? 'GET' : 'POST'));
  return [
    {
      address: url,
      flow,
      protocol: schemeOf(url) ?? 'http',
      style: 'request-reply',
    },
  ];
}
