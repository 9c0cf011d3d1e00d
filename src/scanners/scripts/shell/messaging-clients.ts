import type { Flow } from '../facts.ts';
import { type Client, isLocal, schemeOf, type Use } from './use.ts';

const readKcat: Client = (argument) => {
  const flow: Flow = argument.has('-P') ? 'push' : argument.has('-C') ? 'pull' : 'unknown';
  return [toKafka(argument.value('-b') ?? '', flow, argument.value('-t', '-G'))];
};

function readKafkaConsole(flow: Flow): Client {
  return (argument) => [
    toKafka(
      argument.value('--bootstrap-server', '--broker-list') ?? '',
      flow,
      argument.value('--topic'),
    ),
  ];
}

function toKafka(brokers: string, flow: Flow, resource: string | undefined): Use {
  const [address = ''] = brokers.split(',');
  return { address, flow, protocol: 'kafka', style: 'event', resource };
}

function readMosquitto(flow: Flow): Client {
  return (argument, command) => [
    {
      address: argument.value('-h', '--host') ?? argument.value('-L', '--url') ?? '',
      flow,
      protocol: 'mqtt',
      style: 'event',
      resource: argument.value('-t', '--topic'),
      localFiles: [...argument.values('-f'), ...command.readsFrom, ...command.writesTo],
    },
  ];
}

/** `rabbitmqadmin -H host publish routing_key=orders`. */
const readRabbitAdmin: Client = (argument) => {
  const address = argument.value('-H', '--host') ?? '';
  const [verb = '', ...rest] = argument.operands('HPupVcNf', '--host', '--port');
  if (isLocal(address) || !/^(?:publish|get)$/.test(verb)) return [];
  const named = rest
    .map((text) => /^(?:routing_key|queue)=(.+)$/.exec(text)?.[1])
    .find((text) => text !== undefined);
  return [
    {
      address,
      flow: verb === 'publish' ? 'push' : 'pull',
      protocol: 'amqp',
      style: 'event',
      resource: named,
    },
  ];
};

/** `amqp-publish -u amqp://host -r orders`. */
function readAmqp(flow: Flow): Client {
  return (argument) => {
    const address = argument.value('-u', '--url', '-s', '--server') ?? '';
    return isLocal(address)
      ? []
      : [
          {
            address,
            flow,
            protocol: 'amqp',
            style: 'event',
            resource: argument.value('-r', '--routing-key', '-q', '--queue'),
          },
        ];
  };
}

/** `nats pub -s nats://host subject text`. */
const readNats: Client = (argument) => {
  const address = argument.value('-s', '--server') ?? '';
  const [verb = '', resource] = argument.operands('s', '--server', '--creds', '--user');
  if (isLocal(address) || !/^(?:pub|publish|sub|subscribe|request|req)$/.test(verb)) return [];
  const flow: Flow = verb.startsWith('pub') ? 'push' : verb.startsWith('sub') ? 'pull' : 'both';
  return [{ address, flow, protocol: schemeOf(address) ?? 'nats', style: 'event', resource }];
};

/** Unidata's LDM: the queue of the machine hands a product on to whoever subscribed. */
const readProductInsert: Client = (argument, command) => [
  {
    address: '',
    flow: 'push',
    protocol: 'ldm',
    style: 'event',
    localFiles: [...argument.operands('flpqs').slice(-1), ...command.readsFrom],
  },
];

/** Programs that talk to brokers and queues. */
export const messagingClients: Readonly<Record<string, Client>> = {
  kcat: readKcat,
  kafkacat: readKcat,
  'kafka-console-producer': readKafkaConsole('push'),
  'kafka-console-producer.sh': readKafkaConsole('push'),
  'kafka-console-consumer': readKafkaConsole('pull'),
  'kafka-console-consumer.sh': readKafkaConsole('pull'),
  'kafka-avro-console-producer': readKafkaConsole('push'),
  'kafka-avro-console-consumer': readKafkaConsole('pull'),
  mosquitto_pub: readMosquitto('push'),
  mosquitto_sub: readMosquitto('pull'),
  rabbitmqadmin: readRabbitAdmin,
  'amqp-publish': readAmqp('push'),
  'amqp-get': readAmqp('pull'),
  'amqp-consume': readAmqp('pull'),
  nats: readNats,
  pqinsert: readProductInsert,
};
