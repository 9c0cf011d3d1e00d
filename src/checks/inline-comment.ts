import type { Comment } from '../landscape.ts';
import type { Judgement, Rule } from './rule.ts';

/** A comment in code that ties or accepts a line does not do what it says. */
export const inlineComment: Rule = {
  name: 'inline-comment',
  defaultSeverity: 'error',
  needsWhole: false,
  check: ({ landscape: { comments = [] }, idle = [] }) => {
    const unused = new Set(idle);
    return comments.flatMap((comment) => [
      ...comment.faults.map((fault) => judge(comment, 'does not hold', fault, tellRemedy(comment))),
      ...comment.contradictions.map(({ message, origins }) => ({
        ...judge(
          comment,
          'is contradicted by its line',
          message,
          'Name the row that the line realises, or correct the row or the line.',
        ),
        evidence: [...origins.slice(0, 1), comment.origin, ...origins.slice(1)],
      })),
      ...listRemarks(comment, unused.has(comment)),
    ]);
  },
};

/** It holds, or has nothing to hold: said, but never as an error. */
function listRemarks(comment: Comment, isUnused: boolean): Judgement[] {
  if (comment.faults.length > 0) return [];
  const { link, ties, expires } = comment;
  const remarks = [
    ...(link !== undefined && ties === 0
      ? [
          [
            `It ties its line to ${link}, and no connection is found there.`,
            'Put it on the line of the connection or on the line before, or take it out.',
          ] as const,
        ]
      : []),
    ...(link !== undefined && ties > 0 && expires === undefined
      ? [
          [
            `It ties its line to ${link} without an end.`,
            'Add expires=<YYYY-MM-DD>, so that somebody looks at it again.',
          ] as const,
        ]
      : []),
    ...(isUnused
      ? [
          [
            'It accepts what is found at its line, and nothing is found there.',
            'Take it out, so that nothing comes back unseen.',
          ] as const,
        ]
      : []),
  ];
  return remarks.map(([message, remedy]) => ({
    ...judge(comment, 'needs a look', message, remedy),
    isTentative: true,
  }));
}

function judge(comment: Comment, state: string, what: string, remedy: string): Judgement {
  const subject = comment.link ?? 'accept';
  return {
    subject,
    message: `The comment "landscape: ${comment.link === undefined ? 'accept' : `link=${comment.link}`}" ${state}. ${what}`,
    remedy,
    evidence: [comment.origin],
    detail: what,
  };
}

function tellRemedy({ expires, faults }: Comment): string {
  const isOver = faults.some((fault) => fault.endsWith('which is over.'));
  return isOver && expires !== undefined
    ? 'Mend what it accepts or ties, or give it another end.'
    : 'Correct the comment, or take it out.';
}
