import { expect, test } from 'vitest';
import { scanRepository } from '../reconcile/repository.ts';

const query = "import psycopg2\npsycopg2.connect(host='db').cursor().execute('select 1 from t')\n";
const compose = (services: readonly string[]): string =>
  `services:\n${services.map((name) => `  ${name}:\n    build: ./${name}\n`).join('')}  db:\n    image: postgres\n`;

async function unregistered(services: readonly string[], inventory?: string): Promise<string[]> {
  const { findings } = await scanRepository(
    {
      'docker-compose.yml': compose(services),
      ...Object.fromEntries(services.map((name) => [`${name}/a.py`, query])),
    },
    inventory,
  );
  return findings.filter(({ rule }) => rule === 'unregistered-link').map(({ subject }) => subject);
}

test('a database that is deployed for one service alone is part of it', async () => {
  expect(await unregistered(['shop'])).toEqual([]);
});

test('two services on one database are a link that nobody registered', async () => {
  expect(await unregistered(['shop', 'stock'])).toEqual([
    'db=>shop#database',
    'db=>stock#database',
  ]);
});

test('a database that a registry lists is a system like any other', async () => {
  const inventory = 'id,name,kind\ndb,Warehouse database,database\nshop,Shop,application\n';
  expect(await unregistered(['shop'], inventory)).toEqual(['db=>shop#database']);
});
