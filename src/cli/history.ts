import path from 'node:path';
import { readAudit } from '../audit/read-audit.ts';
import { type AuditFile, traceHistory } from '../audit/trace-history.ts';
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
  const { files, others } = await findAudits(folder);
  if (others.length > 0 && !options.quiet)
    process.stderr.write(`${others.map((line) => `${line}\n`).join('')}`);
  const history = await traceHistory(readEach(folder, files));
  if (options.quiet) return;
  process.stdout.write(
    options.json
      ? `${JSON.stringify(history, null, 2)}\n`
      : options.markdown
        ? writeHistory(history)
        : renderHistory(history, terminalOf(options)),
  );
}

/**
 * The audits below a folder, the oldest first, and a line for each other JSON file.
 * @throws InputError where fewer than two are of the landscape of the newest
 */
async function findAudits(folder: string): Promise<{ files: string[]; others: string[] }> {
  const disk = nodeFiles(folder);
  const audits: { file: string; name: string; asOf: string; today: string }[] = [];
  const others: string[] = [];
  for (const file of await disk.find('**/*.json')) {
    try {
      const { name, asOf, today } = readAudit(await disk.text(file), path.join(folder, file));
      audits.push({ file, name, asOf, today });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      others.push(`Left out: ${error.message}`);
    }
  }
  const ordered = sortBy(
    audits,
    ({ asOf }) => asOf,
    ({ today }) => today,
    ({ file }) => file,
  );
  const name = ordered.at(-1)?.name;
  const own = ordered.filter((audit) => audit.name === name);
  if (own.length < 2) {
    const found = own.length === 0 ? 'no audit' : `one audit of "${name}" alone`;
    throw new InputError(
      [
        ...others,
        `${folder}: holds ${found}, and a history takes two; keep the audit.json of each scan here, for example as 2026-11-02.json.`,
      ].join('\n'),
    );
  }
  for (const audit of ordered)
    if (audit.name !== name)
      others.push(
        `Left out: ${path.join(folder, audit.file)}: is an audit of "${audit.name}", and the newest is of "${name}".`,
      );
  return { files: own.map(({ file }) => file), others };
}

async function* readEach(folder: string, files: readonly string[]): AsyncIterable<AuditFile> {
  const disk = nodeFiles(folder);
  for (const file of files)
    yield { file, audit: readAudit(await disk.text(file), path.join(folder, file)) };
}
