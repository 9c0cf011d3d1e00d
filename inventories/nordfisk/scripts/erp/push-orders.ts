// Sends released orders from the ERP's outbox to the warehouse, oldest first.
// The ERP writes one JSON file for each order; a file that was taken moves to `sent`.
import { readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

const gateway = process.env.GATEWAY_URL ?? 'https://api.nordfisk.example';
const outbox = process.env.OUTBOX ?? '/srv/erp/outbox/orders';
const sent = process.env.SENT ?? '/srv/erp/outbox/sent';

interface Order {
  orderId: string;
  customerId: string;
  items: { productId: string; quantity: number }[];
}

async function pushOrder(order: Order): Promise<void> {
  const response = await fetch(`${gateway}/warehouse/orders`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${process.env.GATEWAY_TOKEN}`,
      // The warehouse drops a second order with the same key, so a repeat does no harm.
      'Idempotency-Key': order.orderId,
    },
    body: JSON.stringify(order),
    signal: AbortSignal.timeout(15_000),
  });
  if (!response.ok) throw new Error(`order ${order.orderId}: warehouse answered ${response.status}`);
}

async function pushWithRetry(order: Order, attempts = 3): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await pushOrder(order);
    } catch (error) {
      if (attempt === attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, attempt * 2_000));
    }
  }
}

const files = (await readdir(outbox)).filter((name) => name.endsWith('.json')).sort();
let failed = 0;
for (const name of files) {
  try {
    await pushWithRetry(JSON.parse(await readFile(join(outbox, name), 'utf8')));
    await rename(join(outbox, name), join(sent, name));
  } catch (error) {
    failed++;
    console.error(error instanceof Error ? error.message : error);
  }
}
console.log(`${new Date().toISOString()} ${files.length - failed} orders sent, ${failed} left`);
process.exitCode = failed > 0 ? 1 : 0;
