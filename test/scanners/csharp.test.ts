import { describe, expect, test } from 'vitest';
import { drawScript } from './scan.ts';

const draw = (text: string): Promise<string[]> => drawScript('Program.cs', `${text}\n`);

describe('HTTP clients', () => {
  test.each<[string, string[]]>([
    [
      'var c = new HttpClient();\nawait c.GetAsync("https://a.example/x");',
      ['2 <- a.example https'],
    ],
    [
      'var c = new HttpClient();\nawait c.GetStringAsync("https://a.example/x");',
      ['2 <- a.example https'],
    ],
    [
      'using var c = new System.Net.Http.HttpClient();\nvar o = await c.GetFromJsonAsync<Order>($"http://a.example/{id}");',
      ['2 <- a.example http'],
    ],
    [
      'var c = new HttpClient();\nawait c.PostAsync("http://a.example", body);',
      ['2 -> a.example http'],
    ],
    [
      'var c = new HttpClient();\nawait c.PostAsJsonAsync("http://a.example", x);',
      ['2 -> a.example http'],
    ],
    [
      'var c = new HttpClient();\nawait c.PutAsync(new Uri("http://a.example"), x);',
      ['2 -> a.example http'],
    ],
    [
      'var c = new HttpClient();\nawait c.PatchAsync("http://a.example", x);',
      ['2 -> a.example http'],
    ],
    [
      'var c = new HttpClient();\nawait c.DeleteAsync("http://a.example/1");',
      ['2 ?? a.example http'],
    ],
    [
      'var c = new HttpClient();\nvar r = new HttpRequestMessage(HttpMethod.Post, "http://a.example");\nr.Headers.Add("X", "y");\nawait c.SendAsync(r);',
      ['4 -> a.example http'],
    ],
    [
      'var c = new HttpClient();\nawait c.SendAsync(new HttpRequestMessage { Method = HttpMethod.Get, RequestUri = new Uri("http://a.example") });',
      ['2 <- a.example http'],
    ],
    [
      'var c = new HttpClient();\nvar r = new HttpRequestMessage(new HttpMethod("PATCH"), "http://a.example");\nawait c.SendAsync(r);',
      ['3 -> a.example http'],
    ],
    [
      'var c = new HttpClient { BaseAddress = new Uri("https://a.example/") };\nawait c.GetAsync("orders");',
      ['2 <- a.example https'],
    ],
    [
      'HttpClient c = new() { BaseAddress = new("https://a.example/") };\nawait c.GetAsync("orders");',
      ['2 <- a.example https'],
    ],
    [
      'var c = new HttpClient();\nc.BaseAddress = new Uri("https://a.example/");\nawait c.PostAsync("orders", x);',
      ['3 -> a.example https'],
    ],
    [
      'var c = new HttpClient();\nvar d = await c.GetDiscoveryDocumentAsync("https://id.example");',
      ['2 <- id.example https'],
    ],
    [
      'using System.Net;\nvar w = new WebClient();\nw.DownloadFile("http://a.example/f.csv", "f.csv");\nw.UploadString("http://b.example", "x");',
      ['3 <- a.example http', '4 -> b.example http'],
    ],
    [
      'using System.Net;\nvar r = (HttpWebRequest)WebRequest.Create("http://a.example/x");\nusing var s = r.GetResponse();',
      ['3 <- a.example http'],
    ],
    [
      'using System.Net;\nvar r = (FtpWebRequest)WebRequest.Create("ftp://a.example/in/x.csv");\nusing var s = r.GetRequestStream();',
      ['3 -> a.example ftp'],
    ],
    [
      'using RestSharp;\nvar c = new RestClient("https://a.example");\nvar r = new RestRequest("orders", Method.Post);\nawait c.ExecuteAsync(r);',
      ['4 -> a.example https'],
    ],
    [
      'using RestSharp;\nvar c = new RestClient(new RestClientOptions("https://a.example") { ThrowOnAnyError = true });\nvar o = await c.GetAsync<Order>(new RestRequest("orders/1"));',
      ['3 <- a.example https'],
    ],
    [
      'using Flurl.Http;\nvar o = await "https://a.example".AppendPathSegment("orders").WithOAuthBearerToken(token).GetJsonAsync<Order>();',
      ['2 <- a.example https'],
    ],
    [
      'using Flurl.Http;\nvar c = new FlurlClient("https://a.example");\nawait c.Request("orders").PostJsonAsync(order);',
      ['3 -> a.example https'],
    ],
    [
      'using GraphQL.Client.Http;\nvar c = new GraphQLHttpClient("https://a.example/graphql", s);\nawait c.SendQueryAsync<R>(q);\nawait c.SendMutationAsync<R>(m);',
      ['3 <- a.example https', '4 -> a.example https'],
    ],
    [
      'using Grpc.Net.Client;\nusing var ch = GrpcChannel.ForAddress("https://a.example:5001");\nvar c = new Greeter.GreeterClient(ch);',
      ['2 <> a.example:5001 grpc'],
    ],
    [
      'using Grpc.Core;\nvar ch = new Channel("a.example:50051", ChannelCredentials.Insecure);',
      ['2 <> a.example:50051 grpc'],
    ],
    [
      'using System.ServiceModel;\nvar e = new EndpointAddress("http://a.example/Orders.svc");\nvar c = new OrdersClient(new BasicHttpBinding(), e);',
      ['2 <> a.example soap'],
    ],
    [
      'using System.ServiceModel;\nvar f = new ChannelFactory<IOrders>(new BasicHttpBinding(), "http://a.example/Orders.svc");\nvar c = f.CreateChannel();',
      ['3 <> a.example soap'],
    ],
    [
      'using Microsoft.AspNetCore.SignalR.Client;\nvar h = new HubConnectionBuilder().WithUrl("https://a.example/hub").Build();\nh.On<string>("changed", s => { });\nawait h.InvokeAsync("send", x);',
      ['3 <- a.example https [changed]', '4 -> a.example https [send]'],
    ],
    [
      'using System.Net.WebSockets;\nvar w = new ClientWebSocket();\nawait w.ConnectAsync(new Uri("wss://a.example/feed"), ct);\nawait w.ReceiveAsync(b, ct);',
      ['4 <- a.example ws'],
    ],
    [
      'using System.Net.Sockets;\nvar t = new TcpClient("a.example", 2575);\nvar s = t.GetStream();\ns.Write(b, 0, 1);',
      ['4 -> a.example mllp'],
    ],
    [
      'services.AddAuthentication().AddJwtBearer(o => { o.Authority = "https://id.example"; });',
      ['1 <- id.example https'],
    ],
    [
      't.AddOtlpExporter(o => o.Endpoint = new Uri("http://otel.example:4317"));',
      ['1 -> otel.example:4317 http'],
    ],
    [
      'using Refit;\nvar api = RestService.For<IApi>("https://a.example");',
      ['2 ?? a.example https'],
    ],
  ])('%s', async (code, expected) => {
    expect(await draw(code)).toEqual(expected);
  });
});

describe('clients that are registered and injected', () => {
  test.each<[string, string[]]>([
    [
      'services.AddHttpClient<OrderClient>(c => c.BaseAddress = new Uri("https://a.example"));',
      ['1 ?? a.example https'],
    ],
    [
      'services.AddHttpClient("orders", c => { c.BaseAddress = new("https://a.example"); });',
      ['1 ?? a.example https'],
    ],
    [
      'services.AddHttpClient<OrderClient>()\n  .ConfigureHttpClient((sp, c) => c.BaseAddress = new Uri("https://a.example"));',
      ['2 ?? a.example https'],
    ],
    [
      'services.AddRefitClient<IApi>().ConfigureHttpClient(c => c.BaseAddress = new Uri("https://a.example"));\ninterface IApi {\n  [Get("/orders/{id}")] Task<Order> Find(int id);\n  [Post("/orders")] Task Add(Order o);\n}',
      ['1 ?? a.example https', '3 <- a.example https', '4 -> a.example https'],
    ],
    [
      'services.AddHttpClient<OrderClient>(c => c.BaseAddress = new Uri("https+http://order-api"));\npublic class OrderClient(HttpClient http, ILogger<OrderClient> log)\n{\n  public Task<Order> Get(int id) => http.GetFromJsonAsync<Order>($"orders/{id}");\n}',
      ['1 ?? order-api https', '4 <- order-api https'],
    ],
    [
      'services.AddHttpClient<IOrders, Orders>(c => c.BaseAddress = new Uri("http://a.example"));\nclass Orders : IOrders {\n  private readonly HttpClient _http;\n  public Orders(HttpClient http) { _http = http; }\n  public async Task Add(Order o) { await _http.PostAsJsonAsync("orders", o); }\n}',
      ['1 ?? a.example http', '5 -> a.example http'],
    ],
    [
      'services.AddHttpClient("erp", c => c.BaseAddress = new Uri("http://a.example"));\nclass Job {\n  private readonly IHttpClientFactory _factory;\n  public async Task Run() { var c = _factory.CreateClient("erp"); await c.GetStringAsync("stock"); }\n}',
      ['1 ?? a.example http', '4 <- a.example http'],
    ],
    [
      'class Job(IHttpClientFactory factory) {\n  public Task Run() => factory.CreateClient().GetStringAsync("http://a.example");\n}',
      ['2 <- a.example http'],
    ],
    [
      'services.AddGrpcClient<Basket.BasketClient>(o => o.Address = new("http://basket-api"));',
      ['1 <> basket-api grpc'],
    ],
    [
      'app.MapGet("/x", async (HttpClient http) => await http.GetStringAsync("http://a.example"));',
      ['1 <- a.example http'],
    ],
  ])('%s', async (code, expected) => {
    expect((await draw(code)).sort()).toEqual(expected);
  });
});

describe('what is no connection', () => {
  test.each([
    'class HttpClient { public void GetAsync(string u) {} }\nvar c = new HttpClient();\nc.GetAsync("http://a.example");',
    'var c = new Cache();\nc.GetAsync("http://a.example");',
    '// var c = new HttpClient(); c.GetAsync("http://a.example");',
    'logger.LogInformation("see http://a.example/help");',
    'var c = new HttpClient { BaseAddress = new Uri("http://a.example") };',
    'void GetAsync(string u) {}\nGetAsync("http://a.example");',
    'var c = new RestClient("https://a.example");\nc.Get(x);',
    'var c = new Channel("a.example:50051");',
    'var x = "https://a.example".GetJsonAsync();',
    'var e = new EndpointAddress("http://a.example");',
    'services.AddHttpClient();',
    'services.AddHttpClient<OrderClient>(c => c.Timeout = TimeSpan.FromSeconds(3));',
    '[HttpGet("/orders")]\npublic class C { [HttpPost("x")] public void Post() {} }',
    'class A { [Get("/x")] public void Find() {} }',
    'var u = new Uri("http://a.example");\nConsole.WriteLine(u);',
    'app.MapGet("/orders", () => "http://a.example");',
    'var h = new HubConnectionBuilder().WithUrl("http://a.example");',
    'var t = new TcpClient("a.example", 80);',
    'var w = new WebClient();\nw.DownloadString("http://a.example");',
    'var s = new SomethingJwt();\ns.Authority = "https://id.example";',
  ])('%s', async (code) => {
    expect(await draw(code)).toEqual([]);
  });
});
