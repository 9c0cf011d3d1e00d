import type { Target } from '../../analyzers/plan/compare-targets.ts';
import type { Audit } from '../../audit.ts';
import { formatCount, formatPercent, plural } from '../wording.ts';

/** Where the landscape could go, in words and figures. */
export interface TargetWords {
  /** Which is worth most, as a sentence without its point. */
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly isPlan: boolean; readonly cells: readonly string[] }[];
  /** What the figures leave out. */
  readonly note: string;
  readonly bars: readonly {
    readonly name: string;
    readonly worth: number;
    readonly isPlan: boolean;
  }[];
}

const names: Readonly<Record<Target['name'], string>> = {
  'do-nothing': 'as it is today',
  'one-hub': 'all over one hub',
  events: 'all as events',
  'shared-data-layer': 'all over shared data',
  mixed: 'the plan',
};

/** Compares the plan with other targets; `null` where they were not reckoned. */
export function tellTargets({ analysis }: Audit): TargetWords | null {
  const { targets, waves } = analysis.waves;
  if (!targets) return null;
  const { years, hourlyRate, currency } = analysis.hub.costs;
  const span = plural(years, 'year');
  const hasMoney = hourlyRate !== undefined;
  return {
    title: writeTitle(targets, waves.length > 0),
    columns: [
      'target',
      'hours a year',
      `grown, in ${span}`,
      'one-time hours',
      `worth in ${span}, hours`,
      ...(hasMoney ? [`worth, ${currency ?? 'money'}`] : []),
      'propagation cost',
      'point-to-point links left',
      'links that it does not fit',
    ],
    rows: targets.map((target) => ({
      isPlan: target.name === 'mixed',
      cells: [
        names[target.name],
        formatCount(target.hoursPerYear),
        formatCount(target.hoursWithGrowth.base),
        formatCount(target.oneTimeHours),
        formatSigned(target.worth),
        ...(hasMoney ? [formatSigned(target.worthInMoney ?? 0)] : []),
        target.propagationCost === null ? '' : formatPercent(target.propagationCost),
        formatCount(target.pointToPointLinks),
        formatCount(target.misfits),
      ],
    })),
    note: `Hours a year are those of the links that are point-to-point today or move, with the adapters and platforms that are built. Grown: with ${formatPercent(analysis.hub.costs.growthPerYear.base)} more systems each year. A target does not fit a link if it is neither what the rules choose nor their second choice. For the three targets of one platform the hours of teams are left aside, and they take as many waves as they need, where the plan has ${formatCount(analysis.waves.settings.waves)}: that flatters them.`,
    bars: targets.map(({ name, worth }) => ({
      name: names[name],
      worth,
      isPlan: name === 'mixed',
    })),
  };
}

function writeTitle(targets: readonly Target[], moves: boolean): string {
  const plan = targets.find(({ name }) => name === 'mixed');
  const best = targets
    .filter(({ name }) => name !== 'mixed' && name !== 'do-nothing')
    .reduce<Target | undefined>(
      (most, one) => (most && most.worth >= one.worth ? most : one),
      undefined,
    );
  if (!plan || !best) return '';
  const more = Math.round(best.worth - plan.worth);
  if (!moves)
    return more > 0
      ? `${capitalize(names[best.name])} would be worth ${plural(more, 'hour')}, and would not fit ${plural(best.misfits, 'link')}`
      : 'No other target is worth its way either';
  if (more > 0)
    return best.misfits > 0
      ? `${capitalize(names[best.name])} would save ${plural(more, 'hour')} more, but does not fit ${plural(best.misfits, 'link')}`
      : `${capitalize(names[best.name])} would save ${plural(more, 'hour')} more than the plan`;
  return more === 0
    ? `No other target is worth more than the plan; ${names[best.name]} is worth the same`
    : `The plan is worth ${plural(-more, 'hour')} more than the next best target, ${names[best.name]}`;
}

function capitalize(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** A whole number with a true minus sign. */
export function formatSigned(value: number): string {
  return Math.round(value) < 0 ? `−${formatCount(-value)}` : formatCount(Math.abs(value));
}
