import { expect, test } from 'vitest';
import { scanRepository } from './repository.ts';

const compose =
  'services:\n  shop:\n    build: ./shop\n  stock:\n    build: ./stock\n  db:\n    image: postgres\n';
const query = (...statements: readonly string[]): string =>
  `import psycopg2\nc = psycopg2.connect(host='db').cursor()\n${statements.map((text) => `c.execute('${text}')\n`).join('')}`;

test('a table that only its writer reads is a link to the database, not to itself', async () => {
  const { links } = await scanRepository({
    'docker-compose.yml': compose,
    'shop/a.py': query('insert into basket values (1)', 'select * from basket'),
    'stock/a.py': 'x = 1\n',
  });
  expect(links.map(({ from, to, via }) => [from, to, via])).toEqual([['shop', 'db', []]]);
});

test('a table that another service reads is a link between the two, by way of the database', async () => {
  const { links } = await scanRepository({
    'docker-compose.yml': compose,
    'shop/a.py': query('insert into orders values (1)', 'select * from orders'),
    'stock/a.py': query('select * from orders'),
  });
  expect(links.map(({ from, to, via }) => [from, to, via])).toEqual([['shop', 'stock', ['db']]]);
});

test('tables of the same name in two databases of one server are not one table', async () => {
  const on = (database: string, statement: string): string =>
    `import psycopg2\nc = psycopg2.connect('postgresql://db/${database}').cursor()\nc.execute('${statement}')\n`;
  const contents = (other: string): Record<string, string> => ({
    'docker-compose.yml': compose,
    'shop/a.py': on('shop', 'insert into events values (1)'),
    'stock/a.py': on(other, 'select * from events'),
  });
  const apart = await scanRepository(contents('stock'));
  expect(apart.links.map(({ key }) => key)).toEqual(['db=>stock#database', 'shop=>db#database']);
  const shared = await scanRepository(contents('shop'));
  expect(shared.links.map(({ key }) => key)).toEqual(['shop=>stock#database']);
});
