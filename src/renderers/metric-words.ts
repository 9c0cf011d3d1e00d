import type { MetricName } from '../audit/compare-audits.ts';
import { formatCount, formatPercent } from './wording.ts';

export const metricWords: Readonly<Record<MetricName, string>> = {
  systems: 'Systems',
  links: 'Links',
  pointToPointLinks: 'Point-to-point links',
  unregisteredLinks: 'Unregistered links',
  connectedPairs: 'Connected pairs',
  saturation: 'Saturation',
  propagationCost: 'Propagation cost',
};

const shares: ReadonlySet<MetricName> = new Set(['saturation', 'propagationCost']);

/** The value of a headline figure: a count, or a share in per cent. */
export function tellFigure(name: MetricName, value: number): string {
  return shares.has(name) ? formatPercent(value) : formatCount(value);
}

/** How much a figure changed; shares by points of a hundred, and a dot for nothing. */
export function tellChange(name: MetricName, change: number): string {
  const scaled = shares.has(name) ? Math.round(change * 1000) / 10 : change;
  if (scaled === 0) return '·';
  const text = shares.has(name)
    ? `${Math.abs(scaled).toFixed(1)} pt`
    : formatCount(Math.abs(scaled));
  return `${scaled > 0 ? '+' : '−'}${text}`;
}
