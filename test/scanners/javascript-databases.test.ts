import { describe, expect, test } from 'vitest';
import { databaseClients } from '../../src/scanners/scripts/clients/javascript-databases.ts';
import { type Case, listUnmentioned, withoutLibraries } from './javascript-cases.ts';
import { drawScript } from './scan.ts';

const draw = (text: string): Promise<string[]> => drawScript('a.ts', text);

const connections: readonly Case[] = [
  [
    "const { Pool } = require('pg');\nconst pool = new Pool({ connectionString: 'postgres://u:secret@a.example:5432/x' });\npool.connect((e, client, done) => {\n  client.query('insert into orders values ($1)', [1], done)\n})",
    ['4 -> a.example:5432 postgresql [orders]'],
  ],
  [
    "const pgp = require('pg-promise')();\nconst db = pgp('postgres://a.example/x');\ndb.any('select * from stock');\ndb.none('update stock set n = 1')",
    ['3 <- a.example postgresql [stock]', '4 -> a.example postgresql [stock]'],
  ],
  [
    "import postgres from 'postgres';\nconst sql = postgres({ host: 'a.example' });\nawait sql`insert into stock ${sql(rows)}`;\nawait sql`select * from items where id = ${id}`",
    ['3 -> a.example postgresql [stock]', '4 <- a.example postgresql [items]'],
  ],
  [
    "import mysql from 'mysql';\nconst pool = mysql.createPool({ host: 'a.example' });\npool.getConnection((e, c) => {\n  c.query('select * from t', f)\n})",
    ['4 <- a.example mysql [t]'],
  ],
  [
    "const m = require('serverless-mysql')({ config: { host: 'a.example' } });\nawait m.query('select * from t')",
    ['2 <- a.example mysql [t]'],
  ],
  [
    "import { connect } from '@planetscale/database';\nconnect({ host: 'a.example' }).execute('select * from t')",
    ['2 <- a.example mysql [t]'],
  ],
  [
    "import mariadb from 'mariadb';\nconst c = await mariadb.createConnection('mariadb://a.example/x');\nc.batch('insert into t values (?)', rows)",
    ['3 -> a.example mariadb [t]'],
  ],
  [
    "const oracledb = require('oracledb');\nconst c = await oracledb.getConnection({ user: 'u', connectString: 'a.example:1521/X' });\nawait c.executeMany('insert into s.t values (:1)', rows)",
    ['3 -> a.example:1521 oracle [s.t]'],
  ],
  [
    "const { Connection, Request } = require('tedious');\nconst c = new Connection({ server: 'a.example' });\nc.execSql(new Request('select * from t', done))",
    ['3 <- a.example mssql [t]'],
  ],
  [
    "import sql from 'mssql';\nconst pool = new sql.ConnectionPool({ server: 'a.example' });\nawait new sql.Request(pool).query('select * from t')",
    ['3 <- a.example mssql [t]'],
  ],
  [
    "const ibmdb = require('ibm_db');\nibmdb.open('DATABASE=x;HOSTNAME=a.example;PORT=50000', (e, c) => {\n  c.query('select * from t')\n})",
    ['3 <- a.example db2 [t]'],
  ],
  [
    "import odbc from 'odbc';\nconst c = await odbc.connect('Driver=x;Server=a.example');\nawait c.query('select * from t')",
    ['3 <- a.example odbc [t]'],
  ],
  [
    "import hana from '@sap/hana-client';\nconst c = hana.createConnection({ serverNode: 'a.example:443' });\nc.exec('select * from t')",
    ['3 <- a.example:443 hana [t]'],
  ],
  [
    "import snowflake from 'snowflake-sdk';\nconst c = snowflake.createConnection({ account: 'a.example' });\nc.execute({ sqlText: 'insert into t values (1)' })",
    ['3 -> a.example snowflake [t]'],
  ],
  [
    "import { Client } from 'cassandra-driver';\nconst c = new Client({ contactPoints: ['a.example'] });\nawait c.execute('select * from k.t')",
    ['3 <- a.example cassandra [k.t]'],
  ],
  [
    "import { createClient } from '@clickhouse/client';\nconst c = createClient({ url: 'http://a.example:8123' });\nawait c.query({ query: 'select * from t' });\nawait c.insert({ table: 'u', values })",
    ['3 <- a.example:8123 clickhouse [t]', '4 -> a.example:8123 clickhouse [u]'],
  ],
  [
    "const { MongoClient } = require('mongodb');\nMongoClient.connect('mongodb://a.example/x', (e, c) => {\n  c.db('x').collection('orders').insertOne({});\n})",
    ['3 -> a.example mongodb [orders]'],
  ],
  [
    "import { MongoClient } from 'mongodb';\nclass A { private c = new MongoClient(process.env.MONGO ?? 'mongodb://a.example');\n  find() { return this.c.db().collection('orders').find({}).toArray() } }",
    ['3 <- a.example mongodb [orders]'],
  ],
  [
    "import mongoose from 'mongoose';\nawait mongoose.connect('mongodb://a.example/x');",
    ['2 ?? a.example mongodb'],
  ],
  [
    "import { MongooseModule } from '@nestjs/mongoose';\nimport { ConfigService } from '@nestjs/config';\n@Module({ imports: [MongooseModule.forRootAsync({ useFactory: (c: ConfigService) => ({ uri: c.get('M', 'mongodb://a.example') }) })] })\nclass M {}",
    ['3 ?? a.example mongodb'],
  ],
  [
    "import Agenda from 'agenda';\nnew Agenda({ db: { address: 'mongodb://a.example/x' } })",
    ['2 ?? a.example mongodb'],
  ],
  [
    "import Redis from 'ioredis';\nconst r = new Redis(6379, 'a.example');\nawait r.hgetall('k');\nawait r.publish('ch', 'x')",
    ['3 <- a.example redis', '4 -> a.example redis [ch]'],
  ],
  [
    "import { createClient } from 'redis';\nconst r = createClient({ url: 'redis://a.example:6379' });\nawait r.connect();\nawait r.hSet('k', 'f', 1);\nawait r.subscribe('ch', f)",
    ['4 -> a.example:6379 redis', '5 <- a.example:6379 redis [ch]'],
  ],
  [
    "import { redisStore } from 'cache-manager-redis-yet';\nconst s = await redisStore({ socket: { host: 'a.example', port: 6379 } })",
    ['2 ?? a.example redis'],
  ],
  [
    "import Memcached from 'memcached';\nconst m = new Memcached('a.example:11211');\nm.get('k', f)",
    ['3 <- a.example:11211 memcached'],
  ],
  [
    "import neo4j from 'neo4j-driver';\nconst d = neo4j.driver('bolt://a.example', auth);\nconst s = d.session();\nawait s.executeRead((t) => t);\nawait s.run('match (n) return n')",
    ['4 <- a.example bolt', '5 ?? a.example bolt'],
  ],
  [
    "import { Client } from '@elastic/elasticsearch';\nconst c = new Client({ node: 'https://a.example:9200' });\nawait c.search({ index: 'orders' });\nawait c.index({ index: 'logs', document })",
    ['3 <- a.example:9200 https [orders]', '4 -> a.example:9200 https [logs]'],
  ],
  [
    "import { MeiliSearch } from 'meilisearch';\nconst c = new MeiliSearch({ host: 'http://a.example:7700' });\nawait c.index('items').addDocuments(rows)",
    ['3 -> a.example:7700 http [items]'],
  ],
  [
    "import { InfluxDB } from '@influxdata/influxdb-client';\nconst w = new InfluxDB({ url: 'http://a.example:8086' }).getWriteApi('o', 'b');\nw.writePoint(p)",
    ['3 -> a.example:8086 http'],
  ],
  [
    "const nano = require('nano')('http://a.example:5984');\nnano.use('x').insert({})",
    ['2 -> a.example:5984 http'],
  ],
  [
    "import PouchDB from 'pouchdb';\nnew PouchDB('http://a.example:5984/x').find({});\nnew PouchDB()",
    ['2 <- a.example:5984 http'],
  ],
  [
    "import { createClient } from '@supabase/supabase-js';\nconst s = createClient('https://a.example', key);\nawait s.from('orders').select('*')",
    ['3 <- a.example https [orders]'],
  ],
  [
    "import knex from 'knex';\nconst db = knex({ client: 'mysql2', connection: { host: 'a.example' } });\nawait db('orders').where({ id }).update({ n: 1 });\nawait db.select('*').from('stock');\nawait db.raw('select * from t')",
    ['3 -> a.example mysql [orders]', '4 <- a.example mysql', '5 <- a.example mysql [t]'],
  ],
  [
    "import { Sequelize } from 'sequelize';\nconst s = new Sequelize('d', 'u', 'p', { host: 'a.example', dialect: 'postgres' });\nconst Order = s.define('orders', {});\nawait Order.findAll();\nawait Order.create({})",
    ['4 <- a.example postgresql [orders]', '5 -> a.example postgresql [orders]'],
  ],
  [
    "import { DataSource } from 'typeorm';\nconst d = new DataSource({ type: 'mssql', host: 'a.example' });\nawait d.getRepository(Order).save(x);\nawait d.query('select * from t')",
    ['3 -> a.example mssql', '4 <- a.example mssql [t]'],
  ],
  [
    "import { SequelizeModule } from '@nestjs/sequelize';\nSequelizeModule.forRoot({ dialect: 'mysql', host: 'a.example' })",
    ['2 ?? a.example mysql'],
  ],
  [
    "import { MikroORM } from '@mikro-orm/core';\nawait MikroORM.init({ clientUrl: 'postgresql://a.example/x' })",
    ['2 ?? a.example postgresql'],
  ],
  [
    "import { PrismaClient } from '@prisma/client';\nconst p = new PrismaClient({ datasources: { db: { url: 'postgresql://a.example/x' } } });\nawait p.order.findMany();\nawait p.order.create({ data });\nawait p.$queryRaw`select * from t`",
    ['3 <- a.example postgresql', '4 -> a.example postgresql', '5 <- a.example postgresql [t]'],
  ],
  [
    "import { drizzle } from 'drizzle-orm/node-postgres';\nimport { Pool } from 'pg';\nconst db = drizzle(new Pool({ host: 'a.example' }));\nawait db.select().from(orders);\nawait db.insert(orders).values(x)",
    ['4 <- a.example postgresql', '5 -> a.example postgresql'],
  ],
  [
    "import { drizzle } from 'drizzle-orm/mysql2';\nconst db = drizzle('mysql://a.example/x');\nawait db.update(orders).set(x)",
    ['3 -> a.example mysql'],
  ],
];

describe('databases', () => {
  test.each(connections)('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });

  test.each(connections)('a file of the same name is no library: %s', async (text) => {
    expect(await draw(withoutLibraries(text))).toEqual([]);
  });

  test('every client of the table has a script here', () => {
    expect(listUnmentioned(databaseClients, [...connections, ["'@vercel/postgres'", []]])).toEqual(
      [],
    );
  });
});

test.each([
  "import Database from 'better-sqlite3';\nnew Database('/var/x.db').prepare('select * from t').all()",
  "import knex from 'knex';\nconst db = knex({ client: 'sqlite3', connection: { filename: './x.db' } });\nawait db('orders').select('*')",
  "import { Sequelize } from 'sequelize';\nconst s = new Sequelize({ dialect: 'sqlite', storage: 'x.db' });\nawait s.query('select * from t')",
  "import { DataSource } from 'typeorm';\nconst d = new DataSource({ type: 'sqlite', database: 'x.db' });\nawait d.query('select * from t')",
  "import type { Pool } from 'pg';\nexport interface A { pool: Pool }",
  "const rows = [1].find((x) => x);\nrows.insert('select * from t');\ndb.query('select * from t')",
  "// new Pool({ host: 'no.example' })\nconst s = `postgres://no.example/x`;",
])('no connection: %s', async (text) => {
  expect(await draw(text)).toEqual([]);
});

test.each<[string, string]>([
  [
    "import { PrismaClient } from '@prisma/client';\nexport class P extends PrismaClient {}",
    'DATABASE_URL',
  ],
  ["import { sql } from '@vercel/postgres';\nawait sql`select * from t`", 'POSTGRES_URL'],
  ["import { Pool } from 'pg';\nconst p = new Pool();\np.query('select * from t')", 'PGHOST'],
])('the address is a setting by convention: %s', async (text, setting) => {
  const { loadTypescriptReader } = await import(
    '../../src/scanners/scripts/languages/typescript.ts'
  );
  const [fact, ...others] = (await loadTypescriptReader())(text, 'a.ts').facts;
  expect(fact).toMatchObject({ address: `{env:${setting}}` });
  expect(others).toEqual([]);
});
