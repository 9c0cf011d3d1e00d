// The two jobs of the shop that talk to the world outside: products in, money captured.
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import axios from 'axios';

const api = process.env.API_BASE ?? 'https://api.fjellbekk.example';
const payments = process.env.PAYWERK_URL ?? 'https://api.paywerk.example';
const spool = '/var/spool/shop';

interface Capture {
  readonly paymentId: string;
  readonly amount: number;
  readonly currency: 'NOK' | 'EUR';
}

/** The master of a product is the ERP. A field it renames is a field that the shop stops showing. */
async function refreshProducts(since: Date): Promise<void> {
  const { data } = await axios.get(`${api}/erp/products`, {
    params: { changedSince: since.toISOString() },
    timeout: 60_000,
  });
  await writeFile(`${spool}/products.json`, JSON.stringify(data));
}

/** Money is only taken when the parcel has left, so captures wait in a folder until then. */
async function capturePayments(): Promise<void> {
  for (const name of await readdir(`${spool}/captures`)) {
    const capture: Capture = JSON.parse(await readFile(`${spool}/captures/${name}`, 'utf8'));
    const response = await fetch(`${payments}/v1/payments/${capture.paymentId}/captures`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': name,
        authorization: `Bearer ${process.env.PAYWERK_KEY}`,
      },
      body: JSON.stringify({ amount: capture.amount, currency: capture.currency }),
      signal: AbortSignal.timeout(30_000),
    });
    if (response.ok) await rename(`${spool}/captures/${name}`, `${spool}/captured/${name}`);
    else console.error(`capture ${name}: ${response.status}`);
  }
}

let lastRefresh = new Date(Date.now() - 24 * 60 * 60 * 1000);
setInterval(() => {
  const started = new Date();
  refreshProducts(lastRefresh)
    .then(() => {
      lastRefresh = started;
    })
    .catch((error: unknown) => console.error('products', error));
}, 60 * 60 * 1000);
setInterval(() => void capturePayments(), 60 * 1000);
