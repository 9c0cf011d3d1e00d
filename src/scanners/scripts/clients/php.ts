import type { HandedOver } from '../program/interpret-calls.ts';
import type { ClientEntry, Operation } from './client.ts';
import { each, eachOf, http, pulls, pushes, verbs } from './operations.ts';
import { phpDatabases, phpStatements } from './php-databases.ts';
import { phpMessaging } from './php-messaging.ts';

const guzzle: Readonly<Record<string, Operation>> = Object.fromEntries(
  (
    [
      ['get', 'pull'],
      ['head', 'pull'],
      ['post', 'push'],
      ['put', 'push'],
      ['patch', 'push'],
      ['delete', 'unknown'],
    ] as const
  ).flatMap(([verb, flow]) => [
    [verb, http(flow, ['0'])],
    [`${verb}Async`, http(flow, ['0'])],
  ]),
);
const requested: Operation = { flow: 'method', method: ['0'], address: ['1'] };

const facade = ['Illuminate.Support.Facades.Http', 'Http'];
const facadeSetters = [
  'withHeaders',
  'withToken',
  'withBasicAuth',
  'withOptions',
  'withBody',
  'withoutVerifying',
  'withQueryParameters',
  'timeout',
  'retry',
  'acceptJson',
  'asForm',
  'asJson',
  'asMultipart',
  'attach',
  'contentType',
];

const phpHttp: readonly ClientEntry[] = [
  {
    calls: ['curl_init'],
    flow: 'none',
    address: ['0'],
    style: 'request-reply',
    operations: {
      CURLOPT_URL: { flow: 'none', address: ['0'] },
      curl_exec: { flow: 'method', method: ['0'] },
    },
  },
  {
    calls: ['file_get_contents'],
    flow: 'method',
    method: ['2.http.method', '2.https.method'],
    address: ['0'],
    needsScheme: true,
    style: 'request-reply',
  },
  {
    calls: ['fopen', 'file', 'readfile', 'simplexml_load_file', 'get_headers', 'getimagesize'],
    flow: 'pull',
    address: ['0'],
    needsScheme: true,
    style: 'request-reply',
  },
  {
    calls: ['copy'],
    flow: 'pull',
    address: ['0'],
    localFile: ['1'],
    needsScheme: true,
    style: 'request-reply',
  },
  {
    calls: ['file_put_contents'],
    flow: 'push',
    address: ['0'],
    needsScheme: true,
    style: 'request-reply',
  },
  {
    calls: ['GuzzleHttp.Client', 'GuzzleHttp.ClientInterface'],
    flow: 'none',
    address: ['0.base_uri', '0.base_url'],
    style: 'request-reply',
    operations: { ...guzzle, request: requested, requestAsync: requested },
  },
  {
    calls: ['GuzzleHttp.Psr7.Request', 'Nyholm.Psr7.Request', 'HTTP_Request2'],
    flow: 'method',
    method: ['0'],
    address: ['1'],
    style: 'request-reply',
  },
  {
    calls: [
      'Symfony.Component.HttpClient.HttpClient.create',
      'Symfony.Component.HttpClient.HttpClient.createForBaseUri',
      'Symfony.Contracts.HttpClient.HttpClientInterface',
    ],
    flow: 'none',
    address: ['0.base_uri', '0'],
    style: 'request-reply',
    operations: { request: requested },
  },
  ...facade.flatMap((prefix): ClientEntry[] => [
    ...verbs(prefix),
    {
      calls: facadeSetters.map((name) => `${prefix}.${name}`),
      flow: 'none',
      style: 'request-reply',
      operations: { ...guzzle, baseUrl: { flow: 'none', address: ['0'] }, send: requested },
    },
    {
      calls: [`${prefix}.baseUrl`],
      flow: 'none',
      address: ['0'],
      style: 'request-reply',
      operations: guzzle,
    },
    { calls: [`${prefix}.send`], ...requested, style: 'request-reply' },
  ]),
  {
    calls: ['SoapClient', 'Laminas.Soap.Client', 'nusoap_client'],
    protocol: 'soap',
    flow: 'both',
    address: ['0', '1.location'],
    style: 'request-reply',
  },
  {
    calls: ['wp_remote_get', 'wp_safe_remote_get', 'wp_remote_head', 'download_url'],
    flow: 'pull',
    address: ['0'],
    style: 'request-reply',
  },
  {
    calls: ['wp_remote_post', 'wp_safe_remote_post'],
    flow: 'push',
    address: ['0'],
    style: 'request-reply',
  },
  {
    calls: ['wp_remote_request'],
    flow: 'method',
    method: ['1.method'],
    address: ['0'],
    style: 'request-reply',
  },
  {
    calls: ['Drupal.httpClient'],
    flow: 'none',
    style: 'request-reply',
    operations: { ...guzzle, request: requested },
  },
  {
    calls: ['Stripe.StripeClient'],
    addressDefault: 'https://api.stripe.com',
    flow: 'both',
    style: 'request-reply',
  },
  {
    calls: ['Twilio.Rest.Client'],
    addressDefault: 'https://api.twilio.com',
    flow: 'push',
    style: 'request-reply',
  },
];

const phpFiles: readonly ClientEntry[] = [
  { calls: ['ftp_connect'], protocol: 'ftp', flow: 'none', address: ['0'], style: 'file' },
  { calls: ['ftp_ssl_connect'], protocol: 'ftps', flow: 'none', address: ['0'], style: 'file' },
  { calls: ['ssh2_connect'], protocol: 'ssh', flow: 'none', address: ['0'], style: 'file' },
  {
    calls: ['phpseclib3.Net.SFTP', 'phpseclib.Net.SFTP', 'Net_SFTP'],
    protocol: 'sftp',
    flow: 'none',
    address: ['0'],
    style: 'file',
    operations: {
      put: { flow: 'push', resource: ['0'], localFile: ['1'] },
      get: { flow: 'pull', resource: ['0'], localFile: ['1'] },
      ...eachOf('pull', ['0'], 'nlist', 'rawlist'),
      ...eachOf('unknown', ['0'], 'delete', 'rename'),
    },
  },
  {
    calls: ['phpseclib3.Net.SSH2', 'phpseclib.Net.SSH2'],
    protocol: 'ssh',
    flow: 'none',
    address: ['0'],
    style: 'file',
    operations: each('both', 'exec'),
  },
  {
    calls: ['fsockopen', 'pfsockopen', 'stream_socket_client'],
    protocol: 'tcp',
    flow: 'both',
    address: ['0'],
    port: ['1'],
    style: 'event',
  },
  {
    calls: ['ldap_connect'],
    protocol: 'ldap',
    flow: 'none',
    address: ['0'],
    style: 'database',
  },
];

const handedOver: HandedOver = {
  ftp_put: { flow: 'push', resource: ['1'], localFile: ['2'] },
  ftp_fput: { flow: 'push', resource: ['1'] },
  ftp_nb_put: { flow: 'push', resource: ['1'], localFile: ['2'] },
  ftp_get: { flow: 'pull', resource: ['2'], localFile: ['1'] },
  ftp_fget: { flow: 'pull', resource: ['2'] },
  ftp_nb_get: { flow: 'pull', resource: ['2'], localFile: ['1'] },
  ftp_nlist: pulls('1'),
  ssh2_scp_send: { flow: 'push', resource: ['2'], localFile: ['1'] },
  ssh2_scp_recv: { flow: 'pull', resource: ['1'], localFile: ['2'] },
  ssh2_exec: { flow: 'both' },
  ldap_search: pulls(),
  ldap_add: pushes(),
};

const phpMail: readonly ClientEntry[] = [
  { calls: ['mail', 'wp_mail'], protocol: 'smtp', flow: 'push', style: 'event' },
  {
    calls: ['PHPMailer.PHPMailer.PHPMailer', 'PHPMailer'],
    protocol: 'smtp',
    flow: 'none',
    style: 'event',
    operations: { 'Host=': { flow: 'none', address: ['0'] }, send: pushes(), Send: pushes() },
  },
  {
    calls: [
      'Symfony.Component.Mailer.Transport.fromDsn',
      'Swift_SmtpTransport',
      'Swift_SmtpTransport.newInstance',
      'Symfony.Component.Mailer.Transport.Smtp.EsmtpTransport',
    ],
    protocol: 'smtp',
    flow: 'none',
    address: ['0'],
    style: 'event',
    operations: each('push', 'send'),
  },
  {
    calls: ['Symfony.Component.Mailer.Mailer', 'Swift_Mailer'],
    protocol: 'smtp',
    isMadeFrom: true,
    flow: 'none',
    style: 'event',
    operations: each('push', 'send'),
  },
  {
    calls: ['Symfony.Component.Mailer.MailerInterface'],
    protocol: 'smtp',
    addressDefault: '{env:MAILER_DSN}',
    flow: 'none',
    style: 'event',
    operations: each('push', 'send'),
  },
  {
    calls: ['to', 'cc', 'bcc', 'send', 'raw', 'mailer'].flatMap((name) => [
      `Illuminate.Support.Facades.Mail.${name}`,
    ]),
    protocol: 'smtp',
    addressDefault: '{env:MAIL_HOST}',
    flow: 'push',
    style: 'event',
  },
];

/** Clients of PHP. Namespaces are written with dots: `GuzzleHttp.Client`. */
export const phpClients: readonly ClientEntry[] = [
  ...phpHttp,
  ...phpDatabases,
  ...phpFiles,
  ...phpMail,
  ...phpMessaging,
];

/** Functions that use a handle they are given. */
export const phpHandedOver: HandedOver = { ...handedOver, ...phpStatements };
