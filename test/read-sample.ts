import { readFile } from 'node:fs/promises';
import type { Audit } from '../src/audit.ts';

const texts = new Map<string, Promise<string>>();

/** The audit of a sample of `inventories/`, which `test/reports.test.ts` keeps current. */
export async function readSample(sample: string): Promise<Audit> {
  const text = texts.get(sample) ?? readFile(`reports/${sample}/audit.json`, 'utf8');
  texts.set(sample, text);
  return JSON.parse(await text) as Audit;
}
