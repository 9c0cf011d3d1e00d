import { powershellHandedOver } from '../../src/scanners/scripts/clients/powershell.ts';
import { both, each, type Fixture } from './client-fixtures.ts';

const components: readonly (readonly [kind: string, endpoint: string, isRead: boolean])[] = [
  ['kafka', 'kafka:orders?brokers=far.example:9092', true],
  ['jms', 'jms:queue:orders?brokerURL=tcp://far.example:61616', true],
  ['rabbitmq', 'rabbitmq:orders?addresses=far.example:5672', true],
  ['mqtt', 'paho:orders?brokerUrl=tcp://far.example:1883', true],
  ['nats', 'nats:orders?servers=far.example:4222', true],
  ['ftp', 'sftp://far.example/orders', true],
  ['http', 'https://far.example/orders', false],
  ['soap', 'cxf://http://far.example/orders', false],
  ['mail', 'smtp://far.example:25', true],
  ['imap', 'imaps://far.example', true],
  ['s3', 'aws2-s3://orders', true],
  ['sqs', 'aws2-sqs://orders', true],
  ['sns', 'aws2-sns://orders', true],
  ['mllp', 'mllp:far.example:2575', false],
  ['tcp', 'netty:tcp://far.example:5150', false],
  ['sql', 'sql:select * from orders', true],
  ['mongodb', 'mongodb:shop?hosts=far.example', true],
  ['elasticsearch', 'elasticsearch:shop?hostAddresses=far.example:9200', true],
];

/** Java: routes of Camel, interfaces that a framework implements, and what needs another object. */
export const javaFixtures: readonly Fixture[] = [
  ...components.map(([, endpoint, isRead]) =>
    both(
      (own) =>
        `package app;\nimport ${own ? 'own' : 'org.apache'}.camel.builder.RouteBuilder;\nclass A extends RouteBuilder {\npublic void configure() {\n${isRead ? `from("${endpoint}").to("log:a");` : `from("direct:a").enrich("${endpoint}");`}\nfrom("direct:a").to("${endpoint}");\ntemplate.requestBody("${endpoint}", order);\n}\n}\n`,
    ),
  ),
  ...each(
    ['getOutputStream', 'getInputStream', 'getContent', 'getResponseCode', 'setRequestMethod'],
    (method) =>
      both(
        (own) =>
          `package app;\nimport ${own ? 'own' : 'java.net'}.*;\nclass A {\nvoid run() throws Exception {\nHttpURLConnection c = (HttpURLConnection) new URL("https://far.example/x").openConnection();\nc.${method}(${method === 'setRequestMethod' ? '"POST"' : ''});\n}\n}\n`,
      ),
  ),
  both(
    (own) =>
      `package app;\nimport ${own ? 'own' : 'org.springframework.oxm.jaxb'}.Jaxb2Marshaller;\nimport ${own ? 'own' : 'org.springframework.ws.client.core.support'}.WebServiceGatewaySupport;\nclass A extends WebServiceGatewaySupport {\nvoid run(StockClient client) {\nclient.setDefaultUri("https://far.example/ws");\n}\n}\n`,
  ),
  {
    positive:
      'package app;\nimport ca.uhn.fhir.context.FhirContext;\nclass A {\nvoid run() {\nvar client = FhirContext.forR4().newRestfulGenericClient("https://far.example/fhir");\nclient.search();\nclient.read();\nclient.create();\nclient.update();\nclient.transaction();\n}\n}\n',
    negative:
      'package app;\nclass A {\n// FhirContext.forR4().newRestfulGenericClient("https://far.example/fhir").search();\nString text = "newRestfulGenericClient(https://far.example/fhir)";\n}\n',
  },
  both(
    (own) =>
      `package app;\nimport ${own ? 'own' : 'com.stripe'}.Stripe;\nclass A {\nvoid run() {\nStripe.apiKey = key;\n}\n}\n`,
  ),
  both(
    (own) =>
      `package app;\nimport ${own ? 'own' : 'org.springframework.web.client'}.RestTemplate;\nclass A {\nvoid run() {\nnew RestTemplate().exchange("https://far.example/x", HttpMethod.PUT, entity, String.class);\n}\n}\n`,
  ),
  both(
    (own) =>
      `package app;\nimport ${own ? 'own' : 'org.springframework.ws.client.core'}.WebServiceTemplate;\nclass A {\nvoid run() {\nnew WebServiceTemplate().marshalSendAndReceive("https://far.example/ws", request);\n}\n}\n`,
  ),
  both(
    (own) =>
      `package app;\nimport ${own ? 'own' : 'org.springframework.cloud.openfeign'}.FeignClient;\n@FeignClient(name = "stock", url = "https://far.example")\ninterface Stock { @PostMapping("/x") void x(); }\n`,
  ),
  both(
    (own) =>
      `package app;\nimport ${own ? 'own' : 'org.springframework.cloud.openfeign'}.FeignClient;\n@FeignClient(name = "stock", url = "https://far.example")\ninterface Stock extends StockApi {}\n`,
  ),
  both(
    (own) =>
      `package app;\nimport ${own ? 'own' : 'org.eclipse.microprofile.reactive.messaging'}.*;\nclass A {\n@Channel("orders") Emitter<String> emitter;\nvoid run() {\nemitter.send("x");\n}\n}\n`,
  ),
  ...each(
    ['org.springframework.amqp.rabbit.core.RabbitTemplate', 'com.rabbitmq.client.Channel'],
    (type) =>
      both(
        (own) =>
          `package app;\nimport ${own ? 'own.' : ''}${type};\nclass A {\nprivate ${type.replace(/.*\./, '')} client;\nvoid run() {\nclient.basicPublish("", "orders", null, body);\n}\n}\n`,
      ),
  ),
  both(
    (own) =>
      `package app;\nimport ${own ? 'own' : 'com.rabbitmq.client'}.ConnectionFactory;\nclass A {\nvoid run() {\nConnectionFactory f = new ConnectionFactory();\nf.setHost("far.example");\nf.newConnection().createChannel().basicPublish("", "orders", null, body);\n}\n}\n`,
  ),
];

/** C#: Flurl, whose requests begin with a text. */
export const csharpFixtures: readonly Fixture[] = [
  ...each(
    [
      ...['GetAsync', 'GetJsonAsync', 'GetJsonListAsync', 'GetStringAsync', 'GetStreamAsync'],
      ...['GetBytesAsync', 'DownloadFileAsync', 'PostAsync', 'PostJsonAsync', 'PostStringAsync'],
      ...['PostUrlEncodedAsync', 'PostMultipartAsync', 'PutAsync', 'PutJsonAsync'],
      ...['PatchJsonAsync', 'DeleteAsync'],
    ],
    (method) =>
      both(
        (own) =>
          `${own ? 'class FlurlClient { }' : 'using Flurl.Http;'}\nvar c = new FlurlClient("https://far.example");\nawait c.Request("orders").${method}(order);\n`,
      ),
  ),
  both(
    (own) =>
      `${own ? 'using Own;' : 'using Flurl.Http;'}\nvar o = await "https://far.example/x".GetJsonAsync<Order>();\n`,
  ),
  both(
    (own) =>
      `${own ? 'using Own;' : 'using Flurl.Http;'}\nclass A {\nprivate readonly ${own ? 'IOwnClient' : 'IFlurlClient'} client;\nTask Run() => client.Request("https://far.example/orders").GetAsync();\n}\n`,
  ),
];

/** How a session is opened that a command is handed. */
const sessions: readonly (readonly [commands: RegExp, opened: string])[] = [
  [/sftp/, 'New-SFTPSession -ComputerName far.example'],
  [/ssh/, 'New-SSHSession -ComputerName far.example'],
  [/azure/, 'New-AzureStorageContext -StorageAccountName far.example'],
  [/azst/, 'New-AzStorageContext -StorageAccountName far.example'],
];

/** PowerShell: network shares, and commands and classes that are handed a session. */
export const powershellFixtures: readonly Fixture[] = [
  {
    positive: "$users = [ADSI]'LDAP://far.example/dc=far'\n",
    negative: "$users = [string]'LDAP://far.example/dc=far'\n",
  },
  ...each(
    [
      'Copy-Item \\\\far.example\\out\\a.csv C:\\in',
      'Copy-Item C:\\out\\a.csv -Destination \\\\far.example\\in',
      'Move-Item \\\\far.example\\out\\a.csv C:\\in',
      'Move-Item C:\\out\\a.csv -Destination \\\\far.example\\in',
      "[System.IO.File]::ReadAllText('\\\\far.example\\out\\a.csv')",
      "[IO.File]::ReadAllLines('\\\\far.example\\out\\a.csv')",
      "[System.IO.File]::WriteAllText('\\\\far.example\\in\\a.csv', $text)",
    ],
    (command) => ({
      positive: `${command}\n`,
      negative: `${command.replace('\\\\far.example', 'D:\\far')}\n`,
    }),
  ),
  ...each(
    [
      ...['PutFiles', 'PutFilesToDirectory', 'PutEntireFiles', 'PutFileToDirectory', 'GetFiles'],
      ...['GetFilesToDirectory', 'GetFileToDirectory', 'ListDirectory', 'SynchronizeDirectories'],
      'ExecuteCommand',
    ],
    (method) =>
      both(
        (own) =>
          `$o = New-Object ${own ? 'Own' : 'WinSCP'}.SessionOptions -Property @{ HostName = "far.example" }\n$s = New-Object ${own ? 'Own' : 'WinSCP'}.Session\n$s.Open($o)\n$s.${method}("/a", "/b")\n`,
      ),
  ),
  ...each(Object.keys(powershellHandedOver), (name) => {
    if (name.includes('.'))
      return both(
        (own) =>
          `$c = New-Object ${own ? 'Own.' : ''}System.Data.SqlClient.SqlConnection("Server=far.example")\n$q = New-Object ${own ? 'Own.' : ''}${name}("select 1 from orders", $c)\n$q.ExecuteReader()\n`,
      );
    const opened = sessions.find(([commands]) => commands.test(name))?.[1] ?? '';
    return both(
      (own) =>
        `$s = ${own ? opened.replace('New-', 'New-Own') : opened}\n${name} -SessionId $s -Destination /in -Path /out\n`,
    );
  }),
];

/** Perl: a database whose source comes from the environment. */
export const perlFixtures: readonly Fixture[] = [
  both(
    (own) =>
      `use ${own ? 'Own::' : ''}DBI;\nmy $c = ${own ? 'Own::' : ''}DBI->connect_cached($ENV{SOURCE} // 'far.example');\n$c->do('delete from orders');\n`,
  ),
];
