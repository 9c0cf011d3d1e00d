import { describe, expect, test } from 'vitest';
import { drawConnections, drawScript, scan } from './scan.ts';

describe('a function around a whole file', () => {
  test.each<[string, string]>([
    ['called', "(function () {\n  module.exports = { erp: 'http://erp.example' };\n}());"],
    ['called behind it', "(function () {\n  exports.erp = 'http://erp.example';\n})();"],
    ['an arrow', "(() => {\n  module.exports = { erp: 'http://erp.example' };\n})();"],
    ['with a sign', "!function () {\n  exports.erp = 'http://erp.example';\n}();"],
    ['call', "(function () {\n  exports.erp = 'http://erp.example';\n}).call(this);"],
    ['with a parameter', "(function (host) {\n  exports.erp = host;\n})('http://erp.example');"],
  ])('%s: other files see what it exports', async (_, wrapped) => {
    const result = await scan('scripts', {
      'hosts.js': wrapped,
      'a.js':
        "(function () {\n  var request = require('request'), hosts = require('./hosts');\n  request.get(hosts.erp + '/orders');\n}());",
    });
    expect(drawConnections(result)).toEqual(['3 <- erp.example http']);
  });

  test('below the top it is a function like any other', async () => {
    const result = await scan('scripts', {
      'hosts.js': "run(function () {\n  var erp = 'http://erp.example';\n});",
      'a.js': "const { erp } = require('./hosts');\nfetch(erp);",
    });
    expect(drawConnections(result)).toEqual(['2 unresolved']);
  });
});

test('what var declares in a block belongs to the function around it', async () => {
  const text = (keyword: string): string =>
    `const mysql = require('mysql2');\nif (a) {\n  ${keyword} host = 'db.example';\n}\nmysql.createConnection({ host }).query('select 1');`;
  expect(await drawScript('a.js', text('var'))).toEqual(['5 <- db.example mysql']);
  expect(await drawScript('a.js', text('let'))).toEqual(['5 unresolved']);
});

describe('addresses of a page', () => {
  test.each([
    "fetch('orders/1')",
    "$.ajax({ url: 'cart', method: 'POST' })",
    "axios.get('orders?id=1')",
    '$(window).load(function () { run(); })',
  ])('%s asks no other system', async (code) => {
    expect(await drawScript('a.js', code)).toEqual([]);
  });

  test.each<[string, string]>([
    ["fetch('http://orders/1')", '1 <- orders http'],
    ["require('http').get('orders')", '1 <- orders http'],
    ["$('#x').load('http://a.example/part')", '1 <- a.example http'],
  ])('%s does', async (code, expected) => {
    expect(await drawScript('a.js', code)).toEqual([expected]);
  });
});
