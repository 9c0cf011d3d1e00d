import { type Audit, type AuditOptions, audit, type Judged, judge } from '../src/audit.ts';
import { parseConfig } from '../src/config.ts';
import { memoryFiles } from '../src/files.ts';
import { sourceKinds } from '../src/scanners/index.ts';

/** Audits a landscape whose files, `landscape.yaml` among them, are given as texts. */
export async function auditFiles(
  contents: Readonly<Record<string, string | Uint8Array>>,
  options: Partial<AuditOptions> = {},
): Promise<Audit> {
  const files = memoryFiles(contents);
  const config = parseConfig(await files.text('landscape.yaml'), 'landscape.yaml', sourceKinds);
  return audit(config, files, { today: '2026-11-02', strict: false, ...options });
}

/** The same as far as rules need it, without what only an analysis measures. */
export async function judgeFiles(
  contents: Readonly<Record<string, string | Uint8Array>>,
): Promise<Judged> {
  const files = memoryFiles(contents);
  const config = parseConfig(await files.text('landscape.yaml'), 'landscape.yaml', sourceKinds);
  return judge(config, files, { today: '2026-11-02', strict: false });
}

/** An inventory of systems and links, drawn as text: `erp -> crm; crm -> wms`. */
export function drawInventory(drawing: string): Record<string, string> {
  const links = drawing
    .split(/[;\n]/)
    .map((line) => line.split('->').map((end) => end.trim()))
    .filter((ends) => ends.length === 2);
  const systems = [...new Set(links.flat())];
  return {
    'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n',
    'systems.csv': `id,name\n${systems.map((id) => `${id},${id}`).join('\n')}\n`,
    'links.csv': `id,from,to\n${links.map(([from, to], index) => `L${index},${from},${to}`).join('\n')}\n`,
  };
}
