import { describe, expect, test } from 'vitest';
import { fileClients } from '../../src/scanners/scripts/clients/javascript-files.ts';
import { messagingClients } from '../../src/scanners/scripts/clients/javascript-messaging.ts';
import { type Case, listUnmentioned, withoutLibraries } from './javascript-cases.ts';
import { drawScript } from './scan.ts';

const draw = (text: string): Promise<string[]> => drawScript('a.ts', text);

const messages: readonly Case[] = [
  [
    "import { Kafka } from 'kafkajs';\nconst k = new Kafka({ brokers: process.env.B?.split(',') ?? ['a.example:9092'] });\nconst p = k.producer();\nawait p.sendBatch({ topicMessages: [{ topic: 'orders', messages }] });\nawait k.consumer({ groupId: 'g' }).subscribe({ topics: ['stock'] })",
    ['4 -> a.example:9092 kafka [orders]', '5 <- a.example:9092 kafka [stock]'],
  ],
  [
    "import { KafkaJS } from '@confluentinc/kafka-javascript';\nconst k = new KafkaJS.Kafka({ kafkaJS: { brokers: ['a.example:9092'] } });\nawait k.producer().send({ topic: 'orders' })",
    ['3 -> a.example:9092 kafka [orders]'],
  ],
  [
    "const Kafka = require('node-rdkafka');\nconst p = new Kafka.Producer({ 'metadata.broker.list': 'a.example:9092' });\np.produce('orders', null, m);\nconst c = new Kafka.KafkaConsumer({ 'metadata.broker.list': 'a.example:9092' }, {});\nc.subscribe(['stock'])",
    ['3 -> a.example:9092 kafka [orders]', '5 <- a.example:9092 kafka [stock]'],
  ],
  [
    "const amqp = require('amqplib/callback_api');\namqp.connect('amqp://u:pw@a.example', (e, connection) => {\n  connection.createChannel((e2, channel) => {\n    channel.publish('orders', 'k', b);\n    channel.consume('stock', f)\n  })\n})",
    ['4 -> a.example amqp [orders]', '5 <- a.example amqp [stock]'],
  ],
  [
    "import amqp from 'amqp-connection-manager';\nconst c = amqp.connect(['amqp://a.example']);\nconst w = c.createChannel({ json: true });\nawait w.sendToQueue('orders', x)",
    ['4 -> a.example amqp [orders]'],
  ],
  [
    "const rhea = require('rhea');\nconst c = rhea.connect({ host: 'a.example', port: 5672 });\nc.open_receiver('stock');\nc.open_sender({ target: { address: 'orders' } })",
    ['3 <- a.example amqp [stock]', '4 -> a.example amqp [orders]'],
  ],
  [
    "const stompit = require('stompit');\nstompit.connect({ host: 'a.example', port: 61613 }, (e, client) => {\n  client.send({ destination: '/queue/orders' });\n  client.subscribe({ destination: '/queue/stock' }, f)\n})",
    ['3 -> a.example stomp [/queue/orders]', '4 <- a.example stomp [/queue/stock]'],
  ],
  [
    "import { Client } from '@stomp/stompjs';\nconst c = new Client({ brokerURL: 'ws://a.example/ws' });\nc.publish({ destination: '/app/x' })",
    ['3 -> a.example stomp [/app/x]'],
  ],
  [
    "import mqtt from 'mqtt';\nconst c = mqtt.connect({ host: 'a.example', port: 1883 });\nc.on('connect', () => c.subscribe(['plant/1']));\nc.publish('plant/2', x)",
    ['3 <- a.example mqtt [plant/1]', '4 -> a.example mqtt [plant/2]'],
  ],
  [
    "import { connect } from 'nats';\nconst nc = await connect({ servers: 'a.example:4222' });\nnc.publish('orders', x);\nnc.subscribe('stock');\nawait nc.request('price', x)",
    [
      '3 -> a.example:4222 nats [orders]',
      '4 <- a.example:4222 nats [stock]',
      '5 <> a.example:4222 nats [price]',
    ],
  ],
  [
    "const stan = require('node-nats-streaming').connect('c', 'id', { url: 'nats://a.example' });\nstan.publish('orders', x)",
    ['2 -> a.example nats [orders]'],
  ],
  [
    "import { Push } from 'zeromq';\nconst s = new Push();\ns.connect('tcp://a.example:5555');\nawait s.send('x')",
    ['4 -> a.example:5555 zeromq'],
  ],
  [
    "import { Queue, Worker, FlowProducer } from 'bullmq';\nconst q = new Queue('mails', { connection: { host: 'a.example' } });\nawait q.add('x', {});\nnew Worker('mails', async (job) => job, { connection: { host: 'a.example' } });\nawait new FlowProducer({ connection: { host: 'a.example' } }).add({ queueName: 'flow' })",
    ['3 -> a.example redis [mails]', '4 <- a.example redis [mails]', '5 -> a.example redis [flow]'],
  ],
  [
    "const Queue = require('bull');\nconst q = new Queue('mails', 'redis://a.example');\nq.process(async (job) => job);\nq.add({})",
    ['3 <- a.example redis [mails]', '4 -> a.example redis [mails]'],
  ],
  [
    "import { BullModule } from '@nestjs/bull';\nBullModule.forRoot({ redis: { host: 'a.example', port: 6379 } })",
    ['2 ?? a.example redis'],
  ],
  [
    "import { Consumer } from 'sqs-consumer';\nConsumer.create({ queueUrl: 'https://sqs.a.example/1/orders', handleMessage }).start()",
    ['2 <- sqs.a.example sqs'],
  ],
  [
    "import { ClientsModule, ClientProxyFactory, Transport } from '@nestjs/microservices';\nClientsModule.register([\n  { name: 'A', transport: Transport.RMQ, options: { urls: ['amqp://a.example'], queue: 'q' } },\n  { name: 'B', transport: Transport.TCP, options: { host: 'b.example', port: 1 } },\n]);\nconst c = ClientProxyFactory.create({ transport: Transport.REDIS, options: { host: 'c.example' } });\nc.emit('order.made', x);\nc.send({ cmd: 'price' }, x)",
    [
      '2 ?? a.example messaging',
      '2 ?? b.example messaging',
      '7 -> c.example messaging [order.made]',
      '8 <> c.example messaging [price]',
    ],
  ],
  [
    "import { ClientProxy } from '@nestjs/microservices';\nclass A { constructor(@Inject('ORDERS') private readonly orders: ClientProxy) {}\n  a() { this.orders.emit('order.made', x) } }",
    ['3 unresolved'],
  ],
  [
    "import { NestFactory } from '@nestjs/core';\nimport { Transport } from '@nestjs/microservices';\nawait NestFactory.createMicroservice(AppModule, { transport: Transport.RMQ, options: { urls: ['amqp://a.example'], queue: 'orders' } });\nawait NestFactory.createMicroservice(AppModule, { transport: Transport.TCP, options: { host: '0.0.0.0' } })",
    ['3 <- a.example messaging [orders]'],
  ],
  [
    "import nodemailer from 'nodemailer';\nconst t = nodemailer.createTransport('smtp://u:pw@a.example:587');\nt.sendMail({ to }, done)",
    ['3 -> a.example:587 smtp'],
  ],
  [
    "import { MailerModule } from '@nestjs-modules/mailer';\nMailerModule.forRoot({ transport: { host: 'a.example' } })",
    ['2 ?? a.example smtp'],
  ],
  [
    "import { ImapFlow } from 'imapflow';\nconst c = new ImapFlow({ host: 'a.example', port: 993 });\nfor await (const m of c.fetch('1:*', { source: true })) save(m)",
    ['3 <- a.example imap'],
  ],
];

const files: readonly Case[] = [
  [
    "const Client = require('ssh2-sftp-client');\nconst sftp = new Client();\nsftp.connect({ host: 'a.example' }).then(() => sftp.list('/out')).then(() => sftp.fastPut('/tmp/a', '/in/a'))",
    ['3 <- a.example sftp [/out]', '3 -> a.example sftp [/in/a]'],
  ],
  [
    "const { Client } = require('ssh2');\nconst conn = new Client();\nconn.on('ready', () => {\n  conn.sftp((e, sftp) => {\n    sftp.fastGet('/out/b', '/tmp/b', done);\n    sftp.createWriteStream('/in/a')\n  })\n}).connect({ host: 'a.example', username: 'u' })",
    ['5 <- a.example sftp [/out/b]', '6 -> a.example sftp [/in/a]'],
  ],
  [
    "import { NodeSSH } from 'node-ssh';\nconst ssh = new NodeSSH();\nawait ssh.connect({ host: 'a.example' });\nawait ssh.putFile('/tmp/a', '/in/a');\nawait ssh.getFile('/tmp/b', '/out/b')",
    ['4 -> a.example sftp [/in/a]', '5 <- a.example sftp [/out/b]'],
  ],
  [
    "import { Client } from 'basic-ftp';\nconst c = new Client();\nawait c.access({ host: 'a.example', user: 'u', password: process.env.P });\nawait c.uploadFrom('/tmp/a', 'in/a');\nawait c.downloadTo('/tmp/b', 'out/b')",
    ['4 -> a.example ftp [in/a]', '5 <- a.example ftp [out/b]'],
  ],
  [
    "const Ftp = require('ftp');\nconst c = new Ftp();\nc.on('ready', () => { c.get('out/b', f) });\nc.connect({ host: 'a.example' })",
    ['3 <- a.example ftp [out/b]'],
  ],
  [
    "import { createClient } from 'webdav';\nconst c = createClient('https://a.example/dav', {});\nawait c.putFileContents('/in/a', x)",
    ['3 -> a.example webdav [/in/a]'],
  ],
];

describe('brokers, mail and files', () => {
  test.each([...messages, ...files])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });

  test.each([...messages, ...files])('a file of the same name is no library: %s', async (text) => {
    expect(await draw(withoutLibraries(text))).toEqual([]);
  });

  test('every client of the tables has a script here', () => {
    expect(listUnmentioned(messagingClients, messages)).toEqual([]);
    expect(listUnmentioned(fileClients, files)).toEqual([]);
  });
});

test.each([
  "import { EventEmitter } from 'node:events';\nconst e = new EventEmitter();\ne.emit('amqp://no.example', 1);\ne.publish('orders')",
  "const bus = { publish(t: string) {}, subscribe(t: string) {} };\nbus.publish('orders');\nbus.subscribe('stock')",
  "import { connect } from 'react-redux';\nconnect('nats://no.example')(Component)",
  "import { Subject } from 'rxjs';\nnew Subject().subscribe('mqtt://no.example')",
  "import fs from 'node:fs';\nfs.createReadStream('/out/b');\nfs.get('sftp://no.example/x')",
  "class Queue { add(x: unknown) {} }\nnew Queue().add({ host: 'no.example' })",
  "// amqp.connect('amqp://no.example')\nlogger.info('connected to kafka://no.example:9092')",
])('no connection: %s', async (text) => {
  expect(await draw(text)).toEqual([]);
});

test('a login in an address stays out of every fact', async () => {
  const { loadTypescriptReader } = await import(
    '../../src/scanners/scripts/languages/typescript.ts'
  );
  const { facts } = (await loadTypescriptReader())(
    "import amqp from 'amqplib';\nimport { ServiceBusClient } from '@azure/service-bus';\nconst c = await amqp.connect('amqp://svc:Geheim-77@a.example');\n(await c.createChannel()).sendToQueue('q', b);\nnew ServiceBusClient('Endpoint=sb://b.example/;SharedAccessKeyName=R;SharedAccessKey=Geheim-77=').createSender('q').sendMessages(x)",
    'a.ts',
  );
  expect(facts).toHaveLength(2);
  expect(JSON.stringify(facts)).not.toContain('Geheim');
});
