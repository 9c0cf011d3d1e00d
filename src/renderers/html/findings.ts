import type { Finding } from '../../finding.ts';
import { tellAcceptance } from '../acceptance.ts';
import { formatCount, formatOwner, plural } from '../wording.ts';
import type { Context } from './context.ts';
import { formatOrigin } from './links.ts';
import { toSet } from './upset.ts';

/** Findings of one severity. */
export interface FindingGroup {
  readonly severity: string;
  readonly label: string;
  readonly count: string;
  readonly findings: readonly FindingRow[];
  /** How many of them are printed. */
  readonly printed: number;
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
  readonly subjectId: string;
  /** Whose system or link it is; empty where nobody's, or about something else. */
  readonly team: string;
  /** The system it is about, of a link the one that sends. */
  readonly system: string;
  /** The witnesses of the link it is about; empty if it is about no link. */
  readonly set: string;
  readonly figure: string;
  /** Its own rule, then those of other judgements on the same link, with blanks between. */
  readonly rules: string;
  readonly places: readonly string[];
  /** Who accepts it, or did; empty where nobody does. */
  readonly loan: string;
  /** What other rules say of the same new link. */
  readonly also: readonly Pick<Finding, 'rule' | 'message' | 'fingerprint'>[];
}

export interface FindingsView {
  readonly title: string;
  readonly groups: readonly FindingGroup[];
}

const groupLabels = [
  ['error', 'Errors', 12],
  ['warn', 'Warnings', 8],
  ['info', 'Notes', 4],
  ['accepted', 'Accepted for now', 4],
] as const;

/** Of one severity; nobody reads more on one page. */
const mostFindings = 500;

/** Groups findings by severity, those that are accepted for now behind the others. */
export function listFindings(context: Context): FindingsView {
  const { findings } = context.audit;
  const systems = new Map(context.audit.systems.map((system) => [system.id, system]));
  const links = new Map(context.audit.links.map((link) => [link.key, link]));
  const toRow = (finding: Finding): FindingRow => {
    const { subject } = finding;
    const link = links.get(subject);
    const system = systems.get(link?.from ?? subject);
    const named = link ? context.toLink(subject) : system && context.toSystem(subject);
    return {
      rule: finding.rule,
      message: finding.message,
      remedy: finding.remedy,
      fingerprint: finding.fingerprint,
      href: named?.href ?? '',
      subjectId: subject,
      team: formatOwner((link ?? system)?.owner),
      system: system ? context.nameOf(system.id) : '',
      set: link ? toSet(link) : '',
      figure: finding.figure === undefined ? '' : String(finding.figure),
      rules: [finding, ...(finding.also ?? [])].map(({ rule }) => rule).join(' '),
      places: [...new Set(finding.evidence.map(formatOrigin))],
      loan: capitalise(tellAcceptance(finding, context.audit.today) ?? ''),
      also: (finding.also ?? []).map(({ rule, message, fingerprint }) => ({
        rule,
        message,
        fingerprint,
      })),
    };
  };
  const groups = groupLabels
    .map(([severity, label, printed]) => ({
      severity,
      label,
      printed,
      of: findings.filter(
        (finding) => (finding.accepted ? 'accepted' : finding.severity) === severity,
      ),
    }))
    .filter(({ of }) => of.length > 0)
    .map(({ severity, label, printed, of }) => ({
      severity,
      label,
      printed,
      count: formatCount(of.length),
      findings: of.slice(0, mostFindings).map(toRow),
      more:
        of.length > mostFindings
          ? `And ${formatCount(of.length - mostFindings)} more: landscape check, or audit.json.`
          : '',
    }));
  return { title: writeTitle(findings), groups };
}

function writeTitle(findings: readonly Finding[]): string {
  const open = findings.filter(({ accepted }) => !accepted);
  const errors = open.filter(({ severity }) => severity === 'error').length;
  const accepted = findings.length - open.length;
  const beside = accepted > 0 ? `, ${formatCount(accepted)} accepted for now` : '';
  if (findings.length === 0) return 'No rule found anything';
  return errors === 0
    ? `${plural(open.length, 'finding')}, none an error${beside}`
    : `${plural(errors, 'error')} among ${plural(open.length, 'finding')}${beside}`;
}

function capitalise(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
