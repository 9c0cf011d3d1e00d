import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Cache, noCache, openCache } from '../../src/files/cache.ts';
import { memoryFiles } from '../../src/files.ts';
import { CoverageCounter } from '../../src/scanners/coverage.ts';
import { loadScanner } from '../../src/scanners/index.ts';
import { openReadingCache } from '../../src/scanners/scripts/reading-cache.ts';

/** Enough scripts for a cache to be worth it. */
const scripts: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from({ length: 120 }, (_, index) => [
    `jobs/job-${String(index).padStart(3, '0')}.sh`,
    `HOST=h${index}.example\ncurl http://$HOST/orders\nerpctl push\n`,
  ]),
);
const erpctl = { call: 'erpctl', protocol: 'https', address: 'erp.example', flow: 'push' };

let root = '';
let code = '';

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'landscape-cache-'));
  code = await mkdtemp(path.join(tmpdir(), 'landscape-code-'));
  await writeFile(path.join(code, 'a.js'), 'one');
});
afterEach(async () => {
  await chmod(root, 0o700);
  for (const folder of [root, code]) await rm(folder, { recursive: true, force: true });
});

const cacheFolder = (): string => path.join(root, '.landscape', 'cache');

async function kept(): Promise<string[]> {
  return readdir(cacheFolder()).catch(() => []);
}

/** Evidence and coverage of a scan, and how many readings of an earlier run it could use. */
async function run(
  contents: Readonly<Record<string, string>>,
  options: Readonly<Record<string, unknown>> = {},
  given?: Cache,
): Promise<{ answer: string; reused: number }> {
  const cache = given ?? (await openCache(root, code));
  const scanner = await loadScanner('scripts');
  const coverage = new CoverageCounter();
  const parsed = scanner.options.parse(options);
  const known = new Set(await keysOf(cache));
  const evidence = [];
  const context = {
    files: memoryFiles(contents),
    paths: Object.keys(contents).sort(),
    patterns: ['.'],
    environment: 'prod',
    today: '2026-11-02',
    cache,
    coverage,
    placeOf: () => ({ file: 'landscape.yaml', line: 1, column: 1 }),
    expectSystem: () => undefined,
    alsoRead: () => {},
    addCollection: () => {},
    progress: () => undefined,
  };
  for await (const item of scanner.scan(parsed, context)) evidence.push(item);
  const summary = coverage.summarise({
    source: '.',
    kind: 'scripts',
    environment: 'prod',
    files: context.paths.length,
    evidence: evidence.length,
  });
  const reused = (await keysOf(cache)).filter((key) => known.has(key)).length;
  return { answer: JSON.stringify([evidence, summary]), reused };
}

async function keysOf(cache: Cache): Promise<string[]> {
  const [name = ''] = await kept();
  const place = /^(scripts-[0-9a-f]{12})-/.exec(name)?.[1] ?? 'none';
  const text = await cache.load(place);
  try {
    return (JSON.parse(text ?? '[]') as [string, unknown][]).map(([key]) => key);
  } catch {
    return [];
  }
}

describe('readings of an earlier run', () => {
  test('give the same answer, and one file for a source', async () => {
    const cold = await run(scripts, {}, noCache);
    expect(await kept()).toEqual([]);
    const first = await run(scripts);
    const second = await run(scripts);
    expect([first.reused, second.reused]).toEqual([0, 120]);
    expect(first.answer).toBe(cold.answer);
    expect(second.answer).toBe(cold.answer);
    expect(await kept()).toHaveLength(1);
  });

  test('are really used: what they say is what is told', async () => {
    await run(scripts);
    const [name = ''] = await kept();
    const file = path.join(cacheFolder(), name);
    const text = await readFile(file, 'utf8');
    expect(text).toContain('h7.example');
    await writeFile(file, text.replaceAll('h7.example', 'kept.example'));
    expect((await run(scripts)).answer).toContain('kept.example');
  });

  test('of a changed or moved script alone are made again, and the old ones forgotten', async () => {
    await run(scripts);
    const { 'jobs/job-000.sh': moved = '', ...rest } = scripts;
    const changed = {
      ...rest,
      'jobs/job-001.sh': 'curl http://new.example\n',
      'jobs/moved.sh': moved,
    };
    const again = await run(changed);
    expect(again.reused).toBe(118);
    expect(again.answer).toBe((await run(changed, {}, noCache)).answer);
    expect(again.answer).toContain('new.example');
    expect(await keysOf(await openCache(root, code))).toHaveLength(120);
  });

  test('depend on the clients that the user describes', async () => {
    await run(scripts);
    const options = { clients: [erpctl] };
    const own = await run(scripts, options);
    expect(own.reused).toBe(0);
    expect(own.answer).toContain('erp.example');
    expect(own.answer).toBe((await run(scripts, options, noCache)).answer);
    expect(await kept()).toHaveLength(1);
  });

  test('of another version of the tool are not used, and go', async () => {
    await run(scripts);
    const before = await kept();
    await writeFile(path.join(code, 'a.js'), 'two');
    expect((await run(scripts)).reused).toBe(0);
    expect(await kept()).toHaveLength(1);
    expect(await kept()).not.toEqual(before);
  });

  test.each([
    ['no JSON', (text: string) => text.slice(0, text.length / 2)],
    ['nothing', () => ''],
    ['another form', () => '{"a":1}'],
    ['null', () => 'null'],
    ['entries that are none', () => '[1,null,["k"],["k",5]]'],
    ['no readings', (text: string) => text.replaceAll('"facts":[', '"facts":5,"x":[')],
    ['no definitions', (text: string) => text.replaceAll('"definitions":{', '"x":{')],
  ])('that hold %s are made again', async (_, spoil) => {
    const { answer } = await run(scripts);
    const [name = ''] = await kept();
    const file = path.join(cacheFolder(), name);
    await writeFile(file, spoil(await readFile(file, 'utf8')));
    expect((await run(scripts)).answer).toBe(answer);
    expect((await run(scripts)).reused).toBe(120);
  });

  test('may be deleted, and may be impossible to keep', async () => {
    const { answer } = await run(scripts);
    await rm(path.join(root, '.landscape'), { recursive: true });
    expect((await run(scripts)).answer).toBe(answer);
    await rm(path.join(root, '.landscape'), { recursive: true });
    // A file where the folder belongs stops even a user who may write everywhere.
    await writeFile(path.join(root, '.landscape'), '');
    expect((await run(scripts)).answer).toBe(answer);
    await rm(path.join(root, '.landscape'));
    await chmod(root, 0o500);
    expect((await run(scripts)).answer).toBe(answer);
  });

  test('of a few scripts are not worth a file', async () => {
    await run(Object.fromEntries(Object.entries(scripts).slice(0, 20)));
    expect(await kept()).toEqual([]);
  });

  test('hold no secret', async () => {
    const secret = 'Tr0ub4dorAnd3Horses';
    const planted = {
      ...scripts,
      'a.sh': `PASSWORD=${secret}\ncurl -u etl:${secret} https://a.example\npsql postgres://app:${secret}@db.example/x\nsshpass -p ${secret} scp x etl@sftp.example:/in\n`,
      'a.py': `import requests, psycopg2\nTOKEN = '${secret}'\nDSN = 'postgres://app:${secret}@db.example/x'\nrequests.get('https://b.example/?token=${secret}', headers={'Authorization': 'Bearer ${secret}'})\npsycopg2.connect(DSN)\nlogin('etl', '${secret}')\nopen_erp('http://etl:${secret}@erp.example')\n`,
      'a.ts': `import pg from 'pg';\nexport const password = '${secret}';\nexport const config = { db: { password: '${secret}', url: 'postgres://app:${secret}@db.example/x' } };\nnew pg.Client({ host: 'db.example', password: '${secret}' });\n`,
      'A.java': `class A { static final String SECRET = "${secret}"; Object c() throws Exception { return java.sql.DriverManager.getConnection("jdbc:oracle:thin:etl/${secret}@//erp.example:1521/X", "etl", "${secret}"); } }\n`,
      'A.cs': `class A { string Dsn = "Server=sql.example;User Id=app;Password=${secret}"; object C() { return new SqlConnection(Dsn); } }\n`,
      'a.go': `package a\nimport "net/http"\nconst apiKey = "${secret}"\nfunc a() { http.Get("https://etl:${secret}@c.example/x") }\n`,
      'a.sql': `create database link erp connect to etl identified by "${secret}" using 'erp.example:1521/X';\n`,
    };
    await run(planted);
    const [name = ''] = await kept();
    const text = await readFile(path.join(cacheFolder(), name), 'utf8');
    expect(text).toContain('db.example');
    expect(text).not.toContain(secret);
    expect((await run(planted)).answer).not.toContain(secret);
  });
});

test('the key tells languages, files and texts apart', async () => {
  const { keyOf } = await openReadingCache(noCache, ['.'], []);
  const script = { language: 'shell', file: 'a.sh', text: 'x' };
  const keys = [
    script,
    { ...script, language: 'sql' },
    { ...script, file: 'b.sh' },
    { ...script, text: 'y' },
  ].map(keyOf);
  expect(new Set(keys).size).toBe(4);
  expect(keyOf({ ...script })).toBe(keys[0]);
});
