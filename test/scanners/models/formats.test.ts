import { expect, test } from 'vitest';
import { drawLinks, drawSystems, scanModels } from './draw-models.ts';

const inMarkdown = (diagram: string): Record<string, string> => ({
  'README.md': `# Systems\n\n\`\`\`mermaid\n${diagram}\n\`\`\`\n`,
});

test('a flowchart in Markdown: chains, groups, texts, frames and shapes', async () => {
  const found = await scanModels(
    inMarkdown(`---
title: "Orders"
---
flowchart LR
  subgraph sales["Sales"]
    shop["Web shop"]:::front
    crm("CRM<br/>Customer relations")
  end
  db[("ERP #35;1")] %% no comment here is read
  shop -->|https| erp[ERP] & crm
  erp -. nightly sftp .-> wms; erp ==> db
  shop <--> pay@{ shape: rect, label: "Payments; fast" }
  a --- b
  shop ~~~ wms
  classDef front fill:#fff
  click shop "https://example.org"`),
  );
  expect(drawLinks(found)).toEqual([
    '13 Web shop -- ERP https',
    '13 Web shop -- CRM https',
    '14 ERP -- wms sftp',
    '14 ERP -- ERP #1',
    '15 Web shop <-> Payments; fast',
    '16 a -- b',
  ]);
  expect(drawSystems(found)).toContain('ERP #1, database');
  expect(drawSystems(found)).toContain('CRM, in Sales');
});

test('a flowchart of a process is left out, and said to be', async () => {
  const { evidence, coverage } = await scanModels(
    inMarkdown('flowchart TD\n  a[Start] --> b{Paid?}\n  b -->|yes| c[Ship]'),
  );
  expect(evidence).toEqual([]);
  expect(coverage.leftOut).toEqual({ 'flowchart of a process, with decisions': 1 });
});

test('a sequence diagram: calls are links, answers and people are not', async () => {
  const found = await scanModels(
    inMarkdown(
      'sequenceDiagram\n  actor C as Clerk\n  participant E as ERP\n  C->>E: opens\n  loop nightly\n  E->>+WMS: POST /orders over HTTPS\n  WMS-->>-E: 201\n  end',
    ),
  );
  expect(drawLinks(found)).toEqual(['9 ERP -- WMS https by from']);
  expect(found.coverage.leftOut).toMatchObject({ person: 1, 'answer to a message': 1 });
});

test('an architecture diagram of Mermaid', async () => {
  const found = await scanModels({
    'a.mmd':
      'architecture-beta\n  group g(cloud)[Cloud]\n  service api(server)[API] in g\n  service db(database)[Store] in g\n  api:R --> L:db',
  });
  expect(drawLinks(found)).toEqual(['5 API -- Store']);
  expect(drawSystems(found)).toEqual(['API, in Cloud', 'Store, database, in Cloud']);
});

const c4 = `Person(clerk, "Clerk")
System_Boundary(shop, "Shop") {
  Container(web, "Web", "Node", "Shows")
  ContainerDb(db, "Database", "PostgreSQL")
  Component(cart, "Cart")
}
System_Ext(erp, "ERP")
Rel(clerk, web, "Uses")
Rel(web, db, "Reads", "JDBC")
Rel_Back(web, erp, "Stock", $techn="SFTP")
BiRel(web, erp, "Orders")
Rel(web, ghost, "?")`;

test.each([
  ['C4-PlantUML', 'c4.puml', `@startuml\n!include C4_Container.puml\n${c4}\n@enduml`, 2],
  ['C4 of Mermaid', 'c4.mmd', `C4Container\n${c4}`, 1],
])('%s: containers are parts of their system', async (_name, file, text, before) => {
  const found = await scanModels({ [file]: text });
  expect(drawLinks(found)).toEqual([
    `${before + 9} Shop / Web -- Shop / Database jdbc by from`,
    `${before + 10} ERP -- Shop / Web sftp by from`,
    `${before + 11} Shop / Web <-> ERP`,
  ]);
  expect(drawSystems(found)).toEqual([
    'Shop / Web, part of Shop',
    'Shop / Database, database, part of Shop',
    'ERP',
  ]);
  expect(found.coverage.skippedPlaces).toMatchObject([
    { reason: expect.stringContaining('"ghost"') },
  ]);
});

test('components of PlantUML', async () => {
  const found = await scanModels({
    'a.puml': `@startuml
title Systems
package "Sales" {
  [Web shop] as shop
  database "Orders DB" as db
}
actor Clerk
queue Events
note right of shop : soon gone
Clerk --> shop
shop -down-> db : JDBC
shop ..> Events : "kafka"
[ERP] <-[#red]- shop : SFTP
@enduml`,
  });
  expect(drawLinks(found)).toEqual([
    '11 Web shop -- Orders DB jdbc',
    '12 Web shop -- Events kafka',
    '13 Web shop -- ERP sftp',
  ]);
  expect(drawSystems(found)).toEqual([
    'Web shop, in Sales',
    'Orders DB, database, in Sales',
    'Events, broker',
    'ERP',
  ]);
  expect(found.coverage).toMatchObject({ skipped: 0 });
});

test('a Backstage catalog over two files: who consumes an interface calls who provides it', async () => {
  const found = await scanModels({
    'shop/catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  title: Web shop
spec:
  type: website
  lifecycle: production
  owner: group:sales
  system: commerce
  consumesApis:
    - orders-grpc
  dependsOn:
    - resource:default/shop-db
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: sales, title: Sales IT }
spec: { type: team, children: [] }
`,
    'orders/catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: orders }
spec: { type: service, lifecycle: production, owner: user:jane, providesApis: [default/orders-grpc] }
`,
  });
  expect(drawLinks(found).sort()).toEqual([
    '12 shop -- orders grpc by from',
    '14 shop -- shop-db by from',
  ]);
  expect(drawSystems(found)).toEqual([
    'orders',
    'shop, of Sales IT, part of commerce',
    'shop-db, database',
  ]);
  expect(found.coverage.leftOut).toMatchObject({ 'Backstage group': 1 });
});

test('a LikeC4 model: names count where they stand', async () => {
  const found = await scanModels({
    'model.c4': `specification { element system element service element actor }
model {
  clerk = actor 'Clerk'
  shop = system 'Web shop' {
    api = service 'API' {
      technology 'Node'
    }
    db = database 'Store'
    api -> db 'reads' 'SQL'
  }
  system erp 'ERP' { #legacy }
  clerk -> shop.api
  shop.api -[kafka]-> erp 'orders'
  extend erp { -> shop.api 'stock' { technology 'SFTP' } }
}
views { view index { include * } }`,
  });
  expect(drawLinks(found)).toEqual([
    '9 Web shop / API -- Web shop / Store sql by from',
    '13 Web shop / API -> ERP kafka by from',
    '14 ERP -> Web shop / API sftp by from',
  ]);
  expect(found.coverage).toMatchObject({ skipped: 0, leftOut: { person: 1 } });
});

test('a workspace includes files of its folder, and none of the network', async () => {
  const found = await scanModels({
    'a/workspace.dsl':
      'workspace {\n  model {\n    !include parts/erp.txt\n    !include https://example.org/x.dsl\n    !include ../../../etc/passwd\n    shop = softwareSystem "Shop"\n    shop -> erp "orders" "HTTPS"\n  }\n}',
    'a/parts/erp.txt': 'erp = softwareSystem "ERP"\n!include ../workspace.dsl',
  }).catch((error: unknown) => error);
  expect(found).toMatchObject({ coverage: { formats: [{ format: 'Structurizr DSL', files: 1 }] } });
  const { coverage } = found as Awaited<ReturnType<typeof scanModels>>;
  const reasons = coverage.skippedPlaces.map(({ reason }) => reason).join('\n');
  expect(reasons).toContain('nothing is fetched from the network');
  expect(reasons).toContain('outside of the folder');
});

test('contracts: who sends what others receive, and which hosts are whose', async () => {
  const found = await scanModels({
    'orders.yaml':
      'asyncapi: 3.0.0\ninfo: { title: Orders Service, version: "1" }\nservers: { main: { host: k, protocol: kafka } }\nchannels:\n  placed: { address: orders.placed }\noperations:\n  send: { action: send, channel: { $ref: "#/channels/placed" } }\n',
    'billing.yaml':
      'asyncapi: 2.6.0\ninfo: { title: Billing, version: "1" }\nchannels:\n  orders.placed:\n    publish: { message: {} }\n',
    'erp.json':
      '{ "openapi": "3.1.0", "info": { "title": "ERP API" }, "servers": [{ "url": "https://erp.example.org/v1" }] }',
    'a.proto': 'syntax = "proto3";\nservice Orders { rpc Get (A) returns (B); }\n',
  });
  expect(drawLinks(found)).toEqual(['5 Orders Service -> Billing kafka [orders.placed]']);
  expect(found.of('address')).toMatchObject([
    { name: 'erp.example.org', target: { kind: 'system', value: 'ERP' } },
  ]);
  expect(found.coverage.leftOut).toEqual({ 'contract of an interface': 2 });
});

test('a workspace as JSON, and the CSV files of Archi', async () => {
  const json = await scanModels({
    'w.json': JSON.stringify({
      model: {
        people: [{ id: '9', name: 'Clerk' }],
        softwareSystems: [
          {
            id: '1',
            name: 'Shop',
            relationships: [
              { sourceId: '1', destinationId: '2', description: 'orders', technology: 'HTTPS' },
            ],
          },
          { id: '2', name: 'ERP', group: 'Back office' },
        ],
      },
    }),
  });
  expect(drawLinks(json)).toEqual(['1 Shop -- ERP https by from']);
  const csv = await scanModels({
    'elements.csv':
      '"ID","Type","Name","Documentation","Specialization"\n"a","ApplicationComponent","Shop","",""\n"b","ApplicationComponent","ERP","",""\n',
    'relations.csv':
      '"ID","Type","Name","Documentation","Source","Target","Specialization"\n"r","FlowRelationship","orders over SFTP","","a","b",""\n',
  });
  expect(drawLinks(csv)).toEqual(['2 Shop -> ERP sftp']);
});
