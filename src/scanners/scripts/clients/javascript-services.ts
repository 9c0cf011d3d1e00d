import {
  client,
  each,
  exchange,
  type JavascriptEntry,
  pullsBy,
  pushesBy,
  service,
} from './javascript-entry.ts';

const grpc = { protocol: 'grpc' } as const;
const graphql = {
  ...pullsBy('query request rawRequest readQuery subscribe subscription batchRequests'),
  ...pushesBy('mutate mutation requestMutation rawRequestMutation'),
};
const actions = {
  ...pushesBy('create update confirm capture cancel upsert insert destroy send remove createTask'),
  ...pullsBy('retrieve list search fetch get'),
};

/** Remote calls: gRPC, SOAP, GraphQL, directories and machines. */
const remote: readonly JavascriptEntry[] = [
  // A generated client: `new ShopClient(address, credentials)`.
  exchange('grpc.Client', 'both', ['0'], grpc),
  exchange('nice-grpc.createChannel', 'both', ['0'], grpc),
  exchange(
    '@connectrpc/connect-web.createConnectTransport @connectrpc/connect-web.createGrpcWebTransport @connectrpc/connect-node.createConnectTransport @connectrpc/connect-node.createGrpcTransport @connectrpc/connect-node.createGrpcWebTransport @bufbuild/connect-web.createConnectTransport @bufbuild/connect-web.createGrpcWebTransport',
    'both',
    ['0.baseUrl'],
    grpc,
  ),
  exchange(
    '@protobuf-ts/grpcweb-transport.GrpcWebFetchTransport @protobuf-ts/grpc-transport.GrpcTransport',
    'both',
    ['0.baseUrl', '0.host'],
    grpc,
  ),
  exchange(
    'soap.createClient soap.createClientAsync strong-soap.soap.createClient',
    'both',
    ['2.endpoint', '1.endpoint', '0'],
    {
      protocol: 'soap',
    },
  ),
  exchange('graphql-request.request graphql-request', 'pull', ['0.url', '0'], {
    protocol: 'graphql',
  }),
  exchange('graphql-request.requestMutation', 'push', ['0.url', '0'], { protocol: 'graphql' }),
  client('graphql-request.GraphQLClient', 'request-reply', 'graphql', ['0'], graphql),
  client(
    '@apollo/client.ApolloClient @apollo/client/core.ApolloClient apollo-client.ApolloClient apollo-boost @urql/core.createClient @urql/core.Client urql.createClient urql.Client',
    'request-reply',
    'graphql',
    ['0.uri', '0.url'],
    graphql,
    { isUsed: true },
  ),
  client(
    '@apollo/client.HttpLink @apollo/client.createHttpLink @apollo/client/core.HttpLink @apollo/client/core.createHttpLink @apollo/client/link/http.HttpLink apollo-link-http.HttpLink apollo-link-http.createHttpLink @apollo/client/link/batch-http.BatchHttpLink apollo-upload-client.createUploadLink graphql-ws.createClient',
    'request-reply',
    'graphql',
    ['0.uri', '0.url'],
    {},
    { isUsed: true },
  ),
  client(
    '@apollo/gateway.IntrospectAndCompose @apollo/gateway.ApolloGateway @apollo/gateway.RemoteGraphQLDataSource',
    'request-reply',
    'graphql',
    ['0.url'],
    {},
    { isUsed: true },
  ),
  client(
    'ldapjs.createClient ldapts.Client activedirectory2',
    'request-reply',
    'ldap',
    ['0.url', '0.url.0'],
    {
      ...pullsBy('search findUser findUsers findGroup', '0'),
      ...pushesBy('add modify', '0'),
      ...each('bind authenticate', { flow: 'unknown' }),
    },
  ),
  client(
    'node-opcua.OPCUAClient.create node-opcua-client.OPCUAClient.create node-opcua.OPCUAClient',
    'request-reply',
    'opc-ua',
    [],
    {
      ...each('connect withSessionAsync', { flow: 'none', address: ['0'] }),
      ...pullsBy('read readVariableValue readHistoryValue monitor createSubscription2', '0.nodeId'),
      ...pushesBy('write writeSingleNode', '0'),
      call: { flow: 'both' },
    },
  ),
  client('modbus-serial', 'request-reply', 'modbus', [], {
    ...each('connectTCP connectTcpRTUBuffered connectTelnet', { flow: 'none', address: ['0'] }),
    ...pullsBy('readHoldingRegisters readInputRegisters readCoils readDiscreteInputs'),
    ...pushesBy('writeRegister writeRegisters writeCoil writeCoils'),
  }),
  client('nodes7', 'request-reply', 's7', [], {
    initiateConnection: { flow: 'none', address: ['0.host'] },
    ...pullsBy('readAllItems'),
    ...pushesBy('writeItems'),
  }),
  client(
    'net.connect net.createConnection node:net.connect node:net.createConnection tls.connect node:tls.connect',
    'event',
    'tcp',
    ['0.host', '1'],
    {
      ...pushesBy('write end'),
    },
    { port: ['0.port', '0'] },
  ),
  client('net.Socket node:net.Socket', 'event', 'tcp', [], {
    connect: { flow: 'none', address: ['0.host', '1'], port: ['0.port', '0'] },
    ...pushesBy('write end'),
  }),
  client('dgram.createSocket node:dgram.createSocket', 'event', 'udp', [], {
    send: { flow: 'push', address: ['4', '2'] },
  }),
];

/** Services that companies buy. */
const bought: readonly JavascriptEntry[] = [
  service('@slack/web-api.WebClient @slack/bolt.App', 'https://slack.com', {
    ...pushesBy('postMessage postEphemeral upload uploadV2 update'),
    ...pullsBy('list history info'),
  }),
  exchange('@slack/webhook.IncomingWebhook', 'push', ['0']),
  service('stripe stripe.Stripe', 'https://api.stripe.com', {
    ...actions,
    del: { flow: 'unknown' },
  }),
  service('twilio twilio.Twilio', 'https://api.twilio.com', actions),
  service(
    'openai openai.OpenAI openai.OpenAIApi openai.AzureOpenAI @azure/openai.OpenAIClient',
    'https://api.openai.com',
    {
      ...each('create parse stream generate getChatCompletions createChatCompletion', {
        flow: 'both',
      }),
      ...pullsBy('list retrieve'),
    },
    ['0.baseURL', '0.endpoint', '0'],
  ),
  service(
    '@anthropic-ai/sdk @anthropic-ai/sdk.Anthropic',
    'https://api.anthropic.com',
    {
      ...each('create stream', { flow: 'both' }),
    },
    ['0.baseURL'],
  ),
  service('@sendgrid/mail.MailService', 'https://api.sendgrid.com', {
    ...pushesBy('send sendMultiple'),
  }),
  exchange('@sendgrid/mail.send @sendgrid/mail.sendMultiple', 'push', [], {
    addressDefault: 'https://api.sendgrid.com',
  }),
  service('postmark.ServerClient', 'https://api.postmarkapp.com', {
    ...pushesBy('sendEmail sendEmailWithTemplate'),
  }),
  service('resend.Resend', 'https://api.resend.com', { ...pushesBy('send') }),
  service(
    '@octokit/rest.Octokit octokit.Octokit @octokit/core.Octokit',
    'https://api.github.com',
    { ...actions, request: { flow: 'unknown' } },
    ['0.baseUrl'],
  ),
  service('@hubspot/api-client.Client', 'https://api.hubapi.com', {
    ...actions,
    ...pullsBy('getById getPage doSearch getAll'),
  }),
  service(
    'jsforce.Connection',
    'https://login.salesforce.com',
    { ...actions, ...pullsBy('query queryAll find') },
    ['0.instanceUrl', '0.loginUrl'],
  ),
  service(
    '@microsoft/microsoft-graph-client.Client.init @microsoft/microsoft-graph-client.Client.initWithMiddleware',
    'https://graph.microsoft.com',
    {
      ...pullsBy('get'),
      ...pushesBy('post put patch'),
      delete: { flow: 'unknown' },
    },
  ),
  service('contentful.createClient', 'https://cdn.contentful.com', {
    ...pullsBy('getEntries getEntry getAsset getAssets'),
  }),
];

/** Remote calls and services of other companies. */
export const serviceClients: readonly JavascriptEntry[] = [...remote, ...bought];
