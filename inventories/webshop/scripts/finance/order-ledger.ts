// Books every new order as expected income. The month used to be closed on an ERP extract; now it is closed on events.
import { appendFile } from 'node:fs/promises';
import { Kafka } from 'kafkajs';

interface OrderCreated {
  readonly orderId: string;
  readonly customerId: string;
  readonly items: readonly { readonly productId: string; readonly quantity: number }[];
  readonly timestamp: string;
}

const journal = process.env.JOURNAL ?? '/var/lib/finance/expected-income.jsonl';
const kafka = new Kafka({
  clientId: 'finance-ledger',
  brokers: [process.env.KAFKA_BROKER ?? 'kafka.fjellbekk.example:9092'],
  retry: { retries: 10 },
});
const consumer = kafka.consumer({ groupId: 'finance' });

await consumer.connect();
// From the beginning: an auditor may ask for the journal of any month to be built again.
await consumer.subscribe({ topic: 'OrderCreated', fromBeginning: true });
await consumer.run({
  eachMessage: async ({ message }) => {
    const order: OrderCreated = JSON.parse(message.value?.toString() ?? '{}');
    await appendFile(journal, `${JSON.stringify({ order: order.orderId, booked: order.timestamp })}\n`);
  },
});

process.on('SIGTERM', () => {
  void consumer.disconnect();
});
