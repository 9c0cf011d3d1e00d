import type { Scenario, SensitivityBar } from '../../analyzers/plan/vary-assumptions.ts';
import type { Costs } from '../../assumptions.ts';
import { groupBy } from '../../order.ts';
import { formatCount, listNames, plural } from '../wording.ts';
import { assumptionWords } from './assumption-words.ts';
import { tellReading, tellReadingInUnit } from './assumptions.ts';
import type { Plan, PlanIndex } from './plan-index.ts';
import { formatSigned } from './targets.ts';

/** What the plan hangs on, in words and figures. */
export interface SensitivityWords {
  readonly title: string;
  readonly bars: readonly {
    readonly name: string;
    readonly unit: string;
    /** The readings. */
    readonly low: string;
    readonly high: string;
    /** What the plan is worth then. */
    readonly worthLow: number;
    readonly worthHigh: number;
  }[];
  /** Figures that change nothing; the empty text where there are none. */
  readonly withoutEffect: string;
  /** Which links of the first wave would change, a sentence each. */
  readonly changes: readonly string[];
}

/** Tells how the worth hangs on each assumption; `null` where that was not reckoned or nothing moves. */
export function tellSensitivity(index: PlanIndex): SensitivityWords | null {
  const { sensitivity, waves } = index.plan;
  if (!sensitivity || waves.length === 0 || sensitivity.bars.length === 0) return null;
  const { bars, withoutEffect } = sensitivity;
  return {
    title: writeTitle(bars),
    bars: bars.map(({ figure, assumed, low, high }) => ({
      name: assumptionWords[figure].what,
      unit: assumptionWords[figure].unit,
      low: tellReading(figure, assumed.low),
      high: tellReading(figure, assumed.high),
      worthLow: low,
      worthHigh: high,
    })),
    withoutEffect:
      withoutEffect.length === 0
        ? ''
        : `Without effect on this plan: ${listNames(
            withoutEffect.map((figure) => `the ${assumptionWords[figure].what}`),
            withoutEffect.length,
          )}.`,
    changes: tellChanges(index, sensitivity.replanned),
  };
}

/** The most decisive assumption in one sentence; the empty text where none is known. */
export function tellMostDecisive({ sensitivity, waves }: Plan): string {
  const widest = sensitivity?.bars[0];
  if (!widest || waves.length === 0) return '';
  const { figure, assumed, low, high } = widest;
  return `Most hangs on the ${assumptionWords[figure].what}: at ${tellReadingInUnit(figure, assumed.low)} the plan is worth ${formatSigned(low)} hours, at ${tellReading(figure, assumed.high)} it is worth ${formatSigned(high)}.`;
}

function writeTitle(bars: readonly SensitivityBar[]): string {
  const losing = bars.flatMap(({ figure, assumed, low, high }) => {
    const reading = Math.min(low, high) >= 0 ? undefined : low < high ? assumed.low : assumed.high;
    return reading === undefined
      ? []
      : [`the ${assumptionWords[figure].what} is ${tellReadingInUnit(figure, reading)}`];
  });
  const ends = bars.flatMap(({ low, high }) => [low, high]);
  return losing.length === 0
    ? `The plan is worth ${formatSigned(Math.min(...ends))} to ${formatSigned(Math.max(...ends))} hours, whichever single assumption is off`
    : `The plan costs more than it saves if ${joinByOr(losing)}`;
}

const mostSentences = 6;
const mostNames = 4;

/** Which links would join or leave the first wave; readings with the same answer share a sentence. */
function tellChanges(
  { title, plan, audit }: PlanIndex,
  replanned: NonNullable<Plan['sensitivity']>['replanned'],
): string[] {
  if (!replanned)
    return [
      'A scan does not look for it: landscape plan does, and says which links would move first at other readings.',
    ];
  const { scenarios, unsolved, robust } = replanned;
  const list = (keys: readonly string[]): string => listNames(keys.map(title), mostNames);
  const changed = scenarios.filter(({ movedIn, movedOut }) => movedIn.length + movedOut.length > 0);
  const sentences = [
    ...groupBy(changed, ({ movedIn, movedOut }) => JSON.stringify([movedIn, movedOut])).values(),
  ].map((alike) => {
    const [first] = alike;
    const parts = [
      ...(first && first.movedOut.length > 0
        ? [`${list(first.movedOut)} would not move in the first wave`]
        : []),
      ...(first && first.movedIn.length > 0
        ? [`${list(first.movedIn)} would move in the first wave`]
        : []),
    ];
    const readings = alike.map((one) => tellScenario(one, audit.analysis.hub.costs));
    return `${capitalize(joinByOr(readings))}: ${parts.join(', and ')}.`;
  });
  const same = scenarios.length - changed.length;
  const moving = plan.model.items.flatMap(({ links }) => links).length;
  return [
    ...(scenarios.length === 0
      ? []
      : [
          changed.length === 0
            ? `The best plan begins with the same links in all of ${plural(scenarios.length, 'other reading')}.`
            : `The best plan begins with the same links in ${formatCount(same)} of ${plural(scenarios.length, 'other reading')}.`,
        ]),
    ...sentences.slice(0, mostSentences),
    ...(sentences.length > mostSentences
      ? [`And ${formatCount(sentences.length - mostSentences)} more answers in plan.json.`]
      : []),
    ...(scenarios.length === 0
      ? []
      : [
          robust.length === 0
            ? 'No link does the same in all of them.'
            : `${formatCount(robust.length)} of ${plural(moving, 'link')} ${robust.length === 1 ? 'does' : 'do'} the same in all of them: ${list(robust)}.`,
        ]),
    ...(unsolved > 0
      ? [`For ${plural(unsolved, 'further reading')} no plan was proved to be best in time.`]
      : []),
  ];
}

function tellScenario({ figure, reading }: Scenario, costs: Costs): string {
  if (figure === 'capacityHours')
    return `with a quarter ${reading === 'low' ? 'fewer' : 'more'} hours in each wave`;
  return `with the ${assumptionWords[figure].what} at ${tellReadingInUnit(figure, costs[figure][reading])}`;
}

function joinByOr(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} or ${last}`;
}

function capitalize(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
