import type { ClientEntry, Operation } from './client.ts';
import { each, eachOf, http } from './operations.ts';
import { rubyMessaging } from './ruby-messaging.ts';
import { rubyStores } from './ruby-stores.ts';

const flows = {
  get: 'pull',
  head: 'pull',
  post: 'push',
  put: 'push',
  patch: 'push',
  delete: 'unknown',
} as const;
const requests = (address: readonly string[]): Record<string, Operation> =>
  Object.fromEntries(Object.entries(flows).map(([verb, flow]) => [verb, http(flow, address)]));
const requestCalls = (prefix: string): ClientEntry[] =>
  Object.entries(requests(['0', 'url'])).map(([verb, operation]) => ({
    ...operation,
    calls: [`${prefix}.${verb}`],
    style: 'request-reply',
  }));

const netHttp: Readonly<Record<string, Operation>> = {
  ...requests(['0']),
  request_get: http('pull', ['0']),
  request_post: http('push', ['0']),
  request: { flow: 'method', method: ['0.method'], address: ['0.path'] },
};

const rubyHttp: readonly ClientEntry[] = [
  {
    calls: ['Net.HTTP.get', 'Net.HTTP.get_response', 'Net.HTTP.get_print'],
    flow: 'pull',
    address: ['0'],
    style: 'request-reply',
  },
  {
    calls: ['Net.HTTP.post', 'Net.HTTP.post_form', 'Net.HTTP.put'],
    flow: 'push',
    address: ['0'],
    style: 'request-reply',
  },
  {
    calls: ['Net.HTTP', 'Net.HTTP.start'],
    flow: 'none',
    address: ['0'],
    style: 'request-reply',
    operations: netHttp,
  },
  { calls: ['URI.open', 'OpenURI.open_uri'], flow: 'pull', address: ['0'], style: 'request-reply' },
  { calls: ['open'], flow: 'pull', address: ['0'], needsScheme: true, style: 'request-reply' },
  ...requestCalls('Faraday'),
  {
    calls: ['Faraday', 'Faraday.Connection'],
    flow: 'none',
    address: ['url', '0.url', '0'],
    style: 'request-reply',
    operations: requests(['0']),
  },
  ...requestCalls('HTTParty'),
  {
    calls: ['HTTParty.base_uri'],
    flow: 'none',
    address: ['0'],
    style: 'request-reply',
    operations: requests(['0']),
  },
  ...requestCalls('RestClient'),
  {
    calls: ['RestClient.Request.execute', 'Typhoeus.Request', 'HTTPI.Request'],
    flow: 'method',
    method: ['method'],
    address: ['url', '0'],
    style: 'request-reply',
  },
  {
    calls: ['RestClient.Resource'],
    flow: 'none',
    address: ['0'],
    style: 'request-reply',
    operations: Object.fromEntries(Object.entries(flows).map(([verb, flow]) => [verb, { flow }])),
  },
  ...requestCalls('Excon'),
  {
    calls: ['Excon'],
    flow: 'none',
    address: ['0'],
    style: 'request-reply',
    operations: requests(['path']),
  },
  ...requestCalls('Typhoeus'),
  ...requestCalls('HTTP'),
  {
    calls: ['HTTP.auth', 'HTTP.headers', 'HTTP.timeout', 'HTTP.basic_auth', 'HTTP.follow'],
    flow: 'none',
    style: 'request-reply',
    operations: requests(['0']),
  },
  {
    calls: ['HTTP.persistent'],
    flow: 'none',
    address: ['0'],
    style: 'request-reply',
    operations: requests(['0']),
  },
  {
    calls: ['HTTPClient'],
    flow: 'none',
    address: ['base_url'],
    style: 'request-reply',
    operations: { ...requests(['0']), get_content: http('pull', ['0']) },
  },
  {
    calls: ['Curl.get', 'Curl.Easy.perform'],
    flow: 'pull',
    address: ['0'],
    style: 'request-reply',
  },
  {
    calls: ['Savon.client'],
    protocol: 'soap',
    flow: 'none',
    address: ['endpoint', 'wsdl'],
    style: 'request-reply',
    operations: eachOf('both', ['0'], 'call'),
  },
  {
    calls: ['Graphlient.Client'],
    protocol: 'graphql',
    flow: 'none',
    address: ['0'],
    style: 'request-reply',
    operations: each('unknown', 'query', 'execute'),
  },
  { calls: ['GRPC.Stub'], protocol: 'grpc', flow: 'both', address: ['0'], style: 'request-reply' },
  {
    calls: ['XMLRPC.Client', 'XMLRPC.Client.new2'],
    protocol: 'xml-rpc',
    flow: 'none',
    address: ['0'],
    style: 'request-reply',
    operations: each('both', 'call'),
  },
  {
    calls: ['Slack.Web.Client'],
    addressDefault: 'https://slack.com/api/',
    flow: 'none',
    style: 'request-reply',
    operations: eachOf('push', ['channel'], 'chat_postMessage'),
  },
  {
    calls: ['Stripe.Charge.create', 'Stripe.Customer.create', 'Stripe.PaymentIntent.create'],
    addressDefault: 'https://api.stripe.com',
    flow: 'push',
    style: 'request-reply',
  },
  {
    calls: ['Twilio.REST.Client'],
    addressDefault: 'https://api.twilio.com',
    flow: 'push',
    style: 'request-reply',
  },
];

const ftp: Readonly<Record<string, Operation>> = {
  connect: { flow: 'none', address: ['0'] },
  ...Object.fromEntries(
    ['put', 'putbinaryfile', 'puttextfile', 'storbinary', 'storlines'].map((name) => [
      name,
      { flow: 'push', resource: ['1', '0'], localFile: ['0'] } satisfies Operation,
    ]),
  ),
  ...Object.fromEntries(
    ['get', 'getbinaryfile', 'gettextfile', 'retrbinary'].map((name) => [
      name,
      { flow: 'pull', resource: ['0'], localFile: ['1'] } satisfies Operation,
    ]),
  ),
  ...each('pull', 'nlst', 'list', 'ls'),
};
const upload: Operation = { flow: 'push', resource: ['1'], localFile: ['0'] };
const download: Operation = { flow: 'pull', resource: ['0'], localFile: ['1'] };
const transfers: Readonly<Record<string, Operation>> = {
  upload,
  'upload!': upload,
  download,
  'download!': download,
};

const rubyFiles: readonly ClientEntry[] = [
  {
    calls: ['Net.FTP', 'Net.FTP.open'],
    protocol: 'ftp',
    flow: 'none',
    address: ['0'],
    style: 'file',
    operations: ftp,
  },
  {
    calls: ['Net.SFTP.start'],
    protocol: 'sftp',
    flow: 'none',
    address: ['0'],
    style: 'file',
    operations: transfers,
  },
  {
    calls: ['Net.SCP.start'],
    protocol: 'scp',
    flow: 'none',
    address: ['0'],
    style: 'file',
    operations: transfers,
  },
  {
    calls: ['Net.SCP.upload!', 'Net.SCP.upload'],
    protocol: 'scp',
    flow: 'push',
    address: ['0'],
    localFile: ['2'],
    resource: ['3'],
    style: 'file',
  },
  {
    calls: ['Net.SCP.download!', 'Net.SCP.download'],
    protocol: 'scp',
    flow: 'pull',
    address: ['0'],
    resource: ['2'],
    localFile: ['3'],
    style: 'file',
  },
  {
    calls: ['Net.SSH.start'],
    protocol: 'ssh',
    flow: 'none',
    address: ['0'],
    style: 'file',
    operations: { ...each('both', 'exec', 'exec!'), ...transfers },
  },
  {
    calls: ['TCPSocket', 'TCPSocket.open'],
    protocol: 'tcp',
    flow: 'none',
    address: ['0'],
    port: ['1'],
    style: 'event',
    operations: {
      ...each('push', 'write', 'puts', 'print', 'send'),
      ...each('pull', 'read', 'gets', 'recv'),
    },
  },
  {
    calls: ['Net.LDAP'],
    protocol: 'ldap',
    flow: 'none',
    address: ['host', '0.host'],
    style: 'database',
    operations: { ...each('pull', 'search', 'bind'), ...each('push', 'add', 'modify') },
  },
];

const rubyMail: readonly ClientEntry[] = [
  {
    calls: ['Net.SMTP', 'Net.SMTP.start'],
    protocol: 'smtp',
    flow: 'none',
    address: ['0'],
    style: 'event',
    operations: { ...each('push', 'send_message', 'sendmail', 'send_mail', 'open_message_stream') },
  },
  {
    calls: ['delivery_method'],
    protocol: 'smtp',
    flow: 'push',
    address: ['address', '1.address'],
    style: 'event',
  },
  {
    calls: ['smtp_settings='],
    protocol: 'smtp',
    flow: 'push',
    address: ['0.address'],
    style: 'event',
  },
  {
    calls: ['Net.POP3.start', 'Net.IMAP'],
    protocol: 'imap',
    flow: 'pull',
    address: ['0'],
    style: 'event',
  },
];

/** Clients of Ruby. Constants are written with dots: `Net.HTTP.get`; `X.new` is known as `X`. */
export const rubyClients: readonly ClientEntry[] = [
  ...rubyHttp,
  ...rubyStores,
  ...rubyFiles,
  ...rubyMail,
  ...rubyMessaging,
];
