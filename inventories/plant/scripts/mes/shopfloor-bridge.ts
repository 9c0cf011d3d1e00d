// Runs as a service beside the MES: readings from the line, orders from sales, pallets to the warehouse.
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import mqtt from 'mqtt';

const api = process.env.API_BASE ?? 'https://api.haldenpump.example';
const brokerUrl = process.env.MQTT_URL ?? 'mqtt://mqtt.haldenpump.example:1883';
const warehouseNorth = process.env.WMS_NORTH_URL ?? 'https://wms-north.haldenpump.example';
const spool = process.env.MES_SPOOL ?? '/var/spool/mes';

interface Pallet {
  readonly id: string;
  readonly item: string;
  readonly quantity: number;
}

const client = mqtt.connect(brokerUrl, { clientId: 'mes-shopfloor', clean: false });

client.on('connect', () => {
  // Quality of service 1: a reading may come twice, but a missing one stops the line.
  client.subscribe('plant/line1/readings', { qos: 1 });
});

client.on('message', (topic, payload) => {
  void appendFile(`${spool}/readings.jsonl`, `${JSON.stringify({ topic, reading: JSON.parse(payload.toString()) })}\n`);
});

/** Sales promises dates that the ERP only plans overnight, so the planners want the orders at once. */
async function pullCustomerOrders(): Promise<void> {
  const response = await fetch(`${api}/crm/orders?status=released`, { signal: AbortSignal.timeout(20_000) });
  if (!response.ok) throw new Error(`orders: ${response.status}`);
  await writeFile(`${spool}/customer-orders.json`, await response.text());
}

/** Straight to the warehouse: "only until the gateway has a route for it" (March 2022). */
async function announceFinishedGoods(): Promise<void> {
  const pallets: Pallet[] = JSON.parse(await readFile(`${spool}/finished.json`, 'utf8'));
  for (const pallet of pallets) {
    await fetch(`${warehouseNorth}/api/finished-goods`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(pallet),
    });
  }
  await writeFile(`${spool}/finished.json`, '[]');
}

setInterval(() => {
  pullCustomerOrders().catch((error: unknown) => console.error('customer orders', error));
}, 60 * 60 * 1000);

setInterval(() => {
  void announceFinishedGoods();
}, 5 * 60 * 1000);
