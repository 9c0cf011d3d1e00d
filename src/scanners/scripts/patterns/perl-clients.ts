import type { ClientEntry, Operation } from '../clients/client.ts';
import { each, http } from '../clients/operations.ts';
import { perlStores } from './perl-stores.ts';

/** Methods of user agents by their lower-case name. */
const requests: Readonly<Record<string, Operation>> = {
  get: { ...http('pull', ['0']), localFile: [':content_file'] },
  head: http('pull', ['0']),
  post: http('push', ['0']),
  post_form: http('push', ['0']),
  put: http('push', ['0']),
  patch: http('push', ['0']),
  delete: http('unknown', ['0']),
  mirror: { flow: 'pull', address: ['0'], localFile: ['1'] },
  get_p: http('pull', ['0']),
  post_p: http('push', ['0']),
  put_p: http('push', ['0']),
  websocket: http('both', ['0']),
};

const agent = (
  calls: readonly string[],
  more: Readonly<Record<string, Operation>> = {},
): ClientEntry => ({
  calls,
  flow: 'none',
  style: 'request-reply',
  operations: { ...requests, ...more },
});

const files: Readonly<Record<string, Operation>> = {
  put: { flow: 'push', localFile: ['0'], resource: ['1', '0'] },
  append: { flow: 'push', localFile: ['0'], resource: ['1', '0'] },
  put_content: { flow: 'push', resource: ['1'] },
  rput: { flow: 'push', localFile: ['0'], resource: ['1'] },
  mput: { flow: 'push', resource: ['1'] },
  scp_put: { flow: 'push', localFile: ['0'], resource: ['1'] },
  rsync_put: { flow: 'push', localFile: ['0'], resource: ['1'] },
  get: { flow: 'pull', resource: ['0'], localFile: ['1', '0'] },
  get_content: { flow: 'pull', resource: ['0'] },
  rget: { flow: 'pull', resource: ['0'], localFile: ['1'] },
  mget: { flow: 'pull', resource: ['0'] },
  retr: { flow: 'pull', resource: ['0'] },
  scp_get: { flow: 'pull', resource: ['0'], localFile: ['1'] },
  rsync_get: { flow: 'pull', resource: ['0'], localFile: ['1'] },
  connect: { flow: 'none', address: ['0'], port: ['1'] },
};

const transfer = (calls: readonly string[], protocol: string): ClientEntry => ({
  calls,
  protocol,
  flow: 'none',
  style: 'file',
  address: ['Host', 'host', '0', '0.host'],
  port: ['Port', 'port'],
  operations: files,
});

const shell = (calls: readonly string[]): ClientEntry => ({
  ...transfer(calls, 'ssh'),
  operations: {
    ...files,
    ...each('unknown', 'cmd', 'exec', 'system', 'capture', 'capture2', 'send'),
  },
});

const mail: Readonly<Record<string, Operation>> = each(
  'push',
  'data',
  'datasend',
  'MailMsg',
  'MailFile',
  'Open',
  'OpenMultipart',
  'send',
  'send_email',
);

const mailbox = (calls: readonly string[], protocol: string): ClientEntry => ({
  calls,
  protocol,
  flow: 'none',
  style: 'event',
  address: ['Server', 'Host', '0'],
  port: ['Port'],
  operations: each(
    'pull',
    'get',
    'list',
    'messages',
    'message_string',
    'body_string',
    'search',
    'select',
    'popstat',
  ),
});

/** Clients of Perl, by the path of their package: `LWP/UserAgent` is `LWP::UserAgent`. */
export const perlClients: readonly ClientEntry[] = [
  agent(['LWP/UserAgent', 'LWP/RobotUA', 'LWP/UserAgent/Determined', 'WWW/Mechanize']),
  agent(['HTTP/Tiny', 'HTTP/Thin', 'HTTP/Tinyish', 'Furl', 'Mojo/UserAgent'], {
    request: { flow: 'method', method: ['0'], address: ['1'] },
  }),
  {
    calls: ['HTTP/Request'],
    flow: 'method',
    method: ['0'],
    address: ['1'],
    style: 'request-reply',
  },
  ...(
    [
      ['GET', 'pull'],
      ['HEAD', 'pull'],
      ['POST', 'push'],
      ['PUT', 'push'],
      ['PATCH', 'push'],
      ['DELETE', 'unknown'],
    ] as const
  ).map(
    ([name, flow]): ClientEntry => ({
      ...http(flow, ['0']),
      calls: [`HTTP/Request/Common.${name}`],
      style: 'request-reply',
    }),
  ),
  {
    ...http('pull', ['0']),
    calls: ['LWP/Simple.get', 'LWP/Simple.head', 'LWP/Simple.getprint'],
    style: 'request-reply',
  },
  {
    calls: ['LWP/Simple.getstore', 'LWP/Simple.mirror'],
    flow: 'pull',
    address: ['0'],
    localFile: ['1'],
    style: 'request-reply',
  },
  {
    calls: ['REST/Client'],
    flow: 'none',
    address: ['host', '0.host'],
    style: 'request-reply',
    operations: {
      setHost: { flow: 'none', address: ['0'] },
      GET: http('pull', ['0']),
      HEAD: http('pull', ['0']),
      POST: http('push', ['0']),
      PUT: http('push', ['0']),
      PATCH: http('push', ['0']),
      DELETE: http('unknown', ['0']),
    },
  },
  {
    calls: ['XMLRPC/Lite.proxy', 'RPC/XML/Client', 'JSON/RPC/Client'],
    flow: 'both',
    address: ['0'],
    style: 'request-reply',
  },
  // SOAP and XML-RPC
  {
    calls: ['SOAP/Lite.proxy', 'SOAP/Lite.service'],
    protocol: 'soap',
    flow: 'both',
    address: ['0'],
    style: 'request-reply',
  },
  {
    calls: [
      'SOAP/Lite.uri',
      'SOAP/Lite.ns',
      'SOAP/Lite.default_ns',
      'SOAP/Lite.readable',
      'SOAP/Lite',
      'SOAP/Lite.on_action',
      'SOAP/Lite.soapversion',
    ],
    protocol: 'soap',
    flow: 'none',
    address: ['proxy'],
    style: 'request-reply',
    operations: {
      proxy: http('both', ['0']),
      service: http('both', ['0']),
      call: { flow: 'both' },
    },
  },
  {
    calls: ['XML/Compile/Transport/SOAPHTTP'],
    protocol: 'soap',
    flow: 'both',
    address: ['address', '0'],
    style: 'request-reply',
  },
  // Files and shells
  transfer(['Net/FTP', 'Net/FTPSSL', 'Net/FTP/Recursive'], 'ftp'),
  transfer(['Net/SFTP', 'Net/SFTP/Foreign', 'Net/SFTP/SftpServer'], 'sftp'),
  transfer(['Net/SCP', 'Net/SCP/Expect'], 'scp'),
  shell(['Net/SSH2', 'Net/SSH/Perl', 'Net/OpenSSH', 'Net/SSH/Expect']),
  {
    calls: ['Net/SSH.ssh', 'Net/SSH.ssh_cmd', 'Net/SSH.sshopen2', 'Net/SSH.sshopen3'],
    protocol: 'ssh',
    flow: 'unknown',
    address: ['0.host', '0'],
    style: 'file',
  },
  {
    calls: ['Net/SCP.scp'],
    protocol: 'scp',
    flow: 'push',
    localFile: ['0'],
    address: ['1'],
    style: 'file',
  },
  {
    calls: ['Net/Telnet'],
    protocol: 'telnet',
    flow: 'none',
    address: ['Host', '-host', 'host', '0'],
    style: 'request-reply',
    operations: {
      open: { flow: 'none', address: ['0', 'Host'] },
      ...each('unknown', 'cmd', 'print', 'login'),
    },
  },
  // Mail
  {
    calls: [
      'Net/SMTP',
      'Net/SMTP/SSL',
      'Net/SMTP/TLS',
      'Net/SMTPS',
      'Email/Sender/Transport/SMTP',
      'Email/Sender/Transport/SMTPS',
      'Mail/Sender',
    ],
    protocol: 'smtp',
    flow: 'none',
    address: ['Host', 'host', '0.smtp', '0.host', '0'],
    port: ['Port', 'port', '0.port'],
    style: 'event',
    operations: mail,
  },
  { calls: ['MIME/Lite.send'], protocol: 'smtp', flow: 'push', address: ['1'], style: 'event' },
  {
    calls: ['Mail/Sendmail.sendmail'],
    protocol: 'smtp',
    flow: 'push',
    address: ['smtp', 'Smtp', 'SMTP', '0.smtp', '0.Smtp'],
    style: 'event',
  },
  mailbox(['Net/POP3'], 'pop3'),
  mailbox(['Net/IMAP/Simple', 'Mail/IMAPClient'], 'imap'),
  ...perlStores,
];
