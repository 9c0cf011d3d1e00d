import type { ClientEntry, Operation } from './client.ts';
import { each, eachOf, pulls, pushes, sql } from './operations.ts';

const cloud = (
  service: string,
  style: ClientEntry['style'],
  host: string,
  calls: readonly string[],
  operations: Readonly<Record<string, Operation>>,
): ClientEntry => ({
  calls,
  protocol: service,
  address: ['endpoint_url', 'endpoint', 'account_url', 'fully_qualified_namespace'],
  addressDefault: `https://${host}`,
  flow: 'none',
  style,
  operations,
});

const bucket = ['Bucket', '1'];

const buckets: Readonly<Record<string, Operation>> = {
  upload_file: { flow: 'push', localFile: ['0', 'Filename'], resource: bucket },
  upload_fileobj: { flow: 'push', resource: bucket },
  download_file: { flow: 'pull', resource: ['Bucket', '0'], localFile: ['2', 'Filename'] },
  download_fileobj: { flow: 'pull', resource: ['Bucket', '0'] },
  ...eachOf('push', ['Bucket'], 'put_object', 'copy_object', 'create_multipart_upload'),
  ...eachOf('pull', ['Bucket'], 'get_object', 'head_object', 'list_objects', 'list_objects_v2'),
  ...eachOf('unknown', ['Bucket'], 'delete_object', 'delete_objects'),
  copy: { flow: 'push', resource: ['1', 'Bucket'] },
  get_paginator: { flow: 'none' },
  paginate: { flow: 'pull', resource: ['Bucket'] },
};

/** `boto3.resource('s3').Bucket('b').upload_file('f', 'k')`. */
const bucketObjects: Readonly<Record<string, Operation>> = {
  Bucket: { flow: 'none', resource: ['0'] },
  Object: { flow: 'none', resource: ['0'] },
  ...each('push', 'upload_fileobj', 'put_object', 'put', 'copy', 'copy_from'),
  upload_file: { flow: 'push', localFile: ['0', 'Filename'] },
  download_file: { flow: 'pull', localFile: ['1', 'Filename'] },
  ...each('pull', 'download_fileobj', 'get', 'all', 'filter'),
  ...each('unknown', 'delete'),
};

const tables: Readonly<Record<string, Operation>> = {
  Table: { flow: 'none', resource: ['0'] },
  ...eachOf('pull', ['TableName'], 'get_item', 'query', 'scan', 'batch_get_item'),
  ...eachOf('push', ['TableName'], 'put_item', 'update_item', 'batch_write_item'),
  ...eachOf('unknown', ['TableName'], 'delete_item'),
};

const queues: Readonly<Record<string, Operation>> = {
  get_queue_by_name: { flow: 'none', resource: ['QueueName'] },
  Queue: { flow: 'none', resource: ['0'] },
  ...eachOf('push', ['QueueUrl'], 'send_message', 'send_message_batch', 'send_messages'),
  ...eachOf('pull', ['QueueUrl'], 'receive_message', 'receive_messages'),
  ...eachOf('unknown', ['QueueUrl'], 'delete_message'),
};

const aws: readonly ClientEntry[] = [
  cloud('s3', 'file', 's3.amazonaws.com', ['boto3.s3'], buckets),
  cloud('s3', 'file', 's3.amazonaws.com', ['boto3.resource.s3'], bucketObjects),
  cloud('sqs', 'event', 'sqs.amazonaws.com', ['boto3.sqs', 'boto3.resource.sqs'], queues),
  cloud('sns', 'event', 'sns.amazonaws.com', ['boto3.sns', 'boto3.resource.sns'], {
    publish: pushes('TopicArn', 'TargetArn'),
    publish_batch: pushes('TopicArn'),
    Topic: { flow: 'none', resource: ['0'] },
  }),
  cloud(
    'dynamodb',
    'database',
    'dynamodb.amazonaws.com',
    ['boto3.dynamodb', 'boto3.resource.dynamodb'],
    tables,
  ),
  cloud('kinesis', 'stream', 'kinesis.amazonaws.com', ['boto3.kinesis'], {
    ...eachOf('push', ['StreamName', 'StreamARN'], 'put_record', 'put_records'),
    ...eachOf('pull', ['StreamName'], 'get_records', 'get_shard_iterator'),
  }),
  cloud('firehose', 'stream', 'firehose.amazonaws.com', ['boto3.firehose'], {
    ...eachOf('push', ['DeliveryStreamName'], 'put_record', 'put_record_batch'),
  }),
  cloud('smtp', 'event', 'email.amazonaws.com', ['boto3.ses', 'boto3.sesv2'], {
    ...each('push', 'send_email', 'send_raw_email', 'send_templated_email'),
  }),
  cloud('lambda', 'request-reply', 'lambda.amazonaws.com', ['boto3.lambda'], {
    invoke: { flow: 'both', resource: ['FunctionName'] },
  }),
  cloud('eventbridge', 'event', 'events.amazonaws.com', ['boto3.events'], {
    put_events: pushes('Entries.0.EventBusName'),
  }),
  cloud('states', 'request-reply', 'states.amazonaws.com', ['boto3.stepfunctions'], {
    start_execution: pushes('stateMachineArn'),
  }),
  cloud('athena', 'database', 'athena.amazonaws.com', ['boto3.athena'], {
    start_query_execution: { flow: 'sql', statement: ['QueryString'] },
  }),
];

const google: readonly ClientEntry[] = [
  cloud(
    'gs',
    'file',
    'storage.googleapis.com',
    ['google.cloud.storage.Client', 'google.cloud.storage.Client.from_service_account_json'],
    {
      bucket: { flow: 'none', resource: ['0'] },
      get_bucket: { flow: 'none', resource: ['0'] },
      upload_from_filename: { flow: 'push', localFile: ['0'] },
      ...each('push', 'upload_from_string', 'upload_from_file', 'copy_blob'),
      download_to_filename: { flow: 'pull', localFile: ['0'] },
      ...each('pull', 'download_as_bytes', 'download_as_text', 'download_as_string'),
      ...each('pull', 'download_to_file', 'download_blob_to_file'),
      list_blobs: pulls('0'),
      delete: { flow: 'unknown' },
    },
  ),
  cloud('pubsub', 'event', 'pubsub.googleapis.com', ['google.cloud.pubsub_v1.PublisherClient'], {
    publish: pushes('0', 'topic'),
  }),
  cloud('pubsub', 'event', 'pubsub.googleapis.com', ['google.cloud.pubsub_v1.SubscriberClient'], {
    subscribe: pulls('0', 'subscription'),
    pull: pulls('subscription', 'request.subscription', '0.subscription'),
  }),
  cloud('bigquery', 'database', 'bigquery.googleapis.com', ['google.cloud.bigquery.Client'], {
    query: sql,
    query_and_wait: sql,
    insert_rows_json: pushes('0'),
    insert_rows: pushes('0'),
    ...eachOf('push', ['1', 'destination'], 'load_table_from_dataframe', 'load_table_from_json'),
    ...eachOf('push', ['1', 'destination'], 'load_table_from_uri', 'load_table_from_file'),
    list_rows: pulls('0'),
    extract_table: pulls('0'),
  }),
  cloud('firestore', 'database', 'firestore.googleapis.com', ['google.cloud.firestore.Client'], {
    collection: { flow: 'none', resource: ['0'] },
    ...each('pull', 'get', 'stream'),
    ...each('push', 'set', 'add', 'update', 'create'),
    ...each('unknown', 'delete'),
  }),
  {
    calls: ['gspread.service_account', 'gspread.authorize', 'gspread.oauth'],
    addressDefault: 'https://sheets.googleapis.com',
    flow: 'none',
    style: 'request-reply',
    operations: {
      ...each('pull', 'get_all_records', 'get_all_values', 'row_values', 'get'),
      ...each('push', 'append_row', 'append_rows', 'update', 'update_cell', 'batch_update'),
    },
  },
];

const azureCalls = (module: string, ...types: readonly string[]): string[] =>
  types.flatMap((type) =>
    ['', '.aio'].flatMap((variant) => [
      `azure.${module}${variant}.${type}`,
      `azure.${module}${variant}.${type}.from_connection_string`,
    ]),
  );

const azure: readonly ClientEntry[] = [
  {
    calls: azureCalls('storage.blob', 'BlobServiceClient', 'ContainerClient', 'BlobClient'),
    protocol: 'blob',
    address: ['account_url', '0', 'conn_str'],
    flow: 'none',
    resource: ['container_name', '1'],
    style: 'file',
    operations: {
      get_container_client: { flow: 'none', resource: ['0', 'container'] },
      get_blob_client: { flow: 'none', resource: ['container', '0'] },
      ...each('push', 'upload_blob', 'stage_block', 'start_copy_from_url'),
      ...each('pull', 'download_blob', 'list_blobs', 'walk_blobs'),
      ...each('unknown', 'delete_blob'),
    },
  },
  {
    calls: azureCalls('servicebus', 'ServiceBusClient'),
    protocol: 'amqp',
    address: ['fully_qualified_namespace', 'conn_str', '0'],
    flow: 'none',
    style: 'event',
    operations: {
      get_queue_sender: { flow: 'none', resource: ['queue_name', '0'] },
      get_topic_sender: { flow: 'none', resource: ['topic_name', '0'] },
      get_queue_receiver: { flow: 'none', resource: ['queue_name', '0'] },
      get_subscription_receiver: { flow: 'none', resource: ['topic_name', '0'] },
      ...each('push', 'send_messages', 'schedule_messages'),
      ...each('pull', 'receive_messages', 'peek_messages'),
    },
  },
  {
    calls: azureCalls('eventhub', 'EventHubProducerClient', 'EventHubConsumerClient'),
    protocol: 'amqp',
    address: ['fully_qualified_namespace', 'conn_str', '0'],
    flow: 'none',
    resource: ['eventhub_name'],
    style: 'event',
    operations: {
      ...each('push', 'send_batch', 'send_event'),
      ...each('pull', 'receive', 'receive_batch'),
    },
  },
  {
    calls: azureCalls('storage.queue', 'QueueClient', 'QueueServiceClient'),
    protocol: 'azure queue',
    address: ['account_url', '0', 'conn_str'],
    flow: 'none',
    resource: ['queue_name', '1'],
    style: 'event',
    operations: { ...each('push', 'send_message'), ...each('pull', 'receive_messages') },
  },
  {
    calls: ['azure.cosmos.CosmosClient', 'azure.cosmos.CosmosClient.from_connection_string'],
    protocol: 'cosmos',
    address: ['0', 'url', 'conn_str'],
    flow: 'none',
    style: 'database',
    operations: {
      get_container_client: { flow: 'none', resource: ['0'] },
      ...each('pull', 'query_items', 'read_item', 'read_all_items'),
      ...each('push', 'create_item', 'upsert_item', 'replace_item'),
    },
  },
];

const hosted = (
  host: string,
  calls: readonly string[],
  operations: Readonly<Record<string, Operation>>,
): ClientEntry => ({
  calls,
  address: ['base_url', 'api_base', 'host'],
  addressDefault: `https://${host}`,
  flow: 'none',
  style: 'request-reply',
  operations,
});

const stripeTypes = ['Charge', 'Customer', 'PaymentIntent', 'Subscription', 'Invoice', 'Refund'];

const stripe = (flow: 'push' | 'pull', ...methods: readonly string[]): ClientEntry => ({
  calls: stripeTypes.flatMap((type) => methods.map((method) => `stripe.${type}.${method}`)),
  addressDefault: 'https://api.stripe.com',
  flow,
  style: 'request-reply',
});

const services: readonly ClientEntry[] = [
  hosted(
    'slack.com',
    ['slack_sdk.WebClient', 'slack.WebClient', 'slack_sdk.web.async_client.AsyncWebClient'],
    {
      ...eachOf(
        'push',
        ['channel'],
        'chat_postMessage',
        'chat_update',
        'files_upload',
        'files_upload_v2',
      ),
      ...eachOf('pull', ['channel'], 'conversations_history', 'conversations_list', 'users_list'),
    },
  ),
  {
    calls: [
      'slack_sdk.webhook.WebhookClient',
      'pymsteams.connectorcard',
      'discord_webhook.DiscordWebhook',
    ],
    flow: 'none',
    address: ['0', 'url'],
    style: 'request-reply',
    operations: each('push', 'send', 'send_dict', 'execute'),
  },
  stripe('push', 'create', 'modify'),
  stripe('pull', 'retrieve', 'list', 'search'),
  hosted('api.twilio.com', ['twilio.rest.Client'], each('push', 'create')),
  hosted('api.sendgrid.com', ['sendgrid.SendGridAPIClient'], each('push', 'send')),
  hosted(
    'api.openai.com',
    ['openai.OpenAI', 'openai.AsyncOpenAI', 'openai.Client'],
    each('both', 'create', 'parse', 'generate', 'stream'),
  ),
  hosted(
    'api.anthropic.com',
    ['anthropic.Anthropic', 'anthropic.AsyncAnthropic'],
    each('both', 'create', 'stream'),
  ),
  hosted('api.telegram.org', ['telegram.Bot', 'telebot.TeleBot'], each('push', 'send_message')),
  hosted('api.github.com', ['github.Github'], {
    ...each('pull', 'get_repo', 'get_user', 'get_organization', 'search_issues'),
    ...each('push', 'create_issue', 'create_file', 'update_file'),
  }),
  {
    calls: ['jira.JIRA', 'gitlab.Gitlab', 'atlassian.Confluence', 'atlassian.Jira'],
    flow: 'unknown',
    address: ['server', 'url', '0', 'options.server'],
    style: 'request-reply',
  },
  {
    calls: ['simple_salesforce.Salesforce'],
    address: ['instance_url', 'instance'],
    addressDefault: 'https://login.salesforce.com',
    flow: 'none',
    style: 'request-reply',
    operations: {
      ...each('pull', 'query', 'query_all', 'search', 'get'),
      ...each('push', 'create', 'update', 'upsert', 'insert'),
    },
  },
  {
    calls: ['sodapy.Socrata'],
    flow: 'none',
    address: ['0', 'domain'],
    style: 'request-reply',
    operations: { get: pulls('0'), get_all: pulls('0'), upsert: pushes('0'), replace: pushes('0') },
  },
  {
    calls: ['prometheus_client.push_to_gateway', 'prometheus_client.pushadd_to_gateway'],
    flow: 'push',
    address: ['0', 'gateway'],
    style: 'request-reply',
  },
];

/** Cloud services of Python, and hosted ones that a library knows the address of. */
export const pythonCloud: readonly ClientEntry[] = [...aws, ...google, ...azure, ...services];
