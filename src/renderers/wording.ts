import type { Implementation, Owner, ReferenceCount } from '../landscape.ts';
import type { SourceCoverage } from '../scanners/coverage.ts';

/** A whole number with commas; independent of the machine's locale. */
export function formatCount(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** A number with a fixed count of decimals. */
export function formatDecimal(value: number, decimals: number): string {
  return value.toFixed(decimals);
}

/** A share as whole per cent; never 0 % or 100 % unless it is exactly that. */
export function formatPercent(share: number): string {
  const rounded = Math.round(share * 100);
  if (rounded === 0 && share > 0) return '< 1 %';
  if (rounded === 100 && share < 1) return '> 99 %';
  return `${rounded} %`;
}

/** `1 link`, `2 links`. */
export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : many}`;
}

/** `a`, `a and b`, `a, b and 3 more`. */
export function listNames(names: readonly string[], most = 3): string {
  const shown = names.slice(0, names.length === most + 1 ? most + 1 : most);
  const rest = names.length - shown.length;
  const parts = rest > 0 ? [...shown, `${formatCount(rest)} more`] : shown;
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

/** At most this many characters, the last of them an ellipsis where something was cut. */
export function clip(text: string, most: number): string {
  const characters = [...text.slice(0, most * 2 + 2)];
  return characters.length > most
    ? `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
    : text;
}

/** The team that answers, or the empty text. */
export function formatOwner(owner: Owner | undefined): string {
  if (!owner) return '';
  return owner.team ?? owner.person ?? plural(owner.people, 'person', 'people');
}

/** `3 authors, last changed 2023-04-01`, with a name where people are shown; else the empty text. */
export function formatAuthors(authors: Implementation['authors']): string {
  if (!authors) return '';
  const by = authors.last === undefined ? '' : ` by ${authors.last}`;
  return `${plural(authors.count, 'author')}, last changed ${authors.lastOn}${by}`;
}

/** The references of all witnesses together. */
export function sumReferences(
  counts: readonly ReferenceCount[],
): Pick<ReferenceCount, 'references' | 'resolved'> {
  return {
    references: counts.reduce((total, { references }) => total + references, 0),
    resolved: counts.reduce((total, { resolved }) => total + resolved, 0),
  };
}

/** How many references lead to a system, in all and by witness: the denominator of every link. */
export function formatReferences(counts: readonly ReferenceCount[]): string {
  const { references: total, resolved } = sumReferences(counts);
  const parts = counts.map(
    (count) =>
      `${count.witness} ${formatCount(count.resolved)} of ${formatCount(count.references)}`,
  );
  const share = total === 0 ? '' : ` (${formatPercent(resolved / total)})`;
  return `${formatCount(resolved)} of ${plural(total, 'reference')} ${resolved === 1 ? 'leads' : 'lead'} to a system${share}${parts.length > 0 ? `: ${listNames(parts)}` : ''}`;
}

/** What a source left unread: files by their ending, columns of tables by their header. */
export function listUnread({ unread }: Pick<SourceCoverage, 'unread'>): string[] {
  return Object.entries(unread).map(([what, count]) =>
    what.startsWith('column ') ? what : `${plural(count, 'file')} ${what}`,
  );
}

/** What headers of tables were taken for. */
export function listHeaders({ headers = {} }: Pick<SourceCoverage, 'headers'>): string[] {
  return Object.entries(headers).map(([header, column]) => `${header} = ${column}`);
}

/** The formats of a source that were found by content, with how much of a sample fits. */
export function formatDetected({ formats }: Pick<SourceCoverage, 'formats'>): string {
  return formats
    .map(({ format, confidence }) => `${format} (${formatPercent(confidence)} of a sample)`)
    .join(', ');
}
