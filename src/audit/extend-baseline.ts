import type { Judged } from '../audit.ts';
import { type BaselineEntry, type Finding, listJudgements } from '../finding.ts';
import { sortBy } from '../order.ts';

/** What a new loan says. Dates are `YYYY-MM-DD`. */
export interface Loan {
  readonly owner: string;
  readonly reason: string;
  readonly acceptedOn: string;
  readonly expires: string;
}

export interface ExtendOptions {
  /** Undefined where nothing is to be accepted. */
  readonly loan: Loan | undefined;
  /** Only these rules and subjects; none: errors and warnings of all. */
  readonly rules: readonly string[];
  readonly subjects: readonly string[];
  /** Whether entries that no finding has are taken out. */
  readonly prune: boolean;
  /** Whether loans that are over are given again. */
  readonly renew: boolean;
}

/** An entry as it is written; its place in the file comes of itself. */
export type NewEntry = Omit<BaselineEntry, 'origin' | 'isForeign'>;

/** A baseline to be, and how it differs from the one that is. */
export interface ExtendedBaseline {
  readonly entries: readonly NewEntry[];
  readonly added: readonly NewEntry[];
  readonly renewed: readonly NewEntry[];
  readonly pruned: readonly NewEntry[];
  /** Loans that are over and were not renewed, and entries without a finding that were left. */
  readonly lapsed: readonly NewEntry[];
  readonly stale: readonly NewEntry[];
}

/** Nobody reads a whole story in a list. */
const mostCharacters = 160;

/** Rules about what accepts, which nothing accepts. */
const notAcceptable: readonly string[] = ['stale-baseline', 'inline-comment'];

/** Every judgement that can be accepted: not those on the baseline itself or on comments in code. */
export function listAcceptable({ findings }: Judged): Finding[] {
  return listJudgements(findings).filter(({ rule }) => !notAcceptable.includes(rule));
}

/**
 * Adds what is found to what is accepted already. Known entries keep their owner, reason and dates,
 * and what a registry accepts for all is not accepted twice.
 */
export function extendBaseline(
  audit: Judged,
  known: readonly BaselineEntry[],
  { loan, rules, subjects, prune, renew }: ExtendOptions,
): ExtendedBaseline {
  const names = new Set(known.map(({ fingerprint }) => fingerprint));
  const isMeant = ({ rule, subject, severity }: Omit<Finding, 'evidence'>): boolean =>
    (rules.length === 0 ? severity !== 'info' : rules.includes(rule)) &&
    (subjects.length === 0 || subjects.includes(subject));
  const meant = listAcceptable(audit).filter(isMeant);
  const stale = findStale(audit);
  const overdue = new Map(
    meant.filter(({ lapsed }) => lapsed).map((finding) => [finding.fingerprint, finding]),
  );
  const added = loan
    ? meant
        .filter(({ fingerprint, accepted }) => !accepted && !names.has(fingerprint))
        .map((finding) => toEntry(finding, loan))
    : [];
  const kept = known
    .filter(({ fingerprint }) => !(prune && stale.has(fingerprint)))
    .map(({ origin: _, isForeign: __, ...entry }): NewEntry => {
      const finding = overdue.get(entry.fingerprint);
      return loan && renew && finding ? toEntry(finding, loan) : entry;
    });
  const isOver = ({ expires, fingerprint }: NewEntry): boolean =>
    expires < audit.today || (overdue.has(fingerprint) && !(loan && renew));
  return {
    entries: sortBy(
      [...kept, ...added],
      ({ rule }) => rule,
      ({ subject }) => subject,
      ({ fingerprint }) => fingerprint,
    ),
    added,
    renewed: loan && renew ? kept.filter(({ fingerprint }) => overdue.has(fingerprint)) : [],
    pruned: prune ? known.filter(({ fingerprint }) => stale.has(fingerprint)) : [],
    lapsed: kept.filter((entry) => isOver(entry) && !stale.has(entry.fingerprint)),
    stale: kept.filter(({ fingerprint }) => stale.has(fingerprint)),
  };
}

/** The entries that the check found to be stale, by their fingerprints. */
function findStale({ findings }: Judged): Set<string> {
  return new Set(
    findings.filter(({ rule }) => rule === 'stale-baseline').flatMap(({ related }) => related),
  );
}

function toEntry({ fingerprint, rule, subject, message, figure }: Finding, loan: Loan): NewEntry {
  const short =
    message.length > mostCharacters
      ? `${[...message].slice(0, mostCharacters).join('')}…`
      : message;
  return {
    fingerprint,
    rule,
    subject,
    message: short,
    ...loan,
    ...(figure === undefined ? {} : { figure }),
  };
}
