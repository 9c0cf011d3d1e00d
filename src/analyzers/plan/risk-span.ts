import type { PlanProblem } from './problem.ts';
import { cell, type Grid, inWave, type Row, toRow } from './program.ts';

/**
 * For some risk bands, the wave in which the first item of that band or a higher one moves; the
 * number of waves where none does. Every plan has one such wave for each band.
 */
export type Begins = ReadonlyMap<number, number>;

/** The first and the last wave that a risk band may move in. */
export function findSpan(
  band: number,
  begins: Begins,
  last: number,
): { readonly first: number; readonly final: number } {
  const own = [...begins].filter(([other]) => other <= band).map(([, wave]) => wave);
  const higher = [...begins].filter(([other]) => other > band).map(([, wave]) => wave);
  return { first: Math.max(0, ...own), final: Math.min(last, ...higher) };
}

/** Constraint 6 of docs/plan-model.md, where it is settled when bands begin. */
export function raiseRisk({ items, waves }: PlanProblem, moved: Grid, begins: Begins): Row[] {
  const last = waves.length - 1;
  const rows = items.flatMap(({ band }, at): Row[] => {
    const { first, final } = findSpan(band, begins, last);
    return [
      ...(first > 0 ? [toRow(0, [1, cell(moved, at, Math.min(first - 1, last))])] : []),
      ...(final < last ? [toRow(0, [1, cell(moved, at, last)], [-1, cell(moved, at, final)])] : []),
    ];
  });
  // Something does move when the band is said to begin: else one plan would be found in many places.
  for (const [band, wave] of begins) {
    if (wave > last) continue;
    const able = [...items.keys()].filter((at) => (items[at]?.band ?? 0) >= band);
    rows.push(toRow(-1, ...able.flatMap((at) => inWave(moved, at, wave, -1))));
  }
  return rows;
}

/** Whether an item may move in a wave, as far as risk, freezes and the first wave go. */
export function mayMove(
  { items, waves }: PlanProblem,
  begins: Begins,
): (item: number, wave: number) => boolean {
  const spans = new Map(
    items.map(({ band }) => [band, findSpan(band, begins, waves.length - 1)] as const),
  );
  return (at, wave) => {
    const item = items[at];
    const span = item && spans.get(item.band);
    if (!item || !span || wave < span.first || wave > span.final) return false;
    return !item.frozen.includes(wave) && !(item.missionCritical && wave === 0);
  };
}
