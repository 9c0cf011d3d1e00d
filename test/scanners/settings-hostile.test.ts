import { describe, expect, test } from 'vitest';
import { listConnections } from '../../src/scanners/scripts/settings/connections.ts';
import { readSettings } from '../../src/scanners/scripts/settings/read-settings.ts';
import fc from '../fast-check.ts';

/** A file of each format, with a text that its reader understands. */
const files: readonly [file: string, text: string][] = [
  ['.env', 'A="${B:-x}"\nC=\'d\n'],
  ['a.properties', 'a\\ b=c\\\n d\n#---\nspring.profiles=x\n'],
  ['application.yml', 'a: &x [1, {b: "${C:d}"}]\nb: *x\n---\nc: {<<: *x}\n'],
  ['appsettings.json', '{"a": ["b", {"c": null,}], /* d */ "e": 1}'],
  ['web.config', '<a b="c"><!-- d --><e name="f" value="&amp;"/><![CDATA[g]]></a>'],
  ['config/a.toml', '[a.b]\nc = ["d", "e"]\nf = {g = 1}\n'],
  ['a.conf', 'a {\n b = ${?C}\n d = {e = 1}\n}\n'],
  ['config/a.ini', '[a]\nb = %(c)s\n'],
  ['tnsnames.ora', 'A, B = (DESCRIPTION=(ADDRESS=(HOST=c)(PORT=1)))\n'],
  ['odbc.ini', '[A]\nServer = tcp:b,1\nDriver = x\n'],
  ['.ssh/config', 'Host a b\n HostName c\n Port 22\n'],
  [
    'nginx.conf',
    'upstream a { server b; }\nserver { location ~ "x" { proxy_pass http://a$uri; } }\n',
  ],
  ['haproxy.cfg', 'frontend f\n acl a path /b\n use_backend c if a\nbackend c\n server d e:1\n'],
  [
    'a.vhost',
    'ProxyPass /a balancer://b/\n<Proxy balancer://b>\nBalancerMember http://c\n</Proxy>\n',
  ],
  ['Dockerfile', 'FROM a\nENV B=c D="e" \\\n F=g\nEXPOSE 1\nCMD ["h"]\n'],
  ['Procfile', 'a: b\n'],
  [
    'docker-compose.yml',
    'services:\n  a:\n    build: {context: b}\n    environment: [C=d]\n    ports: ["1:2"]\n    extends: {service: a}\n',
  ],
  [
    'k.yaml',
    'apiVersion: v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {spec: {containers: [{env: [{name: b, value: c}]}]}}}\n',
  ],
  [
    'templates/k.yaml',
    'apiVersion: v1\nkind: Pod\n{{- if .Values.a }}\nmetadata: {name: {{ .Values.b | default "c" }}}\n{{ else }}\nx: 1\n{{ end }}\n',
  ],
  [
    'task.json',
    '{"containerDefinitions": [{"name": "a", "environment": [{"name": "b", "value": "c"}]}]}',
  ],
  ['kustomization.yaml', 'configMapGenerator: [{name: a, literals: [b=c]}]\n'],
  [
    'skaffold.yaml',
    'apiVersion: skaffold/v1\nkind: Config\nbuild: {artifacts: [{image: a, context: b}]}\n',
  ],
];

/** Reads a file and lists its connections; whatever it holds, that is all there is to it. */
function survive(file: string, text: string): void {
  for (const { settings, services } of readSettings(text, file) ?? []) {
    listConnections([...settings, ...services.flatMap((each) => each.settings)], new Set(['a']));
    for (const { line, column } of [...settings, ...services]) {
      expect(line).toBeGreaterThan(0);
      expect(column).toBeGreaterThan(0);
    }
  }
}

describe.each(files)('%s', (file, text) => {
  test('is read', () => {
    expect(readSettings(text, file)?.length).toBeGreaterThan(0);
  });

  test('cut, doubled and changed', () => {
    const put = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom(
        '"',
        "'",
        '{',
        '}',
        '[',
        '<',
        '&x',
        '*x',
        '${',
        '{{',
        '<%',
        '\\',
        '\n',
        '\t',
        ': ',
        '- ',
        '---\n',
        '#',
        '<<: ',
        '%',
        '@',
        '(',
        '=',
        'null',
        '1',
      ),
    );
    const change = fc.record({ at: fc.nat(text.length), cut: fc.nat(20), put });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), (changes) => {
        survive(
          file,
          changes.reduce(
            (changed, { at, cut, put: sign }) =>
              changed.slice(0, at) + sign + changed.slice(at + cut),
            text,
          ),
        );
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});

test('wrong types everywhere', () => {
  const value = fc.oneof(
    fc.constantFrom(null, true, 1, '', 'x', 'a: b', '${X}', []),
    fc.array(fc.constantFrom(null, 1, 'x', [], {}), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        'name',
        'value',
        'spec',
        'env',
        'data',
        'x',
        '__proto__',
        'constructor',
        '<<',
      ),
      fc.constantFrom(null, 1, 'x', [1], { name: 'a' }),
      { maxKeys: 3 },
    ),
  );
  const keys =
    'apiVersion kind metadata spec services environment build ports links extends depends_on networks extra_hosts env_file template containers env envFrom data rules http selector containerDefinitions provider functions items configMapGenerator a image volumes command'.split(
      ' ',
    );
  const inner = fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 8 });
  const kind = fc.constantFrom(
    'Deployment',
    'Service',
    'ConfigMap',
    'Ingress',
    'HTTPRoute',
    'VirtualService',
    'IngressRoute',
    'CronJob',
    'List',
    'Secret',
    'constructor',
  );
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...keys), fc.oneof(value, inner), { maxKeys: 12 }),
      inner,
      kind,
      (root, deep, named) => {
        const object = {
          ...root,
          apiVersion: 'v1',
          kind: named,
          metadata: { name: 'a' },
          spec: { ...deep, template: { spec: deep }, rules: [deep, null], http: [deep] },
        };
        for (const [file, content] of [
          ['k.yaml', object],
          [
            'docker-compose.yml',
            { services: { a: root, b: deep, c: { ...deep, extends: 'a' }, d: null } },
          ],
          ['task.json', { containerDefinitions: [root, deep, null, 1] }],
          ['serverless.yml', { ...root, provider: root, functions: deep }],
          ['skaffold.yaml', { apiVersion: 'skaffold/v1', kind: 'Config', build: root, ...deep }],
          ['config/a.yml', root],
          ['appsettings.json', root],
        ] as const)
          survive(file, JSON.stringify(content));
      },
    ),
    { numRuns: 150, seed: 7 },
  );
});

/** Texts that would cost a careless reader minutes. */
const long = 200_000;
test.each<[name: string, file: string, text: string]>([
  [
    'an alias bomb',
    'docker-compose.yml',
    `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefghij'
      .split('')
      .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[at]}`).join(', ')}]`)
      .join('\n')}\n`,
  ],
  ['deep YAML', 'application.yml', `a: ${'['.repeat(50_000)}`],
  [
    'deep indentation',
    'application.yml',
    Array.from({ length: 3_000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
  ],
  [
    'many documents',
    'k.yaml',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n---\n'.repeat(5_000),
  ],
  ['deep JSON', 'appsettings.json', '{"a":'.repeat(30_000)],
  ['commas and comments', 'appsettings.json', `{${',/**/'.repeat(long / 5)}`],
  ['open tags', 'web.config', '<a b="'.repeat(long / 6)],
  ['marks without an end', 'web.config', '<!'.repeat(long / 2)],
  ['tags in one line', 'web.config', '<a b="c"/>'.repeat(long / 10)],
  ['closing tags', 'web.config', `${'<a>'.repeat(20_000)}${'</b>'.repeat(20_000)}`],
  ['open quotes', '.env', 'A="\n'.repeat(long / 4)],
  ['open placeholders', '.env', `A=${'${'.repeat(long / 2)}`],
  ['nested placeholders', 'a.properties', `a=${'${A:'.repeat(900)}${'}'.repeat(900)}`],
  ['backslashes', 'a.properties', `a=${'\\'.repeat(long)}\n`.repeat(2)],
  ['blanks', 'config/a.ini', `a${' '.repeat(long)}b`],
  ['brackets', 'config/a.toml', `a = ${'['.repeat(9_000)}\n`.repeat(20)],
  ['an open list', 'config/a.toml', `a = [\n${'"b",\n'.repeat(long / 5)}`],
  ['braces', 'a.conf', `include "x"\n${'a {\n'.repeat(long / 4)}`],
  ['quotes and escapes', 'nginx.conf', `proxy_pass x;${'"\\" '.repeat(long / 4)}`],
  ['parentheses', 'tnsnames.ora', `A = ${'(HOST='.repeat(long / 6)}`],
  ['continued lines', 'Dockerfile', `FROM a\nENV ${'A=b \\\n'.repeat(long / 7)}`],
  ['templates', 'templates/a.yaml', `kind: x\n${'{{ if .Values.a }}\n'.repeat(10_000)}`],
  ['open templates', 'templates/a.yaml', `${'{{ /* '.repeat(20_000)}`],
  ['a long key', 'config/a.yml', `${'a.'.repeat(50_000)}: http://b\n`],
  ['a long address', '.env', `A_URL=http://${'a,'.repeat(long / 2)}`],
  ['a long list of pairs', '.env', `A_URL=${'a=b;'.repeat(long / 4)}`],
  [
    'services that extend each other',
    'docker-compose.yml',
    'services:\n  a: {extends: b, image: x}\n  b: {extends: a}\n',
  ],
  [
    'names of every object',
    'docker-compose.yml',
    'services:\n  __proto__: {image: a}\n  constructor: {image: b, extends: toString}\n',
  ],
])('%s', (_, file, text) => {
  const start = performance.now();
  survive(file, text);
  expect(performance.now() - start).toBeLessThan(5_000);
});
