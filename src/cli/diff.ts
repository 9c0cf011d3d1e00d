import path from 'node:path';
import { compareAudits } from '../audit/compare-audits.ts';
import { loadAudit } from '../audit/load-audit.ts';
import { nodeFiles } from '../files.ts';
import { renderDiff } from '../renderers/diff.ts';
import { drawChange } from '../renderers/mermaid/change.ts';
import { terminalOf } from './terminal-of.ts';

export interface DiffOptions {
  readonly json?: boolean;
  readonly mermaid?: boolean;
  readonly quiet?: boolean;
  readonly color: boolean;
}

/** `landscape diff`: prints what changed from one audit to another, and why the figures did. */
export async function runDiff(base: string, head: string, options: DiffOptions): Promise<void> {
  const [before, after] = await Promise.all(
    [base, head].map((file) => loadAudit(nodeFiles(path.dirname(file)), path.basename(file), file)),
  );
  if (!before || !after || options.quiet) return;
  const comparison = compareAudits(before, after);
  process.stdout.write(
    options.json
      ? `${JSON.stringify(comparison, null, 2)}\n`
      : options.mermaid
        ? drawChange(comparison, before, after)
        : renderDiff(comparison, after, terminalOf(options)),
  );
}
