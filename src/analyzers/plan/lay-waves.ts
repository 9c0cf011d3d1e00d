import type { Freeze, PlanSettings } from '../../assumptions.ts';
import { sortBy } from '../../order.ts';
import type { WaveSlot } from './problem.ts';

const dayMs = 24 * 60 * 60 * 1000;
const daysPerYear = 365.25;

/** The days of a wave, `YYYY-MM-DD`, both of them in it. */
export interface WaveDays {
  readonly first: string;
  readonly last: string;
}

/** Which days each wave has, one after the other from the start. */
export function listWaveDays({ waves, weeksPerWave }: PlanSettings, start: string): WaveDays[] {
  const begin = toDay(start);
  return Array.from({ length: waves }, (_, wave) => ({
    first: toText(begin + wave * weeksPerWave * 7),
    last: toText(begin + (wave + 1) * weeksPerWave * 7 - 1),
  }));
}

/** The day so many years after the start: the first one that is not earlier. */
export function findDay(start: string, years: number): string {
  // Waves begin at whole days, but a sum of years may miss them by its last bits.
  return toText(toDay(start) + Math.ceil(years * daysPerYear - 1e-6));
}

/**
 * The span and the hours of each wave. Days of a freeze that holds for everything count for nothing.
 * @param capacityHours of a wave without a freeze
 */
export function layWaves(settings: PlanSettings, start: string, capacityHours: number): WaveSlot[] {
  const years = (settings.weeksPerWave * 7) / daysPerYear;
  const general = settings.freezes.filter(isGeneral);
  return listWaveDays(settings, start).map((days, wave) => {
    const open = 1 - shareFrozen(days, general);
    return {
      startYears: wave * years,
      endYears: (wave + 1) * years,
      capacityHours: toTenth(capacityHours * open),
      teamHours: Object.fromEntries(
        Object.entries(settings.teamHours).map(([team, hours]) => [team, toTenth(hours * open)]),
      ),
    };
  });
}

/** The waves, from 0, that freezes of these systems and domains fill by more than half. */
export function listFrozen(
  settings: PlanSettings,
  start: string,
  systems: ReadonlySet<string>,
  domains: ReadonlySet<string>,
): number[] {
  const freezes = settings.freezes.filter(
    (freeze) =>
      !isGeneral(freeze) &&
      (freeze.systems.some((id) => systems.has(id)) ||
        freeze.domains.some((domain) => domains.has(domain))),
  );
  if (freezes.length === 0) return [];
  return listWaveDays(settings, start).flatMap((days, wave) =>
    shareFrozen(days, freezes) > 0.5 ? [wave] : [],
  );
}

function isGeneral({ systems, domains }: Freeze): boolean {
  return systems.length === 0 && domains.length === 0;
}

/** The share of a wave's days on which a freeze holds; a day under two freezes counts once. */
function shareFrozen({ first, last }: WaveDays, freezes: readonly Freeze[]): number {
  const [begin, end] = [toDay(first), toDay(last) + 1];
  const spans = sortBy(
    freezes.map(({ from, to }) => [Math.max(begin, toDay(from)), Math.min(end, toDay(to) + 1)]),
    ([from]) => from,
  ) as [number, number][];
  let frozen = 0;
  let reached = begin;
  for (const [from, to] of spans) {
    frozen += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return frozen / (end - begin);
}

function toDay(text: string): number {
  return Date.parse(`${text}T00:00:00Z`) / dayMs;
}

function toTenth(hours: number): number {
  return Math.round(hours * 10) / 10;
}

function toText(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}
