import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ReadCode } from '../../src/scanners/scripts/facts.ts';
import { findLanguage, loadReader } from '../../src/scanners/scripts/languages/readers.ts';
import fc from '../fast-check.ts';

/** A file of each language, with a text that its reader understands. */
const scripts: readonly (readonly [file: string, valid: string])[] = [
  [
    'a.sh',
    'A=${B:-http://a}\nf() { curl -d @x "$1"; }\nfor x in $A; do f "$x" | ssh u@h cat; done\n',
  ],
  [
    'a.ts',
    "import axios from 'axios';\nclass A { constructor(private x = `http://${process.env.B}`) {} f = () => axios.get(this.x); }\nnew A().f();\n",
  ],
  [
    'a.vue',
    "<template><a href='http://no.example'/></template>\n<script setup lang=\"ts\">\nimport axios from 'axios';\nawait axios.get(`${import.meta.env.VITE_A}/x`);\n</script>\n",
  ],
  [
    'a.py',
    "import requests as r\nclass A:\n  u = 'http://a'\n  def f(self, x=None, *y, **z):\n    with r.Session() as s: return [s.get(f'{self.u}/{v!r:>4}') for v in y]\n",
  ],
  [
    'A.java',
    'package a;\nimport org.springframework.web.client.RestTemplate;\n@FeignClient(name = "${b:c}")\nclass A<T> { private final RestTemplate r; T f(String x) { return r.getForObject("http://" + x + """\n/y""", T.class); } }\n',
  ],
  [
    'a.cs',
    'using System.Net.Http;\nnamespace A;\nclass B(HttpClient c) { async Task F(string x) { var u = $"http://{x}/y"; await c.GetAsync(u ?? @"http://z"); } }\n',
  ],
  [
    'a.go',
    'package a\nimport ("net/http"; s "database/sql")\nfunc F(x string) (err error) {\n for _, y := range []string{x, `z`} { http.Get("http://" + y) }\n db, _ := s.Open("postgres", "host=h")\n return db.Ping()\n}\n',
  ],
  [
    'a.php',
    '<?php\nuse GuzzleHttp\\Client;\nclass A { function f($x) { $c = new Client([\'base_uri\' => "http://{$x}"]); return $c->get(<<<E\n/y\nE); } }\n?><b><?= 1 ?></b>\n',
  ],
  [
    'a.rb',
    "require 'net/http'\nclass A < B\n  def f(x: ENV.fetch('U', 'http://a'))\n    Net::HTTP.get(URI(\"#{x}/y\")) { |r| yield r }\n  end\nend\n",
  ],
  [
    'a.ps1',
    'param([string]$A = "http://a")\nfunction F { $p = @{ Uri = "$A/x"; Method = \'Post\' }\n Invoke-RestMethod @p | ForEach-Object { $_.b } }\nF\n',
  ],
  [
    'a.sql',
    "create database link l using '//h/x';\ninsert into t@l select * from dblink('host=h', $$select 1$$);\ncopy t to 's3://b/k';\n",
  ],
  [
    'a.pl',
    'use LWP::UserAgent;\nmy %h = (a => "http://a");\nsub f { my ($x) = @_; LWP::UserAgent->new->get("$h{a}/$x") or die q{b}; }\nf($_) for qw(c d);\nprint <<E;\n$h{a}\nE\n',
  ],
  ['a.kt', 'val t = URL("https://a.example/${x}").readText()\nfun f() = t\n'],
  ['a.bat', '@echo off\r\nset A=http://a\r\ncurl -d x %A%/b\r\nif exist c copy c \\\\d\\e\r\n'],
];

const signs = [
  ...['"', "'", '`', '(', ')', '{', '}', '[', ']', '<', '>', '\\', '\u0000', '\n', '\r', '\uFEFF'],
  ...['<<', '<<<E', '${', '$(', '#{', '--', '/*', '*/', '#', '//', '@', '=>', '->', '::', '%', ';'],
  ...[
    '"""',
    "'''",
    '$$',
    'q(',
    '=begin',
    '__END__',
    '\uD800',
    '\u2028',
    '😀',
    'end',
    'class ',
    '\\u{',
  ],
];

/** Texts that are long, deep or both. */
const extremes: readonly (readonly [name: string, text: string])[] = [
  ['brackets', `x = ${'('.repeat(5_000)}${')'.repeat(5_000)}`],
  ['open brackets', '('.repeat(10_000)],
  ['lists', `x = ${'['.repeat(5_000)}${']'.repeat(5_000)}`],
  ['braces', `x = ${'{a:'.repeat(5_000)}1${'}'.repeat(5_000)}`],
  ['nested calls', `${'f('.repeat(5_000)}1${')'.repeat(5_000)}`],
  ['a long chain', `x${'.a()'.repeat(2_000)}`],
  ['a long sum', `x = ${'"a" + '.repeat(5_000)}"b"`],
  ['doubling', `$x = "ab";\n${'$x = $x . $x + $x;\n'.repeat(60)}get($x);\n`],
  ['nested conditions', `${'if (a) { '.repeat(2_000)}b()${' }'.repeat(2_000)}`],
  ['nested interpolation', `x = ${'"#{'.repeat(1_000)}1${'}"'.repeat(1_000)}`],
  ['one word', 'a'.repeat(200_000)],
  ['words', 'a '.repeat(50_000)],
  ['quotes', '"'.repeat(50_001)],
  ['lines', '\n'.repeat(200_000)],
  ['commas', ','.repeat(100_000)],
  ['here-documents', 'cat <<E\n'.repeat(2_000)],
  ['comments', '/*'.repeat(50_000)],
  ['names', Array.from({ length: 3_000 }, (_, n) => `v${n} = f(v${n - 1});`).join('\n')],
  [
    'functions',
    Array.from({ length: 1_000 }, (_, n) => `def f${n}(x)\n f${n + 1}(x)\nend`).join('\n'),
  ],
  ['addresses', 'get("http://a.example/x");\n'.repeat(3_000)],
];

/** In ms, for one file on a busy machine: longer is a hang. */
const longest = 30_000;

/** Reads a text, or gives it up; what it yields is in proportion to what it was given. */
function survive(read: ReadCode, file: string, text: string): void {
  const start = performance.now();
  try {
    const { facts } = read(text, file);
    expect(facts.length).toBeLessThanOrEqual(20 + text.length);
    expect(JSON.stringify(facts).length).toBeLessThanOrEqual(100_000 + 500 * text.length);
    for (const { line, column } of facts) {
      expect(line).toBeGreaterThan(0);
      expect(column).toBeGreaterThan(0);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  expect(performance.now() - start).toBeLessThan(longest);
}

test('every language that is read is here', () => {
  const source = readFileSync('src/scanners/scripts/languages/readers.ts', 'utf8');
  const table = /const readers[\s\S]*?\n};/.exec(source)?.[0] ?? '';
  const known = [...table.matchAll(/^ {2}(\w+): async/gm)].map(([, name]) => name ?? '');
  const shown = scripts.map(([file, text]) => findLanguage(file, text)?.name);
  expect(known.length).toBeGreaterThanOrEqual(12);
  expect(known.filter((name) => !shown.includes(name))).toEqual([]);
});

describe.each(scripts)('%s', (file, valid) => {
  let read: ReadCode;

  beforeAll(async () => {
    read = await loadReader(findLanguage(file, valid)?.name ?? '', []);
  });

  test('a valid text yields facts', () => {
    expect(read(valid, file).facts.length).toBeGreaterThan(0);
  });

  test('cut off anywhere', () => {
    for (let end = 0; end <= valid.length; end += 3) survive(read, file, valid.slice(0, end));
    for (let start = 0; start <= valid.length; start += 7) survive(read, file, valid.slice(start));
  });

  test('cut, doubled and changed', () => {
    const change = fc.record({
      at: fc.nat(valid.length),
      cut: fc.nat(20),
      put: fc.oneof(
        fc.constantFrom(...signs),
        fc.string({ unit: 'binary', maxLength: 6 }),
        fc.tuple(fc.nat(valid.length), fc.nat(40)).map(([at, n]) => valid.slice(at, at + n)),
      ),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        let text = valid;
        for (const { at, cut, put } of changes)
          text = text.slice(0, at) + put + text.slice(at + cut);
        survive(read, file, text);
      }),
      { numRuns: 70 },
    );
  });

  test('any text at all', () => {
    const piece = fc.oneof(
      fc.constantFrom(...signs),
      fc.constantFrom('http://a', 'a', '1', ' ', '=', '.', ',', '\n', '$x', 'import ', 'def '),
      fc.string({ unit: 'binary', maxLength: 10 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) =>
        survive(read, file, pieces.join('')),
      ),
      { numRuns: 70 },
    );
  });

  test.each(extremes)('%s', (_, text) => {
    survive(read, file, text);
  });
});
