import { describe, expect, test } from 'vitest';
import { javaClients } from '../../src/scanners/scripts/clients/java.ts';
import { drawJava, drawJavaTypes } from './java-program.ts';
import { drawScript, scan } from './scan.ts';

describe('what is no connection', () => {
  test.each<[string, string[], string]>([
    [
      'an address in a comment',
      ['java.net.URL'],
      '// new URL("http://a.example").openStream();\n/* http://b.example */',
    ],
    [
      'an address in a log line',
      [],
      'log.info("calling http://a.example"); System.out.println("http://b.example");',
    ],
    [
      'a client that is made and not used',
      ['org.springframework.web.client.RestTemplate'],
      'RestTemplate r = new RestTemplate();',
    ],
    [
      'a method of that name on another type',
      ['org.springframework.web.client.RestTemplate'],
      'cache.getForObject("http://a.example", String.class); mapper.exchange("http://a.example", x, y, z);',
    ],
    [
      'a map of that kind',
      ['java.util.*'],
      'Map<String, String> m = new HashMap<>(); m.put("bootstrap.servers", "a.example:9092"); m.put("http://a.example", "x");',
    ],
    [
      'a type of the same name from another package',
      ['com.acme.RestTemplate', 'com.acme.Jedis', 'com.acme.HttpGet'],
      'new RestTemplate().getForObject("http://a.example", String.class); new Jedis("a.example").get("x"); new HttpGet("http://a.example");',
    ],
    [
      'a method called target or openStream without its library',
      [],
      'client.target("http://a.example").request().get(); url.openStream(); pool.openConnection().getInputStream();',
    ],
  ])('%s', async (_, imports, code) => {
    expect(await drawJava(imports, code)).toEqual([]);
  });

  const names = javaClients
    .flatMap(({ calls }) => calls)
    .filter((call) => /^@?[a-z][\w.]*\.[A-Z]/.test(call) && !/[#=]/.test(call));
  test.each(names)('words of %s without its import', async (call) => {
    const path = call.replace(/^@?[a-z_\d.]+\.(?=[A-Z])/, '').split('.');
    const [type = ''] = path;
    if (call.startsWith('@')) {
      const code = `@${type}(name = "a.example", value = "b.example", url = "http://c.example")\nclass X { @${type}("d.example") String x; }`;
      expect(await drawJavaTypes([], code)).toEqual([]);
      return;
    }
    const last = path.at(-1) ?? '';
    const made = /^[A-Z]/.test(last) ? `new ${path.join('.')}` : path.join('.');
    const entry = javaClients.find(({ calls }) => calls.includes(call));
    const uses = Object.keys(entry?.operations ?? {}).filter((name) => /^\w+$/.test(name));
    const code = [
      `var c = ${made}("http://a.example", "b.example");`,
      ...uses.map((name) => `c.${name}("http://c.example", "select * from t");`),
    ].join('\n');
    expect(await drawJava([], code)).toEqual([]);
  });
});

describe('names', () => {
  test('a type written in full needs no import', async () => {
    expect(
      await drawJava(
        [],
        'new java.net.URL("http://a.example");\nnew redis.clients.jedis.Jedis("b.example").get("k");',
      ),
    ).toEqual(['4 <- b.example redis']);
  });

  test('a package imported as a whole gives the types that are known of it', async () => {
    const code = 'new HttpGet("http://a.example"); new HttpHelper("http://b.example");';
    expect(await drawJava(['org.apache.http.client.methods.*'], code)).toEqual([
      '3 <- a.example http',
    ]);
  });
});

describe('commands', () => {
  test.each<[string, string, string[]]>([
    [
      'words',
      'new ProcessBuilder("curl", "-X", "POST", "http://a.example").start();',
      ['3 -> a.example http'],
    ],
    [
      'a list of words',
      'new ProcessBuilder(List.of("curl", "http://" + host() + ".example", "http://a.example"));',
      ['3 <- a.example http'],
    ],
    ['a line', 'Runtime.getRuntime().exec("curl http://a.example");', ['3 <- a.example http']],
    [
      'a shell',
      'Runtime.getRuntime().exec(new String[] {"sh", "-c", "curl -T x.csv ftp://a.example/in/"});',
      ['3 -> a.example ftp'],
    ],
    ['a command of that name', 'task.exec("curl http://a.example"); builder.command("curl");', []],
  ])('%s', async (_, code, expected) => {
    const found = await drawJava(['java.util.List'], code);
    expect(found.filter((line) => !line.endsWith('unresolved'))).toEqual(expected);
  });
});

describe('secrets', () => {
  test('a password in an address is in no fact', async () => {
    const { evidence } = await scan('scripts', {
      'A.java':
        'import java.sql.*; class A { void x() { DriverManager.getConnection("jdbc:postgresql://u:hunter22@a.example/x"); use(DriverManager.getConnection(find("hunter22"), "u", "hunter22")); } }',
    });
    const facts = evidence.filter(({ kind }) => kind !== 'credential');
    expect(facts.some(({ kind }) => kind === 'connection')).toBe(true);
    expect(JSON.stringify(facts)).not.toContain('hunter22');
  });
});

describe('broken and hostile files', () => {
  test.each<[string, string]>([
    ['an open brace', 'class A { void x() { new java.net.URL('],
    ['no Java at all', '%PDF-1.7 \u0000\u0001 <<>> }}}}} ((((('],
    ['empty', ''],
    ['an annotation without an end', '@FeignClient(name = '],
    ['parentheses', `class A { Object x = ${'('.repeat(5_000)}1${')'.repeat(5_000)}; }`],
    ['a long chain', `class A { void x() { a${'.b()'.repeat(3_000)}; } }`],
    ['a long concatenation', `class A { String x = ${'"a" + '.repeat(5_000)}"b"; }`],
    ['nested placeholders', `class A { @Value("${'${a:'.repeat(2_000)}") String x; }`],
    ['nested classes', `${'class A { '.repeat(1_000)}${'}'.repeat(1_000)}`],
    ['nested lambdas', `class A { Object x = ${'() -> f('.repeat(400)}1${')'.repeat(400)}; }`],
  ])('%s', async (_, text) => {
    await expect(drawScript('A.java', text)).resolves.toEqual([]);
  });

  test('what stands before a mistake is still found', async () => {
    const code = 'new HttpGet("http://a.example");\nint = ;\nnew HttpGet("http://b.example");';
    const found = await drawJava(['org.apache.http.client.methods.HttpGet'], code);
    expect(found).toContain('3 <- a.example http');
    expect(found).toContain('5 <- b.example http');
  });
});
