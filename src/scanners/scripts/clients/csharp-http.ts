import type { ClientEntry, Operation } from './client.ts';
import { all } from './csharp-operations.ts';
import { http } from './operations.ts';

const first = ['0', 'requestUri', 'uri', 'address'];
const setsAddress: Operation = { flow: 'none', address: ['0'] };
const request: Operation = {
  flow: 'method',
  address: ['0.RequestUri', '0.requestUri', '0.1'],
  method: ['0.Method', '0.method', '0.0'],
};

const requests: Readonly<Record<string, Operation>> = {
  'BaseAddress=': setsAddress,
  ...all(
    http('pull', first),
    'GetAsync',
    'GetStringAsync',
    'GetStreamAsync',
    'GetByteArrayAsync',
    'GetFromJsonAsync',
    'GetFromJsonAsAsyncEnumerable',
  ),
  ...all(
    http('push', first),
    'PostAsync',
    'PostAsJsonAsync',
    'PostAsXmlAsync',
    'PutAsync',
    'PutAsJsonAsync',
    'PatchAsync',
    'PatchAsJsonAsync',
  ),
  ...all(http('unknown', first), 'DeleteAsync', 'DeleteFromJsonAsync'),
  ...all(request, 'SendAsync', 'Send'),
  // IdentityModel
  GetDiscoveryDocumentAsync: { flow: 'pull', address: ['0.Address', '0'] },
  ...all(
    { flow: 'pull', address: ['0.Address'] },
    'RequestClientCredentialsTokenAsync',
    'RequestPasswordTokenAsync',
    'RequestTokenAsync',
    'GetUserInfoAsync',
  ),
};

/** A `RestRequest` names its path, a text may stand for it. */
const restPath = ['0.Resource', '0.0', '0'];
const restRequests: Readonly<Record<string, Operation>> = {
  ...all(
    { flow: 'method', address: restPath, method: ['0.Method', '0.1', '1'] },
    'Execute',
    'ExecuteAsync',
  ),
  ...all(
    http('pull', restPath),
    'Get',
    'GetAsync',
    'GetJsonAsync',
    'ExecuteGet',
    'ExecuteGetAsync',
  ),
  ...all(http('pull', restPath), 'DownloadData', 'DownloadDataAsync', 'DownloadStreamAsync'),
  ...all(
    http('push', restPath),
    'Post',
    'PostAsync',
    'PostJsonAsync',
    'ExecutePost',
    'ExecutePostAsync',
    'Put',
    'PutAsync',
    'PutJsonAsync',
    'ExecutePutAsync',
    'Patch',
    'PatchAsync',
  ),
  ...all(http('unknown', restPath), 'Delete', 'DeleteAsync'),
  'BaseUrl=': setsAddress,
};

const flurlRequests: Readonly<Record<string, Operation>> = {
  ...all(
    { flow: 'pull' },
    'GetAsync',
    'GetJsonAsync',
    'GetJsonListAsync',
    'GetStringAsync',
    'GetStreamAsync',
    'GetBytesAsync',
    'DownloadFileAsync',
  ),
  ...all(
    { flow: 'push' },
    'PostAsync',
    'PostJsonAsync',
    'PostStringAsync',
    'PostUrlEncodedAsync',
    'PostMultipartAsync',
    'PutAsync',
    'PutJsonAsync',
    'PatchJsonAsync',
  ),
  DeleteAsync: { flow: 'unknown' },
};

/** HTTP, gRPC, SOAP and socket clients of C#. */
export const csharpHttp: readonly ClientEntry[] = [
  {
    calls: ['System.Net.Http.HttpClient', 'System.Net.Http.HttpMessageInvoker'],
    flow: 'none',
    address: ['BaseAddress'],
    style: 'request-reply',
    operations: requests,
  },
  {
    calls: ['Dapr.Client.DaprClient.CreateInvokeHttpClient'],
    flow: 'none',
    address: ['0', 'appId'],
    style: 'request-reply',
    operations: requests,
  },
  {
    // What a registered client is used for stands in the class that it is injected into.
    calls: ['#AddHttpClient', '#AddRefitClient', '#AddRestEaseClient', '#AddHttpApi'],
    flow: 'none',
    style: 'request-reply',
    operations: {
      'BaseAddress=': { flow: 'unknown', address: ['0'] },
      'HttpHost=': { flow: 'unknown', address: ['0'] },
    },
  },
  {
    calls: ['Refit.RestService.For', 'RestEase.RestClient.For'],
    flow: 'unknown',
    address: ['0'],
    style: 'request-reply',
  },
  {
    calls: ['Refit.HttpMethods'],
    flow: 'none',
    address: ['0'],
    style: 'request-reply',
    operations: {
      Get: http('pull'),
      Head: http('pull'),
      Post: http('push'),
      Put: http('push'),
      Patch: http('push'),
      Delete: http('unknown'),
      Options: http('unknown'),
    },
  },
  {
    calls: ['RestSharp.RestClient', 'RestSharp.IRestClient'],
    flow: 'none',
    address: ['0', '0.BaseUrl', '0.0', 'BaseUrl'],
    style: 'request-reply',
    operations: restRequests,
  },
  {
    calls: ['Flurl.Http.FlurlClient', 'Flurl.Http.IFlurlClient', 'Flurl.Http.FlurlRequest'],
    flow: 'none',
    address: ['0', 'BaseUrl'],
    style: 'request-reply',
    operations: flurlRequests,
  },
  {
    calls: ['System.Net.WebClient'],
    flow: 'none',
    address: ['BaseAddress'],
    style: 'request-reply',
    operations: {
      'BaseAddress=': setsAddress,
      ...all(
        http('pull', first),
        'DownloadString',
        'DownloadStringAsync',
        'DownloadStringTaskAsync',
        'DownloadData',
        'DownloadDataTaskAsync',
        'OpenRead',
        'OpenReadTaskAsync',
      ),
      ...all(
        { flow: 'pull', address: first, localFile: ['1'] },
        'DownloadFile',
        'DownloadFileAsync',
        'DownloadFileTaskAsync',
      ),
      ...all(
        http('push', first),
        'UploadString',
        'UploadStringTaskAsync',
        'UploadData',
        'UploadDataTaskAsync',
        'UploadValues',
        'UploadValuesTaskAsync',
        'OpenWrite',
      ),
      // With three arguments the second is the method.
      ...all(
        { flow: 'push', address: first, localFile: ['2', '1'] },
        'UploadFile',
        'UploadFileTaskAsync',
      ),
    },
  },
  {
    calls: [
      'System.Net.WebRequest.Create',
      'System.Net.WebRequest.CreateHttp',
      'System.Net.HttpWebRequest.Create',
      'System.Net.FtpWebRequest.Create',
    ],
    flow: 'none',
    address: ['0'],
    style: 'request-reply',
    operations: {
      ...all({ flow: 'push' }, 'GetRequestStream', 'GetRequestStreamAsync'),
      ...all({ flow: 'pull' }, 'GetResponse', 'GetResponseAsync'),
    },
  },
  {
    calls: ['GraphQL.Client.Http.GraphQLHttpClient'],
    flow: 'none',
    address: ['0', '0.EndPoint', '0.0'],
    style: 'request-reply',
    operations: {
      SendQueryAsync: { flow: 'pull' },
      CreateSubscriptionStream: { flow: 'pull' },
      SendMutationAsync: { flow: 'push' },
    },
  },
  {
    calls: ['Grpc.Net.Client.GrpcChannel.ForAddress', 'Grpc.Core.Channel'],
    protocol: 'grpc',
    flow: 'both',
    address: ['0', 'address', 'target'],
    style: 'request-reply',
  },
  {
    calls: ['#AddGrpcClient', '#AddCodeFirstGrpcClient'],
    protocol: 'grpc',
    flow: 'none',
    style: 'request-reply',
    operations: { 'Address=': { flow: 'both', address: ['0'] } },
  },
  {
    // A SOAP client or a channel factory is made with it.
    calls: ['System.ServiceModel.EndpointAddress'],
    protocol: 'soap',
    flow: 'both',
    address: ['0', 'uri'],
    style: 'request-reply',
  },
  {
    calls: ['System.ServiceModel.ChannelFactory'],
    protocol: 'soap',
    flow: 'none',
    // A text is the name of an endpoint in the configuration, unless a binding stands before it.
    address: ['1'],
    isMadeFrom: true,
    style: 'request-reply',
    operations: { CreateChannel: { flow: 'both' } },
  },
  {
    calls: ['Microsoft.AspNetCore.SignalR.Client.HubConnectionBuilder'],
    flow: 'none',
    style: 'request-reply',
    operations: {
      WithUrl: setsAddress,
      On: { flow: 'pull', resource: ['0'] },
      ...all({ flow: 'pull', resource: ['0'] }, 'StreamAsync', 'StreamAsChannelAsync'),
      ...all({ flow: 'push', resource: ['0'] }, 'InvokeAsync', 'SendAsync', 'SendCoreAsync'),
    },
  },
  {
    calls: ['System.Net.WebSockets.ClientWebSocket'],
    protocol: 'ws',
    flow: 'none',
    style: 'event',
    operations: {
      ConnectAsync: setsAddress,
      SendAsync: { flow: 'push' },
      ReceiveAsync: { flow: 'pull' },
    },
  },
  {
    calls: ['System.Net.Sockets.TcpClient', 'System.Net.Sockets.UdpClient'],
    protocol: 'tcp',
    flow: 'none',
    address: ['0', 'hostname'],
    port: ['1', 'port'],
    style: 'event',
    operations: {
      ...all(
        { flow: 'none', address: ['0', 'hostname'], port: ['1', 'port'] },
        'Connect',
        'ConnectAsync',
      ),
      ...all(
        { flow: 'push' },
        'Write',
        'WriteAsync',
        'WriteLine',
        'WriteLineAsync',
        'Send',
        'SendAsync',
      ),
      ...all(
        { flow: 'pull' },
        'Read',
        'ReadAsync',
        'ReadLine',
        'ReadLineAsync',
        'Receive',
        'ReceiveAsync',
      ),
    },
  },
  {
    calls: ['#AddJwtBearer', '#AddOpenIdConnect', '#AddIdentityServerAuthentication'],
    flow: 'none',
    style: 'request-reply',
    operations: {
      'Authority=': { flow: 'pull', address: ['0'] },
      'MetadataAddress=': { flow: 'pull', address: ['0'] },
    },
  },
  {
    calls: ['#AddOtlpExporter', '#AddZipkinExporter'],
    flow: 'none',
    style: 'request-reply',
    operations: { 'Endpoint=': { flow: 'push', address: ['0'] } },
  },
];
