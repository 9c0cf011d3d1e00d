import type { Holes, Word } from './words.ts';

/** What the variables of a script hold while it is walked. */
export interface Variables {
  readonly arrays: Map<string, Word[]>;
  /** Unset variables that were met, with their defaults. */
  readonly holes: Holes;
  get(name: string): Word | undefined;
  set(name: string, word: Word): void;
  /** All that a variable may hold, where branches gave it different values. */
  optionsOf(name: string): readonly Word[];
  setOptions(name: string, words: readonly Word[]): void;
  /** The name in braces of a variable that only the environment knows. */
  toHole(name: string, fallback?: string): string;
  /** Walks each way from the same state; afterwards a variable may hold what any of them gave it. */
  branch(ways: readonly (() => void)[], isComplete: boolean): void;
  /** Runs once for each of the values that some variables may hold, at most eight times. */
  forEachOption(names: readonly string[], run: () => void): void;
  entries(): Iterable<readonly [string, Word]>;
}

const mostOptions = 8;

/** Makes an empty set of variables. */
export function openVariables(): Variables {
  const values = new Map<string, Word>();
  const arrays = new Map<string, Word[]>();
  const options = new Map<string, readonly Word[]>();
  const holes = new Map<string, string | undefined>();
  /** For each open way: what the names it wrote held before. */
  const open: Map<string, readonly Word[]>[] = [];

  const read = (name: string): readonly Word[] => {
    const value = values.get(name);
    return options.get(name) ?? (value ? [value] : []);
  };
  const write = (name: string, words: readonly Word[]): void => {
    const [first] = words;
    if (first) values.set(name, first);
    else values.delete(name);
    if (words.length > 1) options.set(name, words);
    else options.delete(name);
  };
  const note = (name: string): void => {
    const before = open.at(-1);
    if (before && !before.has(name)) before.set(name, read(name));
  };
  const setOptions = (name: string, words: readonly Word[]): void => {
    note(name);
    write(name, distinct(words));
  };
  const toHole = (name: string, fallback?: string): string => {
    for (let count = 1; count < 20; count++) {
      const token = count === 1 ? name : `${name}~${count}`;
      if (!holes.has(token)) holes.set(token, fallback);
      if (holes.get(token) === fallback) return `{${token}}`;
    }
    return `{${name}}`;
  };

  const branch = (ways: readonly (() => void)[], isComplete: boolean): void => {
    const results: Map<string, readonly Word[]>[] = [];
    const touched = new Map<string, readonly Word[]>();
    for (const walk of ways) {
      const before = new Map<string, readonly Word[]>();
      open.push(before);
      walk();
      open.pop();
      results.push(new Map([...before.keys()].map((name) => [name, read(name)] as const)));
      for (const [name, words] of before) {
        if (!touched.has(name)) touched.set(name, words);
        write(name, words);
      }
    }
    for (const [name, old] of touched) {
      const given = results.flatMap((after) => [...(after.get(name) ?? old)]);
      const told = [...given, ...(isComplete ? [] : old)].filter(({ text }) => text !== '');
      const [only] = distinct(told);
      // `if [ -z "$HOST" ]; then HOST=x; fi` is a default for what the environment gives.
      const isDefault = !isComplete && old.length === 0 && distinct(told).length === 1;
      setOptions(
        name,
        isDefault && only && only.open === undefined && !only.text.includes('{')
          ? [withDefault(only, toHole(name, only.text))]
          : told,
      );
    }
  };

  const forEachOption = (names: readonly string[], run: () => void): void => {
    const several = names.filter((name) => options.has(name)).slice(0, 3);
    let left = mostOptions;
    const go = (index: number): void => {
      const name = several[index];
      if (name === undefined) {
        if (left-- > 0) run();
        return;
      }
      const current = values.get(name);
      for (const word of options.get(name) ?? []) {
        values.set(name, word);
        go(index + 1);
      }
      if (current) values.set(name, current);
    };
    go(0);
  };

  return {
    arrays,
    holes,
    get: (name) => values.get(name),
    set: (name, word) => setOptions(name, [word]),
    optionsOf: read,
    setOptions,
    toHole,
    branch,
    forEachOption,
    entries: () => values,
  };
}

function withDefault(word: Word, open: string): Word {
  return { ...word, open, confidence: Math.min(word.confidence, 0.8) };
}

function distinct(words: readonly Word[]): Word[] {
  const found = new Map<string, Word>();
  for (const word of words) if (!found.has(word.text)) found.set(word.text, word);
  return [...found.values()].slice(0, mostOptions);
}
