import type { Change } from '../audit/narrow-to-change.ts';
import { clean, wrap } from './terminal-text.ts';
import { formatCount, listNames, plural } from './wording.ts';

const mostAccepts = 10;
const mostWeakened = 10;

/** What of the gate the change takes along, in one sentence; empty where nothing. */
export function tellWeakened({ weakened }: Change): string {
  if (weakened.length === 0) return '';
  const more =
    weakened.length > mostWeakened
      ? `; and ${formatCount(weakened.length - mostWeakened)} more`
      : '';
  return `This change also weakens the gate: ${weakened.slice(0, mostWeakened).join('; ')}${more}.`;
}

/** What a check compared with, and what it left out because of that; below the list of a check. */
export function renderChange(change: Change, width: number): string {
  const { base, isFirst, known, mended, accepts, weakened, notes } = change;
  const sentences = [
    isFirst
      ? `Since ${base}: there is no such landscape in the base, so all that is found is new.`
      : `Since ${base}: ${known === 0 ? 'nothing was found before' : `${formatCount(known)} found before ${known === 1 ? 'is' : 'are'} not shown`}.`,
    ...(mended.length > 0
      ? [
          `This change mends ${plural(mended.length, 'finding')}: ${listNames(mended.map(({ rule, subject }) => `${rule} ${subject}`))}.`,
        ]
      : []),
    ...accepts.map((each) => `This change ${each}.`).slice(0, mostAccepts),
    ...(accepts.length > mostAccepts
      ? [`And ${formatCount(accepts.length - mostAccepts)} more like that: landscape check --json.`]
      : []),
    ...(weakened.length > 0 ? [tellWeakened(change)] : []),
    ...notes,
  ];
  return sentences
    .flatMap((each) => wrap(clean(each), width))
    .join('\n')
    .concat('\n');
}
