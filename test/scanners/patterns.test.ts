import { describe, expect, test } from 'vitest';
import { drawScript, scan } from './scan.ts';

describe('an address as an argument of a call', () => {
  test.each<[file: string, text: string, expected: string[]]>([
    ['a.kt', 'val t = URL("https://a.example/x").readText()', ['1 ?? a.example https']],
    ['a.kt', 'khttp.post(url = "https://a.example/x", data = d)', ['1 ?? a.example https']],
    [
      'a.kt',
      'val base = "https://a.example"\nclient.get("$base/orders/$id")',
      ['2 ?? a.example https'],
    ],
    [
      'a.kt',
      'val base = "https://a.example"\nclient.get(base + "/orders")',
      ['2 ?? a.example https'],
    ],
    ['a.kt', 'client.get("https://$host/x")', ['1 unresolved']],
    ['a.scala', 'requests.get(s"https://a.example/x/$id")', ['1 ?? a.example https']],
    ['a.scala', 'spark.read.parquet("s3a://bucket/in")', ['1 ?? bucket s3']],
    ['a.groovy', "def t = new URL('https://a.example/x').text", ['1 ?? a.example https']],
    ['a.groovy', "httpRequest url: 'https://a.example/x'", ['1 ?? a.example https']],
    ['a.R', 'd <- read.csv("https://a.example/d.csv")', ['1 ?? a.example https']],
    ['a.R', 'r <- GET("https://a.example/v1", query = list(a = "x"))', ['1 ?? a.example https']],
    ['a.lua', 'local b = http.request("http://a.example/x")', ['1 ?? a.example http']],
    ['a.lua', 'local b = http.request "http://a.example/x"', ['1 ?? a.example http']],
    ['a.vbs', 'http.Open "GET", "http://a.example/a?x=""1""", False', ['1 ?? a.example http']],
    ['a.kt', 'factory.setUri("amqp://u:p@a.example:5673/v")', ['1 ?? a.example:5673 amqp']],
  ])('%s: %s', async (file, text, expected) => {
    expect(await drawScript(file, text)).toEqual(expected);
  });

  test.each<[file: string, text: string]>([
    ['a.kt', '// URL("https://a.example/x")'],
    ['a.kt', '/* URL("https://a.example/x") */'],
    ['a.kt', 'val doc = "https://a.example/x"'],
    ['a.kt', 'println("https://a.example/x")'],
    ['a.kt', 'log.info("https://a.example/x")'],
    ['a.kt', 'val all = listOf("https://a.example/x")'],
    ['a.kt', 'if (u == "https://a.example/x") {}'],
    ['a.kt', 'throw IllegalStateException("https://a.example/x")'],
    ['a.kt', 'client.get("http://localhost:8080/x")'],
    ['a.kt', 'client.get("see https://a.example/x")'],
    ['a.kt', 'val t = """\n  get("https://a.example/x")\n"""'],
    ['a.R', '# read.csv("https://a.example/d.csv")'],
    ['a.R', 'message("https://a.example")'],
    ['a.lua', '-- http.request("http://a.example/x")'],
    ['a.lua', '--[[\nhttp.request("http://a.example/x")\n]]'],
    ['a.vbs', '\' http.Open "GET", "http://a.example"'],
    ['a.vbs', 'MsgBox "http://a.example"'],
    ['a.vbs', 'Const u = "http://a.example"'],
  ])('is none: %s: %s', async (file, text) => {
    expect(await drawScript(file, text)).toEqual([]);
  });
});

describe('sources of databases', () => {
  test.each<[file: string, text: string, expected: string[]]>([
    ['a.kt', 'val u = "jdbc:postgresql://a.example:5433/x"', ['1 ?? a.example:5433 postgresql']],
    ['a.kt', 'val u = "jdbc:h2:mem:x"', []],
    [
      'a.groovy',
      'Sql.newInstance("jdbc:oracle:thin:@a.example:1521:X", u, p)',
      ['1 ?? a.example:1521 oracle'],
    ],
    [
      'a.scala',
      'x.option("url", "jdbc:sqlserver://a.example:1433;databaseName=x")',
      ['1 ?? a.example:1433 mssql'],
    ],
    [
      'a.vbs',
      'c.Open "Provider=SQLOLEDB;Data Source=a.example\\I;Initial Catalog=x;User ID=u;Password=p"',
      ['1 ?? a.example mssql'],
    ],
    [
      'a.vbs',
      'c.Open "Driver={MySQL ODBC 8.0};Server=a.example;Database=x"',
      ['1 ?? a.example mysql'],
    ],
    ['a.vbs', 'c.Open "Provider=SQLOLEDB;Data Source=(local);Initial Catalog=x"', []],
    [
      'a.R',
      'c <- dbConnect(RPostgres::Postgres(), dbname = "x", host = "a.example")',
      ['1 ?? a.example postgresql'],
    ],
    ['a.R', 'c <- plot(host = "a.example")', []],
  ])('%s: %s', async (file, text, expected) => {
    expect(await drawScript(file, text)).toEqual(expected);
  });

  test('confidence is low, and no login is in any fact', async () => {
    const { of } = await scan('scripts', {
      'a.vbs':
        'c.Open "Provider=SQLOLEDB;Data Source=a.example;Initial Catalog=x;User ID=u;Password=hunter2"',
      'a.kt': 'f.setUri("amqp://u:hunter2@a.example/v")',
    });
    expect(of('connection').map(({ confidence }) => confidence)).toEqual([0.4, 0.4]);
    expect(JSON.stringify(of('connection'))).not.toMatch(/hunter/);
  });
});

describe('Windows batch files', () => {
  test.each<[string, string[]]>([
    ['curl -o x http://a.example/f', ['1 ?? a.example http']],
    ['set HOST=a.example\r\ncurl "http://%HOST%/f?a=1&b=2"\r\n', ['2 ?? a.example http']],
    ['copy x.csv \\\\a.example\\in\\x.csv', ['1 -> a.example smb [in/x.csv]']],
    ['xcopy \\\\a.example\\share\\*.csv c:\\in /y', ['1 <- a.example smb [share/*.csv]']],
    ['dir && copy x.csv \\\\a.example\\in', ['1 -> a.example smb [in]']],
    ['net use z: \\\\a.example\\s', ['1 ?? a.example smb [s]']],
    ['sqlcmd -S a.example\\I -Q "select 1"', ['1 ?? a.example mssql']],
    ['bcp t out f -Stcp:a.example,1433', ['1 ?? a.example:1433 mssql']],
    ['curl http://%HOST%/x', ['1 unresolved']],
    ['rem curl http://a.example', []],
    [':: curl http://a.example', []],
    ['echo http://a.example', []],
    ['start https://a.example', []],
    ['set URL=http://a.example', []],
    ['copy a.csv c:\\in', []],
    ['sqlcmd -S (local) -Q "select 1"', []],
  ])('%s', async (text, expected) => {
    expect(await drawScript('a.bat', text)).toEqual(expected);
  });
});
