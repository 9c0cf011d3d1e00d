import { addDays, countDays } from './days.ts';
import { findAdapter, listSetUps, type Plan, type Wave } from './plan-index.ts';

/** Days of a wave on which one kind of work is done. */
export interface Bar {
  readonly kind: 'build' | 'move';
  readonly first: string;
  readonly days: number;
  readonly hours: number;
}

/** What is built comes first, then what moves; the days are shared by their hours. */
export function layBars(plan: Plan, wave: Wave): Bar[] {
  const built = [
    ...listSetUps(plan, wave).map(({ hours }) => hours),
    ...wave.adapters.map((one) => findAdapter(plan, one)?.hours ?? 0),
  ].reduce((sum, hours) => sum + hours, 0);
  const days = countDays(wave.first, wave.last);
  const part = wave.effortHours === 0 ? 0 : built / wave.effortHours;
  const building = built === 0 ? 0 : Math.min(days - 1, Math.max(1, Math.round(days * part)));
  return [
    ...(building > 0
      ? [{ kind: 'build', first: wave.first, days: building, hours: built } as const]
      : []),
    {
      kind: 'move',
      first: addDays(wave.first, building),
      days: days - building,
      hours: wave.effortHours - built,
    },
  ];
}
