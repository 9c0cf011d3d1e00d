import { toChoice, type Value } from './calls.ts';

/** The names of a function, a block or a module, and what they hold while the program is walked. */
export interface Scope {
  readonly values: Map<string, Value>;
  readonly outer: Scope | undefined;
}

/** A scope inside another. */
export function openScope(outer?: Scope): Scope {
  return { values: new Map(), outer };
}

/** The scope that declares a name. */
export function findScope(scope: Scope, name: string): Scope | undefined {
  for (let at: Scope | undefined = scope; at; at = at.outer) if (at.values.has(name)) return at;
  return undefined;
}

/** What names hold, written so that the ways of a branch can be walked one by one and merged. */
export interface Journal {
  write(values: Map<string, Value>, name: string, value: Value): void;
  /** Walks each way from the same state; afterwards a name may hold what any of them gave it. */
  branch(ways: readonly (() => void)[], isComplete: boolean): void;
}

type Written = Map<Map<string, Value>, Map<string, Value | undefined>>;

/** Makes a journal. */
export function openJournal(): Journal {
  /** For each open way: what the names it wrote held before. */
  const open: Written[] = [];

  const write: Journal['write'] = (values, name, value) => {
    const before = open.at(-1);
    if (before) {
      const names = before.get(values) ?? new Map<string, Value | undefined>();
      before.set(values, names);
      if (!names.has(name)) names.set(name, values.get(name));
    }
    values.set(name, value);
  };

  const branch: Journal['branch'] = (ways, isComplete) => {
    const results: { before: Written; after: Written }[] = [];
    for (const walk of ways) {
      const before: Written = new Map();
      open.push(before);
      walk();
      open.pop();
      const after: Written = new Map();
      for (const [values, names] of before) {
        after.set(values, new Map([...names.keys()].map((name) => [name, values.get(name)])));
        for (const [name, value] of names) {
          if (value === undefined) values.delete(name);
          else values.set(name, value);
        }
      }
      results.push({ before, after });
    }
    const touched = new Map<Map<string, Value>, Set<string>>();
    for (const { before } of results) {
      for (const [values, names] of before) {
        const set = touched.get(values) ?? new Set();
        touched.set(values, set);
        for (const name of names.keys()) set.add(name);
      }
    }
    for (const [values, names] of touched) {
      for (const name of names) {
        const old = values.get(name);
        const options = results.map(({ after }) => after.get(values)?.get(name) ?? old);
        if (!isComplete) options.push(old);
        const given = options.filter((value) => value !== undefined);
        write(values, name, toChoice(given));
      }
    }
  };
  return { write, branch };
}
