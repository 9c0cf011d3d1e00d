import type { Finding } from '../../finding.ts';
import { type Checked, placeFinding } from './checked.ts';
import { splitFindings, tellFinding, toSafeJson } from './words.ts';

const severities: Readonly<Record<Finding['severity'], string>> = {
  error: 'critical',
  warn: 'minor',
  info: 'info',
};

/** A Code Quality report of GitLab: what is open, known again by its fingerprint. */
export function renderGitlab(checked: Checked): string {
  return toSafeJson(
    splitFindings(checked.audit.findings).open.map((finding) => {
      const { file, line } = placeFinding(checked, finding.evidence);
      return {
        description: tellFinding(checked, finding).join(' '),
        check_name: finding.rule,
        fingerprint: finding.fingerprint,
        severity: severities[finding.severity],
        location: { path: file, lines: { begin: line } },
      };
    }),
  );
}
