import { describe, expect, test } from 'vitest';
import { LandscapeError } from '../../src/errors.ts';
import fc from '../fast-check.ts';
import { scan } from './scan.ts';

/** Every reader, with a text it understands. */
const readers: readonly [kind: string, file: string, valid: string][] = [
  [
    'scripts',
    'a.sh',
    'A=${B:-http://a.example}\nfor x in "$A" b; do curl -d @f "$x" | scp - u@h:/x; done\nsftp u@h <<EOF\nput a\nEOF\n',
  ],
  [
    'scripts',
    'a.ts',
    "import axios from 'axios';\nconst { a: { b } = {} } = process.env;\nconst c = axios.create({ baseURL: `http://${b ?? 'x'}` });\nc.get('/x').then((r) => fetch(r));\n",
  ],
  [
    'scripts',
    'a.js',
    "const pg = require('pg');\nnew pg.Client({ host: 'a' }).query('select * from t');\n",
  ],
  [
    'scripts',
    'a.py',
    "import requests\ndef f(u='http://a'):\n    with requests.Session() as s:\n        return [s.get(f'{u}/{x}') for x in y]\n",
  ],
  [
    'scripts',
    'a.sql',
    "create database link l using '//h/x';\ninsert into t@l select * from dblink('host=h', $$select 1$$);\n",
  ],
  ['cron', 'c', 'CRON_TZ=UTC\n*/5 1-3 * jan mon root cd /x && curl http://a%b\n@daily root x\n'],
  ['inventory', 'l.csv', 'from,to,"pro\ntocol"\nerp,wms,"a ""b"""\n#x\n'],
  [
    'inventory',
    'l.yaml',
    'systems:\n  - &a {id: erp, hosts: [x]}\n  - *a\nlinks: [{from: a, to: b}]\n',
  ],
  ['inventory', 'l.json', '[{"from": "a", "to": "b", "via": ["c"]}]'],
  [
    'gateway',
    'a.log',
    '10.0.0.1 - - [02/Nov/2026:10:00:00 +0000] "GET /x HTTP/1.1" 200 1 "-" "a"\n',
  ],
];

/** Reads a text, or refuses it with a message for people; anything else fails the test. */
async function survive(kind: string, file: string, text: string): Promise<void> {
  try {
    const { coverage } = await scan(kind, { [file]: text });
    expect(coverage.parsed + coverage.skipped).toBe(coverage.records);
  } catch (error) {
    if (!(error instanceof LandscapeError)) throw error;
    expect(error.message).toMatch(new RegExp(`^${file.replace('.', '\\.')}:`));
  }
}

describe.each(readers)('%s %s', (kind, file, valid) => {
  test('valid text that was cut, doubled and changed', async () => {
    const mutation = fc.record({
      at: fc.nat(valid.length),
      cut: fc.nat(20),
      put: fc.oneof(
        fc.string({ unit: 'binary', maxLength: 6 }),
        fc.constantFrom(
          '"',
          "'",
          '`',
          '(',
          '{',
          '[',
          '\\',
          '\u0000',
          '\n',
          '<<',
          '${',
          '$(',
          '`',
          '--',
          '/*',
          '#',
          ':',
          '&',
          '\uFEFF',
          '\r',
          '%',
        ),
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
        let text = valid;
        for (const { at, cut, put } of mutations)
          text = text.slice(0, at) + put + text.slice(at + cut);
        await survive(kind, file, text);
      }),
      { numRuns: file === 'a.ts' || file === 'a.js' ? 50 : 100 },
    );
  });

  test('any text at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), (text) =>
        survive(kind, file, text),
      ),
      { numRuns: file === 'a.ts' || file === 'a.js' ? 30 : 80 },
    );
  });

  test.each<[string, string]>([
    ['brackets', '('.repeat(10_000) + ')'.repeat(10_000)],
    ['open brackets', '('.repeat(10_000)],
    ['square brackets', `x = ${'['.repeat(10_000)}${']'.repeat(10_000)}`],
    ['braces', `x = ${'{a:'.repeat(5_000)}1${'}'.repeat(5_000)}`],
    ['substitutions', `${'$('.repeat(3_000)}curl x${')'.repeat(3_000)}`],
    ['expansions', `echo ${'${a:-'.repeat(3_000)}x${'}'.repeat(3_000)}`],
    ['a long sum', `x = ${'"a" + '.repeat(8_000)}"b"`],
    ['a long chain', `x${'.a()'.repeat(2_000)}`],
    ['nested ifs', `${'if true; then '.repeat(2_000)}:${'; fi'.repeat(2_000)}`],
    ['nested calls', `${'f('.repeat(5_000)}1${')'.repeat(5_000)}`],
    ['a line of 200,000 characters', 'a '.repeat(100_000)],
    ['one word of 200,000 characters', 'a'.repeat(200_000)],
    ['quotes', '"'.repeat(50_001)],
    ['commas', ','.repeat(100_000)],
    ['doubling in shell', `A=x\n${'A="$A$A"\n'.repeat(60)}curl "http://$A"\n`],
    ['doubling in Python and TypeScript', `x = "ab"\n${'x = x + x\n'.repeat(60)}fetch(x)\n`],
    [
      'doubling by names',
      Array.from({ length: 60 }, (_, n) => `const a${n + 1} = a${n} + a${n};`).join('\n'),
    ],
    [
      'nested loops',
      `${'for x in a b c d e f g h; do '.repeat(12)}curl http://$x${'; done'.repeat(12)}\n`,
    ],
    ['many links', "create database link l using 'h';\n".repeat(3_000)],
    ['many calls of dblink', "select dblink('host=h host=h ".repeat(4_000)],
    ['many here-documents', 'cat <<E\n'.repeat(3_000)],
    [
      'many assignments',
      Array.from({ length: 4_000 }, (_, n) => `v${n}=$v${n - 1}; echo $v${n}`).join('\n'),
    ],
    [
      'many names',
      Array.from({ length: 3_000 }, (_, n) => `const v${n} = f(v${n - 1});`).join('\n'),
    ],
  ])('%s ends before the test runner gives up', async (_, text) => {
    await survive(kind, file, text);
  });
});

test.each([['brackets', `${'$('.repeat(20_000)}x`]])(
  'a command that no shell could run is given up, the job stays: %s',
  async (_, command) => {
    const { of } = await scan('cron', {
      c: `0 1 * * * root ${command}\n0 2 * * * root curl http://a.example\n`,
    });
    expect(of('job')).toHaveLength(2);
    expect(of('connection')).toHaveLength(1);
  },
);

test('a script that is given up is skipped with the reason, and the next one is read', async () => {
  const { of, coverage } = await scan('scripts', {
    'a.sh': `x${'.a()'.repeat(20_000)}`,
    'b.sh': 'curl http://a.example\n',
  });
  expect(of('connection')).toHaveLength(1);
  expect(coverage).toMatchObject({ records: 2, parsed: 1, skipped: 1 });
  expect(coverage.skippedPlaces[0]?.reason).toMatch(/takes too long/);
});
