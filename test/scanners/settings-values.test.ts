import { describe, expect, test } from 'vitest';
import { toOpenValue } from '../../src/scanners/scripts/settings/open-value.ts';
import { drawSettings, read } from './settings-lines.ts';

describe('placeholders become holes', () => {
  test.each([
    ['http://${HOST}:80', 'http://{env:HOST}:80'],
    ['${HOST:-erp}', '{env:HOST?=erp}'],
    ['${HOST-erp}', '{env:HOST?=erp}'],
    ['${HOST:erp}', '{env:HOST?=erp}'],
    ['${erp.base-url:http://erp:80/x}', '{env:erp.base-url?=http://erp:80/x}'],
    ['${A:${B:c}}', '{env:A?={env:B?=c}}'],
    ['${HOST:?is missing}', '{env:HOST}'],
    ['${HOST:+other}', '{env:HOST}'],
    ["${env:HOST, 'erp'}", '{env:HOST?=erp}'],
    ['${env.HOST}', '{env:HOST}'],
    ['${?HOST}', '{env:HOST}'],
    ['$(HOST):80', '{env:HOST}:80'],
    ['%HOST%', '{env:HOST}'],
    ['%env(resolve:HOST)%', '{env:HOST}'],
    ['#{HOST}#', '{env:HOST}'],
    ['@host.name@', '{env:host.name}'],
    ['{{ .Values.erp.host | default "erp" }}', '{env:erp.host?=erp}'],
    ["{{ erp_host | default('erp') }}", '{env:erp_host?=erp}'],
    ["<%= ENV['HOST'] %>", '{env:HOST}'],
    ['<%= ENV.fetch("HOST", "erp") %>', '{env:HOST?=erp}'],
    ['<%= ENV.fetch("HOST") { "erp" } %>', '{env:HOST?=erp}'],
    ['$$HOST', '$HOST'],
    // What is none stays.
    ['100% of 5%', '100% of 5%'],
    ['http://x/%2Fa%2Fb', 'http://x/%2Fa%2Fb'],
    ['$HOST', '$HOST'],
    ['a@b.example', 'a@b.example'],
    ['${', '${'],
  ])('%s', (written, value) => {
    expect(toOpenValue('erp.host', written)).toBe(value);
  });

  test('a bare name only where the format reads one', () => {
    expect(toOpenValue('x', 'http://$HOST', { bare: true })).toBe('http://{env:HOST}');
  });
});

describe('secrets', () => {
  test.each([
    ['erp.password', 'Sommer2024!', '***'],
    ['ERP_TOKEN', 'abcdef', '***'],
    ['aws.secret-access-key', 'abcdef', '***'],
    ['ApiKey', 'abcdef', '***'],
    ['db.password', '${DB_PASSWORD:Sommer2024}', '{env:DB_PASSWORD}'],
    ['db.password', 'x${DB_PASSWORD}', '***'],
    ['spring.datasource.password', 'ENC(abc)', '***'],
    ['anything', '{cipher}abc', '***'],
    ['url', 'postgres://app:Sommer2024@db/x', 'postgres://app:***@db/x'],
    ['url', 'postgres://app:${PW:-Sommer2024}@db/x', 'postgres://app:{env:PW}@db/x'],
    ['url', '${DB_URL:-postgres://app:Sommer2024@db/x}', '{env:DB_URL?=postgres://app:***@db/x}'],
    ['dsn', 'app:Sommer2024@tcp(db:3306)/x', 'app:***@tcp(db:3306)/x'],
    ['dsn', 'app/Sommer2024@ora:1521/x', 'app/***@ora:1521/x'],
    ['url', 'jdbc:oracle:thin:app/Sommer2024@ora:1521:X', 'jdbc:oracle:thin:app/***@ora:1521:X'],
    ['c', 'Server=s;Password=Sommer2024;', 'Server=s;Password=***;'],
    ['c', 'AccountName=a;AccountKey=Sommer2024==', 'AccountName=a;AccountKey=***'],
    // The address of a token is none, nor is a switch.
    ['token.url', 'https://idp.acme.example/token', 'https://idp.acme.example/token'],
    ['oauth.token', 'https://idp.acme.example/token', 'https://idp.acme.example/token'],
    ['use.password', 'true', 'true'],
  ])('%s = %s', (key, written, value) => {
    expect(toOpenValue(key, written)).toBe(value);
  });

  test.each([
    ['.env', 'DB_PASSWORD=Sommer2024\n'],
    ['application.yml', 'db:\n  password: Sommer2024\n  list: [{secret: Sommer2024}]\n'],
    ['application.yml', 'db:\n  password: @x\n  secret: Sommer2024\n bad'],
    ['appsettings.json', '{"Db": {"Password": "Sommer2024"}}'],
    ['web.config', '<a><b name="D" connectionString="Server=x;Pwd=Sommer2024"/></a>'],
    ['x.properties', 'db.url=jdbc:mysql://u:Sommer2024@h/x\n'],
    ['etc/odbc.ini', '[A]\nServer=h\nPassword=Sommer2024\n'],
    ['Dockerfile', 'FROM a\nENV DB_PASSWORD=Sommer2024\nCMD run --password Sommer2024\n'],
    ['compose.yml', 'services: {a: {image: b, environment: [PASSWORD=Sommer2024]}}\n'],
    [
      'k8s/secret.yaml',
      'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: Sommer2024, url: "redis://:Sommer2024@h"}\n',
    ],
    ['nginx.conf', 'location / { proxy_pass http://u:Sommer2024@h/; }'],
  ])('nothing of %s tells a password', (file, text) => {
    const readings = read(file, text);
    expect(readings.length).toBeGreaterThan(0);
    expect(JSON.stringify(readings)).not.toContain('Sommer2024');
  });
});

describe('profiles', () => {
  test.each([
    ['application-dev.yml', 'dev'],
    ['application.yml', undefined],
    ['.env', undefined],
    ['.env.test', 'test'],
    ['.env.production.local', 'production'],
    ['.env.example', 'example'],
    ['appsettings.Development.json', 'Development'],
    ['Web.Release.config', 'Release'],
    ['config/staging.json', 'staging'],
    ['config/default.json', undefined],
    ['charts/x/values-prod.yaml', 'prod'],
    ['config-repo/orders-qa.yml', 'qa'],
    ['config-repo/orders-api.yml', undefined],
    ['src/test/resources/application.yml', 'test'],
    ['environments/prod/settings.ini', 'prod'],
    ['x.properties.sample', 'sample'],
  ])('%s is for %s', (file, profile) => {
    const text = /json$/.test(file) ? '{"a": "b"}' : /config$/.test(file) ? '<a b="c"/>' : 'a: b';
    expect(read(file, text).map((reading) => reading.profile)).toEqual([profile]);
  });

  test('documents of a Spring file, old and new', () => {
    const text =
      'a: 1\n---\nspring.config.activate.on-profile: prod\na: 2\n---\nspring: {profiles: dev}\na: 3\n';
    expect(drawSettings('application.yml', text)).toEqual([
      '1 a = 1',
      '(prod) 4 a = 2',
      '(dev) 7 a = 3',
    ]);
  });

  test('documents of a properties file', () => {
    const text = 'a=1\n#---\nspring.config.activate.on-profile=prod\na=2\n';
    expect(drawSettings('application.properties', text)).toEqual(['1 a = 1', '(prod) 4 a = 2']);
  });

  test('profiles before the keys of Quarkus', () => {
    expect(drawSettings('application.properties', 'a=1\n%dev.a=2\n')).toEqual([
      '1 a = 1',
      '(dev) 2 a = 2',
    ]);
  });

  test('environments at the root of a file', () => {
    const text =
      'default: &d {adapter: mysql2}\nproduction:\n  <<: *d\n  host: my.acme.example\ntest:\n  host: localhost\n';
    expect(drawSettings('config/database.yml', text)).toEqual([
      '(production) 3 database.adapter = mysql2',
      '(production) 4 database.host = my.acme.example',
      '(test) 6 database.host = localhost',
    ]);
  });

  test('a mapping with other keys is for all', () => {
    expect(drawSettings('config/x.yml', 'production: {a: 1}\nerp: {a: 2}\n')).toEqual([
      '1 production.a = 1',
      '2 erp.a = 2',
    ]);
  });
});
