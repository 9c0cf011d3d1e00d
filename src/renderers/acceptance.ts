import { countDaysBetween, type Finding } from '../finding.ts';
import { plural } from './wording.ts';

/** Who accepts a finding, for how long already and until when, in words; undefined where nobody does. */
export function tellAcceptance(
  { accepted, lapsed, figure: now }: Pick<Finding, 'accepted' | 'lapsed' | 'figure'>,
  today: string,
): string | undefined {
  const loan = accepted ?? lapsed;
  if (!loan) return undefined;
  const { owner, reason, acceptedOn, expires, isComment, figure } = loan;
  const by = `${isComment ? ' by a comment' : ''}${owner === undefined ? '' : ` ${isComment ? 'of' : 'by'} ${owner}`}`;
  const since = acceptedOn === undefined ? '' : ` ${tellSince(acceptedOn, today)}`;
  if (lapsed && expires >= today)
    return `was accepted${by} until ${expires} ${figure === undefined ? 'without a figure' : `at ${figure}`}, and is ${now}: ${reason}`;
  return accepted
    ? `accepted${since}${by} until ${expires}: ${reason}`
    : `was accepted${by} until ${expires}, which is over: ${reason}`;
}

function tellSince(acceptedOn: string, today: string): string {
  const days = countDaysBetween(acceptedOn, today);
  if (days < 0) return `from ${acceptedOn} on`;
  return days === 0 ? 'today' : `${plural(days, 'day')} ago`;
}
