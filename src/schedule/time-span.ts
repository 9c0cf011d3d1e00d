import { dayMs, hourMs, minuteMs, secondMs } from './calendar.ts';

/** Units of systemd.time(7); a month is 30.44 days and a year 365.25 days there. */
const systemdUnits: readonly (readonly [names: string, ms: number])[] = [
  ['usec us μs µs', 0.001],
  ['msec ms', 1],
  ['seconds second sec s', secondMs],
  ['minutes minute min m', minuteMs],
  ['hours hour hr h', hourMs],
  ['days day d', dayMs],
  ['weeks week w', 7 * dayMs],
  ['months month M', 30.44 * dayMs],
  ['years year y', 365.25 * dayMs],
];

const systemdUnit = new Map(
  systemdUnits.flatMap(([names, ms]) => names.split(' ').map((name) => [name, ms] as const)),
);

/** Reads a time span such as `1h 30min` or `300` (seconds) of systemd.time(7), in ms. */
export function readSystemdSpan(text: string): number | undefined {
  return addParts(text.trim(), /\s*(\d+(?:\.\d+)?)\s*([A-Za-zμµ]*)/y, (unit) =>
    unit === '' ? secondMs : systemdUnit.get(unit),
  );
}

const goUnit = new Map([
  ['ns', 1e-6],
  ['us', 0.001],
  ['µs', 0.001],
  ['ms', 1],
  ['s', secondMs],
  ['m', minuteMs],
  ['h', hourMs],
]);

/** Reads a duration of Go's time.ParseDuration such as `1h30m`, in ms. */
export function readGoDuration(text: string): number | undefined {
  return addParts(text, /(\d+(?:\.\d+)?)([a-zµ]+)/y, (unit) => goUnit.get(unit));
}

/** Reads an ISO 8601 duration of weeks, days, hours, minutes and seconds such as `P1DT2H`, in ms. */
export function readIsoDuration(text: string): number | undefined {
  const match =
    /^P(?=.)(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?=.)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9})S)?)?$/.exec(
      text,
    );
  if (!match) return undefined;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  return (weeks * 7 + days) * dayMs + hours * hourMs + minutes * minuteMs + seconds * secondMs;
}

function addParts(
  text: string,
  part: RegExp,
  toMs: (unit: string) => number | undefined,
): number | undefined {
  if (text === '' || text.length > 200) return undefined;
  let sum = 0;
  part.lastIndex = 0;
  while (part.lastIndex < text.length) {
    const match = part.exec(text);
    const ms = match ? toMs(match[2] ?? '') : undefined;
    if (!match || ms === undefined) return undefined;
    sum += Number(match[1]) * ms;
  }
  return Math.round(sum);
}
