import { describe, expect, test } from 'vitest';
import { drawScript, scan } from './scan.ts';

const imports =
  'package main\nimport ("context"; "flag"; "fmt"; "net"; "net/http"; "net/url"; "os"; "strings"; "database/sql"; "github.com/spf13/viper")\n';
/** The declarations begin on line 3. */
const draw = (declarations: string): Promise<string[]> =>
  drawScript('a.go', `${imports}${declarations}\n`);
const inMain = (statements: string): Promise<string[]> => draw(`func main() {\n${statements}\n}`);

describe('texts', () => {
  test.each<[string, string, string[]]>([
    ['a sum', 'http.Get("http://" + "a.example" + "/x")', ['4 <- a.example http']],
    [
      'Sprintf',
      'http.Get(fmt.Sprintf("http://%s:%d/x/%v", "a.example", 8080, id))',
      ['4 <- a.example:8080 http'],
    ],
    ['a raw string', 'http.Get(`http://a.example`)', ['4 <- a.example http']],
    [
      'a URL from its parts',
      'u := url.URL{Scheme: "https", Host: "a.example", Path: "/x"}\nhttp.Get(u.String())',
      ['5 <- a.example https'],
    ],
    [
      'a parsed URL',
      'u, err := url.Parse("http://a.example")\nhttp.Get(u.String())',
      ['5 <- a.example http'],
    ],
    [
      'a host and a port',
      'http.Get("http://" + net.JoinHostPort("a.example", "81"))',
      ['4 <- a.example:81 http'],
    ],
    [
      'a trimmed text',
      'http.Get(strings.TrimSuffix("http://a.example/", "/"))',
      ['4 <- a.example http'],
    ],
    ['a constant', 'const u = "http://a.example"\nhttp.Get(u)', ['5 <- a.example http']],
    [
      'an entry of a map',
      'm := map[string]string{"erp": "http://a.example"}\nhttp.Get(m["erp"])',
      ['5 <- a.example http'],
    ],
    [
      'the items of a slice',
      'for _, u := range []string{"http://a.example", "http://b.example"} {\nhttp.Get(u)\n}',
      ['5 <- a.example http', '5 <- b.example http'],
    ],
    [
      'several values at once',
      'a, b := "http://a.example", "http://b.example"\nhttp.Get(a)\nhttp.Post(b, "", nil)',
      ['5 <- a.example http', '6 -> b.example http'],
    ],
    [
      'the branches of a switch',
      'u := ""\nswitch env {\ncase "x": u = "http://a.example"\ndefault: u = "http://b.example"\n}\nhttp.Get(u)',
      ['9 <- a.example http', '9 <- b.example http'],
    ],
    [
      'a name that a block declares anew',
      'u := "http://a.example"\nif x {\nu := "http://no.example"\n_ = u\n}\nhttp.Get(u)',
      ['9 <- a.example http'],
    ],
    [
      'an initialiser of an if',
      'if resp, err := http.Get("http://a.example"); err != nil {\nreturn\n}',
      ['4 <- a.example http'],
    ],
    [
      'a goroutine, a deferred call and a closure',
      'go func() { http.Get("http://a.example") }()\ndefer http.Get("http://b.example")\nf := func(u string) { http.Get("http://c.example") }',
      ['4 <- a.example http', '5 <- b.example http', '6 <- c.example http'],
    ],
    ['an unknown host', 'http.Get("http://" + host() + "/x")', ['4 unresolved']],
  ])('%s', async (_, statements, expected) => {
    expect(await inMain(statements)).toEqual(expected);
  });
});

describe('settings', () => {
  test.each<[string, string, string[]]>([
    ['an environment variable', 'http.Get(os.Getenv("ERP"))', ['4 unresolved']],
    [
      'a default by an if',
      'u := os.Getenv("ERP")\nif u == "" {\nu = "http://a.example"\n}\nhttp.Get(u)',
      ['8 <- a.example http'],
    ],
    [
      'a value that replaces a default',
      'u := "http://a.example"\nif v := os.Getenv("ERP"); v != "" {\nu = v\n}\nhttp.Get(u)',
      ['8 <- a.example http'],
    ],
    [
      'a flag',
      'u := flag.String("erp", "http://a.example", "where")\nflag.Parse()\nhttp.Get(*u)',
      ['6 <- a.example http'],
    ],
    [
      'a flag in a variable',
      'var u string\nflag.StringVar(&u, "erp", "http://a.example", "where")\nhttp.Get(u)',
      ['6 <- a.example http'],
    ],
    ['a key of viper', 'http.Get(viper.GetString("erp.url") + "/x")', ['4 unresolved']],
  ])('%s', async (_, statements, expected) => {
    expect(await inMain(statements)).toEqual(expected);
  });

  const lookup =
    'func getEnv(key, fallback string) string {\nif v, ok := os.LookupEnv(key); ok {\nreturn v\n}\nreturn fallback\n}\n';
  test.each<[string, string, string[]]>([
    [
      'a function with a default',
      `${lookup}func main() { http.Get(getEnv("ERP", "http://a.example")) }`,
      ['9 <- a.example http'],
    ],
    [
      'the same, the other way round',
      'func getEnv(key, fallback string) string {\nv := os.Getenv(key)\nif len(v) == 0 {\nreturn fallback\n}\nreturn v\n}\nfunc main() { http.Get("http://" + getEnv("ERP", "a.example")) }',
      ['10 <- a.example http'],
    ],
    [
      'the same with an else',
      'func getEnv(key, fallback string) string {\nif v := os.Getenv(key); v != "" {\nreturn v\n} else {\nreturn fallback\n}\n}\nfunc main() { http.Get(getEnv("ERP", "http://a.example")) }',
      ['10 <- a.example http'],
    ],
    [
      'tags of a struct',
      'type Config struct {\nERP string `envconfig:"ERP_URL" default:"http://a.example"`\n}\nfunc main() {\nvar cfg Config\nhttp.Get(cfg.ERP)\n}',
      ['8 <- a.example http'],
    ],
    [
      'other tags of a struct',
      'type Config struct {\nERP string `env:"ERP_URL" envDefault:"http://a.example"`\n}\nfunc run(cfg *Config) { http.Get(cfg.ERP) }',
      ['6 <- a.example http'],
    ],
  ])('%s', async (_, declarations, expected) => {
    expect(await draw(declarations)).toEqual(expected);
  });
});

describe('functions, structs and methods', () => {
  test.each<[string, string, string[]]>([
    [
      'a variable of the package',
      'var base = "http://a.example"\nfunc main() { http.Get(base + "/x") }',
      ['4 <- a.example http'],
    ],
    [
      'a group of constants',
      'const (\nhost = "a.example"\nport = 81\n)\nfunc main() { http.Get(fmt.Sprintf("http://%s:%d", host, port)) }',
      ['7 <- a.example:81 http'],
    ],
    [
      'what a function returns beside an error',
      'func find() (string, error) { return "http://a.example", nil }\nfunc main() {\nu, err := find()\nhttp.Get(u)\n}',
      ['6 <- a.example http'],
    ],
    [
      'several results',
      'func find() (string, string, error) { return "a.example", "81", nil }\nfunc main() {\nh, p, err := find()\nhttp.Get("http://" + h + ":" + p)\n}',
      ['6 <- a.example:81 http'],
    ],
    [
      'a client that a function makes',
      'func open() (*sql.DB, error) {\ndb, err := sql.Open("postgres", "postgres://a.example/x")\nif err != nil { return nil, err }\nreturn db, nil\n}\nfunc main() {\ndb, _ := open()\ndb.Query("select 1 from t")\n}',
      ['10 <- a.example postgresql [t]'],
    ],
    [
      'a field that a literal sets',
      'type server struct { base string }\nfunc (s *server) load() { http.Get(s.base + "/x") }\nfunc main() {\ns := &server{base: "http://a.example"}\ns.load()\n}',
      ['4 <- a.example http'],
    ],
    [
      'a field that a constructor sets',
      'type repo struct { db *sql.DB }\nfunc (r *repo) load() { r.db.Query("select a from t") }\nfunc NewRepo() *repo {\ndb, _ := sql.Open("mysql", "u:p@tcp(a.example:3306)/x")\nreturn &repo{db: db}\n}',
      ['4 <- a.example:3306 mysql [t]'],
    ],
    [
      'a field that is set from outside',
      'type server struct { base string }\nfunc main() {\ns := new(server)\ns.base = "http://a.example"\ns.load()\n}\nfunc (s *server) load() { http.Get(s.base) }',
      ['9 <- a.example http'],
    ],
    [
      'a pointer that a function fills',
      'type server struct { base string }\nfunc mustMap(target *string, key string) {\nv := os.Getenv(key)\nif v == "" { panic(key) }\n*target = v\n}\nfunc main() {\ns := new(server)\nmustMap(&s.base, "ERP")\nhttp.Get("http://a.example/" + s.base)\n}',
      ['12 <- a.example http'],
    ],
    [
      'a method of a generic type',
      'type store[T any] struct { base string }\nfunc (s *store[T]) load() { http.Get("http://a.example/" + s.base) }',
      ['4 <- a.example http'],
    ],
    [
      'an embedded struct',
      'type base struct { url string }\ntype client struct { base }\nfunc main() {\nc := client{}\nb := base{url: "http://a.example"}\nhttp.Get(b.url)\n}',
      ['8 <- a.example http'],
    ],
  ])('%s', async (_, declarations, expected) => {
    expect(await draw(declarations)).toEqual(expected);
  });

  test('a password in an address is in no evidence', async () => {
    const { evidence } = await scan('scripts', {
      'a.go': `${imports}func main() {\nsql.Open("mysql", "u:Winter-1999@tcp(a.example)/x")\nsql.Open("postgres", "postgres://u:Winter-1999@b.example/x")\n}\n`,
    });
    expect(evidence.some(({ kind }) => kind === 'connection')).toBe(true);
    expect(JSON.stringify(evidence)).not.toContain('Winter');
  });

  test('two imports of one name keep apart what they open', async () => {
    expect(
      await drawScript(
        'a.go',
        'package main\nimport (\n"github.com/go-redis/redis/v8"\npgxv5 "github.com/jackc/pgx/v5"\n)\nfunc main() {\nr := redis.NewClient(&redis.Options{Addr: "a.example:6379"})\nr.Get(ctx, "k")\nc, _ := pgxv5.Connect(ctx, "postgres://b.example/x")\nc.Exec(ctx, "delete from t")\n}\n',
      ),
    ).toEqual(['8 <- a.example:6379 redis', '10 -> b.example postgresql [t]']);
  });
});
