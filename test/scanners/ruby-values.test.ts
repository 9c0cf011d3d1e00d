import { describe, expect, test } from 'vitest';
import { drawConnections, drawScript, scan } from './scan.ts';

const draw = (code: string): Promise<string[]> => drawScript('a.rb', `${code}\n`);

describe('databases', () => {
  test.each<[string, string, string[]]>([
    [
      'PostgreSQL',
      "c = PG.connect(host: 'a.example', dbname: 'x')\nc.exec('SELECT * FROM orders')\nc.exec_params(<<~SQL, [1])\n  insert into stock\n  values ($1)\nSQL\nPG::Connection.new('host=b.example').query('select 1 from t')",
      [
        '2 <- a.example postgresql [orders]',
        '3 -> a.example postgresql [stock]',
        '7 <- b.example postgresql [t]',
      ],
    ],
    [
      'MySQL and SQL Server',
      "Mysql2::Client.new(host: 'a.example').query('update t set a=1')\nTinyTds::Client.new(host: 'b.example', username: 'u').execute('select a from u')",
      ['1 -> a.example mysql [t]', '2 <- b.example mssql [u]'],
    ],
    [
      'a prepared statement',
      "c = Mysql2::Client.new(host: 'a.example')\ns = c.prepare('INSERT INTO t VALUES (?)')\ns.execute(1)",
      ['3 -> a.example mysql [t]'],
    ],
    [
      'Oracle',
      "OCI8.new('u', 'p', '//a.example:1521/X').exec('select a from t')",
      ['1 <- a.example:1521 oracle [t]'],
    ],
    [
      'Sequel',
      "DB = Sequel.connect('postgres://u:secret@a.example/x')\nDB[:orders].insert(a: 1)\nDB.fetch('select a from t').all",
      ['2 -> a.example postgresql', '3 <- a.example postgresql [t]', '3 <- a.example postgresql'],
    ],
    [
      'ActiveRecord',
      "ActiveRecord::Base.establish_connection(adapter: 'mysql2', host: 'a.example')\nActiveRecord::Base.connection.execute('select a from t')",
      ['1 ?? a.example mysql', '2 unresolved'],
    ],
    [
      'MongoDB',
      "m = Mongo::Client.new(['a.example:27017'], database: 'x')\nm[:orders].insert_one(o)\nMongo::Client.new('mongodb://b.example').database['t'].find",
      ['2 -> a.example:27017 mongodb', '3 <- b.example mongodb'],
    ],
    [
      'Redis',
      "r = Redis.new(url: 'redis://a.example:6379')\nr.set('k', 1)\nr.get('k')\nr.publish('events', 'x')",
      [
        '2 -> a.example:6379 redis',
        '3 <- a.example:6379 redis',
        '4 -> a.example:6379 redis [events]',
      ],
    ],
    [
      'Sidekiq',
      "Sidekiq.configure_server do |config|\n  config.redis = { url: 'redis://a.example:6379/0' }\nend",
      ['1 <> a.example:6379 redis'],
    ],
    [
      'memcached, Cassandra, InfluxDB',
      "Dalli::Client.new('a.example:11211').set('k', 1)\nCassandra.cluster(hosts: ['b.example']).connect('x').execute('select a from t')\nInfluxDB2::Client.new('http://c.example:8086', 't').create_write_api.write(data: 'x')",
      [
        '1 -> a.example:11211 memcached',
        '2 <- b.example cassandra [t]',
        '3 -> c.example:8086 influxdb',
      ],
    ],
    [
      'Elasticsearch',
      "es = Elasticsearch::Client.new(url: 'http://a.example:9200')\nes.index(index: 'orders', body: {})",
      ['2 -> a.example:9200 elasticsearch [orders]'],
    ],
  ])('%s', async (_, code, expected) => {
    expect(await draw(code)).toEqual(expected);
  });

  test.each<[string, string]>([
    [
      'a database in a file',
      "DB = Sequel.connect('sqlite://x.db')\nDB.run('insert into t values (1)')",
    ],
    ['a class of one’s own', "Acme::Redis.new(url: 'redis://no.example').get('k')"],
    ['a statement without a database', "sql = 'select * from t'"],
    ['a command object', "runner.execute('select 1 from t')"],
  ])('no connection: %s', async (_, code) => {
    expect(await draw(code)).toEqual([]);
  });
});

describe('brokers and clouds', () => {
  test.each<[string, string, string[]]>([
    [
      'RabbitMQ',
      "conn = Bunny.new(host: 'a.example')\nconn.start\nch = conn.create_channel\nch.default_exchange.publish('x', routing_key: 'orders')\nch.fanout('news').publish('x')\nch.queue('stock').subscribe(block: true) { |i, p, b| puts b }",
      ['4 -> a.example amqp [orders]', '5 -> a.example amqp [news]', '6 <- a.example amqp [stock]'],
    ],
    [
      'RabbitMQ by address',
      "Bunny.new('amqp://u:secret@a.example:5672').start",
      ['1 ?? a.example:5672 amqp'],
    ],
    [
      'Kafka',
      "k = Kafka.new(['a.example:9092'], client_id: 'x')\nk.deliver_message('x', topic: 'orders')\nc = k.consumer(group_id: 'g')\nc.subscribe('stock')",
      ['2 -> a.example:9092 kafka [orders]', '4 <- a.example:9092 kafka [stock]'],
    ],
    [
      'rdkafka',
      "p = Rdkafka::Config.new('bootstrap.servers' => 'a.example:9092').producer\np.produce(topic: 'orders', payload: 'x')",
      ['2 -> a.example:9092 kafka [orders]'],
    ],
    [
      'STOMP, MQTT, NATS, beanstalk',
      "Stomp::Client.new('u', 'p', 'a.example', 61613).publish('/queue/orders', 'x')\nMQTT::Client.connect('b.example') { |c| c.publish('a/b', 'x') }\nNATS.connect('nats://c.example').subscribe('stock')\nBeaneater.new('d.example:11300').tubes['x'].put('y')",
      [
        '1 -> a.example stomp [/queue/orders]',
        '2 -> b.example mqtt [a/b]',
        '3 <- c.example nats [stock]',
        '4 -> d.example:11300 beanstalk',
      ],
    ],
    [
      'AWS',
      "Aws::S3::Client.new(region: 'x').put_object(bucket: 'reports', key: 'a')\nAws::S3::Resource.new.bucket('in').object('a').download_file('/tmp/a')\nAws::SQS::Client.new.receive_message(queue_url: url)\nAws::SNS::Client.new.publish(topic_arn: 'arn:orders')\nAws::DynamoDB::Client.new.get_item(table_name: 'stock')",
      [
        '1 -> s3.amazonaws.com s3 [reports]',
        '2 <- s3.amazonaws.com s3 [in]',
        '3 <- sqs.amazonaws.com sqs',
        '4 -> sns.amazonaws.com sns [arn:orders]',
        '5 <- dynamodb.amazonaws.com dynamodb [stock]',
      ],
    ],
    [
      'Google',
      "Google::Cloud::Storage.new.bucket('reports').create_file('a')\nGoogle::Cloud::PubSub.new.topic('orders').publish('x')",
      ['1 -> storage.googleapis.com gs [reports]', '2 -> pubsub.googleapis.com pubsub [orders]'],
    ],
  ])('%s', async (_, code, expected) => {
    expect(await draw(code)).toEqual(expected);
  });

  test.each<[string, string]>([
    ['an event inside the program', "bus.publish('orders', 1)\nevents.subscribe('stock') { }"],
    ['a notification of Rails', "ActiveSupport::Notifications.subscribe('no.example') { }"],
    ['a queue of the language', 'q = Queue.new\nq << "amqp://no.example"\nq.pop'],
    ['a bucket of something else', "garden.bucket('x').put('y')"],
  ])('no connection: %s', async (_, code) => {
    expect(await draw(code)).toEqual([]);
  });
});

describe('values', () => {
  test.each<[string, string, string[]]>([
    [
      'interpolation',
      'host = \'a.example\'\nFaraday.get("http://#{host}/x")',
      ['2 <- a.example http'],
    ],
    ['a sum', "Faraday.get('http://' + 'a.example' + '/x')", ['1 <- a.example http']],
    ['adjacent texts', 'Faraday.get(\'http://\' "a.example")', ['1 <- a.example http']],
    [
      'appending',
      "u = 'http://a'\nu << '.example'\nu += '/x'\nFaraday.get(u)",
      ['4 <- a.example http'],
    ],
    [
      'a format',
      "Faraday.get('http://%s:%d/x' % ['a.example', 81])\nFaraday.get(format('http://%s', 'b.example'))",
      ['1 <- a.example:81 http', '2 <- b.example http'],
    ],
    [
      'a join',
      "Faraday.get(['http://a.example', 'x'].join('/'))\nFaraday.get(File.join('http://b.example', 'x'))",
      ['1 <- a.example http', '2 <- b.example http'],
    ],
    ['a joined URI', "Faraday.get(URI.join('http://a.example', '/x'))", ['1 <- a.example http']],
    [
      'a built URI',
      "Faraday.get(URI::HTTPS.build(host: 'a.example', path: '/x'))",
      ['1 <- a.example https'],
    ],
    [
      'a here-document',
      "h = 'a.example'\nFaraday.get(<<~URL)\n  http://#{h}/x\nURL",
      ['2 <- a.example http'],
    ],
    [
      'a hash',
      "C = { erp: { url: 'http://a.example' }, 'wms' => 'http://b.example' }.freeze\nFaraday.get(C[:erp][:url])\nFaraday.get(C['wms'])",
      ['2 <- a.example http', '3 <- b.example http'],
    ],
    [
      'a list of words',
      '%w[http://a.example http://b.example].each do |u|\n  Faraday.get(u)\nend',
      ['2 <- a.example http', '2 <- b.example http'],
    ],
    [
      'several values at once',
      "a, b = 'http://a.example', 'http://b.example'\nFaraday.get(b)",
      ['2 <- b.example http'],
    ],
    [
      'settings with defaults',
      "Faraday.get(ENV.fetch('A', 'http://a.example'))\nFaraday.get(ENV['B'] || 'http://b.example')\nFaraday.get(ENV.fetch('C') { 'http://c.example' })\n@d ||= 'http://d.example'\nFaraday.get(@d)",
      ['1 <- a.example http', '2 <- b.example http', '3 <- c.example http', '5 <- d.example http'],
    ],
    [
      'a setting',
      "Faraday.get(ENV['ERP'])\nFaraday.get(Settings.erp.url)",
      ['1 unresolved', '2 unresolved'],
    ],
    [
      'branches',
      "u = if x then 'http://a.example' else 'http://b.example' end\nFaraday.get(u)\nv = x ? 'http://c.example' : 'http://d.example'\nFaraday.get(v)",
      ['2 <- a.example http', '2 <- b.example http', '4 <- c.example http', '4 <- d.example http'],
    ],
    [
      'a case',
      "u = case x\n    when 1 then 'http://a.example'\n    else 'http://b.example'\n    end\nFaraday.get(u)",
      ['5 <- a.example http', '5 <- b.example http'],
    ],
    [
      'a guard and a rescue',
      "Faraday.get('http://a.example') if x\nbegin\n  Faraday.get('http://b.example')\nrescue => e\n  Faraday.post('http://c.example')\nend",
      ['1 <- a.example http', '3 <- b.example http', '5 -> c.example http'],
    ],
    [
      'constants of a module',
      "module Acme\n  BASE = 'http://a.example'\n  class Erp\n    PATH = '/x'\n    def load = Faraday.get(BASE + PATH)\n  end\nend\nFaraday.post(Acme::BASE)",
      ['8 -> a.example http', '5 <- a.example http'],
    ],
    [
      'fields and what they are read by',
      "class Erp\n  attr_reader :base\n  def initialize(base = 'http://a.example')\n    @base = base\n    @http = Faraday.new(url: @base)\n  end\n  def load = @http.get('/x')\n  def save = Faraday.post(base + '/y')\nend",
      ['7 <- a.example http', '8 -> a.example http'],
    ],
    [
      'a method that gives the address or the client',
      "class Erp\n  def client\n    @client ||= Faraday.new(url: url)\n  end\n  def url\n    host = 'a.example'\n    \"http://#{host}\"\n  end\n  def load\n    client.get('/x')\n  end\nend",
      ['10 <- a.example http'],
    ],
    [
      'keyword parameters',
      'def load(path, host: \'a.example\')\n  Faraday.get("http://#{host}/#{path}")\nend',
      ['2 <- a.example http'],
    ],
    [
      'variables of a method are its own',
      "u = 'http://a.example'\ndef f\n  u = 'http://b.example'\n  Faraday.get(u)\nend\nFaraday.get(u)",
      ['6 <- a.example http', '4 <- b.example http'],
    ],
    [
      'a lambda and a block',
      "f = ->(x) { Faraday.get('http://a.example') }\nretry_it { Faraday.get('http://b.example') }",
      ['1 <- a.example http', '2 <- b.example http'],
    ],
    [
      'a singleton’s methods',
      "class Erp\n  class << self\n    def load = Faraday.get(base)\n    def base = 'http://a.example'\n  end\nend",
      ['3 <- a.example http'],
    ],
    ['an unknown host', 'Faraday.get("http://#{find_host}/x")', ['1 unresolved']],
  ])('%s', async (_, code, expected) => {
    expect(await draw(code)).toEqual(expected);
  });

  test('constants of another file', async () => {
    const found = await scan('scripts', {
      'lib/config.rb':
        "ERP = 'http://a.example'\nmodule Settings2\n  WMS = 'http://b.example'\nend\n",
      'lib/run.rb': "require_relative 'config'\nFaraday.get(ERP)\nFaraday.get(Settings2::WMS)\n",
    });
    expect(drawConnections(found)).toEqual(['2 <- a.example http', '3 <- b.example http']);
  });

  test('a password in an address is in no evidence', async () => {
    const { evidence } = await scan('scripts', {
      'a.rb':
        "Sequel.connect('postgres://u:Winter-1999@a.example/x')\nPG.connect(host: 'b.example', password: 'Winter-1999')\n",
    });
    expect(evidence.filter(({ kind }) => kind === 'connection')).toHaveLength(2);
    expect(JSON.stringify(evidence)).not.toContain('Winter');
  });
});
