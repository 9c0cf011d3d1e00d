import type { ClientEntry, Operation } from './client.ts';
import { each, http, httpVerbs, verbs } from './operations.ts';

const webVerbs: Readonly<Record<string, Operation>> = {
  ...httpVerbs,
  options: http('unknown'),
  request: { flow: 'method', address: ['1', 'url'], method: ['0', 'method'] },
  stream: { flow: 'method', address: ['1', 'url'], method: ['0', 'method'] },
  ws_connect: http('both'),
};

/** A connection to one host, on which paths are asked for. */
const hostRequests: Readonly<Record<string, Operation>> = {
  request: { flow: 'method', address: ['1', 'url'], method: ['0', 'method'] },
  putrequest: { flow: 'method', address: ['1', 'url'], method: ['0', 'request'] },
  urlopen: { flow: 'method', address: ['1', 'url'], method: ['0', 'method'] },
};

const named = (calls: readonly string[]): ClientEntry => ({
  calls,
  flow: 'method',
  address: ['1', 'url'],
  method: ['0', 'method'],
  style: 'request-reply',
});

/** HTTP clients of Python, and what is spoken over HTTP. */
export const pythonHttp: readonly ClientEntry[] = [
  ...['requests', 'httpx', 'requests_cache', 'niquests', 'grequests', 'treq'].flatMap(verbs),
  named(['aiohttp.request', 'urllib3.request', 'requests.api.request']),
  {
    calls: [
      'requests.Session',
      'requests.session',
      'requests.sessions.Session',
      'requests_cache.CachedSession',
      'requests_oauthlib.OAuth1Session',
      'requests_oauthlib.OAuth2Session',
      'authlib.integrations.requests_client.OAuth2Session',
      'requests_toolbelt.sessions.BaseUrlSession',
      'cloudscraper.create_scraper',
      'httpx.Client',
      'httpx.AsyncClient',
      'aiohttp.ClientSession',
      'aiohttp_retry.RetryClient',
      'urllib3.PoolManager',
      'urllib3.ProxyManager',
      'settings().http',
    ],
    flow: 'none',
    address: ['base_url'],
    style: 'request-reply',
    operations: webVerbs,
  },
  {
    calls: ['urllib3.HTTPConnectionPool', 'http.client.HTTPConnection', 'httplib.HTTPConnection'],
    protocol: 'http',
    flow: 'none',
    address: ['0', 'host'],
    style: 'request-reply',
    operations: hostRequests,
  },
  {
    calls: [
      'urllib3.HTTPSConnectionPool',
      'http.client.HTTPSConnection',
      'httplib.HTTPSConnection',
    ],
    protocol: 'https',
    flow: 'none',
    address: ['0', 'host'],
    style: 'request-reply',
    operations: hostRequests,
  },
  {
    calls: [
      'urllib.request.urlopen',
      'urllib2.urlopen',
      'urllib.urlopen',
      'six.moves.urllib.request.urlopen',
    ],
    flow: 'method',
    address: ['0', '0.url', 'url'],
    method: ['method', '0.method'],
    style: 'request-reply',
  },
  {
    calls: ['urllib.request.build_opener', 'urllib2.build_opener'],
    flow: 'none',
    style: 'request-reply',
    operations: {
      open: { flow: 'method', address: ['0', '0.url'], method: ['0.method'] },
    },
  },
  {
    calls: ['urllib.request.urlretrieve', 'urllib.urlretrieve', 'wget.download'],
    flow: 'pull',
    address: ['0', 'url'],
    localFile: ['1', 'filename', 'out'],
    style: 'request-reply',
  },
  {
    calls: ['httplib2.Http'],
    flow: 'none',
    style: 'request-reply',
    operations: {
      request: { flow: 'method', address: ['0', 'uri'], method: ['1', 'method'] },
    },
  },
  {
    calls: ['pycurl.Curl'],
    flow: 'none',
    style: 'request-reply',
    operations: {
      setopt_URL: { flow: 'none', address: ['1'] },
      ...each('unknown', 'perform', 'perform_rb', 'perform_rs'),
    },
  },
  {
    calls: [
      'tornado.httpclient.AsyncHTTPClient',
      'tornado.httpclient.HTTPClient',
      'tornado.simple_httpclient.SimpleAsyncHTTPClient',
    ],
    flow: 'none',
    style: 'request-reply',
    operations: {
      fetch: { flow: 'method', address: ['0', '0.url', 'request'], method: ['method', '0.method'] },
    },
  },
  {
    calls: ['locust.contrib.fasthttp.FastHttpSession'],
    flow: 'none',
    address: ['base_url'],
    style: 'request-reply',
    operations: webVerbs,
  },
  {
    calls: [
      'grpc.insecure_channel',
      'grpc.secure_channel',
      'grpc.aio.insecure_channel',
      'grpc.aio.secure_channel',
      'grpclib.client.Channel',
    ],
    protocol: 'grpc',
    flow: 'both',
    address: ['0', 'target', 'host'],
    style: 'request-reply',
  },
  {
    calls: [
      'zeep.Client',
      'zeep.AsyncClient',
      'suds.client.Client',
      'pysimplesoap.client.SoapClient',
    ],
    protocol: 'soap',
    flow: 'both',
    address: ['0', 'wsdl', 'url', 'location'],
    style: 'request-reply',
  },
  {
    calls: ['xmlrpc.client.ServerProxy', 'xmlrpclib.ServerProxy', 'xmlrpclib.Server'],
    flow: 'both',
    address: ['0', 'uri'],
    style: 'request-reply',
  },
  {
    calls: [
      'gql.transport.requests.RequestsHTTPTransport',
      'gql.transport.aiohttp.AIOHTTPTransport',
      'gql.transport.httpx.HTTPXTransport',
      'gql.transport.websockets.WebsocketsTransport',
      'python_graphql_client.GraphqlClient',
      'sgqlc.endpoint.http.HTTPEndpoint',
    ],
    protocol: 'graphql',
    flow: 'none',
    address: ['url', 'endpoint', '0'],
    style: 'request-reply',
    operations: each('both', 'execute', 'execute_async', 'subscribe'),
  },
  {
    calls: [
      'websockets.connect',
      'websockets.client.connect',
      'websockets.sync.client.connect',
      'websocket.create_connection',
    ],
    protocol: 'ws',
    flow: 'none',
    address: ['0', 'uri', 'url'],
    style: 'stream',
    operations: { ...each('push', 'send'), ...each('pull', 'recv') },
  },
  {
    calls: ['websocket.WebSocketApp'],
    protocol: 'ws',
    flow: 'both',
    address: ['0', 'url'],
    style: 'stream',
  },
  {
    calls: ['socketio.Client', 'socketio.AsyncClient'],
    protocol: 'ws',
    flow: 'none',
    style: 'stream',
    operations: {
      connect: { flow: 'none', address: ['0', 'url'] },
      ...each('push', 'emit', 'send', 'call'),
    },
  },
];
