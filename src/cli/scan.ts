import path from 'node:path';
import { writeFiles } from '../files.ts';
import { renderReports } from '../renderers/index.ts';
import { renderJson } from '../renderers/json.ts';
import { renderScanSummary } from '../renderers/terminal.ts';
import { auditLandscape, type CommonOptions, usesColor } from './landscape-options.ts';

/** `landscape scan`: writes every report, prints a summary. */
export async function scan(
  folder: string,
  options: CommonOptions & { readonly output: string },
): Promise<void> {
  const audit = await auditLandscape(folder, options, false);
  const reports = await renderReports(audit);
  await writeFiles(options.output, reports);
  if (options.json) for (const piece of renderJson(audit)) process.stdout.write(piece);
  else if (!options.quiet) {
    process.stdout.write(
      renderScanSummary(audit, {
        color: usesColor(options),
        width: Math.min(process.stdout.columns ?? 80, 100),
        reports: [...reports.keys()].map((name) => path.join(options.output, name)),
        folder: folder === '.' ? '' : folder,
      }),
    );
  }
}
