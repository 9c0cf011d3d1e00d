import type { ExtendedBaseline, NewEntry } from '../audit/extend-baseline.ts';
import { groupBy, sortBy } from '../order.ts';
import { clean, wrap } from './terminal-text.ts';
import { formatCount, plural } from './wording.ts';

/** What `landscape baseline` says once it is done. */
export function renderBaseline(
  { entries, added, renewed, pruned, lapsed, stale }: ExtendedBaseline,
  {
    file,
    isWritten,
    width,
  }: { readonly file: string; readonly isWritten: boolean; readonly width: number },
): string {
  const [first] = added;
  const lines = [
    ...(first
      ? [
          `Accepted ${plural(added.length, 'finding')} until ${first.expires}, for ${clean(first.owner)}: ${tellRules(added)}`,
        ]
      : []),
    ...(renewed.length > 0 ? [`Renewed ${plural(renewed.length, 'entry', 'entries')}.`] : []),
    ...(pruned.length > 0
      ? [`Took out ${plural(pruned.length, 'entry', 'entries')} that nothing is found of any more.`]
      : []),
    ...(lapsed.length > 0
      ? [
          `${plural(lapsed.length, 'entry is', 'entries are')} over or accepted for less than there is, and count again: mend the finding, or add --renew.`,
        ]
      : []),
    ...(stale.length > 0
      ? [
          `${plural(stale.length, 'entry accepts', 'entries accept')} what is no longer found: landscape baseline --prune`,
        ]
      : []),
  ];
  return `${[
    ...(lines.length === 0
      ? ['Nothing to accept: every finding is in the baseline, or a note.']
      : lines.flatMap((line) => wrap(line, width))),
    '',
    isWritten
      ? `Wrote  ${file}, with ${plural(entries.length, 'entry', 'entries')}`
      : `${file} stays as it is, with ${plural(entries.length, 'entry', 'entries')}.`,
    ...(isWritten ? ['Next   read it, commit it, and let the pipeline run landscape check'] : []),
  ].join('\n')}\n`;
}

function tellRules(entries: readonly NewEntry[]): string {
  const groups = groupBy(entries, ({ rule }) => rule);
  return `${sortBy(groups, ([rule]) => rule)
    .map(([rule, { length }]) => `${formatCount(length)} ${rule}`)
    .join(', ')}.`;
}
