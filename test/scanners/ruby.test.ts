import { describe, expect, test } from 'vitest';
import { drawScript, scan } from './scan.ts';

const draw = (code: string): Promise<string[]> => drawScript('a.rb', `${code}\n`);

describe('clients of HTTP', () => {
  test.each<[string, string, string[]]>([
    [
      'Net::HTTP',
      "Net::HTTP.get(URI('http://a.example/x'))\nNet::HTTP.get_response(URI.parse('http://b.example'))\nNet::HTTP.post_form(URI('https://c.example'), {})",
      ['1 <- a.example http', '2 <- b.example http', '3 -> c.example https'],
    ],
    ['Net::HTTP by host', "Net::HTTP.get('a.example', '/x')", ['1 <- a.example http']],
    [
      'an open connection',
      "Net::HTTP.start('a.example', 80) do |http|\n  http.get '/x'\n  http.request(Net::HTTP::Put.new('/y'))\nend",
      ['2 <- a.example http', '3 -> a.example http'],
    ],
    [
      'a request with its own address',
      "uri = URI('https://a.example/x')\nhttp = Net::HTTP.new(uri.host, uri.port)\nreq = Net::HTTP::Post.new(uri)\nreq['Accept'] = 'x'\nreq.body = data\nres = http.request(req)",
      ['6 -> a.example https'],
    ],
    [
      'open-uri',
      "require 'open-uri'\nURI.open('http://a.example/x').read\nopen('http://b.example') { |f| f.read }",
      ['2 <- a.example http', '3 <- b.example http'],
    ],
    [
      'Faraday',
      "Faraday.get('http://a.example')\nconn = Faraday.new(url: 'http://b.example') do |f|\n  f.adapter :net_http\nend\nconn.post('/orders', body)\nFaraday.new('http://c.example').get('/x')",
      ['1 <- a.example http', '5 -> b.example http', '6 <- c.example http'],
    ],
    [
      'HTTParty',
      "HTTParty.post('http://a.example', body: {})\nclass Erp\n  include HTTParty\n  base_uri 'http://b.example'\n  def load\n    self.class.get('/stock')\n  end\n  def self.save = post('/orders')\nend",
      ['1 -> a.example http', '6 <- b.example http', '8 -> b.example http'],
    ],
    [
      'RestClient',
      "RestClient.get 'http://a.example'\nRestClient::Request.execute(method: :put, url: 'http://b.example')\nRestClient::Resource.new('http://c.example')['x'].post(payload)",
      ['1 <- a.example http', '2 -> b.example http', '3 -> c.example http'],
    ],
    [
      'Excon and Typhoeus',
      "Excon.get('http://a.example')\nExcon.new('http://b.example').post(path: '/x')\nTyphoeus.get('http://c.example')\nTyphoeus::Request.new('http://d.example', method: :post).run",
      ['1 <- a.example http', '2 -> b.example http', '3 <- c.example http', '4 -> d.example http'],
    ],
    [
      'http.rb, HTTPClient and Curb',
      "HTTP.auth('x').post('http://a.example')\nHTTPClient.new.get_content('http://b.example')\nCurl.get('http://c.example')",
      ['1 -> a.example http', '2 <- b.example http', '3 <- c.example http'],
    ],
    [
      'SOAP',
      "client = Savon.client(wsdl: 'http://a.example/ws?wsdl')\nclient.call(:get_order, message: {})",
      ['2 <> a.example soap [get_order]'],
    ],
    [
      'gRPC, XML-RPC and GraphQL',
      "Shop::Cart::Stub.new('a.example:50051', :this_channel_is_insecure)\nXMLRPC::Client.new('b.example', '/rpc').call('x')\nGraphlient::Client.new('http://c.example/graphql').query('x')",
      ['1 <> a.example:50051 grpc', '2 <> b.example xml-rpc', '3 ?? c.example graphql'],
    ],
    [
      'services with one address',
      "Slack::Web::Client.new.chat_postMessage(channel: 'ops', text: 'x')\nStripe::Charge.create(amount: 1)\nTwilio::REST::Client.new(sid, token)",
      ['1 -> slack.com https [ops]', '2 -> api.stripe.com https', '3 -> api.twilio.com https'],
    ],
  ])('%s', async (_, code, expected) => {
    expect(await draw(code)).toEqual(expected);
  });

  test.each<[string, string]>([
    ['a local file', "open('data/orders.csv') { |f| f.read }\nFile.open('http.txt')"],
    [
      'a comment',
      "# Net::HTTP.get('http://no.example')\n=begin\nFaraday.get('http://no.example')\n=end",
    ],
    ['a log line', "puts 'GET http://no.example'\nRails.logger.info('http://no.example')"],
    ['a method of one’s own', "def get(u); end\nget('http://no.example')"],
    ['a constant of one’s own', "Acme::HTTP.get('http://no.example')"],
    [
      'a module of one’s own that holds the name of a library',
      "Acme::Net::HTTP.get(URI('http://no.example'))\nAcme::Aws::S3::Client.new(endpoint: 'http://no.example').get_object(bucket: 'b')",
    ],
    [
      'a class without HTTParty',
      "class Erp\n  base_uri 'http://no.example'\n  def load; get('/x'); end\nend",
    ],
    [
      'a client that is never used',
      "Faraday.new(url: 'http://no.example')\nSavon.client(wsdl: 'http://no.example')",
    ],
    ['a parsed address', "URI.parse('http://no.example').host"],
    ['a hash', "{ url: 'http://no.example' }.get('http://no.example')"],
    ['a route', "get '/x', to: 'orders#index'"],
    ['a source of gems', "source 'https://rubygems.org'\ngem 'faraday'"],
    ['a class that is named Stub', "Stub.new('no.example:1')"],
  ])('no connection: %s', async (_, code) => {
    expect(await draw(code)).toEqual([]);
  });
});

describe('files, mail and commands', () => {
  test.each<[string, string, string[]]>([
    [
      'FTP',
      "Net::FTP.open('a.example') do |ftp|\n  ftp.login 'u', pw\n  ftp.putbinaryfile('/tmp/a.csv', '/in/a.csv')\n  ftp.getbinaryfile('/out/b.csv', '/tmp/b.csv')\nend",
      ['3 -> a.example ftp [/in/a.csv]', '4 <- a.example ftp [/out/b.csv]'],
    ],
    [
      'SFTP',
      "Net::SFTP.start('a.example', 'u') do |sftp|\n  sftp.upload!('/tmp/a', '/in/a')\n  sftp.download!('/out/b', '/tmp/b')\nend",
      ['2 -> a.example sftp [/in/a]', '3 <- a.example sftp [/out/b]'],
    ],
    [
      'SCP and SSH',
      "Net::SCP.upload!('a.example', 'u', '/tmp/a', '/in/a')\nNet::SCP.download!('a.example', 'u', '/out/b', '/tmp/b')\nNet::SSH.start('b.example', 'u') { |ssh| ssh.exec!('ls') }",
      ['1 -> a.example scp [/in/a]', '2 <- a.example scp [/out/b]', '3 <> b.example ssh'],
    ],
    [
      'sockets',
      "s = TCPSocket.new('a.example', 2575)\ns.write(hl7)\nTCPSocket.open('b.example', 9100).gets",
      ['2 -> a.example mllp', '3 <- b.example tcp'],
    ],
    ['LDAP', "Net::LDAP.new(host: 'a.example').search(base: 'x')", ['1 <- a.example ldap']],
    [
      'mail',
      "Net::SMTP.start('a.example', 25) { |smtp| smtp.send_message(m, f, t) }\nMail.defaults do\n  delivery_method :smtp, address: 'b.example'\nend",
      ['1 -> a.example smtp', '3 -> b.example smtp'],
    ],
    [
      'mail of Rails',
      "Rails.application.configure do\n  config.action_mailer.smtp_settings = { address: 'a.example', port: 25 }\nend",
      ['2 -> a.example smtp'],
    ],
    ['IMAP', "Net::IMAP.new('a.example')", ['1 <- a.example imap']],
    [
      'started commands',
      "`curl -X POST http://a.example`\nsystem('curl', 'http://b.example')\nout = %x(scp x c.example:/y)\nOpen3.capture2e('curl', '-T', 'f', 'http://d.example')",
      [
        '1 -> a.example http',
        '2 <- b.example http',
        '3 -> c.example scp [/y]',
        '4 -> d.example http',
      ],
    ],
  ])('%s', async (_, code, expected) => {
    expect(await draw(code)).toEqual(expected);
  });

  test.each<[string, string]>([
    ['a local copy', "FileUtils.cp('/tmp/a', '/tmp/b')"],
    ['a method that is named like a command', "pool.system('curl http://no.example')"],
    ['a command of one’s own', "def system(x); end\nsystem('curl http://no.example')"],
    ['an upload of something else', "store.upload!('/tmp/a', '/in/a')"],
    ['a server', "TCPServer.new('no.example', 80)"],
    ['settings of something else', "config.cache.settings = { address: 'no.example' }"],
    ['a name that is no mail server', "Mail.new { to 'x@no.example' }"],
  ])('no connection: %s', async (_, code) => {
    expect(await draw(code)).toEqual([]);
  });
});

describe('broken input', () => {
  test.each<[string, string]>([
    ['no Ruby at all', '}}}} do ((( "'],
    ['half a file', "class A\n def b(\n Net::HTTP.get(URI('http://a.example'"],
    ['a here-document without an end', 'x = <<~SQL\n select'],
    ['an empty file', ''],
    ['calls without a name', 'foo.(); a&.b ||= 1; x, (y, *z) = f; yield; super; BEGIN { 1 }'],
  ])('%s is read without a failure', async (_, text) => {
    const { coverage } = await scan('scripts', { 'a.rb': text });
    expect(coverage.skipped).toBe(0);
  });

  test('deep nests and long texts end', async () => {
    const deep = `f(${'['.repeat(2_000)}1${']'.repeat(2_000)})`;
    const long = `Net::HTTP.get(URI('http://a.example/'${" + 'x'".repeat(4_000)}))`;
    expect(await drawScript('a.rb', deep)).toEqual([]);
    expect(await drawScript('a.rb', long)).toEqual(['1 <- a.example http']);
  });
});
