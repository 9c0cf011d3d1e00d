import type { Checked } from './checked.ts';
import { toSafeJson } from './words.ts';

/** The counts, and every finding. */
export function renderCheckJson({ audit, verdict, change }: Checked): string {
  const { isClean, ...counts } = verdict;
  return toSafeJson({
    clean: isClean,
    ...counts,
    accepted: audit.findings.filter((finding) => finding.accepted).length,
    ...(audit.baseline && { baseline: audit.baseline }),
    ...(change && { change }),
    findings: audit.findings,
  });
}
