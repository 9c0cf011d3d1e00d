import type { Acceptance, BaselineEntry, Finding } from '../finding.ts';

/** Findings with what is accepted of them, and the entries that no finding has. */
export interface Accepted {
  readonly findings: readonly Finding[];
  readonly stale: readonly BaselineEntry[];
}

/**
 * Matches findings and entries one by one. The entries of this landscape come before those of a
 * registry, which accepts for other repositories too and so is never stale here.
 * @param today the last day of an entry is still a day on which it holds, `YYYY-MM-DD`
 * @param ran the rules that looked: what a rule that is off would find, nobody knows
 */
export function acceptFindings(
  findings: readonly Finding[],
  entries: readonly BaselineEntry[],
  { today, ran }: { readonly today: string; readonly ran: ReadonlySet<string> },
): Accepted {
  const foreign = entries.filter(({ isForeign }) => isForeign);
  const own = entries.filter(({ isForeign }) => !isForeign);
  const byName = new Map([...foreign, ...own].map((entry) => [entry.fingerprint, entry]));
  const found = new Set(findings.map(({ fingerprint }) => fingerprint));
  return {
    findings: findings.map((finding) => {
      const entry = byName.get(finding.fingerprint);
      if (!entry || finding.accepted) return finding;
      const acceptance = toAcceptance(entry);
      return entry.expires < today || hasGrown(finding, entry)
        ? { ...finding, lapsed: acceptance }
        : { ...finding, accepted: acceptance };
    }),
    stale: own.filter(({ fingerprint, rule }) => !found.has(fingerprint) && ran.has(rule)),
  };
}

/** Who accepts a number accepts no higher one; an entry that names none accepts none. */
function hasGrown({ figure }: Finding, entry: BaselineEntry): boolean {
  return figure !== undefined && (entry.figure === undefined || figure > entry.figure);
}

function toAcceptance(entry: BaselineEntry): Acceptance {
  const { owner, reason, acceptedOn, expires, figure, origin } = entry;
  return {
    owner,
    reason,
    acceptedOn,
    expires,
    ...(figure === undefined ? {} : { figure }),
    origin,
  };
}
