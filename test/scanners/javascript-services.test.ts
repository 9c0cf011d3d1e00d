import { describe, expect, test } from 'vitest';
import { cloudClients } from '../../src/scanners/scripts/clients/javascript-cloud.ts';
import { serviceClients } from '../../src/scanners/scripts/clients/javascript-services.ts';
import { type Case, listUnmentioned, withoutLibraries } from './javascript-cases.ts';
import { drawScript } from './scan.ts';

const draw = (text: string): Promise<string[]> => drawScript('a.ts', text);

const clouds: readonly Case[] = [
  [
    "import { S3Client, PutObjectCommand, GetObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3';\nconst s3 = new S3Client({ region: 'eu-north-1' });\nawait s3.send(new PutObjectCommand({ Bucket: 'orders', Key: 'k' }));\nconst get = new GetObjectCommand({ Bucket: 'stock' });\nawait s3.send(get);\nawait s3.send(new DeleteObjectCommand({ Bucket: 'old' }))",
    [
      '3 -> s3.amazonaws.com s3 [orders]',
      '5 <- s3.amazonaws.com s3 [stock]',
      '6 ?? s3.amazonaws.com s3 [old]',
    ],
  ],
  [
    "import { S3Client, ListObjectsV2Command } from '@aws-sdk/client-s3';\nclass A { private s3 = new S3Client({ endpoint: 'http://a.example:9000' });\n  list() { return this.s3.send(new ListObjectsV2Command({ Bucket: 'x' })) } }",
    ['3 <- a.example:9000 s3 [x]'],
  ],
  [
    "import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';\nimport { SNSClient, PublishCommand } from '@aws-sdk/client-sns';\nimport { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';\nawait new SQSClient({}).send(new SendMessageCommand({ QueueUrl: 'https://sqs.eu-north-1.amazonaws.com/1/orders' }));\nawait new SNSClient({}).send(new PublishCommand({ TopicArn: 'arn:aws:sns:eu-north-1:1:shipped' }));\nawait DynamoDBDocumentClient.from(c).send(new QueryCommand({ TableName: 'stock' }))",
    [
      '4 -> sqs.amazonaws.com sqs [orders]',
      '5 -> sns.amazonaws.com sns [shipped]',
      '6 <- dynamodb.amazonaws.com dynamodb [stock]',
    ],
  ],
  [
    "const AWS = require('aws-sdk');\nconst s3 = new AWS.S3();\ns3.putObject({ Bucket: 'orders' }).promise();\nnew AWS.DynamoDB.DocumentClient().get({ TableName: 'stock' }, f)",
    ['3 -> s3.amazonaws.com s3 [orders]', '4 <- dynamodb.amazonaws.com dynamodb [stock]'],
  ],
  [
    "import { Lambda } from '@aws-sdk/client-lambda';\nawait new Lambda({}).invoke({ FunctionName: 'price' })",
    ['2 <> lambda.amazonaws.com https [price]'],
  ],
  [
    "import { BlobServiceClient } from '@azure/storage-blob';\nconst b = BlobServiceClient.fromConnectionString('DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=aaaa==;EndpointSuffix=core.windows.net');\nawait b.getContainerClient('raw').getBlockBlobClient('x').uploadFile('/tmp/x')",
    ['3 -> acme.core.windows.net https [raw]'],
  ],
  [
    "import { QueueServiceClient } from '@azure/storage-queue';\nawait new QueueServiceClient('https://a.example').getQueueClient('q').sendMessage('x')",
    ['2 -> a.example https [q]'],
  ],
  [
    "import { TableClient } from '@azure/data-tables';\nconst t = new TableClient('https://a.example', 'orders', cred);\nawait t.createEntity(x)",
    ['3 -> a.example https [orders]'],
  ],
  [
    "import { ServiceBusClient } from '@azure/service-bus';\nconst c = new ServiceBusClient('Endpoint=sb://a.example/;SharedAccessKeyName=R;SharedAccessKey=k=');\nawait c.createSender('orders').sendMessages(x);\nc.createReceiver('stock').subscribe(h)",
    ['3 -> a.example amqp [orders]', '4 <- a.example amqp [stock]'],
  ],
  [
    "import { EventHubProducerClient, EventHubConsumerClient } from '@azure/event-hubs';\nawait new EventHubProducerClient('Endpoint=sb://a.example/;SharedAccessKey=k', 'orders').sendBatch(x);\nnew EventHubConsumerClient('$Default', 'Endpoint=sb://a.example/;SharedAccessKey=k', 'stock').subscribe(h)",
    ['2 -> a.example amqp [orders]', '3 <- a.example amqp [stock]'],
  ],
  [
    "import { CosmosClient } from '@azure/cosmos';\nconst c = new CosmosClient({ endpoint: 'https://a.example', key: process.env.K });\nawait c.database('d').container('orders').items.query('select * from c').fetchAll()",
    ['3 <- a.example https [orders]'],
  ],
  [
    "import { EventGridPublisherClient } from '@azure/eventgrid';\nawait new EventGridPublisherClient('https://a.example/api/events', 'EventGrid', k).send([x])",
    ['2 -> a.example https'],
  ],
  [
    "import { SecretClient } from '@azure/keyvault-secrets';\nawait new SecretClient('https://a.example', cred).getSecret('erp')",
    ['2 <- a.example https [erp]'],
  ],
  [
    "import { Storage } from '@google-cloud/storage';\nconst bucket = new Storage().bucket('raw');\nawait bucket.upload('/tmp/x');\nawait bucket.file('y').download()",
    ['3 -> storage.googleapis.com gs [raw]', '4 <- storage.googleapis.com gs [raw]'],
  ],
  [
    "import { PubSub } from '@google-cloud/pubsub';\nconst p = new PubSub();\nawait p.topic('orders').publishMessage({ data });\np.subscription('stock').on('message', h)",
    ['3 -> pubsub.googleapis.com pubsub [orders]', '4 <- pubsub.googleapis.com pubsub [stock]'],
  ],
  [
    "import { BigQuery } from '@google-cloud/bigquery';\nconst b = new BigQuery();\nawait b.query({ query: 'select * from d.t' });\nawait b.dataset('d').table('u').insert(rows)",
    ['3 <- bigquery.googleapis.com bigquery [d.t]', '4 -> bigquery.googleapis.com bigquery [u]'],
  ],
  [
    "import { Firestore } from '@google-cloud/firestore';\nconst f = new Firestore();\nawait f.collection('orders').doc('1').set(x);\nawait f.collection('stock').get()",
    [
      '3 -> firestore.googleapis.com firestore [orders]',
      '4 <- firestore.googleapis.com firestore [stock]',
    ],
  ],
  [
    "import { Spanner } from '@google-cloud/spanner';\nconst d = new Spanner().instance('i').database('d');\nawait d.run({ sql: 'select * from t' })",
    ['3 <- spanner.googleapis.com spanner [t]'],
  ],
];

const remote: readonly Case[] = [
  [
    "import * as grpc from '@grpc/grpc-js';\nimport * as loader from '@grpc/proto-loader';\nconst shop = grpc.loadPackageDefinition(loader.loadSync('shop.proto')).shop;\nconst client = new shop.ShopService('a.example:50051', grpc.credentials.createInsecure());\nclient.getOrder({ id }, f)",
    ['4 <> a.example:50051 grpc'],
  ],
  [
    "const { ShopClient } = require('./gen/shop_grpc_pb');\nconst { ChannelCredentials } = require('@grpc/grpc-js');\nnew ShopClient(process.env.SHOP_ADDR || 'a.example:7070', ChannelCredentials.createSsl())",
    ['3 <> a.example:7070 grpc'],
  ],
  [
    "import { createChannel } from 'nice-grpc';\ncreateChannel('a.example:80')",
    ['2 <> a.example:80 grpc'],
  ],
  [
    "import { createConnectTransport } from '@connectrpc/connect-web';\nimport { createClient } from '@connectrpc/connect';\ncreateClient(Shop, createConnectTransport({ baseUrl: 'https://a.example' }))",
    ['3 <> a.example grpc'],
  ],
  [
    "import { GrpcWebFetchTransport } from '@protobuf-ts/grpcweb-transport';\nnew GrpcWebFetchTransport({ baseUrl: 'https://a.example' })",
    ['2 <> a.example grpc'],
  ],
  [
    "import soap from 'soap';\nconst c = await soap.createClientAsync('http://a.example/x?wsdl');\nawait c.GetOrderAsync({})",
    ['2 <> a.example soap'],
  ],
  [
    "import { request, gql, GraphQLClient } from 'graphql-request';\nawait request('https://a.example/graphql', gql`mutation { x }`);\nconst c = new GraphQLClient('https://b.example/graphql');\nawait c.request(gql`query { y }`)",
    ['2 -> a.example graphql', '4 <- b.example graphql'],
  ],
  [
    "import { ApolloClient, HttpLink, gql } from '@apollo/client';\nconst c = new ApolloClient({ uri: 'https://a.example/graphql' });\nc.mutate({ mutation: gql`mutation { x }` });\nnew HttpLink({ uri: 'https://b.example/graphql' });\nnew ApolloClient({ link })",
    ['3 -> a.example graphql', '4 ?? b.example graphql'],
  ],
  [
    "import { createClient } from 'urql';\nexport const c = createClient({ url: 'https://a.example/graphql' })",
    ['2 ?? a.example graphql'],
  ],
  [
    "import { IntrospectAndCompose } from '@apollo/gateway';\nnew IntrospectAndCompose({ subgraphs: [{ name: 'a', url: 'http://a.example' }, { name: 'b', url: 'http://b.example' }] })",
    ['2 ?? a.example graphql', '2 ?? b.example graphql'],
  ],
  [
    "import ldap from 'ldapjs';\nconst c = ldap.createClient({ url: 'ldaps://a.example' });\nc.bind(dn, process.env.P, f);\nc.search('ou=people', {}, f)",
    ['3 ?? a.example ldap', '4 <- a.example ldap [ou=people]'],
  ],
  [
    "import { OPCUAClient } from 'node-opcua';\nconst c = OPCUAClient.create({});\nawait c.connect('opc.tcp://a.example:4840');\nconst s = await c.createSession();\nawait s.read({ nodeId: 'ns=1;s=T' })",
    ['5 <- a.example:4840 opc-ua [ns=1;s=T]'],
  ],
  [
    "import ModbusRTU from 'modbus-serial';\nconst m = new ModbusRTU();\nawait m.connectTCP('10.1.2.3', { port: 502 });\nawait m.readHoldingRegisters(0, 10);\nawait m.writeRegister(5, 1)",
    ['4 <- 10.1.2.3 modbus', '5 -> 10.1.2.3 modbus'],
  ],
  [
    "const S7 = require('nodes7');\nconst c = new S7();\nc.initiateConnection({ host: '10.1.2.4' }, () => c.readAllItems(f))",
    ['3 <- 10.1.2.4 s7'],
  ],
  [
    "import net from 'node:net';\nconst s = new net.Socket();\ns.connect(6661, 'a.example');\ns.write(x)",
    ['4 -> a.example mllp'],
  ],
  [
    "import dgram from 'node:dgram';\ndgram.createSocket('udp4').send(m, 8125, 'a.example')",
    ['2 -> a.example udp'],
  ],
];

const bought: readonly Case[] = [
  [
    "import { WebClient } from '@slack/web-api';\nawait new WebClient(token).chat.postMessage({ channel })",
    ['2 -> slack.com https'],
  ],
  [
    "import { IncomingWebhook } from '@slack/webhook';\nnew IncomingWebhook('https://hooks.slack.com/services/x')",
    ['2 -> hooks.slack.com https'],
  ],
  [
    "import Stripe from 'stripe';\nconst s = new Stripe(key);\nawait s.charges.create({});\nawait s.customers.retrieve('x');\ns.webhooks.constructEvent(b, h, k)",
    ['3 -> api.stripe.com https', '4 <- api.stripe.com https'],
  ],
  [
    "const client = require('twilio')(sid, token);\nclient.messages.create({ to })",
    ['2 -> api.twilio.com https'],
  ],
  [
    "import OpenAI from 'openai';\nconst a = new OpenAI({ baseURL: 'https://a.example/v1' });\nawait a.chat.completions.create({});\nawait new OpenAI().models.list()",
    ['3 <> a.example https', '4 <- api.openai.com https'],
  ],
  [
    "import Anthropic from '@anthropic-ai/sdk';\nawait new Anthropic().messages.create({})",
    ['2 <> api.anthropic.com https'],
  ],
  [
    "import sg from '@sendgrid/mail';\nsg.setApiKey(k);\nawait sg.send(m)",
    ['3 -> api.sendgrid.com https'],
  ],
  [
    "import { ServerClient } from 'postmark';\nnew ServerClient(k).sendEmail(m)",
    ['2 -> api.postmarkapp.com https'],
  ],
  [
    "import { Resend } from 'resend';\nawait new Resend(k).emails.send(m)",
    ['2 -> api.resend.com https'],
  ],
  [
    "import { Octokit } from '@octokit/rest';\nawait new Octokit({ baseUrl: 'https://a.example/api/v3' }).rest.issues.create(x)",
    ['2 -> a.example https'],
  ],
  [
    "import { Client } from '@hubspot/api-client';\nawait new Client({ accessToken }).crm.contacts.basicApi.getPage()",
    ['2 <- api.hubapi.com https'],
  ],
  [
    "import jsforce from 'jsforce';\nconst c = new jsforce.Connection({ loginUrl: 'https://a.example' });\nawait c.query('select Id from Account')",
    ['3 <- a.example https'],
  ],
  [
    "import { Client } from '@microsoft/microsoft-graph-client';\nconst g = Client.init({ authProvider });\nawait g.api('/users').get()",
    ['3 <- graph.microsoft.com https'],
  ],
  [
    "import { createClient } from 'contentful';\nawait createClient({ space }).getEntries()",
    ['2 <- cdn.contentful.com https'],
  ],
];

const all = [...clouds, ...remote, ...bought];

describe('clouds, remote calls and services', () => {
  test.each(all)('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });

  test.each(all)('a file of the same name is no library: %s', async (text) => {
    expect(await draw(withoutLibraries(text))).toEqual([]);
  });

  test('every client of the tables has a script here', () => {
    const aws = /^aws /;
    expect(listUnmentioned(cloudClients, clouds).filter((calls) => !aws.test(calls))).toEqual([]);
    expect(
      listUnmentioned(serviceClients, [...remote, ...bought]).filter(
        (calls) => calls !== 'grpc.Client',
      ),
    ).toEqual([]);
  });
});

test.each([
  "import { credentials } from '@grpc/grpc-js';\nconst c = credentials.createInsecure();\nnew grpc.Server().bindAsync('no.example:50051', c, f)",
  "import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';\nnew S3Client({ endpoint: 'http://no.example' });\nnew PutObjectCommand({ Bucket: 'x' })",
  "import Stripe from 'stripe';\nfunction f(s: Stripe.Event) { s.create({}) }\nnew Stripe(key)",
  'import { gql } from \'@apollo/client\';\nexport const q = gql`query { a(url: "http://no.example") }`',
  "class Connection { query(s: string) {} }\nnew Connection().query('select Id from https://no.example')",
  'const client = { messages: { create() {} } };\nclient.messages.create()',
  "// new OpenAI()\nthrow new Error('see https://api.stripe.com')",
])('no connection: %s', async (text) => {
  expect(await draw(text)).toEqual([]);
});
