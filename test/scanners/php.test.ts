import { describe, expect, test } from 'vitest';
import { drawScript, scan } from './scan.ts';

/** The code begins on line 2. */
const draw = (code: string): Promise<string[]> => drawScript('a.php', `<?php\n${code}\n`);

describe('clients of HTTP', () => {
  test.each<[string, string, string[]]>([
    [
      'cURL',
      "$ch = curl_init('http://a.example/x');\n$r = curl_exec($ch);",
      ['3 <- a.example http'],
    ],
    [
      'cURL with options',
      "$ch = curl_init();\ncurl_setopt($ch, CURLOPT_URL, 'http://a.example');\ncurl_setopt($ch, CURLOPT_USERAGENT, 'http://no.example');\ncurl_setopt($ch, CURLOPT_POST, true);\ncurl_exec($ch);",
      ['6 -> a.example http'],
    ],
    [
      'cURL with an array of options',
      "$ch = curl_init();\ncurl_setopt_array($ch, [CURLOPT_URL => 'http://a.example', CURLOPT_CUSTOMREQUEST => 'PUT', CURLOPT_RETURNTRANSFER => true]);\ncurl_exec($ch);",
      ['4 -> a.example http'],
    ],
    [
      'cURL in a class',
      "class A { function go($p) { $this->ch = curl_init(); curl_setopt($this->ch, CURLOPT_URL, 'http://a.example/' . $p);\nreturn curl_exec($this->ch); } }",
      ['3 <- a.example http'],
    ],
    ['file_get_contents', "$x = file_get_contents('http://a.example/x');", ['2 <- a.example http']],
    [
      'file_get_contents with a body',
      "$c = stream_context_create(['http' => ['method' => 'POST', 'content' => $b]]);\nfile_get_contents('https://a.example', false, $c);",
      ['3 -> a.example https'],
    ],
    ['fopen', "$f = fopen('http://a.example/x', 'r');", ['2 <- a.example http']],
    ['a file that is sent', "file_put_contents('ftp://a.example/x', $d);", ['2 -> a.example ftp']],
    ['copy', "copy('https://a.example/x.csv', '/tmp/x.csv');", ['2 <- a.example https']],
    [
      'Guzzle',
      "use GuzzleHttp\\Client;\n$c = new Client(['base_uri' => 'http://a.example/api/']);\n$c->get('orders');\n$c->post('orders', ['json' => $o]);\n$c->request('PUT', 'http://b.example/x');",
      ['4 <- a.example http', '5 -> a.example http', '6 -> b.example http'],
    ],
    [
      'Guzzle by its full name',
      "$c = new \\GuzzleHttp\\Client();\n$c->postAsync('http://a.example');",
      ['3 -> a.example http'],
    ],
    [
      'a request that is sent later',
      "use GuzzleHttp\\Psr7\\Request;\n$client->send(new Request('POST', 'http://a.example'));",
      ['3 -> a.example http'],
    ],
    [
      'an injected Guzzle client',
      "use GuzzleHttp\\ClientInterface as Http;\nclass A { public function __construct(private Http $http) {}\nfunction go() { $this->http->request('GET', 'http://a.example'); } }",
      ['4 <- a.example http'],
    ],
    [
      'Symfony’s client',
      "use Symfony\\Component\\HttpClient\\HttpClient;\n$c = HttpClient::create(['base_uri' => 'http://a.example']);\n$c->request('POST', '/x');",
      ['4 -> a.example http'],
    ],
    [
      'an injected client of Symfony',
      "use Symfony\\Contracts\\HttpClient\\HttpClientInterface;\nclass A { function __construct(HttpClientInterface $c) { $this->c = $c; }\nfunction go() { $this->c->request('GET', 'http://a.example'); } }",
      ['4 <- a.example http'],
    ],
    [
      'Laravel’s facade',
      "use Illuminate\\Support\\Facades\\Http;\nHttp::get('http://a.example')->json();\nHttp::withToken($t)->timeout(5)->post('http://b.example', $o);\nHttp::baseUrl('http://c.example')->get('/x');",
      ['3 <- a.example http', '4 -> b.example http', '5 <- c.example http'],
    ],
    ['SOAP', "$c = new SoapClient('http://a.example/ws?wsdl');", ['2 <> a.example soap']],
    [
      'WordPress',
      "wp_remote_get('http://a.example');\nwp_remote_post('http://b.example', []);\nwp_remote_request('http://c.example', ['method' => 'PUT']);",
      ['2 <- a.example http', '3 -> b.example http', '4 -> c.example http'],
    ],
    ['Drupal', "\\Drupal::httpClient()->get('http://a.example');", ['2 <- a.example http']],
    [
      'services with one address',
      'new \\Stripe\\StripeClient($key);\nnew \\Twilio\\Rest\\Client($sid, $token);',
      ['2 <> api.stripe.com https', '3 -> api.twilio.com https'],
    ],
  ])('%s', async (_, code, expected) => {
    expect(await draw(code)).toEqual(expected);
  });

  test.each<[string, string]>([
    ['a local file', "file_get_contents('data/orders.csv');\nfopen(__DIR__ . '/x.txt', 'r');"],
    ['a comment', "// file_get_contents('http://no.example');\n# curl_init('http://no.example')"],
    ['a log line', "error_log('GET http://no.example failed');"],
    [
      'a function of one’s own',
      "function wp_remote_get($u) {}\nwp_remote_get('http://no.example');",
    ],
    [
      'a class of another namespace',
      "use Acme\\Client;\n$c = new Client();\n$c->get('http://no.example');",
    ],
    ['a handle that is never used', "$ch = curl_init('http://no.example');\ncurl_close($ch);"],
    [
      'a client that is never used',
      "new \\GuzzleHttp\\Client(['base_uri' => 'http://no.example']);",
    ],
    ['a method of a collection', "$list->get('http://no.example');"],
    ['the page around the code', '?><a href="http://no.example">x</a><?php'],
    ['a redirect', "header('Location: http://no.example');"],
    ['a route of Laravel', "Route::get('/x', fn () => 'http://no.example');"],
    ['a SOAP server', "new SoapServer('http://no.example/ws?wsdl');"],
  ])('no connection: %s', async (_, code) => {
    expect(await draw(code)).toEqual([]);
  });
});

describe('files, mail and commands', () => {
  test.each<[string, string, string[]]>([
    [
      'FTP',
      "$f = ftp_connect('a.example');\nftp_put($f, '/in/a.csv', '/tmp/a.csv', FTP_BINARY);\nftp_get($f, '/tmp/b.csv', '/out/b.csv');",
      ['3 -> a.example ftp [/in/a.csv]', '4 <- a.example ftp [/out/b.csv]'],
    ],
    [
      'SSH',
      "$s = ssh2_connect('a.example', 22);\nssh2_scp_send($s, '/tmp/a', '/in/a');\nssh2_scp_recv($s, '/out/b', '/tmp/b');",
      ['3 -> a.example ssh [/in/a]', '4 <- a.example ssh [/out/b]'],
    ],
    [
      'phpseclib',
      "use phpseclib3\\Net\\SFTP;\n$s = new SFTP('a.example');\n$s->put('/in/a', '/tmp/a', SFTP::SOURCE_LOCAL_FILE);\n$s->get('/out/b', '/tmp/b');",
      ['4 -> a.example sftp [/in/a]', '5 <- a.example sftp [/out/b]'],
    ],
    ['a socket', "$s = fsockopen('a.example', 2575);", ['2 <> a.example mllp']],
    [
      'LDAP',
      "$l = ldap_connect('ldap://a.example');\nldap_search($l, $base, $filter);",
      ['3 <- a.example ldap'],
    ],
    ['mail', "mail('x@acme.example', 'Hi', $text);", ['2 unresolved']],
    [
      'PHPMailer',
      "use PHPMailer\\PHPMailer\\PHPMailer;\n$m = new PHPMailer(true);\n$m->isSMTP();\n$m->Host = 'a.example';\n$m->send();",
      ['6 -> a.example smtp'],
    ],
    [
      'Symfony’s mailer',
      "use Symfony\\Component\\Mailer\\Transport;\nuse Symfony\\Component\\Mailer\\Mailer;\n$m = new Mailer(Transport::fromDsn('smtp://a.example:25'));\n$m->send($mail);",
      ['5 -> a.example:25 smtp'],
    ],
    [
      'Swift Mailer',
      "$m = new Swift_Mailer(new Swift_SmtpTransport('a.example', 25));\n$m->send($x);",
      ['3 -> a.example smtp'],
    ],
    [
      'started commands',
      'exec(\'curl -X POST http://a.example\');\nshell_exec("scp x $host:/y");\n$x = `curl http://c.example`;',
      ['2 -> a.example http', '3 unresolved', '4 <- c.example http'],
    ],
  ])('%s', async (_, code, expected) => {
    expect(await draw(code)).toEqual(expected);
  });

  test.each<[string, string]>([
    ['a local copy', "copy('/tmp/a', '/tmp/b');"],
    ['a method that is named like a command', "$pool->exec('curl http://no.example');"],
    ['a mail function of one’s own', "function mail($to) {}\nmail('x@no.example');"],
    [
      'a mailer that sends nothing',
      "$m = new \\PHPMailer\\PHPMailer\\PHPMailer();\n$m->Subject = 'no.example';",
    ],
    [
      'put and get of a store of one’s own',
      "$s = new Store('no.example');\n$s->put('/in/a', 'x');\n$s->get('/in/a');",
    ],
    ['an FTP function without a connection', 'ftp_put($unknown, "/in/a", "/tmp/a");'],
  ])('no connection: %s', async (_, code) => {
    expect(await draw(code)).toEqual([]);
  });
});

describe('broken input', () => {
  test.each<[string, string]>([
    ['no PHP at all', '}}}} <?php ((( "'],
    ['half a file', "<?php class A { function b( { file_get_contents('http://a.example'"],
    ['a page without code', '<html></html>'],
    ['an empty file', ''],
    ['calls without a name', '<?php $$x(); ${"a"}(); (fn() => 1)(); new $c; [$a, , $b] = f();'],
  ])('%s is read without a failure', async (_, text) => {
    const { coverage } = await scan('scripts', { 'a.php': text });
    expect(coverage.skipped).toBe(0);
  });

  test('deep nests and long texts end', async () => {
    const deep = `<?php f(${'['.repeat(2_000)}1${']'.repeat(2_000)});`;
    const long = `<?php\nfile_get_contents('http://a.example/'${" . 'x'".repeat(4_000)});`;
    expect(await drawScript('a.php', deep)).toEqual([]);
    expect(await drawScript('a.php', long)).toEqual(['2 <- a.example http']);
  });
});
