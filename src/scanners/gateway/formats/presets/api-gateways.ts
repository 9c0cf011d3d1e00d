import type { Field, LogFormat } from '../../log-format.ts';
import { line } from './line.ts';
import type { Preset } from './preset.ts';

const json = (
  name: string,
  fields: Readonly<Record<string, Field>>,
  records?: string,
): LogFormat => ({ kind: 'json', name, fields, ...(records ? { records } : {}) });

/** Puts a key before each path. */
const below = (key: string, fields: Readonly<Record<string, Field>>): Record<string, Field> =>
  Object.fromEntries(Object.entries(fields).map(([path, field]) => [`${key}.${path}`, field]));

const kong: Readonly<Record<string, Field>> = {
  started_at: { role: 'time' },
  'consumer.username': { role: 'consumer' },
  'authenticated_entity.id': { role: 'api-key' },
  'request.headers.user-agent': { role: 'agent' },
  client_ip: { role: 'address' },
  'request.headers.host': { role: 'host' },
  'request.method': { role: 'method' },
  'request.uri': { role: 'path' },
  'response.status': { role: 'status' },
  'response.size': { role: 'bytes' },
  'latencies.request': { role: 'duration', unit: 'ms' },
  'request.headers.x-request-id': { role: 'request-id' },
};

const tykTraffic: Readonly<Record<string, Field>> = {
  timestamp: { role: 'time' },
  alias: { role: 'consumer' },
  api_key: { role: 'api-key' },
  user_agent: { role: 'agent' },
  ip_address: { role: 'address' },
  api_name: { role: 'service' },
  host: { role: 'host' },
  method: { role: 'method' },
  raw_path: { role: 'path' },
  response_code: { role: 'status' },
  request_time: { role: 'duration', unit: 'ms' },
};

const apigee: Readonly<Record<string, Field>> = {
  proxyRequestReceived: { role: 'time' },
  developerApp: { role: 'consumer' },
  clientId: { role: 'api-key' },
  developerId: { role: 'user' },
  apiProxy: { role: 'service' },
  verb: { role: 'method' },
  requestUri: { role: 'path' },
  proxyResponseCode: { role: 'status' },
  correlationId: { role: 'request-id' },
};

/** API gateways that run in one's own house, or whose log one lays out oneself. */
export const apiGateways: readonly Preset[] = [
  {
    name: 'kong',
    aliases: ['kong-file-log', 'kong-http-log'],
    title: 'Kong file-log, http-log and tcp-log; one object a line or arrays',
    formats: [
      json('kong', {
        ...kong,
        'service.name': { role: 'service' },
        'route.name': { role: 'route' },
        'service.host': { role: 'upstream' },
      }),
      json('kong before 1.0', {
        ...kong,
        'api.name': { role: 'service' },
        'api.upstream_url': { role: 'upstream' },
      }),
    ],
  },
  {
    name: 'tyk',
    aliases: ['tyk-access-log', 'tyk-pump'],
    title: 'Tyk gateway access log in JSON, and what its pump writes',
    formats: [
      json('tyk', {
        time: { role: 'time' },
        api_key: { role: 'api-key' },
        user_agent: { role: 'agent' },
        client_ip: { role: 'address' },
        api_name: { role: 'service' },
        upstream_addr: { role: 'upstream' },
        host: { role: 'host' },
        method: { role: 'method' },
        path: { role: 'path' },
        status: { role: 'status' },
        latency_total: { role: 'duration', unit: 'ms' },
      }),
      json('tyk pump', below('tyk-analytics-record', tykTraffic)),
      json('tyk traffic', tykTraffic),
    ],
  },
  {
    name: 'aws-api-gateway',
    aliases: ['api-gateway', 'api-gateway-clf', 'aws-api-gateway-clf'],
    title: 'Amazon API Gateway, CLF as its console proposes it',
    formats: [
      line(
        'aws-api-gateway',
        '{address} {consumer} {user} [{time}] "{method} {path} {}" {status} {bytes} {request-id}',
      ),
    ],
  },
  {
    name: 'aws-api-gateway-json',
    aliases: ['api-gateway-json'],
    title: 'Amazon API Gateway, JSON as its console proposes it (REST and HTTP)',
    formats: [
      json('aws-api-gateway-json', {
        requestTime: { role: 'time' },
        caller: { role: 'consumer' },
        user: { role: 'user' },
        ip: { role: 'address' },
        httpMethod: { role: 'method' },
        resourcePath: { role: 'path' },
        status: { role: 'status' },
        responseLength: { role: 'bytes' },
        requestId: { role: 'request-id' },
      }),
      json('aws-api-gateway-json, HTTP', {
        requestTime: { role: 'time' },
        ip: { role: 'address' },
        httpMethod: { role: 'method' },
        // `GET /pets/{id}`: the method and the template of the path.
        routeKey: { role: 'request' },
        status: { role: 'status' },
        responseLength: { role: 'bytes' },
        requestId: { role: 'request-id' },
      }),
    ],
  },
  {
    name: 'azure-apim',
    aliases: ['apim', 'azure-api-management'],
    title:
      'Azure API Management, GatewayLogs: records of a storage account, lines, or Log Analytics',
    formats: [
      ...[undefined, 'records'].map((records) =>
        json(
          records ? 'azure-apim records' : 'azure-apim',
          {
            time: { role: 'time' },
            'properties.apimSubscriptionId': { role: 'api-key' },
            'properties.userId': { role: 'user' },
            callerIpAddress: { role: 'address' },
            'properties.apiId': { role: 'service' },
            'properties.operationId': { role: 'route' },
            'properties.backendUrl': { role: 'upstream' },
            'properties.method': { role: 'method' },
            'properties.url': { role: 'path' },
            'properties.responseCode': { role: 'status' },
            'properties.responseSize': { role: 'bytes' },
            durationMs: { role: 'duration', unit: 'ms' },
            correlationId: { role: 'request-id' },
          },
          records,
        ),
      ),
      json('azure-apim Log Analytics', {
        TimeGenerated: { role: 'time' },
        ApimSubscriptionId: { role: 'api-key' },
        UserId: { role: 'user' },
        CallerIpAddress: { role: 'address' },
        ApiId: { role: 'service' },
        OperationId: { role: 'route' },
        BackendUrl: { role: 'upstream' },
        Method: { role: 'method' },
        Url: { role: 'path' },
        ResponseCode: { role: 'status' },
        ResponseSize: { role: 'bytes' },
        TotalTime: { role: 'duration', unit: 'ms' },
        CorrelationId: { role: 'request-id' },
      }),
    ],
  },
  {
    name: 'apigee',
    title:
      'Apigee: the message of Google’s shared flow for Cloud Logging; own messages as a string',
    formats: [
      json('apigee', apigee),
      json('apigee in Cloud Logging', below('jsonPayload', apigee)),
    ],
  },
];
