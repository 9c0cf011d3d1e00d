import { renderCheck } from '../renderers/terminal.ts';
import { auditLandscape, type CommonOptions, usesColor } from './landscape-options.ts';

/** `landscape check`: prints every finding; true if none of them is an error. */
export async function runCheck(folder: string, options: CommonOptions): Promise<boolean> {
  const audit = await auditLandscape(folder, options, true);
  const isClean = !audit.findings.some(({ severity }) => severity === 'error');
  if (options.json)
    process.stdout.write(
      `${JSON.stringify({ clean: isClean, findings: audit.findings }, null, 2)}\n`,
    );
  else if (!options.quiet || !isClean) {
    process.stdout.write(
      renderCheck(audit, {
        color: usesColor(options),
        width: Math.min(process.stdout.columns ?? 80, 100),
      }),
    );
  }
  return isClean;
}
