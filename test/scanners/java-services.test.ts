import { describe, expect, test } from 'vitest';
import { drawJava, drawJavaTypes } from './java-program.ts';

describe('cloud services', () => {
  test.each<[string, string[], string, string[]]>([
    [
      'S3 of both generations',
      [
        'com.amazonaws.services.s3.*',
        'com.amazonaws.services.s3.model.PutObjectRequest',
        'software.amazon.awssdk.services.s3.S3Client',
        'software.amazon.awssdk.services.s3.model.GetObjectRequest',
      ],
      'AmazonS3ClientBuilder.standard().build().putObject(new PutObjectRequest("orders", "k", file));\nAmazonS3ClientBuilder.defaultClient().getObject("stock", "k");\nS3Client.create().getObject(GetObjectRequest.builder().bucket("items").key("k").build());',
      [
        '3 -> s3.amazonaws.com s3 [orders]',
        '4 <- s3.amazonaws.com s3 [stock]',
        '5 <- s3.amazonaws.com s3 [items]',
      ],
    ],
    [
      'S3 at an address of its own',
      ['software.amazon.awssdk.services.s3.S3Client', 'java.net.URI'],
      'S3Client.builder().endpointOverride(URI.create("http://a.example:9000")).build().putObject(b -> b.bucket("x"), body);',
      ['3 -> a.example:9000 s3'],
    ],
    [
      'SQS, SNS, DynamoDB, Kinesis, Lambda',
      [
        'software.amazon.awssdk.services.sqs.*',
        'software.amazon.awssdk.services.sqs.model.SendMessageRequest',
        'com.amazonaws.services.sns.AmazonSNSClientBuilder',
        'software.amazon.awssdk.services.dynamodb.DynamoDbClient',
        'software.amazon.awssdk.services.dynamodb.model.PutItemRequest',
        'com.amazonaws.services.kinesis.AmazonKinesisClientBuilder',
        'com.amazonaws.services.lambda.AWSLambdaClientBuilder',
      ],
      'SqsClient.create().sendMessage(SendMessageRequest.builder().queueUrl("https://sqs.eu-north-1.amazonaws.com/1/orders").build());\nAmazonSNSClientBuilder.defaultClient().publish("arn:aws:sns:eu:1:orders", "x");\nDynamoDbClient.create().putItem(PutItemRequest.builder().tableName("orders").build());\nAmazonKinesisClientBuilder.defaultClient().putRecord("stream1", data, "k");\nAWSLambdaClientBuilder.defaultClient().invoke(request);',
      [
        '3 -> sqs.eu-north-1.amazonaws.com sqs',
        '4 -> sns.amazonaws.com sns [arn:aws:sns:eu:1:orders]',
        '5 -> dynamodb.amazonaws.com https [orders]',
        '6 -> kinesis.amazonaws.com https [stream1]',
        '7 <> lambda.amazonaws.com https',
      ],
    ],
    [
      'Azure',
      [
        'com.azure.storage.blob.*',
        'com.azure.messaging.servicebus.*',
        'com.azure.cosmos.CosmosClientBuilder',
      ],
      'new BlobServiceClientBuilder().endpoint("https://a.blob.core.windows.net").buildClient().getBlobContainerClient("c").getBlobClient("b").upload(data);\nnew ServiceBusClientBuilder().fullyQualifiedNamespace("b.servicebus.windows.net").sender().queueName("q").buildClient().sendMessage(m);\nnew CosmosClientBuilder().endpoint("https://c.documents.azure.com").buildClient().getDatabase("x").getContainer("y").createItem(z);',
      [
        '3 -> a.blob.core.windows.net https',
        '4 -> b.servicebus.windows.net amqps',
        '5 -> c.documents.azure.com https',
      ],
    ],
    [
      'Google Cloud',
      [
        'com.google.cloud.storage.*',
        'com.google.cloud.pubsub.v1.Publisher',
        'com.google.cloud.bigquery.BigQueryOptions',
      ],
      'StorageOptions.getDefaultInstance().getService().create(info, data);\nPublisher.newBuilder("orders").build();\nBigQueryOptions.getDefaultInstance().getService().query(config);',
      [
        '3 -> storage.googleapis.com gs',
        '4 -> pubsub.googleapis.com https [orders]',
        '5 <- bigquery.googleapis.com https',
      ],
    ],
    [
      'mail and messages as a service',
      ['com.sendgrid.SendGrid', 'com.twilio.Twilio', 'com.stripe.Stripe'],
      'new SendGrid(key).api(request);\nTwilio.init(sid, key);\nStripe.apiKey = key;',
      ['3 -> api.sendgrid.com https', '4 -> api.twilio.com https', '1 <> api.stripe.com https'],
    ],
  ])('%s', async (_, imports, code, expected) => {
    expect((await drawJava(imports, code)).sort()).toEqual(expected.sort());
  });

  test('queues that are listened to and written by templates', async () => {
    const imports = [
      'io.awspring.cloud.sqs.annotation.SqsListener',
      'io.awspring.cloud.sqs.operations.SqsTemplate',
    ];
    const code =
      'class X { SqsTemplate sqs;\n@SqsListener("orders") void a(String s) {}\nvoid b() { sqs.send("stock", x); } }';
    expect((await drawJavaTypes(imports, code)).sort()).toEqual([
      '3 <- sqs.amazonaws.com sqs [orders]',
      '4 -> sqs.amazonaws.com sqs [stock]',
    ]);
  });
});

describe('files, mail, directories and machines', () => {
  test.each<[string, string[], string, string[]]>([
    [
      'SFTP',
      ['com.jcraft.jsch.*', 'net.schmizz.sshj.SSHClient'],
      'ChannelSftp c = (ChannelSftp) new JSch().getSession("u", "a.example", 22).openChannel("sftp");\nc.put("a.csv", "/in/a.csv");\nc.get("/out/b.csv", "b.csv");\nSSHClient s = new SSHClient();\ns.connect("b.example");\ns.newSFTPClient().put("a.csv", "/in/a.csv");',
      [
        '4 -> a.example sftp [/in/a.csv]',
        '5 <- a.example sftp [/out/b.csv]',
        '8 -> b.example sftp [/in/a.csv]',
      ],
    ],
    [
      'FTP',
      ['org.apache.commons.net.ftp.FTPClient'],
      'FTPClient f = new FTPClient();\nf.connect("a.example", 21);\nf.storeFile("in/a.csv", in);\nf.retrieveFile("out/b.csv", out);',
      ['5 -> a.example ftp [in/a.csv]', '6 <- a.example ftp [out/b.csv]'],
    ],
    [
      'SMB',
      ['jcifs.smb.SmbFile', 'com.hierynomus.smbj.SMBClient'],
      'new SmbFile("smb://a.example/share/x.csv");\nnew SMBClient().connect("b.example").authenticate(x).connectShare("share");',
      ['3 ?? a.example smb', '4 ?? b.example smb [share]'],
    ],
    [
      'mail',
      [
        'javax.mail.Session',
        'java.util.Properties',
        'org.apache.commons.mail.SimpleEmail',
        'org.springframework.mail.javamail.JavaMailSenderImpl',
      ],
      'Properties p = new Properties();\np.setProperty("mail.smtp.host", "a.example");\nSession s = Session.getInstance(p);\nSimpleEmail e = new SimpleEmail();\ne.setHostName("b.example");\ne.send();\nJavaMailSenderImpl m = new JavaMailSenderImpl();\nm.setHost("c.example");\nm.send(message);',
      ['5 -> a.example smtp', '8 -> b.example smtp', '11 -> c.example smtp'],
    ],
    [
      'directories',
      [
        'javax.naming.Context',
        'javax.naming.directory.InitialDirContext',
        'java.util.Hashtable',
        'org.springframework.ldap.core.LdapTemplate',
        'org.springframework.ldap.core.support.LdapContextSource',
      ],
      'Hashtable<String, String> env = new Hashtable<>();\nenv.put(Context.PROVIDER_URL, "ldap://a.example:389");\nnew InitialDirContext(env).search("ou=x", "f", c);\nLdapContextSource s = new LdapContextSource();\ns.setUrl("ldap://b.example");\nnew LdapTemplate(s).search(q, m);',
      ['5 <- a.example:389 ldap', '8 <- b.example ldap'],
    ],
    [
      'sockets, HL7, OPC UA, Modbus',
      [
        'java.net.Socket',
        'ca.uhn.hl7v2.DefaultHapiContext',
        'org.eclipse.milo.opcua.sdk.client.OpcUaClient',
        'com.ghgande.j2mod.modbus.facade.ModbusTCPMaster',
      ],
      'Socket s = new Socket("a.example", 9100);\ns.getOutputStream().write(x);\nnew DefaultHapiContext().newClient("b.example", 2575, false);\nOpcUaClient.create("opc.tcp://c.example:4840");\nnew ModbusTCPMaster("d.example").readCoils(1, 2);',
      [
        '4 -> a.example tcp',
        '5 -> b.example mllp',
        '6 <> c.example:4840 opc-ua',
        '7 <- d.example modbus',
      ],
    ],
    [
      'ZooKeeper',
      ['org.apache.curator.framework.CuratorFrameworkFactory'],
      'CuratorFrameworkFactory.newClient("a.example:2181", policy);',
      ['3 <> a.example:2181 zookeeper'],
    ],
  ])('%s', async (_, imports, code, expected) => {
    expect((await drawJava(imports, code)).sort()).toEqual(expected.sort());
  });
});

describe('routes of Apache Camel', () => {
  const route = (code: string): Promise<string[]> =>
    drawJavaTypes(
      ['org.apache.camel.builder.RouteBuilder'],
      `class R extends RouteBuilder { static final String IN = "kafka:in?brokers=k.example:9092"; public void configure() {\n${code}\n} }`,
    );
  test.each<[string, string, string[]]>([
    [
      'each endpoint on its own line',
      'from(IN)\n.to("https://erp.example/api?bridgeEndpoint=true", "log:x")\n.to("sftp://u@files.example:22/in/dir?password=x");',
      [
        '3 <- k.example:9092 kafka [in]',
        '4 ?? erp.example https',
        '5 -> files.example:22 sftp [in/dir]',
      ],
    ],
    [
      'addresses with schemes of their own',
      'from("timer:x").to("https4://a.example/x").to("netty4:tcp://b.example:9000").to("cxf://http://c.example/ws").to("cxf:bean:x");',
      ['3 ?? a.example https', '3 -> b.example:9000 tcp', '3 -> c.example soap', '3 unresolved'],
    ],
    [
      'brokers and stores',
      'from("rabbitmq://a.example:5672/orders").to("paho:temp?brokerUrl=tcp://b.example:1883").to("aws2-s3://bucket1").to("smtp://c.example");',
      [
        '3 <- a.example:5672 amqp [orders]',
        '3 -> b.example:1883 mqtt [temp]',
        '3 -> s3.amazonaws.com s3 [bucket1]',
        '3 -> c.example smtp',
      ],
    ],
    [
      'a route that asks on its way',
      'from("direct:a").enrich("https://a.example/x", merge).enrich("cxf://http://b.example/ws").pollEnrich("sftp://c.example/in");',
      ['3 <- a.example https', '3 <- b.example soap', '3 <- c.example sftp [in]'],
    ],
    [
      'endpoints within the process, and servers',
      'from("direct:a").to("seda:b").to("file:out").toD("bean:x");\nfrom("netty-http:http://0.0.0.0:8080/x").log("http://a.example").pollEnrich("https://a.example");',
      [],
    ],
  ])('%s', async (_, code, expected) => {
    expect(await route(code)).toEqual(expected);
  });

  test('outside Camel such methods are nothing', async () => {
    expect(
      await drawJava([], 'from("kafka:in?brokers=k.example:9092").to("https://erp.example");'),
    ).toEqual([]);
  });
});
