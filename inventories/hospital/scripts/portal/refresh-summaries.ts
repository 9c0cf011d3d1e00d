// What a patient sees in the portal: the summary of the records, and the laboratory's own results,
// because the summary showed them a day late.
import { readFile, writeFile } from 'node:fs/promises';

const api = process.env.API_BASE ?? 'https://api.sundvik.example';
const cache = process.env.PORTAL_CACHE ?? '/var/lib/portal';

async function lastRun(): Promise<string> {
  return readFile(`${cache}/last-run`, 'utf8').catch(() => '1970-01-01T00:00:00Z');
}

async function refreshSummaries(since: string): Promise<number> {
  const response = await fetch(`${api}/records/summaries?changedSince=${encodeURIComponent(since)}`, {
    headers: { accept: 'application/fhir+json' },
    signal: AbortSignal.timeout(60_000),
  });
  if (!response.ok) throw new Error(`summaries: ${response.status}`);
  const summaries = (await response.json()) as { readonly patient: string }[];
  for (const summary of summaries) {
    await writeFile(`${cache}/summaries/${summary.patient}.json`, JSON.stringify(summary));
  }
  return summaries.length;
}

/** Added for the waiting-time campaign. No time limit: the laboratory is slow in the morning. */
async function refreshResults(since: string): Promise<void> {
  const response = await fetch(`${api}/lab/results?changedSince=${encodeURIComponent(since)}`);
  if (response.ok) await writeFile(`${cache}/results.json`, await response.text());
}

const started = new Date().toISOString();
const since = await lastRun();
console.log(`${await refreshSummaries(since)} summaries since ${since}`);
await refreshResults(since);
await writeFile(`${cache}/last-run`, started);
