/** English names of weekdays, from Sunday as 0. */
export const weekdayNames: readonly string[] =
  'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** English names of months, from January as 0. */
export const monthNames: readonly string[] =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

/** The three capital letters by which schedulers write them: SUN, JAN. */
export const weekdayCodes: readonly string[] = weekdayNames.map(toCode);
export const monthCodes: readonly string[] = monthNames.map(toCode);

function toCode(name: string): string {
  return name.slice(0, 3).toUpperCase();
}
