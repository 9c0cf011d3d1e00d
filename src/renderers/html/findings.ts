import type { Finding } from '../../finding.ts';
import { formatCount, plural } from '../wording.ts';
import type { Context } from './context.ts';
import { formatOrigin } from './links.ts';

/** Findings of one severity. */
export interface FindingGroup {
  readonly severity: string;
  readonly label: string;
  readonly count: string;
  readonly findings: readonly FindingRow[];
  /** How many more there are, in words. */
  readonly more: string;
}

interface FindingRow {
  readonly rule: string;
  readonly message: string;
  readonly remedy: string;
  readonly fingerprint: string;
  /** Where the subject is in the report; empty if it is no link or system. */
  readonly href: string;
  readonly subject: string;
  readonly places: readonly string[];
}

export interface FindingsView {
  readonly title: string;
  readonly groups: readonly FindingGroup[];
}

const groupLabels = [
  ['error', 'Errors'],
  ['warn', 'Warnings'],
  ['info', 'Notes'],
] as const;

/** Of one severity; nobody reads more on one page. */
const mostFindings = 500;

/** Groups findings by severity. */
export function listFindings(context: Context): FindingsView {
  const { findings } = context.audit;
  const systems = new Set(context.audit.systems.map(({ id }) => id));
  const links = new Set(context.audit.links.map(({ key }) => key));
  const toRow = (finding: Finding): FindingRow => {
    const { subject } = finding;
    const named = links.has(subject)
      ? context.toLink(subject)
      : systems.has(subject)
        ? context.toSystem(subject)
        : { name: '', href: '' };
    return {
      rule: finding.rule,
      message: finding.message,
      remedy: finding.remedy,
      fingerprint: finding.fingerprint,
      href: named.href,
      subject: named.name,
      places: [...new Set(finding.evidence.map(formatOrigin))],
    };
  };
  const groups = groupLabels
    .map(([severity, label]) => ({
      severity,
      label,
      of: findings.filter((finding) => finding.severity === severity),
    }))
    .filter(({ of }) => of.length > 0)
    .map(({ severity, label, of }) => ({
      severity,
      label,
      count: formatCount(of.length),
      findings: of.slice(0, mostFindings).map(toRow),
      more:
        of.length > mostFindings
          ? `And ${formatCount(of.length - mostFindings)} more: landscape check, or audit.json.`
          : '',
    }));
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const title =
    findings.length === 0
      ? 'No rule found anything'
      : errors === 0
        ? `${plural(findings.length, 'finding')}, none an error`
        : `${plural(errors, 'error')} among ${plural(findings.length, 'finding')}`;
  return { title, groups };
}
