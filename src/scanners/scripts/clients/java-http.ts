import type { ClientEntry, Operation } from './client.ts';
import { either, setsAddress, settings, types } from './java-settings.ts';
import { http, verbs } from './operations.ts';

const apache = (verb: string): string[] => [
  `org.apache.http.client.methods.Http${verb}`,
  `org.apache.hc.client5.http.classic.methods.Http${verb}`,
  `org.apache.http.client.fluent.Request.${verb}`,
  `org.apache.hc.client5.http.fluent.Request.${verb.toLowerCase()}`,
  `org.apache.http.client.methods.RequestBuilder.${verb.toLowerCase()}`,
  `org.apache.hc.core5.http.io.support.ClassicRequestBuilder.${verb.toLowerCase()}`,
  `org.apache.hc.client5.http.async.methods.SimpleRequestBuilder.${verb.toLowerCase()}`,
  `org.apache.hc.client5.http.async.methods.SimpleHttpRequests.${verb.toLowerCase()}`,
  `org.apache.commons.httpclient.methods.${verb}Method`,
];

const requests = (names: readonly string[], flow: 'pull' | 'push' | 'unknown'): ClientEntry => ({
  calls: names,
  flow,
  address: ['0'],
  style: 'request-reply',
  operations: { setURI: setsAddress, setUri: setsAddress },
});

const chained: Operation = { flow: 'chain', address: ['0'] };
const build: Operation = { flow: 'chain' };

const fluent: Readonly<Record<string, Operation>> = {
  baseUrl: setsAddress,
  host: setsAddress,
  uri: chained,
  createClient: { flow: 'unknown' },
};

const invocations: Readonly<Record<string, Operation>> = {
  get: { flow: 'pull' },
  head: { flow: 'pull' },
  post: { flow: 'push' },
  put: { flow: 'push' },
  patch: { flow: 'push' },
  delete: { flow: 'unknown' },
  method: { flow: 'method', method: ['0'] },
  buildGet: { flow: 'pull' },
  buildPost: { flow: 'push' },
  buildPut: { flow: 'push' },
};

const declared: Readonly<Record<string, Operation>> = {
  get: { flow: 'pull' },
  post: { flow: 'push' },
  call: { flow: 'unknown' },
};

const verbNames = (methods: string, flow: 'pull' | 'push' | 'unknown'): Record<string, Operation> =>
  Object.fromEntries(methods.split(' ').map((method) => [method, http(flow, ['0'])]));

/** Clients of HTTP, and interfaces that a framework turns into one. */
export const javaHttpClients: readonly ClientEntry[] = [
  { calls: ['java.net.URL.openStream'], flow: 'pull', address: ['0'], style: 'request-reply' },
  {
    calls: ['java.net.URL.openConnection'],
    flow: 'none',
    address: ['0'],
    style: 'request-reply',
    operations: {
      setRequestMethod: { flow: 'method', method: ['0'] },
      getOutputStream: { flow: 'push' },
      getInputStream: { flow: 'pull' },
      getContent: { flow: 'pull' },
      getResponseCode: { flow: 'pull' },
    },
  },
  {
    calls: ['java.net.http.HttpRequest.newBuilder'],
    flow: 'none',
    address: ['0'],
    style: 'request-reply',
    operations: { uri: setsAddress, build },
  },
  {
    calls: ['okhttp3.Request.Builder', 'com.squareup.okhttp.Request.Builder'],
    flow: 'none',
    style: 'request-reply',
    operations: { url: setsAddress, build },
  },
  requests([...apache('Get'), ...apache('Head')], 'pull'),
  requests([...apache('Post'), ...apache('Put'), ...apache('Patch')], 'push'),
  requests(apache('Delete'), 'unknown'),
  ...verbs('kong.unirest.Unirest'),
  ...verbs('kong.unirest.core.Unirest'),
  ...verbs('com.mashape.unirest.http.Unirest'),
  ...verbs('io.restassured.RestAssured'),
  {
    calls: ['org.jsoup.Jsoup.connect'],
    flow: 'none',
    address: ['0'],
    style: 'request-reply',
    operations: { get: { flow: 'pull' }, post: { flow: 'push' }, execute: { flow: 'pull' } },
  },
  {
    calls: [
      'javax.ws.rs.client.Client.target',
      'com.sun.jersey.api.client.Client.resource',
      ...either('ws.rs.client.WebTarget'),
      'com.sun.jersey.api.client.WebResource',
    ],
    flow: 'none',
    address: ['0'],
    style: 'request-reply',
    operations: invocations,
  },
  {
    calls: types('org.springframework', [
      'web.client.RestTemplate',
      'web.client.RestOperations',
      'web.client.AsyncRestTemplate',
      'web.client.AsyncRestOperations',
      'security.oauth2.client.OAuth2RestTemplate',
      'security.oauth2.client.OAuth2RestOperations',
      'boot.web.client.RestTemplateBuilder',
    ]),
    flow: 'none',
    style: 'request-reply',
    operations: {
      rootUri: setsAddress,
      ...verbNames('getForObject getForEntity headForHeaders', 'pull'),
      ...verbNames('postForObject postForEntity postForLocation put patchForObject', 'push'),
      ...verbNames('delete optionsForAllow', 'unknown'),
      exchange: { flow: 'method', address: ['0'], method: ['1'] },
      execute: { flow: 'method', address: ['0'], method: ['1'] },
    },
  },
  ...verbs('org.springframework.http.RequestEntity'),
  {
    calls: types('org.springframework.web', [
      'reactive.function.client.WebClient',
      'reactive.function.client.WebClient.create',
      'reactive.function.client.WebClient.builder',
      'reactive.function.client.WebClient.Builder',
      'client.RestClient',
      'client.RestClient.create',
      'client.RestClient.builder',
      'client.RestClient.Builder',
    ]),
    flow: 'none',
    address: ['0'],
    style: 'request-reply',
    operations: fluent,
  },
  {
    calls: ['io.vertx.ext.web.client.WebClient.create', 'io.vertx.ext.web.client.WebClient'],
    protocol: 'http',
    flow: 'none',
    style: 'request-reply',
    operations: {
      getAbs: http('pull', ['0']),
      postAbs: http('push', ['0']),
      putAbs: http('push', ['0']),
      deleteAbs: http('unknown', ['0']),
      get: http('pull', ['1']),
      post: http('push', ['1']),
      put: http('push', ['1']),
      delete: http('unknown', ['1']),
    },
  },
  {
    calls: ['feign.Feign.builder'],
    flow: 'none',
    style: 'request-reply',
    operations: { target: { flow: 'unknown', address: ['1'] } },
  },
  {
    calls: ['retrofit2.Retrofit.Builder', 'retrofit.RestAdapter.Builder'],
    flow: 'none',
    style: 'request-reply',
    operations: {
      baseUrl: setsAddress,
      setEndpoint: setsAddress,
      create: { flow: 'unknown' },
    },
  },
  {
    calls: ['org.eclipse.microprofile.rest.client.RestClientBuilder.newBuilder'],
    flow: 'none',
    style: 'request-reply',
    operations: { baseUri: setsAddress, baseUrl: setsAddress, build: { flow: 'unknown' } },
  },
  {
    calls: [
      '@org.springframework.cloud.openfeign.FeignClient',
      '@org.springframework.cloud.netflix.feign.FeignClient',
      '@reactivefeign.spring.config.ReactiveFeignClient',
      '@org.springframework.web.service.annotation.HttpExchange',
      '@org.eclipse.microprofile.rest.client.inject.RegisterRestClient',
      '@io.micronaut.http.client.annotation.Client',
    ],
    flow: 'none',
    address: ['url', 'baseUri', 'uri', 'name', 'value', 'serviceId', 'id', '0'],
    style: 'request-reply',
    operations: declared,
  },
  {
    calls: [
      '@org.springframework.cloud.client.discovery.EnableDiscoveryClient',
      '@org.springframework.cloud.netflix.eureka.EnableEurekaClient',
    ],
    flow: 'both',
    // Eureka's own default; where nothing listens on its port, it says nothing.
    addressDefault: settings(
      'eureka.client.serviceUrl.defaultZone',
      'spring.cloud.consul.host',
      'spring.cloud.nacos.discovery.server-addr',
    ).replace(/(\}+)$/, '?=http://localhost:8761/eureka/$1'),
    style: 'request-reply',
  },
  {
    calls: ['org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder'],
    flow: 'none',
    style: 'request-reply',
    operations: { uri: { flow: 'both', address: ['0'] } },
  },
  {
    calls: types('io.grpc', [
      'ManagedChannelBuilder.forAddress',
      'ManagedChannelBuilder.forTarget',
      'netty.NettyChannelBuilder.forAddress',
      'netty.NettyChannelBuilder.forTarget',
      'netty.shaded.io.grpc.netty.NettyChannelBuilder.forAddress',
      'netty.shaded.io.grpc.netty.NettyChannelBuilder.forTarget',
      'Grpc.newChannelBuilder',
      'Grpc.newChannelBuilderForAddress',
    ]),
    protocol: 'grpc',
    flow: 'both',
    address: ['0'],
    port: ['1'],
    style: 'request-reply',
  },
  {
    calls: [
      '@net.devh.boot.grpc.client.inject.GrpcClient',
      '@io.quarkus.grpc.GrpcClient',
      '@org.springframework.grpc.client.ImportGrpcClients',
    ],
    protocol: 'grpc',
    flow: 'both',
    address: ['0', 'value', 'target'],
    style: 'request-reply',
  },
  {
    calls: types('org.springframework.ws.client.core', [
      'WebServiceTemplate',
      'WebServiceOperations',
    ]),
    protocol: 'soap',
    flow: 'none',
    style: 'request-reply',
    operations: {
      setDefaultUri: setsAddress,
      marshalSendAndReceive: { flow: 'both', address: ['0'] },
      'marshalSendAndReceive(request)': { flow: 'both' },
      sendSourceAndReceiveToResult: { flow: 'both', address: ['0'] },
      sendAndReceive: { flow: 'both', address: ['0'] },
    },
  },
  {
    calls: ['org.springframework.ws.client.setDefaultUri'],
    protocol: 'soap',
    flow: 'both',
    address: ['0'],
    style: 'request-reply',
  },
  {
    calls: [
      ...either('xml.ws.Service.create'),
      ...either('xml.ws.WebServiceRef').map((name) => `@${name}`),
      'javax.xml.ws.BindingProvider.endpoint',
    ],
    protocol: 'soap',
    flow: 'both',
    address: ['0', 'wsdlLocation'],
    style: 'request-reply',
  },
  {
    calls: either('xml.soap.SOAPConnectionFactory.newInstance'),
    protocol: 'soap',
    flow: 'none',
    style: 'request-reply',
    operations: { call: { flow: 'both', address: ['1'] } },
  },
  {
    calls: ['org.apache.cxf.jaxws.JaxWsProxyFactoryBean', 'org.apache.axis.client.Call'],
    protocol: 'soap',
    flow: 'none',
    style: 'request-reply',
    operations: {
      setAddress: setsAddress,
      setTargetEndpointAddress: setsAddress,
      create: { flow: 'both' },
      invoke: { flow: 'both' },
    },
  },
  {
    calls: ['#newRestfulGenericClient'],
    protocol: 'http',
    flow: 'none',
    address: ['0'],
    style: 'request-reply',
    operations: {
      search: { flow: 'pull' },
      read: { flow: 'pull' },
      create: { flow: 'push' },
      update: { flow: 'push' },
      transaction: { flow: 'push' },
    },
  },
  {
    calls: [
      'org.springframework.web.socket.messaging.WebSocketStompClient',
      'org.springframework.web.socket.client.standard.StandardWebSocketClient',
      'org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient',
    ],
    flow: 'none',
    style: 'request-reply',
    operations: {
      connect: { flow: 'both', address: ['0'] },
      connectAsync: { flow: 'both', address: ['0'] },
      execute: { flow: 'both', address: ['1', '0'] },
      doHandshake: { flow: 'both', address: ['1', '2'] },
    },
  },
];
