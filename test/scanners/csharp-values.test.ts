import { describe, expect, test } from 'vitest';
import { drawConnections, drawScript, scan } from './scan.ts';

const draw = (text: string): Promise<string[]> => drawScript('Program.cs', `${text}\n`);

/** The addresses that `expression` comes to behind `before`, drawn without their line. */
const addressOf = async (before: string, expression: string): Promise<string[]> => {
  const drawn = await draw(`${before}\nawait new HttpClient().GetAsync(${expression});`);
  return drawn.map((line) => line.replace(/^\d+ /, ''));
};

describe('texts that are followed', () => {
  test.each<[string, string]>([
    ['const string U = "http://a.example";', 'U'],
    ['const string H = "a.example";', '"http://" + H + "/x"'],
    ['var h = "a.example";', '$"http://{h}/x"'],
    ['var h = "a.example";', '$@"http://{h}/x"'],
    ['var h = "a.example";', '$"""http://{h}/x"""'],
    ['', '"""http://a.example"""'],
    ['', '@"http://a.example"'],
    ['', '"http://\\u0061.example"'],
    ['', 'string.Format("http://{0}/{1}", "a.example", id)'],
    ['', 'String.Format(CultureInfo.InvariantCulture, "http://{0}", "a.example")'],
    ['', 'string.Concat("http://", "a.example")'],
    ['', 'string.Join("/", new[] { "http://a.example", "x" })'],
    ['', 'new Uri("http://a.example", UriKind.Absolute)'],
    ['var b = new Uri("http://a.example/");', 'new Uri(b, "orders")'],
    ['var u = new UriBuilder("http://a.example") { Path = "x" };', 'u.Uri'],
    ['var u = new UriBuilder { Scheme = "http", Host = "a.example" };', 'u.ToString()'],
    ['string u = null; u ??= "http://a.example";', 'u'],
    ['var u = x as string ?? "http://a.example";', 'u'],
    ['var u = ("http://a.example").TrimEnd(\'/\');', 'u!'],
    ['var (u, v) = ("http://a.example", 1);', 'u'],
    ['string[] all = ["http://a.example", "x"];', 'all[0]'],
    ['var m = new Dictionary<string, string> { ["erp"] = "http://a.example" };', 'm["erp"]'],
    ['var m = new Dictionary<string, string> { { "erp", "http://a.example" } };', 'm["erp"]'],
    ['var o = new { Url = "http://a.example" };', 'o.Url'],
    ['var b = new StringBuilder("http://"); b.Append("a.example");', 'b.ToString()'],
    ['string Url() => "http://a.example";', 'Url()'],
    ['string Url(string h) { return $"http://{h}"; }', 'Url("a.example")'],
    ['if (o is { } u) {} u = "http://a.example";', 'u'],
    ['class K { public const string Url = "http://a.example"; }', 'K.Url'],
    [
      'static class K { public static string Url => Base + "/x"; const string Base = "http://a.example"; }',
      'K.Url',
    ],
    ['static class K { public static string Url { get; } = "http://a.example"; }', 'K.Url'],
    ['static class K { public static string Url { get { return "http://a.example"; } } }', 'K.Url'],
    ['var u = Environment.GetEnvironmentVariable("ERP_URL") ?? "http://a.example";', 'u'],
    ['', 'configuration["Erp:Url"] ?? "http://a.example"'],
    ['', 'builder.Configuration.GetValue<string>("Erp:Url", "http://a.example")'],
    ['', 'builder.Configuration.GetValue("Erp:Url", "http://a.example")'],
    ['try { x(); } catch (Exception e) { } string u = "http://a.example";', 'u'],
  ])('%s GetAsync(%s)', async (before, expression) => {
    expect(await addressOf(before, expression)).toEqual(['<- a.example http']);
  });

  test.each<[string, string, string[]]>([
    [
      'var u = prod ? "http://a.example" : "http://b.example";',
      'u',
      ['<- a.example http', '<- b.example http'],
    ],
    [
      'var u = env switch { "prod" => "http://a.example", _ => "http://b.example" };',
      'u',
      ['<- a.example http', '<- b.example http'],
    ],
    [
      'string u; if (prod) u = "http://a.example"; else u = "http://b.example";',
      'u',
      ['<- a.example http', '<- b.example http'],
    ],
    [
      'string u; switch (env) { case 1: u = "http://a.example"; break; default: u = "http://b.example"; break; }',
      'u',
      ['<- a.example http', '<- b.example http'],
    ],
  ])('%s', async (before, expression, expected) => {
    expect(await addressOf(before, expression)).toEqual(expected);
  });

  test.each<[string, string[]]>([
    [
      'foreach (var u in new[] { "http://a.example", "http://b.example" })\n  await new HttpClient().GetAsync(u);',
      ['2 <- a.example http', '2 <- b.example http'],
    ],
    [
      'namespace A.B;\npublic class C\n{\n  private readonly HttpClient _http = new();\n  private readonly string _base;\n  public C(string host = "a.example") { _base = $"http://{host}"; }\n  private string Full => _base + "/x";\n  public Task Run() => _http.GetAsync(Full);\n}',
      ['8 <- a.example http'],
    ],
    [
      'namespace A {\n  class C {\n    private readonly HttpClient _http;\n    public C() { this._http = new HttpClient { BaseAddress = new("http://a.example") }; }\n    public async Task Run() {\n      using var r = await _http.GetAsync("x").ConfigureAwait(false);\n    }\n  }\n}',
      ['6 <- a.example http'],
    ],
    [
      'class C(HttpClient http)\n{\n  public async Task Run()\n  {\n    var r = await http\n      .GetAsync("http://a.example");\n  }\n}',
      ['6 <- a.example http'],
    ],
    [
      'class C {\n  protected readonly HttpClient Http = new();\n}\nclass D : C {\n  Task Run() => Http.GetAsync("http://a.example");\n}',
      ['5 <- a.example http'],
    ],
    [
      'class C {\n  static Task Send(string u) => new HttpClient().GetAsync(u);\n  Task Run() => Send("http://a.example");\n}',
      ['3 <- a.example http'],
    ],
    [
      '#if DEBUG\nvar u = "http://a.example";\n#else\nvar u = "http://b.example";\n#endif\nawait new HttpClient().GetAsync(u);',
      ['6 <- b.example http'],
    ],
  ])('%s', async (code, expected) => {
    expect(await draw(code)).toEqual(expected);
  });
});

describe('values of other files', () => {
  const drawAll = async (files: Record<string, string>): Promise<string[]> =>
    drawConnections(await scan('scripts', files));

  test('settings of the application, through options, sections and connection strings', async () => {
    const drawn = await drawAll({
      'shop/appsettings.json':
        '{ "Erp": { "Url": "http://erp.example" }, "ConnectionStrings": { "Stock": "Server=db.example;Database=x" } }',
      'shop/Program.cs': [
        'builder.Services.Configure<ErpSettings>(builder.Configuration.GetSection("Erp"));',
        'builder.Services.AddDbContext<Db>(o => o.UseSqlServer(builder.Configuration.GetConnectionString("Stock")));',
      ].join('\n'),
      'shop/ErpSettings.cs': 'public class ErpSettings { public string Url { get; set; } }',
      'shop/Erp.cs': [
        'class Erp {',
        '  private readonly string _url;',
        '  public Erp(IOptions<ErpSettings> options) { _url = options.Value.Url; }',
        '  public Task Run() => new HttpClient().GetAsync($"{_url}/orders");',
        '}',
      ].join('\n'),
    });
    expect(drawn).toContain('2 ?? db.example mssql');
    expect(drawn).toContain('4 <- erp.example http');
  });

  test('options that are filled from the whole configuration', async () => {
    const drawn = await drawAll({
      'shop/appsettings.json': '{ "ErpUrl": "http://erp.example" }',
      'shop/Startup.cs':
        'class Startup {\n  void ConfigureServices(IServiceCollection services) { services.Configure<AppSettings>(Configuration); }\n}',
      'shop/Erp.cs':
        'class Erp(HttpClient http, IOptions<AppSettings> settings) {\n  public Task Run() => http.GetAsync($"{settings.Value.ErpUrl}/orders");\n}',
    });
    expect(drawn).toContain('2 <- erp.example http');
  });

  test('a typed client has the base address that another file registers it with', async () => {
    const drawn = await drawAll({
      'shop/Program.cs':
        'builder.Services.AddHttpClient<StockClient>(c => c.BaseAddress = new("http://stock-api"));',
      'shop/StockClient.cs':
        'public class StockClient(HttpClient http) {\n  public Task Get() => http.GetStringAsync("stock");\n}',
    });
    expect(drawn).toEqual(['1 ?? stock-api http', '2 <- stock-api http']);
  });

  test('an extension method is called with an address by another file', async () => {
    const drawn = await drawAll({
      'shop/Extensions.cs':
        'static class Extensions {\n  public static void AddErp(this IServiceCollection services, string url) {\n    services.AddHttpClient("erp", c => c.BaseAddress = new Uri(url));\n  }\n}',
      'shop/Program.cs': 'builder.Services.AddErp("http://erp.example");',
    });
    expect(drawn).toEqual(['3 ?? erp.example http']);
  });

  test('a named client has the base address of its name', async () => {
    const drawn = await drawAll({
      'shop/Startup.cs':
        'class Startup {\n  void ConfigureServices(IServiceCollection services) {\n    services.AddHttpClient("stock", c => { c.BaseAddress = new Uri("http://stock-api"); });\n  }\n}',
      'shop/Job.cs':
        'class Job(IHttpClientFactory factory) {\n  public Task Get() => factory.CreateClient("stock").GetStringAsync("stock");\n}',
    });
    expect(drawn.sort()).toEqual(['2 <- stock-api http', '3 ?? stock-api http']);
  });
});

describe('hostile input', () => {
  test.each<[string, string]>([
    ['many additions', `var s = ${Array.from({ length: 20_000 }, () => '"a"').join(' + ')};`],
    ['deep brackets', `var s = ${'('.repeat(5_000)}1${')'.repeat(5_000)};`],
    ['deep calls', `${'f('.repeat(5_000)}${')'.repeat(5_000)};`],
    ['a long chain', `var s = x${'.F()'.repeat(5_000)};`],
    ['deep blocks', `${'{'.repeat(5_000)}${'}'.repeat(5_000)}`],
    [
      'many branches',
      Array.from({ length: 5_000 }, (_, n) => `if (a == ${n}) f();`).join(' else '),
    ],
    ['nested classes', `${'class A { '.repeat(2_000)}${'}'.repeat(2_000)}`],
    ['half a file', 'class A { void B( { var c = new HttpClient('],
    ['no program at all', '\u0001}}}{{{"""$$$@@@'],
    ['an open text', `var s = "${'x'.repeat(100_000)}`],
    ['an open raw text', `var s = $$"""${'{'.repeat(10_000)}`],
    ['attributes alone', '['.repeat(10_000)],
  ])('%s is read or skipped, and never throws', async (_, text) => {
    const found = await scan('scripts', { 'A.cs': text });
    expect(found.coverage.parsed + found.coverage.skipped).toBe(1);
    expect(drawConnections(found)).toEqual([]);
  });
});
