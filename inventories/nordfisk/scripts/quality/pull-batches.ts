// Takes the batches of a day straight from the production database, for the sample plan.
// The agreed interface sends a batch only when it is closed; the lab needs it while it is warm.
// Usage: tsx pull-batches.ts 2026-10-30
import { writeFile } from 'node:fs/promises';
import { Client } from 'pg';

const day = process.argv[2] ?? new Date().toISOString().slice(0, 10);

const client = new Client({
  host: process.env.MES_DB_HOST ?? 'mes-db.nordfisk.example',
  port: 5432,
  database: 'mes',
  user: 'qms_read',
  password: process.env.MES_DB_PASSWORD,
});

await client.connect();
try {
  const { rows } = await client.query(
    `SELECT batch_no, product_no, line_no, started_at, raw_kilos
       FROM mes.batch
      WHERE started_at::date = $1
      ORDER BY started_at`,
    [day],
  );
  // Every tenth batch of a line is sampled, and the first one always.
  const seen = new Map<string, number>();
  const samples = rows.filter((row) => {
    const count = seen.get(row.line_no) ?? 0;
    seen.set(row.line_no, count + 1);
    return count % 10 === 0;
  });
  await writeFile(`/srv/qms/import/samples-${day}.json`, JSON.stringify(samples, null, 1));
  console.log(`${rows.length} batches, ${samples.length} to sample`);
} finally {
  await client.end();
}
