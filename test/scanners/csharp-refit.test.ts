import { describe, expect, test } from 'vitest';
import { drawConnections, scan } from './scan.ts';

const declared =
  'public interface IOrders {\n  [Get("/orders")] Task<List<Order>> All();\n  [Post("/orders")] Task Add(Order order);\n}\n';
const made = (body: string): string =>
  `public class OrdersClient : IOrders {\n  private IOrders rest;\n  public OrdersClient(IConfiguration config, HttpClient http) {\n${body}\n  }\n}\n`;

/** What an interface comes to with the class that makes a client of it, as `line ARROW target`. */
async function draw(body: string, settings = '{}'): Promise<string[]> {
  const { evidence } = await scan('scripts', {
    'IOrders.cs': declared,
    'OrdersClient.cs': made(body),
    'GlobalUsings.cs': 'global using Refit;\n',
    'appsettings.json': settings,
  });
  return evidence.flatMap((item) =>
    item.kind === 'connection' && item.origin.file === 'IOrders.cs'
      ? drawConnections({ evidence: [item] })
      : [],
  );
}

describe('interfaces that Refit makes a client of, in another file', () => {
  test.each<[string, string]>([
    [
      'a client with a base address',
      'http.BaseAddress = new Uri("http://orders.example/api");\nrest = RestService.For<IOrders>(http, new RefitSettings());',
    ],
    ['an address', 'rest = RestService.For<IOrders>("http://orders.example");'],
    [
      'an address in a variable',
      'var u = "http://orders.example";\nrest = RestService.For<IOrders>(u);',
    ],
  ])('of %s', async (_, body) => {
    expect(await draw(body)).toEqual(['2 <- orders.example http', '3 -> orders.example http']);
  });

  test('of a client whose address is a setting', async () => {
    const body =
      'var at = config.GetSection("Places").GetValue<string>("Orders");\nhttp.BaseAddress = new Uri($"http://{at}/api");\nrest = RestService.For<IOrders>(http);';
    expect(await draw(body, '{"Places": {"Orders": "orders.example:5100"}}')).toEqual([
      '2 <- orders.example:5100 http',
      '3 -> orders.example:5100 http',
    ]);
  });

  test('other methods of that name make none', async () => {
    expect(await draw('rest = Orders.For<IOrders>("http://orders.example");')).toEqual([]);
  });
});
