import { expect, test } from 'vitest';
import { scanModels } from './draw-models.ts';

test('gRPC: a service that names its host answers there; comments and texts are none', async () => {
  const found = await scanModels({
    'orders.proto':
      '// service Gone {\nsyntax = "proto3";\nimport "google/api/client.proto";\n/* service Old { } */\nservice OrderService {\n  option (google.api.default_host) = "orders.example.org:443";\n  rpc Get (A) returns (B);\n}\nservice Stock { rpc Get (A) returns (B); }\n',
    'types.proto': 'edition = "2023";\nmessage A { string note = 1; }\n',
  });
  expect(found.of('address')).toMatchObject([
    {
      name: 'orders.example.org',
      target: { kind: 'system', value: 'Order' },
      origin: { file: 'orders.proto', line: 6, column: 3 },
    },
  ]);
  expect(found.coverage.leftOut).toEqual({
    'contract of an interface': 2,
    'messages without a service': 1,
  });
});

test('GraphQL: the schema of a federation names the services behind it', async () => {
  const found = await scanModels({
    'supergraph.graphql': `"""
X @join__graph(name: "gone", url: "http://gone.example.org")
"""
enum join__Graph {
  # Y @join__graph(name: "old", url: "")
  ORDERS @join__graph(name: "orders", url: "https://orders.example.org/graphql")
  STOCK @join__graph(name: "stock", url: "http://stock:4001")
}
type Query { a: Int }
`,
    'shop.gql': 'type Query { a: Int }\n',
  });
  expect(
    found.of('system').map(({ id, origin }) => `${origin.line}:${origin.column} ${id}`),
  ).toEqual(['6:10 orders', '7:9 stock']);
  expect(found.of('address')).toMatchObject([
    { name: 'orders.example.org', target: { kind: 'system', value: 'orders' } },
  ]);
  expect(found.of('connection')).toEqual([]);
  expect(found.coverage.leftOut).toEqual({ 'contract of an interface': 2 });
});

test('WSDL 1.1 and 2.0: the addresses of a service are hosts of the system of its name', async () => {
  const found = await scanModels({
    'erp.wsdl': `<?xml version="1.0"?>
<!-- <wsdl:definitions/> -->
<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" name="Erp">
 <wsdl:portType name="Orders"/>
 <wsdl:service name="ERP Service">
  <wsdl:port name="p" binding="b">
   <soap:address location="https://erp.example.org:8443/ws?a=1&amp;b=2"/>
  </wsdl:port>
  <wsdl:port name="q" binding="b"><soap:address location="http://localhost/ws"/></wsdl:port>
 </wsdl:service>
</wsdl:definitions>
`,
    'crm.wsdl':
      '<description xmlns="http://www.w3.org/ns/wsdl"><service name="CRM" interface="i"><endpoint name="e" binding="b" address="https://crm.example.org/soap"/></service></description>',
  });
  expect(
    found.of('address').map(({ name, origin, target }) => [origin.file, origin.line, name, target]),
  ).toMatchObject([
    ['crm.wsdl', 1, 'crm.example.org', { value: 'CRM' }],
    ['erp.wsdl', 7, 'erp.example.org', { value: 'ERP' }],
  ]);
  expect(found.of('connection')).toEqual([]);
  expect(found.coverage.leftOut).toEqual({ 'contract of an interface': 2 });
});

test('hostile contracts are bounded', async () => {
  const start = performance.now();
  const found = await scanModels({
    'a.proto': `syntax = "proto3";\n${'service A {\noption (google.api.default_host) = "a.example.org";\n'.repeat(20_000)}`,
    'b.proto': `message X {\n${'/*'.repeat(200_000)}${'"\\'.repeat(100_000)}`,
    'a.graphql': `type A {\n${'@join__graph(name: "x", url: "http://x.example.org") '.repeat(20_000)}`,
    'b.graphql': `type A {\n${'"""'.repeat(100_001)}${'@join__graph('.repeat(100_000)}`,
    'a.wsdl': `<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><definitions xmlns="http://schemas.xmlsoap.org/wsdl/"><service name="&x;"><port><address location="http://&x;.example.org"/></port></service>${'<service>'.repeat(50_000)}`,
    'openapi.json': `{"openapi": "3.0.0", "info": {"title": "x"}, "servers": ${'['.repeat(100_000)}`,
    'asyncapi.yaml': `asyncapi: 3.0.0\na: &a [1,1,1,1,1,1,1,1,1,1]\n${Array.from({ length: 12 }, (_, at) => `${'b'.repeat(at + 1)}: &${'b'.repeat(at + 1)} [${`*${at === 0 ? 'a' : 'b'.repeat(at)},`.repeat(10)}]`).join('\n')}\n`,
  });
  expect(performance.now() - start).toBeLessThan(8_000);
  expect(JSON.stringify(found.evidence)).not.toContain('root:');
  expect(found.coverage.skippedPlaces.map(({ place }) => place.file).sort()).toEqual([
    'asyncapi.yaml',
    'openapi.json',
  ]);
});
