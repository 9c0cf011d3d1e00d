import { flowOfMethod } from '../facts.ts';
import type { Arguments } from './arguments.ts';
import type { ShellCommand } from './commands.ts';
import { type Client, schemeOf, type Use } from './use.ts';

function readCurl(argument: Arguments, command: ShellCommand): Use[] {
  const valued = 'XHdFuoATebcCmrKxEQwzyYtPDhU';
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
    '--connect-to',
    '--doh-url',
    '--mail-from',
    '--mail-rcpt',
    '--max-filesize',
    '--noproxy',
    '--speed-limit',
    '--speed-time',
    '--time-cond',
    '--tls-max',
    '--variable',
  ];
  const operands = [...argument.values('--url'), ...argument.operands(valued, ...long)].filter(
    (url) => url !== '' && !/\s|^[+#"']/.test(url),
  );
  // Beside a written address a bare word is no host, but the value of an option or of another command.
  const written = operands.filter((url) => /[.:/{]/.test(url));
  const urls = written.length > 0 ? written : operands;
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
  // `curl smtp://relay --upload-file mail` sends a mail, whatever the method.
  const isMail = urls.some((url) => /^smtps?:/i.test(url));
  return urls.map((url) => ({
    address: url,
    flow: isMail || (uploads.length > 0 && flow === 'pull') ? 'push' : flow,
    protocol: schemeOf(url) ?? 'http',
    style: 'request-reply',
    localFiles: pulls
      ? [...argument.values('-o', '--output'), ...command.writesTo]
      : [...read, ...command.readsFrom],
  }));
}

function readWget(argument: Arguments, command: ShellCommand): Use[] {
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

function readHttpie(argument: Arguments): Use[] {
  const operands = argument.operands('aoA', '--auth', '--auth-type', '--output', '--timeout');
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

/** `curlie POST URL a=b` is written as for HTTPie, anything else as for curl. */
const readCurlie: Client = (argument, command) =>
  /^(?:GET|HEAD|POST|PUT|PATCH|DELETE)$/.test(argument.operands('')[0] ?? '')
    ? readHttpie(argument)
    : readCurl(argument, command);

/** `aria2c URL`, `lynx -dump URL`, `websocat URL`: the operand is the address. */
function readAddress(valued: string, flow: Use['flow'], ...options: readonly string[]): Client {
  return (argument, command) =>
    [...argument.values(...options), ...argument.operands(valued, ...options)]
      .filter((text) => schemeOf(text) !== undefined || /^\{\w+\}/.test(text))
      .map((address) => ({
        address,
        flow,
        protocol: schemeOf(address) ?? 'http',
        style: 'request-reply',
        localFiles: command.writesTo,
      }));
}

/** `grpcurl [options] host:port service/method`. */
const readGrpcurl: Client = (argument) => {
  const [address = ''] = argument.operands(
    'dHv',
    '-d',
    '-H',
    '-proto',
    '-import-path',
    '-cert',
    '-key',
    '-cacert',
  );
  return address.includes(':')
    ? [{ address, flow: 'both', protocol: 'grpc', style: 'request-reply' }]
    : [];
};

/** Programs that speak HTTP and what is built on it. */
export const httpClients: Readonly<Record<string, Client>> = {
  curl: readCurl,
  curlie: readCurlie,
  wget: readWget,
  wget2: readWget,
  http: readHttpie,
  https: readHttpie,
  xh: readHttpie,
  aria2c: readAddress('odxs', 'pull'),
  axel: readAddress('ons', 'pull'),
  lynx: readAddress('', 'pull'),
  w3m: readAddress('oTI', 'pull'),
  fetch: readAddress('o', 'pull'),
  'lwp-download': readAddress('', 'pull'),
  websocat: readAddress('H', 'both'),
  wscat: readAddress('cHsx', 'both', '-c', '--connect'),
  grpcurl: readGrpcurl,
};
