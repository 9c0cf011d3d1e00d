import { type Audit, audit } from '../../../src/audit.ts';
import { parseConfig } from '../../../src/config.ts';
import { nodeFiles } from '../../../src/files.ts';
import { sourceKinds } from '../../../src/scanners/index.ts';

const known = new Map<string, Promise<Audit>>();

/** The audit of a sample of `inventories/`, read once for each test file. */
export function auditSample(sample: string): Promise<Audit> {
  const before = known.get(sample);
  if (before) return before;
  const found = read(sample);
  known.set(sample, found);
  return found;
}

async function read(sample: string): Promise<Audit> {
  const files = nodeFiles(`inventories/${sample}`);
  const config = parseConfig(await files.text('landscape.yaml'), 'landscape.yaml', sourceKinds);
  return audit(config, files, { today: '2026-11-02', strict: false });
}
