import { z } from 'zod';
import { didYouMean } from '../errors.ts';
import type { CommentEvidence, ConnectionEvidence } from '../evidence.ts';
import { mostDays } from '../finding/longest-loan.ts';
import { saysSomething } from '../finding/says-something.ts';
import { countDaysBetween } from '../finding.ts';

/** Why a comment holds for nothing: what it says, its dates, and a row that nobody knows. */
export function listFaults(
  comment: CommentEvidence,
  rows: ReadonlyMap<string, ConnectionEvidence>,
  today: string,
): readonly string[] {
  const { link, accepts, reason } = comment;
  return [
    ...comment.faults,
    ...(link === undefined || rows.has(link)
      ? []
      : [`No row of the registry has the id "${link}".${didYouMean(link, [...rows.keys()])}`]),
    ...(accepts && !saysSomething(reason ?? '')
      ? ['It accepts and does not say why: add reason=<why>.']
      : []),
    ...listDateFaults(comment, today),
  ];
}

function listDateFaults({ accepts, expires, since }: CommentEvidence, today: string): string[] {
  const unreadable = [
    ...(expires === undefined || isDay(expires) ? [] : ([['expires', expires]] as const)),
    ...(since === undefined || isDay(since) ? [] : ([['since', since]] as const)),
  ].map(([key, text]) => `${key}=${text} is no date; write it as 2027-01-31.`);
  if (unreadable.length > 0) return unreadable;
  if (expires === undefined)
    return accepts ? ['It accepts without an end: add expires=<YYYY-MM-DD>, within a year.'] : [];
  if (today === '') return [];
  if (since !== undefined && since > today) return [`since=${since} is after today, ${today}.`];
  if (expires < today) return [`It was to hold until ${expires}, which is over.`];
  const days = countDaysBetween(since ?? today, expires);
  return accepts && days > mostDays
    ? [
        `It accepts for ${days} days; a loan lasts ${mostDays} days at most, and can then be renewed.`,
      ]
    : [];
}

function isDay(text: string): boolean {
  return z.iso.date().safeParse(text).success;
}
