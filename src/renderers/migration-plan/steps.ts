import { formatCount, formatDecimal, formatPercent } from '../wording.ts';
import type { PlanIndex } from './plan-index.ts';

/** The landscape today and after each wave, as a table. */
export interface StepTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Tells what each wave changes; no rows where nothing moves and nothing is retired. */
export function tellSteps({ plan, nameOf }: PlanIndex): StepTable {
  const { steps } = plan.simulation;
  const hasBridges = steps.some(({ bridges }) => bridges > 0);
  return {
    columns: [
      'after',
      'on',
      'point-to-point links',
      'pairs wired, of all possible',
      'propagation cost',
      'reaches most',
      'not registered',
      ...(hasBridges ? ['bridges'] : []),
      'hours a year',
    ],
    rows:
      steps.length < 2
        ? []
        : steps.map((step) => [
            step.wave === 0 ? 'today' : `wave ${step.wave}`,
            step.on,
            formatCount(step.pointToPointLinks),
            tellShare(step.saturation),
            step.propagationCost === null ? '' : formatPercent(step.propagationCost),
            step.largestBlastRadius
              ? `${nameOf(step.largestBlastRadius.system)}: ${formatCount(step.largestBlastRadius.systems)}`
              : 'none',
            formatCount(step.unregisteredLinks),
            ...(hasBridges ? [formatCount(step.bridges)] : []),
            formatCount(step.hoursPerYear),
          ]),
  };
}

/** Shares of large landscapes are small: tenths of a per cent tell them apart. */
function tellShare(share: number): string {
  return share > 0 && share < 0.1 ? `${formatDecimal(share * 100, 1)} %` : formatPercent(share);
}
