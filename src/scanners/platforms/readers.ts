import { airbyteReader } from './airbyte.ts';
import { apigeeReader } from './apigee.ts';
import { eventBridgeReader, stepFunctionsReader } from './aws-events.ts';
import { awsGatewayReader } from './aws-gateway.ts';
import { camelReader } from './camel.ts';
import { dbtReader } from './dbt.ts';
import { kafkaAclReader, kafkaGroupReader, kafkaTopicReader } from './kafka.ts';
import { kafkaConnectReader } from './kafka-connect.ts';
import { kongReader } from './kong.ts';
import { krakendReader } from './krakend.ts';
import { mirthReader } from './mirth.ts';
import { mosquittoReader } from './mosquitto.ts';
import { mulesoftReader } from './mulesoft.ts';
import { n8nReader } from './n8n.ts';
import { nifiReader } from './nifi.ts';
import { nodeRedReader } from './node-red.ts';
import type { PlatformReader } from './platform.ts';
import { rabbitmqReader } from './rabbitmq.ts';
import { tapdataReader } from './tapdata.ts';
import { tykReader } from './tyk.ts';

/** The readers of what platforms export, in the order in which they are asked. */
export const platformReaders: readonly PlatformReader[] = [
  kafkaAclReader,
  kafkaGroupReader,
  kafkaConnectReader,
  kafkaTopicReader,
  rabbitmqReader,
  mirthReader,
  mulesoftReader,
  apigeeReader,
  nodeRedReader,
  n8nReader,
  nifiReader,
  awsGatewayReader,
  stepFunctionsReader,
  eventBridgeReader,
  tykReader,
  krakendReader,
  tapdataReader,
  airbyteReader,
  dbtReader,
  camelReader,
  kongReader,
  mosquittoReader,
];
