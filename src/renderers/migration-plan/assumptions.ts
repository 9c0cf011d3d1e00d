import type { AssumedRange } from '../../assumptions.ts';
import type { Audit } from '../../audit.ts';
import { formatCount, plural } from '../wording.ts';
import { assumptionWords, type RangeFigure } from './assumption-words.ts';

/** All that a plan was reckoned with, in words. */
export interface AssumptionTable {
  readonly lead: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly risk: string;
}

const figures = Object.keys(assumptionWords) as RangeFigure[];

/** Lists every assumption with where its default comes from, so that nobody has to believe the plan. */
export function listAssumptions(audit: Audit): AssumptionTable {
  const { costs } = audit.analysis.hub;
  const { settings, model, existing } = audit.analysis.waves;
  const [first] = model.waves;
  const own = figures.flatMap((figure) =>
    Object.entries(costs.platforms).flatMap(([platform, ranges]) => {
      const range: AssumedRange | undefined = ranges[figure as keyof typeof ranges];
      return range ? [toRow(figure, range, platform)] : [];
    }),
  );
  const shared = figures.map((figure) =>
    figure === 'linkHoursPerYear' && costs.totalHoursPerYear !== undefined
      ? [
          tellFigure(figure),
          '',
          `${formatCount(costs.totalHoursPerYear)} shared by all`,
          '',
          'your own, from costs:',
        ]
      : toRow(figure, costs[figure]),
  );
  const { hourlyRate, currency } = costs;
  return {
    lead: `Hours are illustrative until costs: in landscape.yaml holds your own. The plan takes the base. ${plural(settings.waves, 'wave')} of ${plural(settings.weeksPerWave, 'week')}, ${formatCount(first?.capacityHours ?? 0)} hours in the first; savings count for ${plural(costs.years, 'year')}${hourlyRate === undefined ? '' : `; an hour costs ${formatCount(hourlyRate)}${currency === undefined ? '' : ` ${currency}`}`}. There already: ${existing.join(', ') || 'no platform'}.`,
    columns: ['assumption', 'low', 'base', 'high', 'where the default comes from'],
    rows: [...shared, ...own],
    risk: 'Risk goes from 0 to 100: criticality counts most (45), then how many systems depend on the ends (20), how many readers get their data through the link (10), incidents (10), missing safeguards, several objects and a missing owner (5 each).',
  };
}

function toRow(figure: RangeFigure, { low, base, high }: AssumedRange, platform = ''): string[] {
  const tell = (value: number): string => tellReading(figure, value);
  const isOwn = platform !== '';
  return [
    isOwn ? `${tellFigure(figure)}: ${platform}` : tellFigure(figure),
    tell(low),
    tell(base),
    tell(high),
    isOwn ? 'your own, from costs:' : assumptionWords[figure].source,
  ];
}

function tellFigure(figure: RangeFigure): string {
  const { what, unit } = assumptionWords[figure];
  return `${what}, ${unit}`;
}

/** A reading of a figure: hours as they are, shares as per cent. */
export function tellReading(figure: RangeFigure, value: number): string {
  const isShare = figure === 'discountRate' || figure === 'growthPerYear';
  const shown = isShare ? value * 100 : value;
  return Math.abs(shown) >= 100 ? formatCount(shown) : String(Math.round(shown * 10) / 10);
}

/** `75 hours a year`. */
export function tellReadingInUnit(figure: RangeFigure, value: number): string {
  const { unit } = assumptionWords[figure];
  return `${tellReading(figure, value)} ${unit === 'money a year' ? 'a year' : unit}`;
}
