import type { Answer, Group, Subject } from '../groups/group.ts';
import { formatCount } from '../wording.ts';
import type { Context } from './context.ts';

interface NamedOrText {
  readonly name: string;
  /** Empty for what has no place in the report. */
  readonly href: string;
}

/** A group as the template writes it. */
export interface GroupView {
  readonly label: string;
  readonly why: string;
  readonly rows: readonly {
    readonly subject: NamedOrText;
    readonly text: string;
    readonly items: readonly NamedOrText[];
    readonly more: string;
  }[];
  readonly more: string;
}

/** An answer as the template writes it. */
export interface AnswerView {
  /** The answer itself: titles of the report are conclusions. */
  readonly title: string;
  readonly groups: readonly GroupView[];
}

/** Gives each system and link of an answer its name and place. */
export function toAnswerView(answer: Answer, context: Context): AnswerView {
  return {
    title: answer.sentence.replace(/\.$/, ''),
    groups: answer.groups.map((group) => toGroupView(group, context)),
  };
}

/** Gives each system and link of a group its name and place. */
export function toGroupView({ label, why, rows, moreRows }: Group, context: Context): GroupView {
  const toNamed = ({ kind, id, note }: Subject): NamedOrText => {
    if (kind === 'text') return { name: id, href: '' };
    const named = kind === 'system' ? context.toSystem(id) : context.toLink(id);
    return note === undefined ? named : { ...named, name: `${named.name} (${note})` };
  };
  return {
    label,
    why,
    rows: rows.map(({ subject, text, items, moreItems }) => ({
      subject: toNamed(subject),
      text,
      items: items.map(toNamed),
      more: tellMore(moreItems),
    })),
    more: tellMore(moreRows),
  };
}

function tellMore(count: number): string {
  return count > 0 ? `and ${formatCount(count)} more` : '';
}
