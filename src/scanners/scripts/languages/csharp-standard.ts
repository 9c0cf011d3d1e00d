import type { TextFunction } from '../program/text-functions.ts';
import { settingFunction } from './csharp-settings.ts';

const receiver: TextFunction = { does: 'pass', argument: 'this' };
const first: TextFunction = { does: 'pass', argument: 0 };
const format: TextFunction = { does: 'braces', template: 0 };
const concat: TextFunction = { does: 'join' };
const joinList: TextFunction = { does: 'join-list', separator: 0, list: 1 };
const path: TextFunction = { does: 'join', separator: '/' };
const variable: TextFunction = { does: 'setting', name: 0 };

/** Functions of .NET whose value is known. */
export const csharpTextFunctions: Readonly<Record<string, TextFunction>> = {
  [settingFunction]: { does: 'setting', name: 0, fallback: 1 },
  'System.Environment.GetEnvironmentVariable': variable,
  'System.Environment.ExpandEnvironmentVariables': first,
  'string.Format': format,
  'System.String.Format': format,
  'string.Concat': concat,
  'System.String.Concat': concat,
  'string.Join': joinList,
  'System.String.Join': joinList,
  'System.IO.Path.Combine': path,
  'System.IO.Path.Join': path,
  'System.IO.Path.GetFullPath': first,
  'System.Uri': { does: 'resolve-url', base: 0, address: 1 },
  'System.Uri.EscapeDataString': first,
  'System.Uri.UnescapeDataString': first,
  'System.Net.WebUtility.UrlEncode': first,
  'System.Web.HttpUtility.UrlEncode': first,
  'Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString': first,
  'System.Convert.ToString': first,
  '#ToString': receiver,
  '#Trim': receiver,
  '#TrimEnd': receiver,
  '#TrimStart': receiver,
  '#ToLower': receiver,
  '#ToLowerInvariant': receiver,
  '#Append': concat,
  '#AppendLine': concat,
  '#AppendPathSegment': path,
  '#AppendPathSegments': path,
  'MongoDB.Driver.MongoClientSettings.FromConnectionString': first,
  'MongoDB.Driver.MongoClientSettings.FromUrl': first,
  'MongoDB.Driver.MongoUrl.Create': first,
  'StackExchange.Redis.ConfigurationOptions.Parse': first,
  'System.Net.Http.HttpMethod.Parse': first,
  ...Object.fromEntries(
    // Flurl and MQTTnet: these tell a request or a message more, the address or topic stays.
    [
      'SetQueryParam',
      'SetQueryParams',
      'WithHeader',
      'WithHeaders',
      'WithTimeout',
      'WithBasicAuth',
      'WithOAuthBearerToken',
      'WithCookies',
      'AllowHttpStatus',
      'AllowAnyHttpStatus',
      'WithClientId',
      'WithCredentials',
      'WithCleanSession',
      'WithTls',
      'WithTlsOptions',
      'WithPayload',
      'WithQualityOfServiceLevel',
      'WithRetainFlag',
      'WithAtLeastOnceQoS',
      'Build',
    ].map((method) => [`#${method}`, receiver]),
  ),
  '#WithTcpServer': first,
  '#WithWebSocketServer': first,
  '#WithTopic': first,
};

/**
 * Modules whose names every file sees: the SDK's implicit usings, and libraries that another file
 * may bring in by `global using` and whose type names say whose they are.
 */
export const csharpImplicitModules: readonly string[] = [
  'System',
  'System.IO',
  'System.Net.Http',
  'System.Net.Http.Json',
  'System.Diagnostics',
  'Grpc.Net.Client',
  'Npgsql',
  'MySqlConnector',
  'Microsoft.Data.SqlClient',
  'MongoDB.Driver',
  'StackExchange.Redis',
  'Confluent.Kafka',
  'Dapr',
  'Dapr.Client',
  'MassTransit',
  'Refit',
  'EasyNetQ',
  'Elastic.Clients.Elasticsearch',
  'Azure.Messaging.ServiceBus',
  'Azure.Storage.Blobs',
  'Microsoft.Azure.Cosmos',
  'Microsoft.Azure.Functions.Worker',
  'Amazon.S3',
  'Amazon.SQS',
  'Amazon.SimpleNotificationService',
  'Amazon.DynamoDBv2',
];
