import type { Role } from '../log-format.ts';

const expansions: readonly (readonly [RegExp, string])[] = [
  [/%T/g, '%H:%M:%S'],
  [/%R/g, '%H:%M'],
  [/%F/g, '%Y-%m-%d'],
  [/%h/g, '%b'],
  [/%e/g, '%d'],
  [/%:z/g, '%z'],
  [/%[36]?N|%[1-9]?f|%L/g, '%f'],
];

const clock = '%H:%M:%S(?:[.,]%f)?';
const zone = String.raw`(?: ?(?:%z|[+-]\d\d:?\d\d)|Z)?`;

const shapes: readonly (readonly [RegExp, Role])[] = [
  [new RegExp(`^%d/%b/%Y:${clock}${zone}$`), 'time'],
  [new RegExp(`^%Y-%m-%d[T ]${clock}${zone}$`), 'time'],
  [/^%s(?:\.?%f)?$/, 'time'],
  [/^%Y-%m-%d$/, 'date'],
  [new RegExp(`^${clock}$`), 'clock'],
];

/**
 * Whether a time of this format can be read: `10/Oct/2000:13:55:36 -0700`, ISO 8601 or a number of
 * seconds since 1970, each with or without fraction and zone; or a date or clock alone.
 * @param format as `strftime` takes it, with `%f` and the like for fractions
 * @returns undefined for any other format
 */
export function shapeOf(format: string): Role | undefined {
  const expanded = expansions.reduce((text, [from, to]) => text.replace(from, to), format);
  return shapes.find(([shape]) => shape.test(expanded))?.[1];
}
