import { describe, expect, test } from 'vitest';
import { drawJava, drawJavaTypes } from './java-program.ts';

const spring = 'org.springframework.web.client';
const reactive = 'org.springframework.web.reactive.function.client';

describe('requests', () => {
  test.each<[string, string[], string, string[]]>([
    [
      'a stream of a URL',
      ['java.net.URL'],
      'new URL("http://a.example/x").openStream();',
      ['3 <- a.example http'],
    ],
    [
      'a connection that is only read',
      ['java.net.*'],
      'HttpURLConnection c = (HttpURLConnection) new URL("http://a.example").openConnection();\nc.setRequestMethod("GET");\nc.getResponseCode();\nc.getInputStream();',
      ['4 <- a.example http'],
    ],
    [
      'a connection that is written, whose answer is no exchange of its own',
      ['java.net.*'],
      'HttpURLConnection c = (HttpURLConnection) new URL("https://a.example").openConnection();\nc.setRequestMethod("POST");\nc.getOutputStream().write(null);\nc.getInputStream();',
      ['4 -> a.example https'],
    ],
    [
      'a connection that is written without a method',
      ['java.net.*'],
      'URLConnection c = new URL("http", "a.example", 8080, "/x").openConnection();\nc.getOutputStream();\nc.getInputStream();',
      ['4 -> a.example:8080 http'],
    ],
    [
      'the request builder of the JDK',
      ['java.net.http.HttpRequest', 'java.net.URI'],
      'HttpRequest.newBuilder().uri(URI.create("http://a.example")).POST(body).build();\nHttpRequest.newBuilder(URI.create("http://b.example")).build();',
      ['3 -> a.example http', '4 <- b.example http'],
    ],
    [
      'OkHttp',
      ['okhttp3.*'],
      'Request r = new Request.Builder().url("http://a.example").put(body).build();\nRequest s = new Request.Builder().url("http://b.example").build();\nclient.newCall(r).execute();',
      ['3 -> a.example http', '4 <- b.example http'],
    ],
    [
      'Apache HttpClient 4 and 5',
      ['org.apache.http.client.methods.*', 'org.apache.hc.client5.http.classic.methods.HttpDelete'],
      'new HttpGet("http://a.example");\nnew HttpPost("http://a.example");\nnew HttpDelete("http://a.example");',
      ['3 <- a.example http', '4 -> a.example http', '5 ?? a.example http'],
    ],
    [
      'an Apache request that is told its address later',
      ['org.apache.http.client.methods.HttpPut', 'java.net.URI'],
      'HttpPut put = new HttpPut();\nput.setURI(new URI("http://a.example"));',
      ['3 -> a.example http'],
    ],
    [
      'the fluent requests of Apache',
      [
        'org.apache.http.client.fluent.Request',
        'org.apache.hc.core5.http.io.support.ClassicRequestBuilder',
      ],
      'Request.Get("http://a.example").execute();\nClassicRequestBuilder.post("http://a.example").build();',
      ['3 <- a.example http', '4 -> a.example http'],
    ],
    [
      'Commons HttpClient 3',
      ['org.apache.commons.httpclient.methods.PostMethod'],
      'new PostMethod("http://a.example");',
      ['3 -> a.example http'],
    ],
    [
      'Unirest',
      ['kong.unirest.Unirest'],
      'Unirest.get("http://a.example").asJson();\nUnirest.post("http://a.example").asJson();',
      ['3 <- a.example http', '4 -> a.example http'],
    ],
    [
      'jsoup',
      ['org.jsoup.Jsoup'],
      'Jsoup.connect("http://a.example").get();',
      ['3 <- a.example http'],
    ],
    [
      'JAX-RS, each target for itself',
      ['jakarta.ws.rs.client.*'],
      'Client c = ClientBuilder.newClient();\nc.target("http://a.example").path("x").request().get();\nc.target("http://b.example").request().post(null);',
      ['4 <- a.example http', '5 -> b.example http'],
    ],
    [
      'Jersey 1',
      ['com.sun.jersey.api.client.Client'],
      'Client.create().resource("http://a.example").put(String.class, "x");',
      ['3 -> a.example http'],
    ],
    [
      'RestTemplate',
      [`${spring}.RestTemplate`, 'org.springframework.http.HttpMethod'],
      'RestTemplate r = new RestTemplate();\nr.getForObject("http://a.example/{id}", String.class, id);\nr.postForEntity("http://a.example", null, String.class);\nr.put("http://a.example", null);\nr.delete("http://a.example");\nr.exchange("http://a.example", HttpMethod.PATCH, null, String.class);\nr.exchange("http://a.example", HttpMethod.GET, null, String.class);',
      [
        '4 <- a.example http',
        '5 -> a.example http',
        '6 -> a.example http',
        '7 ?? a.example http',
        '8 -> a.example http',
        '9 <- a.example http',
      ],
    ],
    [
      'RestTemplate of OAuth 2',
      ['org.springframework.security.oauth2.client.OAuth2RestTemplate'],
      'OAuth2RestTemplate r = new OAuth2RestTemplate(x);\nr.getForObject("http://a.example/{id}", String.class, id);\nnew OAuth2RestTemplate(x).postForEntity("http://b.example", null, String.class);',
      ['4 <- a.example http', '5 -> b.example http'],
    ],
    [
      'RestTemplate that another class makes',
      [`${spring}.RestTemplate`],
      'RestTemplate r = Clients.find();\nr.getForObject("http://a.example", String.class);',
      ['4 <- a.example http'],
    ],
    [
      'RestTemplate built with a root',
      ['org.springframework.boot.web.client.RestTemplateBuilder'],
      'new RestTemplateBuilder().rootUri("http://a.example").build().getForObject("/x", String.class);',
      ['3 <- a.example http'],
    ],
    [
      'RequestEntity',
      [`${spring}.RestTemplate`, 'org.springframework.http.RequestEntity'],
      'new RestTemplate().exchange(RequestEntity.post("http://a.example").body(x), String.class);',
      ['3 -> a.example http'],
    ],
    [
      'WebClient',
      [`${reactive}.WebClient`, 'org.springframework.http.HttpMethod'],
      'WebClient w = WebClient.builder().baseUrl("http://a.example").build();\nw.get().uri("/x/{id}", id).retrieve();\nw.post().uri("http://b.example").bodyValue(x).retrieve();\nw.method(HttpMethod.PUT).uri(u -> u.path("/y").build()).retrieve();',
      ['4 <- a.example http', '5 -> b.example http', '6 -> a.example http'],
    ],
    [
      'RestClient',
      [`${spring}.RestClient`],
      'RestClient.create("http://a.example").get().uri("/x").retrieve();',
      ['3 <- a.example http'],
    ],
    [
      'Vert.x',
      ['io.vertx.ext.web.client.WebClient'],
      'WebClient c = WebClient.create(vertx);\nc.getAbs("http://a.example").send();\nc.post(8080, "b.example", "/x").send();',
      ['4 <- a.example http', '5 -> b.example http'],
    ],
    [
      'Feign, Retrofit and MicroProfile builders, whose interface says what is asked',
      [
        'feign.Feign',
        'retrofit2.Retrofit',
        'org.eclipse.microprofile.rest.client.RestClientBuilder',
        'java.net.URI',
      ],
      'Feign.builder().target(Api.class, "http://a.example");\nnew Retrofit.Builder().baseUrl("http://b.example/").build().create(Api.class);\nRestClientBuilder.newBuilder().baseUri(URI.create("http://c.example")).build(Api.class);',
      ['3 ?? a.example http', '4 ?? b.example http', '5 ?? c.example http'],
    ],
    [
      'gRPC',
      ['io.grpc.ManagedChannelBuilder'],
      'ManagedChannelBuilder.forAddress("a.example", 9090).build();\nManagedChannelBuilder.forTarget("b.example:9090").build();',
      ['3 <> a.example grpc', '4 <> b.example:9090 grpc'],
    ],
    [
      'SOAP of Spring',
      ['org.springframework.ws.client.core.WebServiceTemplate'],
      'WebServiceTemplate t = new WebServiceTemplate();\nt.setDefaultUri("http://a.example/ws");\nt.marshalSendAndReceive(request);\nt.marshalSendAndReceive("http://b.example/ws", request);',
      ['5 <> a.example soap', '6 <> b.example soap'],
    ],
    [
      "a SOAP client of the file's own, told its address or the request its address",
      [
        'org.springframework.oxm.jaxb.Jaxb2Marshaller',
        'org.springframework.ws.client.core.support.WebServiceGatewaySupport',
      ],
      'client.setDefaultUri("http://a.example/ws");\ngetWebServiceTemplate().marshalSendAndReceive("http://b.example/ws", request);',
      ['3 <> a.example soap', '4 <> b.example soap'],
    ],
    [
      'SOAP of Java EE',
      ['javax.xml.ws.Service', 'javax.xml.ws.BindingProvider', 'java.net.URL'],
      'Service.create(new URL("http://a.example/x?wsdl"), name);\n((BindingProvider) port).getRequestContext().put(BindingProvider.ENDPOINT_ADDRESS_PROPERTY, "http://b.example/x");',
      ['3 <> a.example soap', '4 <> b.example soap'],
    ],
    [
      'SOAP of CXF and SAAJ',
      ['org.apache.cxf.jaxws.JaxWsProxyFactoryBean', 'javax.xml.soap.SOAPConnectionFactory'],
      'JaxWsProxyFactoryBean f = new JaxWsProxyFactoryBean();\nf.setAddress("http://a.example/ws");\nf.create();\nSOAPConnectionFactory.newInstance().createConnection().call(message, "http://b.example");',
      ['5 <> a.example soap', '6 <> b.example soap'],
    ],
    [
      'FHIR',
      ['ca.uhn.fhir.context.FhirContext'],
      'FhirContext.forR4().newRestfulGenericClient("http://a.example/fhir").search().forResource("Patient");',
      ['3 <- a.example http'],
    ],
    [
      'a STOMP client',
      ['org.springframework.web.socket.messaging.WebSocketStompClient'],
      'new WebSocketStompClient(x).connect("ws://a.example/ws", handler);',
      ['3 <> a.example ws'],
    ],
    [
      'routes of Spring Cloud Gateway',
      ['org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder'],
      '}\nObject routes(RouteLocatorBuilder b) {\nreturn b.routes().route("x", r -> r.path("/x/**").uri("http://a.example")).build();',
      ['5 <> a.example http'],
    ],
  ])('%s', async (_, imports, code, expected) => {
    expect(await drawJava(imports, code)).toEqual(expected);
  });
});

describe('interfaces that a framework turns into clients', () => {
  const mapping = 'org.springframework.web.bind.annotation.*';
  const feign = 'org.springframework.cloud.openfeign.FeignClient';
  test.each<[string, string[], string, string[]]>([
    [
      'only reads',
      [feign, mapping],
      '@FeignClient(name = "stock")\ninterface Stock { @GetMapping("/x") String x(); }',
      ['2 <- stock http'],
    ],
    [
      'only writes',
      [feign, mapping],
      '@FeignClient("stock")\ninterface Stock { @PutMapping("/x") void x(); @RequestMapping(value = "/y", method = RequestMethod.POST) void y(); }',
      ['2 -> stock http'],
    ],
    [
      'reads and writes, one of each',
      [feign, mapping],
      '@FeignClient(name = "stock", url = "http://a.example")\ninterface Stock { @GetMapping("/x") String x(); @GetMapping("/y") String y(); @PostMapping("/z") void z(); @DeleteMapping("/z") void d(); }',
      ['2 <- a.example http', '2 -> a.example http'],
    ],
    [
      'an interface whose methods stand elsewhere',
      [feign],
      '@FeignClient(name = "stock", url = "${stock.url:}")\ninterface Stock extends StockApi {}',
      ['2 ?? stock http'],
    ],
    [
      'HttpExchange with an address; a path alone belongs to the client it is made with',
      ['org.springframework.web.service.annotation.*'],
      '@HttpExchange("http://a.example/x")\ninterface X { @GetExchange("/y") String y(); }\n@HttpExchange("/z") interface Z { @PostExchange void z(); }',
      ['2 <- a.example http'],
    ],
    [
      'MicroProfile',
      ['org.eclipse.microprofile.rest.client.inject.RegisterRestClient', 'jakarta.ws.rs.*'],
      '@RegisterRestClient(baseUri = "http://a.example")\ninterface X { @POST void x(); }',
      ['2 -> a.example http'],
    ],
    [
      'Micronaut',
      ['io.micronaut.http.client.annotation.Client', 'io.micronaut.http.annotation.*'],
      '@Client("http://a.example") interface X { @Get("/x") String x(); }',
      ['2 <- a.example http'],
    ],
    [
      'a gRPC stub by its name',
      ['net.devh.boot.grpc.client.inject.GrpcClient'],
      'class X { @GrpcClient("stock")\nStockGrpc.StockBlockingStub stub; }',
      ['2 <> stock grpc'],
    ],
    [
      'a SOAP service reference',
      ['javax.xml.ws.WebServiceRef'],
      'class X { @WebServiceRef(wsdlLocation = "http://a.example/x?wsdl") Object service; }',
      ['2 <> a.example soap'],
    ],
    [
      'controllers, which are servers',
      [mapping],
      '@RestController class X { @GetMapping("/x") String x() { return "http://a.example"; } }',
      [],
    ],
  ])('%s', async (_, imports, code, expected) => {
    expect(await drawJavaTypes(imports, code)).toEqual(expected);
  });
});
