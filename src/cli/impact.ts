import { auditFailedRun } from '../audit/failed-run.ts';
import { renderFailedRun } from '../renderers/failed-run.ts';
import { type CommonOptions, readLandscape, usesColor } from './landscape-options.ts';

/** `landscape impact --failed-run`: prints what one failed run does to the systems behind it. */
export async function runImpact(
  subject: string,
  folder: string,
  options: CommonOptions & { readonly failedRun: string },
): Promise<void> {
  const { audit, config } = await readLandscape(folder, options, false);
  const report = auditFailedRun(audit, config, subject, options.failedRun);
  if (options.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else if (!options.quiet)
    process.stdout.write(
      renderFailedRun(report, audit, {
        color: usesColor(options),
        width: Math.min(process.stdout.columns ?? 80, 100),
      }),
    );
}
