import { describe, expect, test } from 'vitest';
import { drawScript, scan } from './scan.ts';

/** A file with these imports, whose `main` holds the statements; `main` begins on line 3. */
const draw = (imports: string[], statements: string): Promise<string[]> =>
  drawScript(
    'a.go',
    `package main; import (${imports.map(quote).join('; ')})\nfunc main() {\n${statements}\n}\n`,
  );

const quote = (path: string): string =>
  path.includes(' ') ? path.replace(/ (.*)$/, ' "$1"') : `"${path}"`;

describe('clients of HTTP', () => {
  test.each<[string, string[], string, string[]]>([
    ['get', ['net/http'], 'http.Get("http://a.example/x")', ['3 <- a.example http']],
    ['head', ['net/http'], 'http.Head("https://a.example")', ['3 <- a.example https']],
    [
      'post',
      ['net/http'],
      'http.Post("http://a.example", "application/json", body)',
      ['3 -> a.example http'],
    ],
    [
      'post a form',
      ['net/http'],
      'http.PostForm("http://a.example", url.Values{"a": {"b"}})',
      ['3 -> a.example http'],
    ],
    [
      'a request with its method',
      ['net/http'],
      'req, err := http.NewRequest("PUT", "http://a.example", nil)\nclient.Do(req)',
      ['3 -> a.example http'],
    ],
    [
      'a request whose method is a constant',
      ['net/http'],
      'req, _ := http.NewRequestWithContext(ctx, http.MethodPost, "http://a.example", nil)',
      ['3 -> a.example http'],
    ],
    [
      'a client of one’s own',
      ['net/http'],
      'c := &http.Client{Timeout: 5}\nc.Get("http://a.example")',
      ['4 <- a.example http'],
    ],
    [
      'the default client',
      ['net/http'],
      'http.DefaultClient.Get("http://a.example")',
      ['3 <- a.example http'],
    ],
    [
      'retryablehttp',
      ['github.com/hashicorp/go-retryablehttp'],
      'retryablehttp.Get("http://a.example")',
      ['3 <- a.example http'],
    ],
    [
      'resty with a base address',
      ['github.com/go-resty/resty/v2'],
      'c := resty.New().SetBaseURL("http://a.example")\nc.R().SetBody(o).Post("/orders")\nc.R().Get("/stock")',
      ['4 -> a.example http', '5 <- a.example http'],
    ],
    [
      'fasthttp',
      ['github.com/valyala/fasthttp'],
      'fasthttp.Get(nil, "http://a.example")',
      ['3 <- a.example http'],
    ],
    [
      'a reverse proxy',
      ['net/http/httputil', 'net/url'],
      'u, _ := url.Parse("http://a.example:8080")\nhttputil.NewSingleHostReverseProxy(u)',
      ['4 <> a.example:8080 http'],
    ],
    [
      'gRPC',
      ['google.golang.org/grpc', 'pb github.com/acme/shop/pb'],
      'conn, err := grpc.Dial("a.example:50051", grpc.WithInsecure())\npb.NewCartClient(conn).Get(ctx, r)',
      ['3 <> a.example:50051 grpc'],
    ],
    [
      'gRPC with a context and a resolver',
      ['google.golang.org/grpc'],
      'grpc.DialContext(ctx, "dns:///a.example:443")\ngrpc.NewClient("passthrough:///b.example:443")',
      ['3 <> a.example:443 grpc', '4 <> b.example:443 grpc'],
    ],
    ['net/rpc', ['net/rpc'], 'rpc.DialHTTP("tcp", "a.example:1234")', ['3 <> a.example:1234 rpc']],
    [
      'GraphQL',
      ['graphql github.com/hasura/go-graphql-client'],
      'c := graphql.NewClient("http://a.example/graphql", nil)\nc.Query(ctx, &q, nil)\nc.Mutate(ctx, &m, nil)',
      ['4 <- a.example graphql', '5 -> a.example graphql'],
    ],
    [
      'SOAP',
      ['github.com/hooklift/gowsdl/soap'],
      'c := soap.NewClient("http://a.example/ws")\nc.Call("Order", in, out)',
      ['4 <> a.example soap'],
    ],
    [
      'WebSocket',
      ['github.com/gorilla/websocket'],
      'websocket.DefaultDialer.Dial("wss://a.example/feed", nil)',
      ['3 <> a.example ws'],
    ],
  ])('%s', async (_, imports, statements, expected) => {
    expect(await draw(imports, statements)).toEqual(expected);
  });

  test.each<[string, string[], string]>([
    ['a package of another path', ['github.com/acme/http'], 'http.Get("http://no.example")'],
    ['no import', [], 'http.Get("http://no.example")'],
    ['a comment', ['net/http'], '// http.Get("http://no.example")'],
    ['a log line', ['log', 'net/http'], 'log.Println("GET http://no.example")'],
    [
      'a server',
      ['net/http'],
      'mux := http.NewServeMux()\nmux.HandleFunc("/x", h)\nhttp.ListenAndServe("no.example:80", mux)',
    ],
    [
      'a client that is never used',
      ['github.com/go-resty/resty/v2'],
      'resty.New().SetBaseURL("http://no.example")',
    ],
    [
      'a variable that hides the package',
      ['net/http'],
      'http := newFake()\nhttp.Get("http://no.example")',
    ],
    ['a method of a map', ['net/http'], 'm := map[string]string{}\nm.Get("http://no.example")'],
    ['a gRPC server', ['google.golang.org/grpc'], 's := grpc.NewServer()\ns.Serve(l)'],
    ['a parsed address', ['net/url'], 'url.Parse("http://no.example")'],
    ['an upgrader', ['github.com/gorilla/websocket'], 'upgrader.Upgrade(w, r, nil)'],
  ])('no connection: %s', async (_, imports, statements) => {
    expect(await draw(imports, statements)).toEqual([]);
  });
});

describe('files, mail and the rest', () => {
  test.each<[string, string[], string, string[]]>([
    [
      'SFTP',
      ['golang.org/x/crypto/ssh', 'github.com/pkg/sftp'],
      'conn, err := ssh.Dial("tcp", "a.example:22", cfg)\nc, err := sftp.NewClient(conn)\nc.Create("/in/a.csv")\nc.Open("/out/b.csv")',
      ['5 -> a.example:22 sftp [/in/a.csv]', '6 <- a.example:22 sftp [/out/b.csv]'],
    ],
    [
      'SSH',
      ['golang.org/x/crypto/ssh'],
      'ssh.Dial("tcp", "a.example:22", cfg)',
      ['3 ?? a.example:22 ssh'],
    ],
    [
      'FTP',
      ['github.com/jlaffaye/ftp'],
      'c, err := ftp.Dial("a.example:21")\nc.Stor("a.csv", r)\nc.Retr("b.csv")',
      ['4 -> a.example:21 ftp [a.csv]', '5 <- a.example:21 ftp [b.csv]'],
    ],
    [
      'net/smtp',
      ['net/smtp'],
      'smtp.SendMail("a.example:25", auth, from, to, msg)',
      ['3 -> a.example:25 smtp'],
    ],
    [
      'gomail',
      ['gopkg.in/gomail.v2'],
      'd := gomail.NewDialer("a.example", 587, "u", p)\nd.DialAndSend(m)',
      ['4 -> a.example smtp'],
    ],
    [
      'a socket',
      ['net'],
      'c, err := net.Dial("tcp", "a.example:9100")\nc.Write(b)',
      ['4 -> a.example:9100 tcp'],
    ],
    [
      'LDAP',
      ['github.com/go-ldap/ldap/v3'],
      'l, err := ldap.DialURL("ldap://a.example:389")\nl.Search(r)',
      ['4 <- a.example:389 ldap'],
    ],
    [
      'a started command',
      ['os/exec'],
      'exec.Command("curl", "-X", "POST", "http://a.example").Run()\nexec.CommandContext(ctx, "scp", "x", "b.example:/y")',
      ['3 -> a.example http', '4 -> b.example scp [/y]'],
    ],
  ])('%s', async (_, imports, statements, expected) => {
    expect(await draw(imports, statements)).toEqual(expected);
  });

  test.each<[string, string[], string]>([
    ['a listener', ['net'], 'net.Listen("tcp", "no.example:80")'],
    ['a local file', ['os'], 'os.Open("/out/b.csv")\nos.Create("/in/a.csv")'],
    [
      'a command of another package',
      ['exec github.com/x/cli'],
      'exec.Command("curl", "http://no.example")',
    ],
    [
      'a mail that is only composed',
      ['gopkg.in/gomail.v2'],
      'm := gomail.NewMessage()\nm.SetHeader("To", "a@no.example")',
    ],
    ['an SFTP server', ['github.com/pkg/sftp'], 'sftp.NewServer(channel)'],
  ])('no connection: %s', async (_, imports, statements) => {
    expect(await draw(imports, statements)).toEqual([]);
  });
});

describe('broken input', () => {
  test.each<[string, string]>([
    ['no Go at all', '}}}} ((( "'],
    ['half a file', 'package main\nimport "net/http"\nfunc main() { http.Get("http://a.example"'],
    ['an empty file', ''],
    ['a receiver without a type', 'package x\nfunc (s) y() {}'],
    ['a call without a function', 'package x\nfunc f() { ()() ; x.() }'],
  ])('%s is read without a failure', async (_, text) => {
    const { coverage } = await scan('scripts', { 'a.go': text });
    expect(coverage.skipped).toBe(0);
  });

  test('deep nests and long sums end', async () => {
    const deep = `package x\nfunc f() { g(${'('.repeat(3_000)}1${')'.repeat(3_000)}) }`;
    const long = `package x\nimport "net/http"\nfunc f() { http.Get("http://a.example/"${' + "x"'.repeat(4_000)}) }`;
    expect(await drawScript('a.go', deep)).toEqual([]);
    expect(await drawScript('a.go', long)).toEqual(['3 <- a.example http']);
  });
});
