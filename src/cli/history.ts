import path from 'node:path';
import { type AuditHead, loadAudit, loadAuditHead } from '../audit/load-audit.ts';
import { type AuditFile, traceHistory } from '../audit/trace-history.ts';
import type { Audit } from '../audit.ts';
import { InputError } from '../errors.ts';
import { nodeFiles } from '../files.ts';
import { sortBy } from '../order.ts';
import { renderHistory } from '../renderers/history.ts';
import { writeHistory } from '../renderers/history-markdown.ts';
import { terminalOf } from './terminal-of.ts';

export interface HistoryOptions {
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly quiet?: boolean;
  readonly color: boolean;
}

/** `landscape history`: prints how the figures of one landscape went over the audits in a folder. */
export async function runHistory(folder: string, options: HistoryOptions): Promise<void> {
  const others: string[] = [];
  const files = await findAudits(folder, others);
  const history = await traceHistory(readEach(folder, files, others));
  if (history.points.length < 2) {
    const found = history.points.length === 0 ? 'no audit' : `one audit of "${history.name}" alone`;
    throw new InputError(
      [
        ...others,
        `${folder}: holds ${found}, and a history takes two; keep the audit.json of each scan here, for example as 2026-11-02.json.`,
      ].join('\n'),
    );
  }
  if (options.quiet) return;
  process.stderr.write(others.map((line) => `${line}\n`).join(''));
  process.stdout.write(
    options.json
      ? `${JSON.stringify(history, null, 2)}\n`
      : options.markdown
        ? writeHistory(history)
        : renderHistory(history, terminalOf(options)),
  );
}

/** The audits below a folder that are of the landscape of the newest, the oldest first. */
async function findAudits(folder: string, others: string[]): Promise<string[]> {
  const disk = nodeFiles(folder);
  const audits: (AuditHead & { file: string })[] = [];
  for (const file of await disk.find('**/*.json')) {
    try {
      // Whole audits are large: all but those of another hand are put in order by how they begin.
      const head = await loadAuditHead(disk, file);
      const { name, asOf, today } = head ?? (await loadAudit(disk, file, path.join(folder, file)));
      audits.push({ file, name, asOf, today });
    } catch (error) {
      leaveOut(error, others);
    }
  }
  const ordered = sortBy(
    audits,
    ({ asOf }) => asOf,
    ({ today }) => today,
    ({ file }) => file,
  );
  const newest = ordered.at(-1)?.name;
  for (const { file, name } of ordered)
    if (name !== newest)
      others.push(
        `Left out: ${path.join(folder, file)}: is an audit of "${name}", and the newest is of "${newest}".`,
      );
  return ordered.filter(({ name }) => name === newest).map(({ file }) => file);
}

async function* readEach(
  folder: string,
  files: readonly string[],
  others: string[],
): AsyncIterable<AuditFile> {
  const disk = nodeFiles(folder);
  for (const file of files) {
    let audit: Audit;
    try {
      audit = await loadAudit(disk, file, path.join(folder, file));
    } catch (error) {
      leaveOut(error, others);
      continue;
    }
    yield { file, audit };
  }
}

function leaveOut(error: unknown, others: string[]): void {
  if (!(error instanceof InputError)) throw error;
  others.push(`Left out: ${error.message}`);
}
