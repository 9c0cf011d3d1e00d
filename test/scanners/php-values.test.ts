import { describe, expect, test } from 'vitest';
import { drawConnections, drawScript, scan } from './scan.ts';

/** The code begins on line 2. */
const draw = (code: string): Promise<string[]> => drawScript('a.php', `<?php\n${code}\n`);
const fetched = 'file_get_contents';

describe('databases', () => {
  test.each<[string, string, string[]]>([
    [
      'PDO',
      "$db = new PDO('mysql:host=a.example;dbname=shop', $u, $p);\n$db->query('SELECT * FROM orders');\n$s = $db->prepare('INSERT INTO stock VALUES (?)');\n$s->execute([1]);",
      ['3 <- a.example mysql [orders]', '5 -> a.example mysql [stock]'],
    ],
    [
      'PDO with other databases',
      "(new \\PDO(\"pgsql:host=a.example;port=5432\"))->query('select 1 from t');\n(new PDO('sqlsrv:Server=b.example,1433;Database=x'))->query('select 1 from t');",
      ['2 <- a.example postgresql [t]', '3 <- b.example mssql [t]'],
    ],
    [
      'mysqli',
      "$m = new mysqli('a.example', 'u', 'p', 'x');\n$m->query('UPDATE stock SET a=1');\n$l = mysqli_connect('b.example', 'u', 'p');\nmysqli_query($l, 'SELECT a FROM t');",
      ['3 -> a.example mysql [stock]', '5 <- b.example mysql [t]'],
    ],
    ['the old MySQL functions', "mysql_connect('a.example', 'u', 'p');", ['2 ?? a.example mysql']],
    [
      'PostgreSQL',
      "$c = pg_connect('host=a.example dbname=x');\npg_query($c, 'select * from t');",
      ['3 <- a.example postgresql [t]'],
    ],
    [
      'Oracle',
      "$c = oci_connect('u', 'p', 'a.example:1521/X');\n$s = oci_parse($c, 'select a from t');\noci_execute($s);",
      ['3 <- a.example:1521 oracle [t]'],
    ],
    [
      'SQL Server and ODBC',
      "$c = sqlsrv_connect('a.example');\nsqlsrv_query($c, 'insert into t values (1)');\n$o = odbc_connect('Driver={SQL Server};Server=b.example;', 'u', 'p');\nodbc_exec($o, 'select a from t');",
      ['3 -> a.example mssql [t]', '5 <- b.example odbc [t]'],
    ],
    [
      'Doctrine',
      "use Doctrine\\DBAL\\DriverManager;\n$c = DriverManager::getConnection(['driver' => 'pdo_mysql', 'host' => 'a.example']);\n$c->fetchAllAssociative('select * from t');\n$c->insert('orders', $o);",
      ['4 <- a.example mysql [t]', '5 -> a.example mysql [orders]'],
    ],
    [
      'Laravel’s facade',
      "use Illuminate\\Support\\Facades\\DB;\nDB::select('select * from t');\nDB::table('orders')->where('a', 1)->insert($o);",
      ['3 unresolved', '4 unresolved'],
    ],
    [
      'MongoDB',
      "$m = new MongoDB\\Client('mongodb://a.example:27017');\n$m->selectCollection('x', 'orders')->insertOne($o);\n$m->shop->stock->find();",
      ['3 -> a.example:27017 mongodb [orders]', '4 <- a.example:27017 mongodb'],
    ],
    [
      'Redis',
      "$r = new Redis();\n$r->connect('a.example', 6379);\n$r->get('k');\n$p = new Predis\\Client(['host' => 'b.example']);\n$p->publish('events', 'x');",
      ['4 <- a.example redis', '6 -> b.example redis [events]'],
    ],
    [
      'memcached',
      "$m = new Memcached();\n$m->addServer('a.example', 11211);\n$m->set('k', 1);",
      ['4 -> a.example memcached'],
    ],
    [
      'Elasticsearch',
      "use Elastic\\Elasticsearch\\ClientBuilder;\n$c = ClientBuilder::create()->setHosts(['a.example:9200'])->build();\n$c->index(['index' => 'orders']);",
      ['4 -> a.example:9200 elasticsearch'],
    ],
  ])('%s', async (_, code, expected) => {
    expect(await draw(code)).toEqual(expected);
  });

  test.each<[string, string]>([
    ['a database in a file', "$db = new PDO('sqlite:/tmp/x.db');\n$db->query('select 1 from t');"],
    ['a class of one’s own', "use Acme\\Redis;\n$r = new Redis();\n$r->connect('no.example');"],
    ['a statement without a database', "$s = 'select * from t';"],
    ['a query of something else', "$xpath->query('select * from no.example');"],
  ])('no connection: %s', async (_, code) => {
    expect(await draw(code)).toEqual([]);
  });
});

describe('brokers and clouds', () => {
  test.each<[string, string, string[]]>([
    [
      'RabbitMQ',
      "use PhpAmqpLib\\Connection\\AMQPStreamConnection;\n$c = new AMQPStreamConnection('a.example', 5672, 'u', 'p');\n$ch = $c->channel();\n$ch->basic_publish($m, '', 'orders');\n$ch->basic_consume('stock', '', false);",
      ['5 -> a.example amqp [orders]', '6 <- a.example amqp [stock]'],
    ],
    [
      'Kafka',
      "$conf = new RdKafka\\Conf();\n$conf->set('metadata.broker.list', 'a.example:9092');\n$p = new RdKafka\\Producer($conf);\n$t = $p->newTopic('orders');\n$t->produce(0, 0, 'x');\n$k = new RdKafka\\KafkaConsumer($conf);\n$k->subscribe(['stock']);",
      ['6 -> a.example:9092 kafka [orders]', '8 <- a.example:9092 kafka [stock]'],
    ],
    [
      'STOMP and MQTT',
      "$s = new Stomp('tcp://a.example:61613');\n$s->send('/queue/orders', 'x');\n$m = new \\PhpMqtt\\Client\\MqttClient('b.example', 1883);\n$m->publish('a/b', 'x');",
      ['3 -> a.example:61613 stomp [/queue/orders]', '5 -> b.example mqtt [a/b]'],
    ],
    [
      'beanstalk',
      "$p = Pheanstalk\\Pheanstalk::create('a.example');\n$p->useTube('orders')->put('x');",
      ['3 -> a.example beanstalk [orders]'],
    ],
    [
      'AWS',
      "$s = new Aws\\S3\\S3Client(['region' => 'x']);\n$s->putObject(['Bucket' => 'reports', 'Key' => 'a']);\n$q = new Aws\\Sqs\\SqsClient([]);\n$q->receiveMessage(['QueueUrl' => $u]);\n(new Aws\\Sns\\SnsClient([]))->publish(['TopicArn' => 'arn:orders']);\n(new Aws\\DynamoDb\\DynamoDbClient([]))->getItem(['TableName' => 'stock']);",
      [
        '3 -> s3.amazonaws.com s3 [reports]',
        '5 <- sqs.amazonaws.com sqs',
        '6 -> sns.amazonaws.com sns [arn:orders]',
        '7 <- dynamodb.amazonaws.com dynamodb [stock]',
      ],
    ],
    [
      'Google',
      "$s = new Google\\Cloud\\Storage\\StorageClient();\n$s->bucket('reports')->upload('x');\n(new Google\\Cloud\\PubSub\\PubSubClient())->topic('orders')->publish([]);",
      ['3 -> storage.googleapis.com gs [reports]', '4 -> pubsub.googleapis.com pubsub [orders]'],
    ],
  ])('%s', async (_, code, expected) => {
    expect(await draw(code)).toEqual(expected);
  });

  test.each<[string, string]>([
    ['an event inside the program', "$dispatcher->publish('orders');\n$bus->subscribe(['stock']);"],
    [
      'settings that reach no client',
      "$conf = new RdKafka\\Conf();\n$conf->set('group.id', 'no.example');",
    ],
    [
      'a channel of one’s own',
      "$ch = new Channel('no.example');\n$ch->basic_publish($m, '', 'x');",
    ],
  ])('no connection: %s', async (_, code) => {
    expect(await draw(code)).toEqual([]);
  });
});

describe('values', () => {
  test.each<[string, string, string[]]>([
    [
      'concatenation',
      `$h = 'a.example';\n${fetched}('http://' . $h . '/x');`,
      ['3 <- a.example http'],
    ],
    [
      'names in a text',
      `$h = 'a.example'; $c = ['p' => 81];\n${fetched}("http://$h:{$c['p']}/x/\${id}");`,
      ['3 <- a.example:81 http'],
    ],
    [
      'a heredoc',
      `$h = 'a.example';\n$u = <<<EOT\nhttp://$h/x\nEOT;\n${fetched}($u);`,
      ['6 <- a.example http'],
    ],
    [
      'sprintf',
      `${fetched}(sprintf('http://%s:%d/x', 'a.example', 81));`,
      ['2 <- a.example:81 http'],
    ],
    ['implode', `${fetched}(implode('/', ['http://a.example', 'x']));`, ['2 <- a.example http']],
    [
      'a constant',
      `define('ERP', 'http://a.example');\n${fetched}(ERP . '/x');`,
      ['3 <- a.example http'],
    ],
    [
      'another constant',
      `const ERP = 'http://a.example';\n${fetched}(ERP);`,
      ['3 <- a.example http'],
    ],
    [
      'constants and properties of a class',
      `class A { const H = 'a.example'; private $p = '/x'; private static string $s = 'http://';\nfunction go() { ${fetched}(self::$s . self::H . $this->p); } }\n${fetched}('https://' . A::H);`,
      ['4 <- a.example https', '3 <- a.example http'],
    ],
    [
      'what a constructor sets',
      `class A { private $u; function __construct(string $base = 'http://a.example') { $this->u = rtrim($base, '/'); }\nfunction go() { ${fetched}($this->u . '/x'); } }`,
      ['3 <- a.example http'],
    ],
    [
      'an inherited property',
      `class A { protected $u = 'http://a.example'; }\nclass B extends A { function go() { ${fetched}($this->u); } }`,
      ['3 <- a.example http'],
    ],
    [
      'a method that builds an address',
      `class A { private function url($p) { return 'http://a.example/' . $p; }\nfunction go() { ${fetched}($this->url('x')); } }`,
      ['3 <- a.example http'],
    ],
    ['appending', `$u = 'http://a';\n$u .= '.example';\n${fetched}($u);`, ['4 <- a.example http']],
    [
      'a default for a setting',
      `${fetched}(getenv('ERP') ?: 'http://a.example');\n${fetched}($_ENV['ERP'] ?? 'http://b.example');\n${fetched}(env('ERP', 'http://c.example'));\n${fetched}(isset($_SERVER['ERP']) ? $_SERVER['ERP'] : 'http://d.example');`,
      ['2 <- a.example http', '3 <- b.example http', '4 <- c.example http', '5 <- d.example http'],
    ],
    [
      'a setting',
      `$ch = curl_init(config('services.erp.url') . '/x');\ncurl_exec($ch);`,
      ['3 unresolved'],
    ],
    [
      'branches',
      `if ($x) { $u = 'http://a.example'; } else { $u = 'http://b.example'; }\n${fetched}($u);`,
      ['3 <- a.example http', '3 <- b.example http'],
    ],
    [
      'the items of a list',
      `foreach (['http://a.example', 'http://b.example'] as $k => $u) ${fetched}($u);`,
      ['2 <- a.example http', '2 <- b.example http'],
    ],
    [
      'a match',
      `$u = match ($x) { 1 => 'http://a.example', default => 'http://b.example' };\n${fetched}($u);`,
      ['3 <- a.example http', '3 <- b.example http'],
    ],
    [
      'variables of a function are its own',
      `$u = 'http://a.example';\nfunction f() { $u = 'http://b.example'; ${fetched}($u); }\n${fetched}($u);`,
      ['4 <- a.example http', '3 <- b.example http'],
    ],
    [
      'closures',
      `$f = function ($x) { ${fetched}('http://a.example'); };\n$g = fn ($x) => ${fetched}('http://b.example');`,
      ['2 <- a.example http', '3 <- b.example http'],
    ],
    [
      'a class without a name',
      `$o = new class { function go() { ${fetched}('http://a.example'); } };`,
      ['2 <- a.example http'],
    ],
    [
      'code between HTML',
      `?><p><?php if ($x): ?>no<?php ${fetched}('http://a.example'); endif; ?></p><?php`,
      ['2 <- a.example http'],
    ],
  ])('%s', async (_, code, expected) => {
    expect(await draw(code)).toEqual(expected);
  });

  test('what another file returns or defines', async () => {
    const found = await scan('scripts', {
      'app/config.php':
        "<?php\ndefine('WMS', 'http://b.example');\nreturn ['erp' => ['url' => 'http://a.example']];\n",
      'app/run.php': `<?php\n$c = require __DIR__ . '/config.php';\n${fetched}($c['erp']['url'] . '/x');\n${fetched}(WMS);\n`,
    });
    expect(drawConnections(found)).toEqual(['3 <- a.example http', '4 <- b.example http']);
  });

  test('constants of a class in another file', async () => {
    const found = await scan('scripts', {
      'src/Config/Erp.php':
        "<?php\nnamespace App\\Config;\nclass Erp { const URL = 'http://a.example'; }\n",
      'src/Job/Load.php': `<?php\nnamespace App\\Job;\nuse App\\Config\\Erp;\n${fetched}(Erp::URL . '/x');\n`,
    });
    expect(drawConnections(found)).toEqual(['4 <- a.example http']);
  });

  test('arguments that a service container hands over', async () => {
    const found = await scan('scripts', {
      'src/Kernel.php':
        "<?php\nclass Kernel { function build($c) {\n$c->setParameter('erp', getenv('ERP') ?: 'http://a.example');\n$c->register(Erp::class)->addArgument($c->getParameter('erp'))->setPublic(true); } }\n",
      'src/Erp.php': `<?php\nclass Erp { public function __construct(private string $url) {}\nfunction load() { ${fetched}($this->url . '/x'); } }\n`,
    });
    expect(drawConnections(found)).toEqual(['3 <- a.example http']);
  });

  test('a path in a setting is no connection', async () => {
    expect(await draw(`${fetched}(getenv('DATA_DIR') . '/x.csv');`)).toEqual([]);
  });

  test('a password in an address is in no evidence', async () => {
    const { evidence } = await scan('scripts', {
      'a.php':
        "<?php\nfile_get_contents('ftp://u:Winter-1999@a.example/x');\nnew mysqli('b.example', 'u', 'Winter-1999');\n",
    });
    expect(evidence.filter(({ kind }) => kind === 'connection')).toHaveLength(2);
    expect(JSON.stringify(evidence)).not.toContain('Winter');
  });
});
