import type { Origin } from '../evidence.ts';
import { foldWriting } from '../order.ts';
import { toDigest } from './hide-people.ts';

/** A row of the people file: somebody who works here, or did. */
export interface Person {
  readonly name?: string;
  readonly mail?: string;
  readonly team?: string;
  /** The last day, `YYYY-MM-DD`; absent for who is here. */
  readonly leftOn?: string;
  readonly origin: Origin;
}

/** Looks people up by what sources call them. */
export interface People {
  readonly count: number;
  /** The teams that rows name, folded by `foldWriting`. */
  readonly teams: ReadonlySet<string>;
  /** By name, e-mail address, `Name <address>`, `Last, First`, or the digest that hides one. */
  find(text: string): Person | undefined;
}

/** Indexes people. Of two who share a name, the one who is here longer is meant. */
export function indexPeople(persons: readonly Person[]): People {
  const byName = new Map<string, Person>();
  const add = (name: string, person: Person): void => {
    const key = foldWriting(name);
    const known = byName.get(key);
    if (known === undefined || lastDay(known) < lastDay(person)) byName.set(key, person);
  };
  for (const person of persons) {
    const { name, mail } = person;
    if (name !== undefined) {
      add(name, person);
      add(toDigest(name), person);
      const [last, first] = name.split(', ');
      if (first !== undefined) add(`${first} ${last}`, person);
    }
    if (mail !== undefined) {
      add(mail, person);
      add(`${toDigest(mail)}@hidden`, person);
    }
  }
  return {
    count: persons.length,
    teams: new Set(persons.flatMap(({ team }) => (team === undefined ? [] : [foldWriting(team)]))),
    find(text) {
      for (const name of listNames(text)) {
        const found = byName.get(foldWriting(name));
        if (found) return found;
      }
      return undefined;
    },
  };
}

/** The text itself, the parts of `Name <address>`, and `Last, First` the other way round. */
function listNames(text: string): string[] {
  const [, name, mail] = /^([^<>]{0,200})<([^<>\s]{1,200})>$/.exec(text.trim()) ?? [];
  const [last, first] = text.split(', ');
  return [text, mail ?? '', name ?? '', first === undefined ? '' : `${first} ${last}`].filter(
    (each) => each.trim() !== '',
  );
}

function lastDay({ leftOn }: Person): string {
  return leftOn ?? '9999-12-31';
}
