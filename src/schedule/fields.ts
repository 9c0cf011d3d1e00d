/** One field of a cron expression: its name in messages, its bounds and the names of its values. */
export interface Field {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly words?: readonly string[];
}

/** What one kind of cron allows in a field beyond numbers, names, ranges, steps and lists. */
export interface FieldRules {
  /** `5/15` means from 5 to the end in steps of 15. */
  readonly stepAfterNumber?: boolean;
  /** `22-2` runs over the end and begins again. */
  readonly wraps?: boolean;
  /** `6~15` draws one value from the range. */
  readonly draws?: boolean;
  /** A range of weekdays may end on 0, a Sunday. */
  readonly sundayEnds?: boolean;
  /** `?` is another way to write `*`. */
  readonly questionMark?: boolean;
}

/** The values that a field stands for. */
export interface FieldValues {
  /** Ascending, each once. */
  readonly values: readonly number[];
  /** How much larger a drawn value can be than the one in `values`, which is the smallest. */
  readonly spread: number;
}

/** Names of months, as every kind of cron writes them. */
export const monthWords: readonly string[] = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
];

/** Names of weekdays from Sunday on. */
export const weekdayWords: readonly string[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Fields that every kind of cron has alike. */
export const secondField: Field = { name: 'second', low: 0, high: 59 };
export const minuteField: Field = { name: 'minute', low: 0, high: 59 };
export const hourField: Field = { name: 'hour', low: 0, high: 23 };
export const dayField: Field = { name: 'day of month', low: 1, high: 31 };
export const monthField: Field = { name: 'month', low: 1, high: 12, words: monthWords };
/** Sunday is 0 and 7. */
export const weekdayField: Field = { name: 'day of week', low: 0, high: 7, words: weekdayWords };

/** Reads one field, a list of terms, or says what is wrong with it. */
export function readField(
  text: string,
  field: Field,
  rules: FieldRules,
): FieldValues | { readonly error: string } {
  const values = new Set<number>();
  let spread = 0;
  for (const term of text.split(',')) {
    const read = readTerm(term, field, rules);
    if ('error' in read) return read;
    for (const value of read.values) values.add(value);
    spread = Math.max(spread, read.spread);
  }
  return { values: [...values].sort((a, b) => a - b), spread };
}

function readTerm(
  term: string,
  field: Field,
  rules: FieldRules,
): FieldValues | { readonly error: string } {
  const match = /^(?:([*?])|(\w+)(?:-(\w+))?)(?:\/(\d{1,9}))?$|^(\w*)~(\w*)$/.exec(term);
  if (!match) return { error: `"${term}" is no ${field.name}` };
  const [, star, first, last, step, drawnFirst, drawnLast] = match;
  const draws = drawnFirst !== undefined;
  if ((draws && !rules.draws) || (star === '?' && !rules.questionMark))
    return { error: `"${term}" is no ${field.name}` };
  const words = [first ?? drawnFirst, last ?? drawnLast].map((word) => word || undefined);
  const numbers = words.map((word) => (word === undefined ? undefined : toNumber(word, field)));
  for (const [index, word] of words.entries()) {
    const number = numbers[index];
    if (word !== undefined && (number === undefined || number < field.low || number > field.high))
      return { error: `${field.name} "${word}" is not from ${field.low} to ${field.high}` };
  }
  if (step !== undefined && Number(step) === 0) return { error: `a step of 0 in "${term}"` };
  const open = step !== undefined && !star && last === undefined;
  if (open && !rules.stepAfterNumber) return { error: `"${term}" has a step but no range` };
  const low = numbers[0] ?? field.low;
  const given = numbers[1] ?? (star || draws || open ? field.high : low);
  const endsOnSunday = rules.sundayEnds && field.high === 7 && step === undefined;
  const high = endsOnSunday && given === 0 && low > 0 ? 7 : given;
  if (low > high && (draws || !rules.wraps)) return { error: `the range "${term}" runs backwards` };
  if (draws) return { values: [low], spread: high - low };
  const size = (field.high === 7 && field.low === 0 ? 7 : field.high - field.low + 1) || 1;
  const values: number[] = [];
  for (let value = low; value <= (low > high ? high + size : high); value += Number(step ?? 1))
    values.push(value > field.high ? value - size : value);
  return { values, spread: 0 };
}

function toNumber(word: string, field: Field): number | undefined {
  if (/^\d{1,4}$/.test(word)) return Number(word);
  const index = field.words?.indexOf(word.toLowerCase()) ?? -1;
  // A list of names whose first value is 1 begins there.
  return index < 0 ? undefined : index + field.low;
}
