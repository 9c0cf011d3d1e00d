import type { ClientEntry, Operation } from './client.ts';
import { each, eachOf, pulls, pushes } from './operations.ts';

const client = (
  protocol: string,
  address: readonly string[],
  calls: readonly string[],
  operations: Readonly<Record<string, Operation>>,
): ClientEntry => ({ calls, protocol, address, flow: 'none', style: 'event', operations });

const amqp: Readonly<Record<string, Operation>> = {
  basic_publish: pushes('routing_key', '1', 'exchange', '0'),
  basic_consume: pulls('queue', '0'),
  basic_get: pulls('queue', '0'),
  consume: pulls('queue'),
  publish: pushes('routing_key', '1'),
  declare_queue: { flow: 'none', resource: ['0', 'name'] },
  get_queue: { flow: 'none', resource: ['0', 'name'] },
  declare_exchange: { flow: 'none', resource: ['0', 'name'] },
  iterator: pulls(),
  get: pulls(),
  put: pushes(),
  drain_events: pulls(),
  SimpleQueue: { flow: 'none', resource: ['0'] },
  SimpleBuffer: { flow: 'none', resource: ['0'] },
};

const mqtt: Readonly<Record<string, Operation>> = {
  connect: { flow: 'none', address: ['0', 'host'], port: ['1', 'port'] },
  connect_async: { flow: 'none', address: ['0', 'host'] },
  publish: pushes('0', 'topic'),
  subscribe: pulls('0', 'topic', '0.0'),
};

const consumer: Readonly<Record<string, Operation>> = {
  subscribe: pulls('0.0', 'topics.0', '0', 'topics'),
  assign: { flow: 'none' },
};

/** Brokers and queues of Python. */
export const pythonMessaging: readonly ClientEntry[] = [
  client(
    'kafka',
    ['bootstrap_servers.0', 'bootstrap_servers'],
    ['kafka.KafkaProducer', 'aiokafka.AIOKafkaProducer', 'kafka.producer.KafkaProducer'],
    { send: pushes('0', 'topic'), send_and_wait: pushes('0', 'topic') },
  ),
  {
    calls: ['kafka.KafkaConsumer', 'aiokafka.AIOKafkaConsumer', 'kafka.consumer.KafkaConsumer'],
    protocol: 'kafka',
    flow: 'pull',
    address: ['bootstrap_servers.0', 'bootstrap_servers'],
    resource: ['0'],
    style: 'event',
  },
  client(
    'kafka',
    ['0.bootstrap.servers', '0.metadata.broker.list', 'bootstrap.servers'],
    [
      'confluent_kafka.Producer',
      'confluent_kafka.SerializingProducer',
      'confluent_kafka.avro.AvroProducer',
    ],
    { produce: pushes('0', 'topic') },
  ),
  client(
    'kafka',
    ['0.bootstrap.servers', '0.metadata.broker.list', 'bootstrap.servers'],
    [
      'confluent_kafka.Consumer',
      'confluent_kafka.DeserializingConsumer',
      'confluent_kafka.avro.AvroConsumer',
    ],
    consumer,
  ),
  {
    calls: ['faust.App'],
    protocol: 'kafka',
    flow: 'both',
    address: ['broker', 'broker.0'],
    style: 'event',
  },
  client(
    'amqp',
    ['0', 'host', 'url'],
    [
      'pika.ConnectionParameters',
      'pika.URLParameters',
      'pika.connection.ConnectionParameters',
      'pika.connection.URLParameters',
      'aio_pika.connect',
      'aio_pika.connect_robust',
      'aioamqp.connect',
      'amqp.Connection',
      'amqp.connection.Connection',
      'kombu.Connection',
      'kombu.BrokerConnection',
      'rabbitpy.Connection',
    ],
    amqp,
  ),
  {
    calls: ['celery.Celery', 'celery.app.Celery', 'dramatiq.brokers.rabbitmq.RabbitmqBroker'],
    flow: 'none',
    address: ['broker', 'url', 'broker_url'],
    style: 'event',
    protocol: 'amqp',
    operations: {
      'broker_url=': { flow: 'none', address: ['0'] },
      send_task: pushes('queue', '0', 'name'),
    },
  },
  {
    calls: ['settings().broker'],
    protocol: 'amqp',
    flow: 'both',
    address: ['0'],
    style: 'event',
  },
  client('nats', ['0', '0.0', 'servers.0', 'servers'], ['nats.connect'], {
    publish: pushes('0', 'subject'),
    request: { flow: 'both', resource: ['0', 'subject'] },
    subscribe: pulls('0', 'subject'),
    pull_subscribe: pulls('0', 'subject'),
  }),
  client('nats', [], ['nats.aio.client.Client'], {
    connect: { flow: 'none', address: ['0', '0.0', 'servers.0', 'servers'] },
    publish: pushes('0', 'subject'),
    request: { flow: 'both', resource: ['0', 'subject'] },
    subscribe: pulls('0', 'subject'),
  }),
  client(
    'stomp',
    ['0.0.0', 'host_and_ports.0.0'],
    ['stomp.Connection', 'stomp.Connection11', 'stomp.Connection12', 'stomp.StompConnection11'],
    { send: pushes('destination', '0'), subscribe: pulls('destination', '0') },
  ),
  client('mqtt', [], ['paho.mqtt.client.Client', 'gmqtt.Client'], mqtt),
  client(
    'mqtt',
    ['0', 'hostname'],
    ['aiomqtt.Client', 'asyncio_mqtt.Client', 'umqtt.simple.MQTTClient'],
    { publish: pushes('0', 'topic'), subscribe: pulls('0', 'topic') },
  ),
  {
    calls: ['paho.mqtt.publish.single'],
    protocol: 'mqtt',
    flow: 'push',
    address: ['hostname'],
    resource: ['0', 'topic'],
    style: 'event',
  },
  {
    calls: ['paho.mqtt.publish.multiple'],
    protocol: 'mqtt',
    flow: 'push',
    address: ['hostname'],
    style: 'event',
  },
  {
    calls: ['paho.mqtt.subscribe.simple', 'paho.mqtt.subscribe.callback'],
    protocol: 'mqtt',
    flow: 'pull',
    address: ['hostname'],
    resource: ['0', 'topics'],
    style: 'event',
  },
  client('ibm mq', ['2'], ['pymqi.connect'], {}),
  client('zeromq', [], ['zmq.Context', 'zmq.asyncio.Context', 'zmq.Context.instance'], {
    connect: { flow: 'none', address: ['0'] },
    ...each('push', 'send', 'send_string', 'send_json', 'send_multipart', 'send_pyobj'),
    ...each('pull', 'recv', 'recv_string', 'recv_json', 'recv_multipart', 'recv_pyobj'),
  }),
  client(
    'mllp',
    ['0', 'host'],
    ['hl7.client.MLLPClient', 'hl7apy.mllp.MLLPClient', 'mllp.MLLPClient'],
    each('push', 'send_message', 'send'),
  ),
  client('opc-ua', ['0', 'url'], ['opcua.Client', 'asyncua.Client', 'asyncua.sync.Client'], {
    ...each(
      'pull',
      'get_value',
      'read_value',
      'get_values',
      'read_values',
      'subscribe_data_change',
    ),
    ...each('push', 'set_value', 'write_value', 'set_values', 'write_values'),
    ...each('unknown', 'call_method'),
  }),
  client(
    'modbus',
    ['0', 'host'],
    [
      'pymodbus.client.ModbusTcpClient',
      'pymodbus.client.AsyncModbusTcpClient',
      'pymodbus.client.sync.ModbusTcpClient',
      'pymodbus.client.tcp.ModbusTcpClient',
      'pyModbusTCP.client.ModbusClient',
    ],
    {
      ...each('pull', 'read_holding_registers', 'read_input_registers', 'read_coils'),
      ...each('pull', 'read_discrete_inputs'),
      ...each('push', 'write_register', 'write_registers', 'write_coil', 'write_coils'),
      ...each('push', 'write_multiple_registers', 'write_single_register'),
    },
  ),
  client('s7', [], ['snap7.client.Client', 'snap7.Client'], {
    connect: { flow: 'none', address: ['0'] },
    ...each('pull', 'db_read', 'read_area'),
    ...each('push', 'db_write', 'write_area'),
  }),
  client('dicom', [], ['pynetdicom.AE'], {
    associate: { flow: 'none', address: ['0', 'addr'] },
    ...each('push', 'send_c_store'),
    ...each('pull', 'send_c_find', 'send_c_get', 'send_c_move'),
  }),
  client('snmp', ['0.0', '0'], ['pysnmp.hlapi.UdpTransportTarget', 'easysnmp.Session'], {
    ...each('pull', 'get', 'walk', 'get_bulk'),
    ...each('push', 'set'),
  }),
  {
    ...client('tcp', ['0.0'], ['socket.create_connection'], {
      ...each('push', 'sendall', 'send', 'write'),
      ...each('pull', 'recv', 'recv_into', 'makefile'),
    }),
    port: ['0.1'],
  },
  client('tcp', [], ['socket.socket'], {
    connect: { flow: 'none', address: ['0.0'], port: ['0.1'] },
    ...each('push', 'sendall', 'send'),
    ...each('pull', 'recv', 'recv_into'),
    sendto: { flow: 'push', address: ['1.0', '2.0'] },
  }),
  {
    calls: ['asyncio.open_connection', 'telnetlib.Telnet'],
    protocol: 'tcp',
    flow: 'both',
    address: ['0', 'host'],
    style: 'event',
  },
  client(
    'smtp',
    ['0', 'host', 'hostname'],
    ['smtplib.SMTP', 'smtplib.SMTP_SSL', 'aiosmtplib.SMTP', 'settings().smtp', 'yagmail.SMTP'],
    {
      connect: { flow: 'none', address: ['0', 'host'] },
      ...each('push', 'sendmail', 'send_message', 'send'),
    },
  ),
  {
    calls: ['aiosmtplib.send'],
    protocol: 'smtp',
    flow: 'push',
    address: ['hostname'],
    style: 'event',
  },
  client(
    'imap',
    ['0', 'host'],
    ['imaplib.IMAP4', 'imaplib.IMAP4_SSL', 'imapclient.IMAPClient', 'imap_tools.MailBox'],
    {
      ...eachOf('pull', [], 'fetch', 'search', 'uid', 'select_folder'),
      ...each('push', 'append'),
    },
  ),
  client(
    'pop3',
    ['0', 'host'],
    ['poplib.POP3', 'poplib.POP3_SSL'],
    each('pull', 'retr', 'list', 'top'),
  ),
];
