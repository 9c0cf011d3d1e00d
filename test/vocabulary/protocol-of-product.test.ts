import { expect, test } from 'vitest';
import { protocolOfKey, protocolOfProduct } from '../../src/vocabulary/protocol-of-product.ts';

test.each([
  ['ODBC Driver 18 for SQL Server', 'mssql'],
  ['/usr/lib/x86_64-linux-gnu/odbc/libtdsodbc.so', 'mssql'],
  ['django.contrib.gis.db.backends.postgis', 'postgresql'],
  ['org.postgresql.Driver', 'postgresql'],
  ['aurora-mysql', 'mysql'],
  ['MariaDB ODBC 3.1 Driver', 'mariadb'],
  ['sqlserver.SqlServerConnector', 'mssql'],
  ['POSTGRES_15', 'postgresql'],
  ['oracle.jdbc.OracleDriver', 'oracle'],
  ['iSeries Access ODBC Driver', 'db2'],
  ['Microsoft Access Driver (*.mdb)', undefined],
])('a product is told by its name: %s', (name, protocol) => {
  expect(protocolOfProduct(name)).toBe(protocol);
});

test('what names a product in a driver may count something else in a key', () => {
  expect(protocolOfProduct('IBM DB2 ODBC DRIVER')).toBe('db2');
  expect(protocolOfKey('orders db2 host')).toBeUndefined();
  expect(protocolOfKey('orders postgres host')).toBe('postgresql');
});
