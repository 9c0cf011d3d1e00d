import type { Finding } from '../../finding.ts';
import type { Item } from './page.ts';

/** Findings, the heaviest first, each with what to type to read about it. */
export function tellFindings(findings: readonly Finding[], most = 10): Item[] {
  const shown = findings.slice(0, most).map(
    ({ rule, severity, message, fingerprint }): Item => ({
      head: `${severity}  ${rule}  ${fingerprint.slice(0, 8)}`,
      lines: [message],
    }),
  );
  const rest = findings.length - shown.length;
  return rest > 0 ? [...shown, { head: `and ${rest} more` }] : shown;
}
