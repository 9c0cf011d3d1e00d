import { formatPlace } from '../../errors.ts';
import type { Verdict } from '../../finding/verdict.ts';
import type { Finding } from '../../finding.ts';
import { tellAcceptance } from '../acceptance.ts';
import { clean } from '../terminal-text.ts';
import { clip, formatCount, plural } from '../wording.ts';
import { type Checked, toRepositoryPlace } from './checked.ts';

/** A check in one sentence. */
export function tellVerdict({
  isClean,
  errors,
  warnings,
  notes,
  failing,
  allowed,
}: Verdict): string {
  const rest = `${plural(warnings, 'warning')}, ${plural(notes, 'note')}.`;
  const limit = allowed > 0 ? ` ${formatCount(failing)} of ${formatCount(allowed)} allowed.` : '';
  return `${isClean ? 'Passed' : 'Failed'}: ${errors === 0 ? 'no error' : plural(errors, 'error')}, ${rest}${limit}`;
}

/** Of one judgement; more is in `audit.json`. */
const mostCharacters = 1_000;

/**
 * What a finding says, for readers that have no room of their own for each part: the message, what
 * else is said of the same link, where it is if the repository does not have that place, who accepts
 * it, and what to do. A line each, without control characters.
 */
export function tellFinding(checked: Pick<Checked, 'audit' | 'below'>, finding: Finding): string[] {
  const { message, remedy, also = [], evidence } = finding;
  const loan = tellAcceptance(finding, checked.audit.today);
  const [first] = evidence;
  const isElsewhere =
    first !== undefined && !evidence.some((origin) => toRepositoryPlace(checked, origin));
  return [
    message,
    ...also.map((each) => {
      const own = tellAcceptance(each, checked.audit.today);
      return `Also ${each.rule}: ${each.message}${own === undefined ? '' : ` (${own})`}`;
    }),
    ...(isElsewhere ? [`At ${formatPlace(first)}.`] : []),
    ...(loan === undefined ? [] : [finding.accepted ? `A${loan.slice(1)}.` : `It ${loan}.`]),
    `What to do: ${remedy}`,
  ].map((line) => clip(clean(line), mostCharacters));
}

/** What is open, and what is accepted for now. */
export function splitFindings(findings: readonly Finding[]): {
  readonly open: readonly Finding[];
  readonly accepted: readonly Finding[];
} {
  return {
    open: findings.filter(({ accepted }) => !accepted),
    accepted: findings.filter(({ accepted }) => accepted),
  };
}

/**
 * JSON whose texts give no orders to a pipeline that reads what it shows: `##vso[` and the like are
 * written with a code for one sign, which any reader of JSON takes back.
 */
export function toSafeJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2).replaceAll('##', '#\\u0023')}\n`;
}

/**
 * Lines of text that give no orders to a pipeline that reads what it shows: `::error::`, `##[group]`,
 * `##vso[…]` and `##teamcity[…]` from a source are shown with a blank in them.
 */
export function disarm(text: string): string {
  return text.replace(/##(?=\[|vso\[|teamcity\[)/gi, '## ').replace(/^([^\S\n]*):(?=:)/gm, '$1: ');
}
