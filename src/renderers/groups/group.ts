/** What a row is about: a system or link of the audit, or a text such as the id of a script. */
export interface Subject {
  readonly kind: 'system' | 'link' | 'text';
  readonly id: string;
  /** Tells two links between the same systems apart. */
  readonly note?: string;
}

/** One line of a group: `<subject> <text> <items>`. */
export interface GroupRow {
  readonly subject: Subject;
  readonly text: string;
  readonly items: readonly Subject[];
  /** Items beyond those that are shown. */
  readonly moreItems: number;
}

/** Rows that answer one part of a question. */
export interface Group {
  readonly label: string;
  /** What to do about it, in one sentence. */
  readonly why: string;
  readonly rows: readonly GroupRow[];
  /** Rows beyond those that are shown. */
  readonly moreRows: number;
}

/** A question, its answer in one sentence, and what the answer rests on. */
export interface Answer {
  readonly question: string;
  readonly sentence: string;
  readonly groups: readonly Group[];
}

const mostRows = 20;
const mostItems = 8;

/** A row with the first of its items. */
export function toRow(subject: Subject, text: string, items: readonly Subject[] = []): GroupRow {
  const shown = items.length === mostItems + 1 ? items.length : mostItems;
  return {
    subject,
    text,
    items: items.slice(0, shown),
    moreItems: Math.max(0, items.length - shown),
  };
}

/** A group of the first of the found things, written only as far as they are shown. */
export function toGroup<T>(
  label: string,
  why: string,
  found: readonly T[],
  write: (each: T) => GroupRow,
  leftOut = 0,
): Group {
  return {
    label,
    why,
    rows: found.slice(0, mostRows).map(write),
    moreRows: Math.max(0, found.length - mostRows) + leftOut,
  };
}

/** The groups that have a row. */
export function keepFilled(groups: readonly Group[]): Group[] {
  return groups.filter(({ rows }) => rows.length > 0);
}

export const toSystem = (id: string): Subject => ({ kind: 'system', id });
export const toLink = (id: string): Subject => ({ kind: 'link', id });
export const toText = (id: string): Subject => ({ kind: 'text', id });
/** A link with the family of its protocol, for where several stand side by side. */
export const toNotedLink = (id: string): Subject => ({
  kind: 'link',
  id,
  note: id.slice(id.lastIndexOf('#') + 1),
});
