import path from 'node:path';
import { anonymise } from '../audit/anonymise/anonymise.ts';
import { searchForReports } from '../audit/planning.ts';
import { writeFiles } from '../files.ts';
import { renderReports, reportNames } from '../renderers/index.ts';
import { renderJson } from '../renderers/json.ts';
import { readTemplates } from '../renderers/templates/read-templates.ts';
import type { UserTemplates } from '../renderers/templates/user-templates.ts';
import { renderScanSummary } from '../renderers/terminal.ts';
import {
  auditLandscape,
  type CommonOptions,
  type OpenLandscape,
  openLandscape,
} from './landscape-options.ts';
import { terminalOf } from './terminal-of.ts';

/** What `scan` takes beside what every command takes. */
export interface ScanCommandOptions extends CommonOptions {
  readonly output: string;
  readonly anonymise?: boolean;
}

/** `landscape scan`: writes every report, prints a summary. */
export async function scan(folder: string, options: ScanCommandOptions): Promise<void> {
  const opened = await openLandscape(folder, options);
  const own = await findTemplates(opened, options);
  const found = await auditLandscape(folder, options, false, {
    planning: { search: searchForReports },
  });
  const audit = options.anonymise ? anonymise(found) : found;
  const reports = await renderReports(audit, own);
  await writeFiles(options.output, reports);
  if (options.json) for (const piece of renderJson(audit)) process.stdout.write(piece);
  else if (!options.quiet) {
    process.stdout.write(
      renderScanSummary(audit, {
        ...terminalOf(options),
        reports: [...reports.keys()].map((name) => path.join(options.output, name)),
        folder: folder === '.' ? '' : folder,
      }),
    );
  }
}

/** Templates of the landscape, read before its sources: what is wrong with them is told at once. */
async function findTemplates(
  { config, files }: OpenLandscape,
  { anonymise: isAnonymised, quiet }: ScanCommandOptions,
): Promise<UserTemplates | undefined> {
  const { templates } = config;
  if (templates === undefined) return undefined;
  if (!isAnonymised)
    return readTemplates(files, templates, config.placeOf('templates'), reportNames);
  // A header with the name of a company would undo it.
  if (!quiet)
    process.stderr.write('Templates of the landscape are left out: they may hold names.\n');
  return undefined;
}
