import type { ClientEntry, Operation } from './client.ts';
import { goCloudClients } from './go-cloud.ts';
import { goDatabases } from './go-databases.ts';
import { goMessaging } from './go-messaging.ts';
import { each, http, pulls, pushes } from './operations.ts';

const requests: Readonly<Record<string, Operation>> = {
  Get: http('pull', ['0']),
  Head: http('pull', ['0']),
  Post: http('push', ['0']),
  PostForm: http('push', ['0']),
  Put: http('push', ['0']),
  Patch: http('push', ['0']),
  Delete: http('unknown', ['0']),
};

const requestCalls = (prefix: string, methods: readonly string[]): ClientEntry[] =>
  methods.map((method) => ({
    flow: 'unknown',
    ...requests[method],
    calls: [`${prefix}.${method}`],
    style: 'request-reply',
  }));

const simple = ['Get', 'Head', 'Post', 'PostForm'];

const goHttp: readonly ClientEntry[] = [
  ...requestCalls('net/http', simple),
  ...requestCalls('net/http.DefaultClient', simple),
  ...requestCalls('github.com/hashicorp/go-retryablehttp', simple),
  {
    calls: ['net/http.Client', 'github.com/hashicorp/go-retryablehttp.NewClient'],
    flow: 'none',
    style: 'request-reply',
    operations: requests,
  },
  {
    calls: ['net/http.NewRequest', 'github.com/hashicorp/go-retryablehttp.NewRequest'],
    flow: 'method',
    method: ['0'],
    address: ['1'],
    style: 'request-reply',
  },
  {
    calls: [
      'net/http.NewRequestWithContext',
      'github.com/hashicorp/go-retryablehttp.NewRequestWithContext',
    ],
    flow: 'method',
    method: ['1'],
    address: ['2'],
    style: 'request-reply',
  },
  {
    calls: ['net/http/httputil.NewSingleHostReverseProxy'],
    flow: 'both',
    address: ['0'],
    style: 'request-reply',
  },
  {
    calls: [
      'github.com/go-resty/resty.New',
      'github.com/go-resty/resty.NewWithClient',
      'github.com/go-resty/resty.Client',
      'resty.dev.New',
      'github.com/imroc/req.C',
    ],
    flow: 'none',
    style: 'request-reply',
    operations: {
      ...requests,
      SetBaseURL: { flow: 'none', address: ['0'] },
      SetHostURL: { flow: 'none', address: ['0'] },
      Execute: { flow: 'method', method: ['0'], address: ['1'] },
    },
  },
  {
    calls: ['github.com/valyala/fasthttp.Get'],
    flow: 'pull',
    address: ['1'],
    style: 'request-reply',
  },
  {
    calls: ['github.com/valyala/fasthttp.Post'],
    flow: 'push',
    address: ['1'],
    style: 'request-reply',
  },
  {
    calls: ['github.com/valyala/fasthttp.AcquireRequest'],
    flow: 'none',
    style: 'request-reply',
    operations: { SetRequestURI: { flow: 'unknown', address: ['0'] } },
  },
  {
    calls: [
      'google.golang.org/grpc.Dial',
      'google.golang.org/grpc.NewClient',
      'github.com/zeromicro/go-zero/zrpc.NewClientWithTarget',
    ],
    protocol: 'grpc',
    flow: 'both',
    address: ['0'],
    style: 'request-reply',
  },
  {
    calls: ['google.golang.org/grpc.DialContext'],
    protocol: 'grpc',
    flow: 'both',
    address: ['1'],
    style: 'request-reply',
  },
  {
    calls: ['net/rpc.Dial', 'net/rpc.DialHTTP', 'net/rpc/jsonrpc.Dial'],
    protocol: 'rpc',
    flow: 'both',
    address: ['1'],
    style: 'request-reply',
  },
  {
    calls: [
      'github.com/machinebox/graphql.NewClient',
      'github.com/hasura/go-graphql-client.NewClient',
      'github.com/shurcooL/graphql.NewClient',
    ],
    protocol: 'graphql',
    flow: 'none',
    address: ['0'],
    style: 'request-reply',
    operations: {
      ...each('unknown', 'Run'),
      ...each('pull', 'Query'),
      ...each('push', 'Mutate'),
    },
  },
  {
    calls: ['github.com/hooklift/gowsdl/soap.NewClient', 'github.com/tiaguinho/gosoap.SoapClient'],
    protocol: 'soap',
    flow: 'none',
    address: ['0'],
    style: 'request-reply',
    operations: each('both', 'Call', 'CallContext'),
  },
  {
    calls: ['github.com/gorilla/websocket.DefaultDialer.Dial'],
    flow: 'both',
    address: ['0'],
    style: 'stream',
    protocol: 'ws',
  },
  {
    calls: [
      'github.com/gorilla/websocket.DefaultDialer.DialContext',
      'nhooyr.io/websocket.Dial',
      'github.com/coder/websocket.Dial',
    ],
    flow: 'both',
    address: ['1'],
    style: 'stream',
    protocol: 'ws',
  },
];

const goFiles: readonly ClientEntry[] = [
  {
    calls: ['golang.org/x/crypto/ssh.Dial'],
    protocol: 'ssh',
    flow: 'none',
    address: ['1'],
    style: 'file',
  },
  {
    calls: ['github.com/pkg/sftp.NewClient', 'github.com/pkg/sftp.Client'],
    protocol: 'sftp',
    isMadeFrom: true,
    flow: 'none',
    style: 'file',
    operations: sftpOperations(),
  },
  {
    calls: [
      'github.com/jlaffaye/ftp.Dial',
      'github.com/jlaffaye/ftp.Connect',
      'github.com/secsy/goftp.Dial',
      'github.com/secsy/goftp.DialConfig',
    ],
    protocol: 'ftp',
    flow: 'none',
    address: ['0', '1'],
    style: 'file',
    operations: {
      Stor: pushes('0'),
      Append: pushes('0'),
      Store: pushes('0'),
      Retr: pulls('0'),
      Retrieve: pulls('0'),
      List: pulls('0'),
      NameList: pulls('0'),
    },
  },
];

function sftpOperations(): Readonly<Record<string, Operation>> {
  return {
    Open: pulls('0'),
    ReadDir: pulls('0'),
    Create: pushes('0'),
    OpenFile: { flow: 'unknown', resource: ['0'] },
    Remove: { flow: 'unknown', resource: ['0'] },
  };
}

const goMail: readonly ClientEntry[] = [
  { calls: ['net/smtp.SendMail'], protocol: 'smtp', flow: 'push', address: ['0'], style: 'event' },
  {
    calls: ['net/smtp.Dial'],
    protocol: 'smtp',
    flow: 'none',
    address: ['0'],
    style: 'event',
    operations: each('push', 'Data'),
  },
  {
    calls: [
      'gopkg.in/gomail.NewDialer',
      'gopkg.in/gomail.NewPlainDialer',
      'gopkg.in/mail.NewDialer',
      'github.com/go-mail/mail.NewDialer',
      'github.com/wneessen/go-mail.NewClient',
    ],
    protocol: 'smtp',
    flow: 'none',
    address: ['0'],
    style: 'event',
    operations: each('push', 'DialAndSend', 'Send', 'DialAndSendWithContext'),
  },
  {
    calls: ['net.Dial', 'net.DialTimeout', 'crypto/tls.Dial'],
    protocol: 'tcp',
    flow: 'none',
    address: ['1'],
    style: 'event',
    operations: { ...each('push', 'Write'), ...each('pull', 'Read') },
  },
  {
    calls: ['github.com/go-ldap/ldap.DialURL', 'github.com/go-ldap/ldap.Dial'],
    protocol: 'ldap',
    flow: 'none',
    address: ['1', '0'],
    style: 'database',
    operations: { ...each('pull', 'Search', 'Bind'), ...each('push', 'Add', 'Modify') },
  },
];

/** Clients of Go. Modules are their import paths without a major version. */
export const goClients: readonly ClientEntry[] = [
  ...goHttp,
  ...goDatabases,
  ...goFiles,
  ...goMail,
  ...goMessaging,
  ...goCloudClients,
];
