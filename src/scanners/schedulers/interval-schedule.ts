import type { Schedule } from '../../schedule.ts';

const units = [
  ['H', 3_600_000],
  ['M', 60_000],
  ['S', 1_000],
] as const;

/** A period in ms as a schedule; the shortest that can be written is a second. */
export function toInterval(periodMs: number, timezone = ''): Schedule {
  const ms = Math.max(1_000, Math.round(periodMs / 1_000) * 1_000);
  const [unit, size] = units.find(([, each]) => ms % each === 0) ?? ['S', 1_000];
  return { expression: `R/PT${ms / size}${unit}`, timezone, scheduler: 'interval' };
}

/** Reads `10s`, `5m`, `2h`, `1d`, `500ms` or ISO 8601 such as `PT5M` and `P1DT2H`, in ms. */
export function readPeriod(text: string): number | undefined {
  const short = /^\s*(\d{1,9})\s*(ms|s|m|h|d)\s*$/i.exec(text);
  if (short) {
    const size = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }[
      short[2]?.toLowerCase() ?? ''
    ];
    return size === undefined ? undefined : Number(short[1]) * size;
  }
  const iso =
    /^\s*P(?=.)(?:(\d{1,5})D)?(?:T(?=.)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9}(?:\.\d{1,3})?)S)?)?\s*$/i.exec(
      text,
    );
  if (!iso) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = iso
    .slice(1)
    .map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1_000;
}
