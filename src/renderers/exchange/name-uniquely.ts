/** What a format takes as an identifier. */
export interface NamingRule {
  /** Every character that an identifier cannot hold; with the flag `g`. */
  readonly unfit: RegExp;
  /** What stands in their place, and before the number of a name that is taken. */
  readonly separator: string;
  /** What is put before a name, so that it can begin with anything. */
  readonly prefix?: string;
  readonly longest?: number;
  /** Words that mean something else; in lower case. */
  readonly reserved?: ReadonlySet<string>;
}

const suffixRoom = 8;

/**
 * An identifier for each id. One that fits stays as it is; the others lose what does not fit, and
 * get a number where the result is taken. Case makes no difference.
 */
export function nameUniquely(
  ids: readonly string[],
  rule: NamingRule,
): ReadonlyMap<string, string> {
  const longest = rule.longest ?? 100;
  const taken = new Set(rule.reserved);
  const names = new Map<string, string>();
  const fitted = new Map(ids.map((id) => [id, shape(id, rule, longest)]));
  const isKept = (id: string): boolean => `${rule.prefix ?? ''}${id}` === fitted.get(id);
  for (const id of [...fitted.keys()].sort((a, b) => Number(isKept(b)) - Number(isKept(a)))) {
    const base = fitted.get(id) as string;
    const name = taken.has(base.toLowerCase()) ? findFree(base, rule, longest, taken) : base;
    taken.add(name.toLowerCase());
    names.set(id, name);
  }
  return names;
}

function shape(id: string, { unfit, separator, prefix = '' }: NamingRule, longest: number): string {
  const parts = id.replace(unfit, ' ').trim().split(/\s+/);
  const text = parts.join(separator).slice(0, longest - prefix.length);
  const bare = trimEnds(text, separator);
  return `${prefix}${bare === '' ? 'unnamed' : bare}`;
}

function trimEnds(text: string, separator: string): string {
  let start = 0;
  let end = text.length;
  while (text.startsWith(separator, start) && start < end) start += separator.length;
  while (end > start && text[end - 1] === separator) end--;
  return text.slice(start, end);
}

const numbers = new WeakMap<Set<string>, Map<string, number>>();

/** Numbers go on from the last one given to the same name, so that many alike stay quick. */
function findFree(
  base: string,
  { separator }: NamingRule,
  longest: number,
  taken: Set<string>,
): string {
  const given = numbers.get(taken) ?? new Map<string, number>();
  numbers.set(taken, given);
  const stem = base.slice(0, longest - suffixRoom);
  const folded = stem.toLowerCase();
  for (let number = given.get(folded) ?? 2; ; number++) {
    const name = `${stem}${separator}${number}`;
    if (taken.has(name.toLowerCase())) continue;
    given.set(folded, number + 1);
    return name;
  }
}
