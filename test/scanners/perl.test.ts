import { describe, expect, test } from 'vitest';
import { drawScript, scan } from './scan.ts';

const draw = (text: string): Promise<string[]> => drawScript('a.pl', text);
const agent = 'use LWP::UserAgent; my $ua = LWP::UserAgent->new(timeout => 10);\n';

describe('where an address comes from', () => {
  test.each<[string, string[]]>([
    [
      'my $host = \'a.example\';\nmy $url = "http://$host/x";\n$ua->get($url);',
      ['4 <- a.example http'],
    ],
    ["use constant BASE => 'https://a.example';\n$ua->get(BASE . '/x');", ['3 <- a.example https']],
    ["use constant { A => 'https://a.example', B => 1 };\n$ua->get(A);", ['3 <- a.example https']],
    [
      'my %cfg = (host => \'a.example\', port => 1);\n$ua->get("https://$cfg{host}/x");',
      ['3 <- a.example https'],
    ],
    [
      "my $cfg = { api => { url => 'https://a.example' } };\n$ua->get($cfg->{api}{url} . '/x');",
      ['3 <- a.example https'],
    ],
    ["$ua->get($ENV{API_URL} || 'https://a.example/x');", ['2 <- a.example https']],
    ["$ua->get($ENV{API_URL} . '/x');", ['2 unresolved']],
    ["$ua->get(sprintf('https://%s/%d', 'a.example', 3));", ['2 <- a.example https']],
    ["$ua->get(join('/', 'https://a.example', $id));", ['2 <- a.example https']],
    [
      "my $u = URI->new('https://a.example/x');\n$ua->get($u->as_string);",
      ['3 <- a.example https'],
    ],
    [
      "for my $s ('a.example', 'b.example') { $ua->get(\"http://$s/\"); }",
      ['2 <- a.example http', '2 <- b.example http'],
    ],
    [
      'my @hosts = qw(a.example b.example);\nforeach my $h (@hosts) { $ua->get("http://$h/"); }',
      ['3 <- a.example http', '3 <- b.example http'],
    ],
    [
      "my $u;\nif ($test) { $u = 'http://a.example'; } else { $u = 'http://b.example'; }\n$ua->get($u);",
      ['4 <- a.example http', '4 <- b.example http'],
    ],
    [
      "my $u = $test ? 'http://a.example' : 'http://b.example';\n$ua->get($u);",
      ['3 <- a.example http', '3 <- b.example http'],
    ],
    ["my $u = 'http://a';\n$u .= '.example/x';\n$ua->get($u);", ['4 <- a.example http']],
    ['my $u = <<"EOT";\nhttps://a.example/x\nEOT\n$ua->get($u);', ['5 <- a.example https']],
    ["$ua->post('https://a.example/x' => json => { a => 1 });", ['2 -> a.example https']],
    ["if ($ua->get('https://a.example')->is_success) { print 'ok' }", ['2 <- a.example https']],
    ["eval { $ua->get('https://a.example'); 1 } or warn 'no';", ['2 <- a.example https']],
    ["$ua->get('https://a.example') unless $done;", ['2 <- a.example https']],
  ])('%s', async (text, expected) => {
    expect(await draw(agent + text)).toEqual(expected);
  });

  test('fields of an object', async () => {
    const text = `package Acme::Client;
use HTTP::Tiny;
sub new { my ($class, %args) = @_; my $self = { url => 'https://a.example', http => HTTP::Tiny->new }; return bless $self, $class; }
sub fetch {
  my ($self, $id) = @_;
  return $self->{http}->get("$self->{url}/item/$id");
}
sub store { my $self = shift; my $path = shift; $self->{http}->post($self->{url} . $path); }
1;`;
    expect(await draw(text)).toEqual(['6 <- a.example https', '8 -> a.example https']);
  });

  test('an address that a caller gives is found where the function is called', async () => {
    const text = `use HTTP::Tiny;
sub fetch { my ($name, $url) = @_; return HTTP::Tiny->new->get($url); }
fetch('a', 'https://a.example/x');
fetch('b', "https://b.example/y");`;
    expect(await draw(text)).toEqual(['3 <- a.example https', '4 <- b.example https']);
  });

  test('a name of another file', async () => {
    const { of } = await scan('scripts', {
      'lib/Acme/Config.pm': "package Acme::Config;\nour $URL = 'https://a.example/api';\n1;\n",
      'bin/send.pl':
        'use LWP::UserAgent; use Acme::Config;\nLWP::UserAgent->new->get($Acme::Config::URL);\n',
    });
    expect(of('connection').map(({ from }) => from)).toMatchObject([{ host: 'a.example' }]);
  });
});

describe('commands', () => {
  test.each<[string, string[]]>([
    ['my $b = `curl -s https://a.example/x`;', ['1 <- a.example https']],
    ['my $b = qx{curl -s https://a.example/x};', ['1 <- a.example https']],
    ['system("scp /tmp/f u\\@a.example:/in/");', ['1 -> a.example scp [/in/f]']],
    ["system('curl', '-T', 'f', 'ftp://a.example/in/');", ['1 -> a.example ftp']],
    ['my $h = \'a.example\';\nexec("curl http://$h/x");', ['2 <- a.example http']],
    ['open(my $f, "wget -O - http://a.example/ |") or die;', ['1 <- a.example http']],
    ["open(F, '-|', 'curl', 'http://a.example/') || die;", ['1 <- a.example http']],
    ["open(F, '<', 'curl http://a.example/') || die;", []],
    ['print "curl http://a.example\\n";', []],
    ["my $c = 'curl http://a.example';", []],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });
});

describe('what is no connection', () => {
  test.each([
    "# $ua->get('https://a.example');",
    "=pod\n\n$ua->get('https://a.example');\n\n=cut\n",
    "__END__\n$ua->get('https://a.example');",
    "__DATA__\n$ua->get('https://a.example');",
    'print "see https://a.example\\n"; warn \'https://a.example\';',
    "my $doc = 'https://a.example';",
    "print <<'EOT';\n$ua->get('https://a.example')\nEOT\n",
    '$x =~ s/https:\\/\\/a.example//; $y =~ m{https://a.example}; my $r = qr(https://a.example);',
    "my $half = $a / 2; # / $ua->get('https://a.example')",
    "sub get { return $_[0] } my $x = get('https://a.example');",
    "my %h = (y => 1, s => 2, m => 'https://a.example'); my $v = $h{s} / $h{y};",
    'my $s = IO::Socket::INET->new(LocalPort => 9000, Listen => 5); my $c = $s->accept;',
  ])('%s', async (text) => {
    expect(await draw(agent + text)).toEqual([]);
  });

  test('reading goes on behind it', async () => {
    const text = `${agent}my $r = $total / $count; my @l = split /,/, $line; my $t = $h{q}; # '
=head1 NAME

it's a manual "

=cut
print <<A . <<'B';
don't
A
"
B
$ua->get('https://a.example') if $line =~ m/^["']/;`;
    expect(await draw(text)).toEqual(['13 <- a.example https']);
  });
});

test('a login in an address is in no fact', async () => {
  const { of } = await scan('scripts', {
    'a.pl': `${agent}$ua->get('https://u:hunter2@a.example/x');\nDBI->connect('dbi:Pg:host=b.example;password=hunter3', 'u', 'hunter4')->do('select 1');`,
  });
  expect(of('connection')).toHaveLength(2);
  expect(JSON.stringify(of('connection'))).not.toMatch(/hunter/);
});
