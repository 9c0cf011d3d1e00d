// Publishes what the checkout wrote to the outbox table. An order and its event are committed together,
// so an event can come late or twice, but never without its order.
import { Kafka } from 'kafkajs';
import pg from 'pg';

interface OutboxRow {
  readonly id: string;
  readonly order_id: string;
  readonly payload: {
    readonly orderId: string;
    readonly customerId: string;
    readonly items: readonly { readonly productId: string; readonly quantity: number }[];
    readonly timestamp: string;
  };
}

const database = new pg.Pool({
  host: process.env.SHOP_DB_HOST ?? 'shopdb.fjellbekk.example',
  database: 'shop',
  user: 'outbox',
  max: 2,
});
const kafka = new Kafka({
  clientId: 'shop-outbox',
  brokers: [process.env.KAFKA_BROKER ?? 'kafka.fjellbekk.example:9092'],
});
const producer = kafka.producer({ idempotent: true });

async function publishBatch(): Promise<number> {
  const client = await database.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query<OutboxRow>(
      'SELECT id, order_id, payload FROM outbox WHERE published_at IS NULL ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED',
    );
    if (rows.length > 0) {
      const messages = rows.map((row) => ({ key: row.order_id, value: JSON.stringify(row.payload) }));
      await producer.send({ topic: 'OrderCreated', acks: -1, messages });
      await client.query('UPDATE outbox SET published_at = now() WHERE id = ANY($1)', [rows.map((row) => row.id)]);
    }
    await client.query('COMMIT');
    return rows.length;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

await producer.connect();
for (;;) {
  const published = await publishBatch().catch((error: unknown) => {
    console.error('outbox', error);
    return 0;
  });
  if (published === 0) await new Promise((resume) => setTimeout(resume, 1000));
}
