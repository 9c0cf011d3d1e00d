import { describe, expect, test } from 'vitest';
import { drawConnections, type Scan, scan } from './scan.ts';

/** Connections as `file:line ARROW target protocol`. */
function draw(result: Scan, file?: string): string[] {
  return result.evidence.flatMap((item) => {
    if (item.kind !== 'connection' && item.kind !== 'unresolved') return [];
    if (file !== undefined && item.origin.file !== file) return [];
    return drawConnections({ evidence: [item] }).map((text) => `${item.origin.file}:${text}`);
  });
}

function drawSystems({ of }: Scan): string[] {
  return of('system').map(({ id, fields }) => `${id} ${fields.kind} ${fields.hosts?.join(',')}`);
}

describe('Compose files whose variables stand in a file beside them', () => {
  const shop = {
    '.env':
      'PREFIX=registry.example/shop\nORDERS_FILE=./src/orders/Dockerfile\nSTOCK_FILE=./src/stock/Dockerfile\nCACHE_IMAGE=valkey/valkey:8\nORDERS_URL=http://orders:8080\nDB_PASSWORD=geheim\n',
    'compose.yaml': `services:
  orders:
    image: \${PREFIX}:1-orders
    build:
      context: ./
      dockerfile: \${ORDERS_FILE}
    command: [
      "run"
    ]
    environment:
      - DB_PASSWORD
  stock:
    image: \${PREFIX}:1-stock
    build:
      context: ./
      dockerfile: \${STOCK_FILE}
    environment:
      - ORDERS_URL
  cache:
    image: \${CACHE_IMAGE}
`,
    'src/orders/Dockerfile': 'FROM golang:1\n',
    'src/orders/main.go': 'package main\n',
    'src/stock/Dockerfile': 'FROM golang:1\n',
    'src/stock/main.go': 'package main\n',
  };

  test('each service is built from its own folder, and an image tells its kind', async () => {
    expect(drawSystems(await scan('scripts', shop))).toEqual([
      'orders application orders',
      'stock application stock',
      'cache database cache',
    ]);
  });

  test('a variable that is handed on has its value; the file of variables itself uses nothing', async () => {
    const result = await scan('scripts', shop);
    expect(draw(result)).toEqual(['compose.yaml:18 ?? orders:8080 http']);
    expect(JSON.stringify(result.evidence)).not.toContain('geheim');
  });
});

describe('versions of a service', () => {
  const deployment = (name: string): string =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name} }\nspec:\n  template:\n    metadata: { labels: { app: reviews } }\n    spec:\n      containers: [{ name: reviews, image: "example/${name}:1" }]\n`;
  const service =
    'apiVersion: v1\nkind: Service\nmetadata: { name: reviews }\nspec: { selector: { app: reviews } }\n';

  test('are the one system whose code they run', async () => {
    const result = await scan('scripts', {
      'k8s/a.yaml': `${service}---\n${deployment('reviews-v1')}`,
      'k8s/b.yaml': deployment('reviews-v2'),
      'src/reviews/Dockerfile': 'FROM python:3\n',
      'src/reviews/a.py': 'x = 1\n',
    });
    expect(drawSystems(result)).toEqual(['reviews application reviews,reviews-v1,reviews-v2']);
  });

  test('a service with its own folder is no version of another', async () => {
    const result = await scan('scripts', {
      'k8s/a.yaml': deployment('ratings'),
      'src/reviews/Dockerfile': 'FROM python:3\n',
      'src/reviews/a.py': 'x = 1\n',
      'src/ratings/Dockerfile': 'FROM python:3\n',
      'src/ratings/a.py': 'x = 1\n',
    });
    expect(drawSystems(result)).toEqual(['ratings application ratings']);
  });
});

test('a folder that is deployed as `frontend` does not answer to the folder around it', async () => {
  const { of } = await scan('scripts', {
    'docker-compose.yml': 'services:\n  frontend:\n    build: ./shop/frontend\n',
    'shop/frontend/Dockerfile': 'FROM node:20\n',
    'shop/frontend/a.js': 'x();\n',
  });
  expect(of('system').map(({ fields }) => fields.aliases)).toEqual([[]]);
});

describe('names of services', () => {
  const stock =
    'apiVersion: v1\nkind: Service\nmetadata: { name: stock }\nspec: { selector: { app: stock } }\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: stock }\nspec:\n  template:\n    metadata: { labels: { app: stock } }\n    spec:\n      containers: [{ name: stock, image: "example/stock:1" }]\n';

  test('in a cluster, where the source holds the service', async () => {
    const code = (host: string): string => `fetch('http://${host}:8080/x');\n`;
    const result = await scan('scripts', {
      'k8s/stock.yaml': stock,
      'a.js': code('stock.shop.svc.cluster.local') + code('erp.shop.svc.cluster.local'),
    });
    expect(draw(result, 'a.js')).toEqual([
      'a.js:1 <- stock:8080 http',
      'a.js:2 <- erp.shop.svc.cluster.local:8080 http',
    ]);
  });

  test.each<[string, string[]]>([
    ['`http://stock.${process.env.DOMAIN}:8080/x`', ['1 <- stock:8080 http']],
    ['`http://stock.${domain()}/x`', ['1 <- stock http']],
    ['`https://www.${process.env.DOMAIN}/x`', ['1 unresolved']],
    ['`https://stock.${process.env.REGION}.cloud.example/x`', ['1 unresolved']],
  ])('in a domain that no one tells: %s', async (address, expected) => {
    expect(drawConnections(await scan('scripts', { 'a.js': `fetch(${address});\n` }))).toEqual(
      expected,
    );
  });
});

test('a Python class gets its address where another file makes one', async () => {
  const result = await scan('scripts', {
    'store.py':
      'import psycopg2\nclass Store:\n    def __init__(self, uri):\n        self.link = psycopg2.connect(uri)\n    def all(self):\n        self.link.cursor().execute("select * from t")\n',
    'app.py': 'from store import Store\nstore = Store("postgresql://db.example/shop")\n',
  });
  expect(draw(result)).toEqual(['store.py:6 <- db.example postgresql [t]']);
});
