import type { Job } from './wall-clock.ts';

/** Draws a whole number from 0 up to, not including, the bound. */
export type Draw = (bound: number) => number;

/** Numbers that look random and are the same in every run (mulberry32). */
export function openDraw(seed: number): Draw {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** What a dialect of the five fields allows, for drawing jobs that it accepts. */
export interface JobShape {
  readonly draws: boolean;
  readonly stepAfterNumber: boolean;
  readonly names: boolean;
  readonly sundayIsSeven: boolean;
  /** What opens a day field: a star at its head, a star without a step, or neither (both must match). */
  readonly open: 'head' | 'bare' | 'always';
}

interface DrawnField {
  readonly text: string;
  readonly values: ReadonlySet<number>;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Draws an expression together with the sets that it stands for, without any parser. */
export function drawJob(draw: Draw, shape: JobShape): { readonly text: string; readonly job: Job } {
  const minute = drawField(draw, shape, 0, 59, []);
  const hour = drawField(draw, shape, 0, 23, []);
  const day = drawField(draw, shape, 1, 31, []);
  const month = drawField(draw, shape, 1, 12, months);
  const weekday = drawField(draw, shape, 0, shape.sundayIsSeven ? 7 : 6, weekdays);
  const isOpen = ({ text }: DrawnField) =>
    shape.open === 'always' ||
    (shape.open === 'head'
      ? text.startsWith('*')
      : text.split(',').some((term) => term === '*' || term === '*/1'));
  return {
    text: [minute, hour, day, month, weekday].map(({ text }) => text).join(' '),
    job: {
      minutes: minute.values,
      hours: hour.values,
      days: day.values,
      months: month.values,
      weekdays: new Set([...weekday.values].map((value) => value % 7)),
      eitherDay: !isOpen(day) && !isOpen(weekday),
      wildcard: minute.text.startsWith('*') || hour.text.startsWith('*'),
    },
  };
}

function drawField(
  draw: Draw,
  shape: JobShape,
  low: number,
  high: number,
  names: readonly string[],
): DrawnField {
  const terms = Array.from({ length: draw(4) === 0 ? 1 + draw(3) : 1 }, () =>
    drawTerm(draw, shape, low, high, names),
  );
  return {
    text: terms.map(({ text }) => text).join(','),
    values: new Set(terms.flatMap(({ values }) => [...values])),
  };
}

function drawTerm(
  draw: Draw,
  shape: JobShape,
  low: number,
  high: number,
  names: readonly string[],
): DrawnField {
  const write = (value: number) => {
    const name = shape.names && draw(2) === 0 ? names[value - low] : undefined;
    if (name !== undefined) return draw(2) === 0 ? name : name.toUpperCase();
    return draw(3) === 0 ? String(value).padStart(2, '0') : String(value);
  };
  const [first, second] = [low + draw(high - low + 1), low + draw(high - low + 1)];
  const [from, to] = [Math.min(first, second), Math.max(first, second)];
  const step = 1 + draw(draw(3) === 0 ? high + 5 : 12);
  // Minutes are seldom a star: such jobs run a million times and teach little.
  switch (high === 59 ? 2 + draw(9) : draw(9)) {
    case 0:
    case 1:
    case 2:
      return { text: '*', values: span(low, high, 1) };
    case 3:
      return { text: `*/${step}`, values: span(low, high, step) };
    case 4:
      return { text: `${write(from)}-${write(to)}`, values: span(from, to, 1) };
    case 5:
      return { text: `${write(from)}-${write(to)}/${step}`, values: span(from, to, step) };
    case 6:
      if (shape.draws) return { text: `${from}~${to}`, values: new Set([from]) };
      break;
    case 7:
      if (shape.stepAfterNumber) return { text: `${from}/${step}`, values: span(from, high, step) };
  }
  return { text: write(from), values: new Set([from]) };
}

function span(from: number, to: number, step: number): ReadonlySet<number> {
  const values = new Set<number>();
  for (let value = from; value <= to; value += step) values.add(value);
  return values;
}
