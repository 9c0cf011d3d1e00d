import { describe, expect, test } from 'vitest';
import { perlClients } from '../../src/scanners/scripts/patterns/perl-clients.ts';
import { drawScript } from './scan.ts';

/** Each client once: the module whose name makes it one, a script, and what it connects to. */
const clients: readonly [module: string, script: string, expected: string[]][] = [
  [
    'LWP::UserAgent',
    "my $c = LWP::UserAgent->new; $c->put('https://a.example/x');",
    ['1 -> a.example https'],
  ],
  [
    'WWW::Mechanize',
    "my $c = WWW::Mechanize->new; $c->get('https://a.example/x');",
    ['1 <- a.example https'],
  ],
  [
    'HTTP::Tiny',
    "HTTP::Tiny->new->request('DELETE', 'https://a.example/x');",
    ['1 ?? a.example https'],
  ],
  ['Furl', "my $c = Furl->new; $c->post('http://a.example/x', [], 'b');", ['1 -> a.example http']],
  [
    'Mojo::UserAgent',
    "my $c = Mojo::UserAgent->new; $c->get_p('https://a.example/x')->then(sub {});",
    ['1 <- a.example https'],
  ],
  [
    'HTTP::Request',
    "my $r = HTTP::Request->new(POST => 'https://a.example/x');",
    ['1 -> a.example https'],
  ],
  [
    'HTTP::Request::Common',
    "use HTTP::Request::Common qw(PATCH);\n$x->request(PATCH 'https://a.example/x');",
    ['2 -> a.example https'],
  ],
  [
    'LWP::Simple',
    "use LWP::Simple;\nmy $b = get('https://a.example/x');\ngetstore('https://b.example/y', '/tmp/y');",
    ['2 <- a.example https', '3 <- b.example https'],
  ],
  [
    'REST::Client',
    "my $c = REST::Client->new(host => 'https://a.example'); $c->PUT('/x', $b);",
    ['1 -> a.example https'],
  ],
  [
    'SOAP::Lite',
    "my $c = SOAP::Lite->uri('urn:x')->proxy('https://a.example/s');",
    ['1 <> a.example soap'],
  ],
  ['XMLRPC::Lite', "my $c = XMLRPC::Lite->proxy('https://a.example/s');", ['1 <> a.example https']],
  [
    'RPC::XML::Client',
    "my $c = RPC::XML::Client->new('https://a.example/s');",
    ['1 <> a.example https'],
  ],
  [
    'XML::Compile::Transport::SOAPHTTP',
    "XML::Compile::Transport::SOAPHTTP->new(address => 'https://a.example/s');",
    ['1 <> a.example soap'],
  ],
  [
    'DBI',
    "my $d = DBI->connect('dbi:Pg:dbname=x;host=a.example;port=5433', 'u', 'p'); $d->do('update stock set a = 1');",
    ['1 -> a.example:5433 postgresql [stock]'],
  ],
  [
    'MongoDB',
    "my $m = MongoDB->connect('mongodb://a.example'); $m->get_collection('orders')->find({});",
    ['1 <- a.example mongodb [orders]'],
  ],
  [
    'Redis',
    "my $r = Redis->new(server => 'a.example:6380'); $r->publish('news', 'x');",
    ['1 -> a.example:6380 redis [news]'],
  ],
  [
    'Cache::Memcached',
    "my $m = Cache::Memcached->new({ servers => ['a.example:11211'] }); $m->get('x');",
    ['1 <- a.example:11211 memcached'],
  ],
  [
    'Search::Elasticsearch',
    "my $e = Search::Elasticsearch->new(nodes => 'https://a.example:9200'); $e->search(index => 'orders');",
    ['1 <- a.example:9200 https [orders]'],
  ],
  [
    'Net::LDAP',
    "my $l = Net::LDAP->new('a.example'); $l->search(base => 'x');",
    ['1 <- a.example ldap'],
  ],
  [
    'Net::FTP',
    "my $f = Net::FTP->new('a.example') or die; $f->put('x.csv');",
    ['1 -> a.example ftp [x.csv]'],
  ],
  [
    'Net::SFTP::Foreign',
    "my $f = Net::SFTP::Foreign->new(host => 'a.example'); $f->get('/in/x.csv', 'x.csv');",
    ['1 <- a.example sftp [/in/x.csv]'],
  ],
  [
    'Net::SCP::Expect',
    "my $s = Net::SCP::Expect->new(host => 'a.example'); $s->put('x', '/in/x');",
    ['1 -> a.example scp [/in/x]'],
  ],
  ['Net::SCP', "use Net::SCP qw(scp);\nscp('x', 'u@a.example:/in/x');", ['2 -> a.example scp']],
  [
    'Net::OpenSSH',
    "my $s = Net::OpenSSH->new('a.example'); $s->capture('ls');",
    ['1 ?? a.example ssh'],
  ],
  ['Net::SSH', "use Net::SSH qw(ssh);\nssh('a.example', 'ls');", ['2 ?? a.example ssh']],
  [
    'Net::Telnet',
    "my $t = Net::Telnet->new(Host => 'a.example'); $t->cmd('x');",
    ['1 ?? a.example telnet'],
  ],
  ['Net::SMTP', "my $s = Net::SMTP->new('a.example'); $s->datasend('x');", ['1 -> a.example smtp']],
  [
    'Mail::Sender',
    "my $s = new Mail::Sender { smtp => 'a.example' }; $s->MailMsg({ to => 'x' });",
    ['1 -> a.example smtp'],
  ],
  ['MIME::Lite', "MIME::Lite->send('smtp', 'a.example', Timeout => 60);", ['1 -> a.example smtp']],
  [
    'Mail::Sendmail',
    "use Mail::Sendmail;\nsendmail(To => 'x', smtp => 'a.example');",
    ['2 -> a.example smtp'],
  ],
  ['Net::POP3', "my $p = Net::POP3->new('a.example'); $p->list;", ['1 <- a.example pop3']],
  [
    'Mail::IMAPClient',
    "my $m = Mail::IMAPClient->new(Server => 'a.example'); $m->messages;",
    ['1 <- a.example imap'],
  ],
  [
    'IO::Socket::INET',
    "my $s = IO::Socket::INET->new(PeerAddr => 'a.example', PeerPort => 6000);\nprint $s 'x';\nmy $l = <$s>;",
    ['2 -> a.example tcp'],
  ],
  [
    'Net::AMQP::RabbitMQ',
    "my $m = Net::AMQP::RabbitMQ->new; $m->connect('a.example', {}); $m->publish(1, 'orders', 'x');",
    ['1 -> a.example amqp [orders]'],
  ],
  [
    'Net::Stomp',
    "my $s = Net::Stomp->new({ hostname => 'a.example', port => 61613 }); $s->subscribe({ destination => '/queue/x' });",
    ['1 <- a.example stomp [/queue/x]'],
  ],
  [
    'Net::MQTT::Simple',
    "my $m = Net::MQTT::Simple->new('a.example'); $m->publish('t/x' => 1);",
    ['1 -> a.example mqtt [t/x]'],
  ],
  [
    'Kafka::Connection',
    "my $c = Kafka::Connection->new(host => 'a.example', port => 9092); my $p = Kafka::Producer->new(Connection => $c); $p->send('orders', 0, 'x');",
    ['1 -> a.example kafka [orders]'],
  ],
  [
    'Kafka::Consumer',
    "my $c = Kafka::Connection->new(host => 'a.example'); my $p = Kafka::Consumer->new(Connection => $c); $p->fetch('orders', 0);",
    ['1 <- a.example kafka [orders]'],
  ],
];

describe('clients', () => {
  test.each(clients)('%s: %s', async (_, script, expected) => {
    const found = await drawScript('a.pl', script);
    expect(
      found.filter((line) => !line.includes('??') || expected.some((each) => each.includes('??'))),
    ).toEqual(expected);
  });

  test.each(clients)('a package of one’s own with the methods of %s', async (module, script) => {
    const own = script
      .replaceAll(module, 'Acme::Thing')
      .replaceAll(/Kafka::\w+/g, 'Acme::Thing')
      .replaceAll('dbi:', 'own:');
    expect(await drawScript('a.pl', own)).toEqual([]);
  });

  test('every entry of the table has a script here', () => {
    const text = clients
      .map(([module, script]) => `${module} ${script}`)
      .join('\n')
      .replaceAll('::', '/')
      .replaceAll('->', '.');
    const missing = perlClients.filter(
      ({ calls }) => !calls.some((call) => text.includes(call.replace(/\.\w+$/, ''))),
    );
    expect(missing.map(({ calls }) => calls[0])).toEqual([]);
  });
});

describe('sources of DBI', () => {
  test.each<[string, string]>([
    ['dbi:Oracle:host=a.example;sid=X;port=1522', 'a.example:1522 oracle'],
    ['dbi:Oracle://a.example:1521/X', 'a.example:1521 oracle'],
    ['dbi:Oracle:ERP', 'erp oracle'],
    ['DBI:mysql:database=x;host=a.example', 'a.example mysql'],
    ['dbi:mysql:x:a.example:3307', 'a.example:3307 mysql'],
    ['dbi:MariaDB:host=a.example', 'a.example mariadb'],
    ['dbi:Pg(RaiseError=>1):dbname=x;host=a.example', 'a.example postgresql'],
    ['dbi:ODBC:Driver={SQL Server};Server=a.example\\\\I;Database=x', 'a.example odbc'],
    ['dbi:Sybase:server=a.example', 'a.example mssql'],
  ])('%s', async (source, expected) => {
    expect(await drawScript('a.pl', `my $d = DBI->connect("${source}", 'u', 'p');`)).toEqual([
      `1 ?? ${expected}`,
    ]);
  });

  test.each(['dbi:SQLite:dbname=/tmp/x.db', 'dbi:CSV:f_dir=/tmp'])(
    '%s is a file',
    async (source) => {
      expect(
        await drawScript('a.pl', `my $d = DBI->connect('${source}'); $d->do('select 1 from t');`),
      ).toEqual([]);
    },
  );

  test('an object mapper connects by the same sources', async () => {
    expect(
      await drawScript('a.pl', "my $s = Acme::Schema->connect('dbi:Pg:host=a.example');"),
    ).toEqual(['1 ?? a.example postgresql']);
  });
});
