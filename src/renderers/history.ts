import type { MetricName } from '../audit/compare-audits.ts';
import { type History, type HistoryPoint, sumCauses } from '../audit/trace-history.ts';
import { metricWords, tellChange, tellFigure } from './metric-words.ts';
import {
  alignColumns,
  clean,
  type Paint,
  painter,
  type TerminalOptions,
  wrap,
} from './terminal-text.ts';
import { listNames, plural } from './wording.ts';

/** The figures that a history is about, the gravest first. */
export const trendNames = ['unregisteredLinks', 'pointToPointLinks', 'saturation'] as const;
export const historyColumns: readonly MetricName[] = [
  'systems',
  'links',
  ...trendNames,
  'propagationCost',
];

/** So that all columns fit a narrow terminal. */
const shortWords: Partial<Record<MetricName, string>> = {
  unregisteredLinks: 'unregistered',
  pointToPointLinks: 'direct',
  propagationCost: 'propagation',
};

const barColumns = 30;
const mostBars = 24;

/** How a landscape went: what became of its figures and why, a bar chart of each, and all figures. */
export function renderHistory(history: History, options: TerminalOptions): string {
  const paint = painter(options);
  const { points } = history;
  const [first] = points;
  const last = points.at(-1);
  return `${[
    `${paint('bold', clean(history.name))}, ${plural(points.length, 'audit')} from ${first?.asOf} to ${last?.asOf}`,
    '',
    ...trendNames.flatMap((name) => wrap(tellTrend(history, name), options.width)),
    '',
    ...trendNames.flatMap((name) => [...drawBars(history, name, paint), '']),
    paint('bold', 'All figures, as each audit found them'),
    ...alignColumns(
      [
        [
          'as of',
          ...historyColumns.map((name) => shortWords[name] ?? metricWords[name].toLowerCase()),
        ],
        ...points.map(({ asOf, found }) => [
          asOf,
          ...historyColumns.map((name) => tellFigure(name, found[name])),
        ]),
      ],
      (column) => column > 0,
    ).map((line) => `  ${line}`),
    '',
    ...wrap(
      'Constant scope: as the audit would have counted with the sources, aliases, inventories and tool of the newest one, so that seeing more does not look like decay.',
      options.width,
    ),
  ].join('\n')}\n`;
}

/** One sentence: from what to what, and how much of it the landscape itself did. */
export function tellTrend(history: History, name: MetricName): string {
  const { points } = history;
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return '';
  const word = metricWords[name];
  const before = tellFigure(name, first.found[name]);
  const now = tellFigure(name, last.found[name]);
  const { landscape, ...lookedAt } = sumCauses(history, name);
  const others = Object.entries(lookedAt)
    .map(([cause, change]) => [cause, tellChange(name, change)] as const)
    .filter(([, change]) => change !== noChange);
  const own = tellChange(name, landscape);
  if (own === noChange && others.length === 0) return `${word}: ${now}, all the time.`;
  const moved = `${word}: ${before} → ${now}.`;
  if (others.length === 0) return `${moved} All of it is the landscape itself (${own}).`;
  const why = `${listNames(others.map(([cause, change]) => `${change} is ${causeWords[cause] ?? cause}`))}.`;
  return own === noChange
    ? `${moved} The landscape itself did not change it: ${why}`
    : `${moved} The landscape itself: ${own}; the rest is another look: ${why}`;
}

const noChange = '·';

const causeWords: Readonly<Record<string, string>> = {
  sources: 'sources that came or went',
  resolution: 'aliases, inventories or options',
  method: 'another version of the tool',
};

/** A bar for each audit; a mark where it would end at constant scope. */
function drawBars({ points }: History, name: MetricName, paint: Paint): string[] {
  const shown = points.slice(-mostBars);
  const most = Math.max(
    ...shown.map(({ found, constantScope }) => Math.max(found[name], constantScope[name])),
  );
  const left = points.length - shown.length;
  const isSame = ({ found, constantScope }: HistoryPoint): boolean =>
    tellFigure(name, found[name]) === tellFigure(name, constantScope[name]);
  return [
    paint('bold', metricWords[name]),
    ...(left > 0 ? [`  ${plural(left, 'earlier audit')} in the table below`] : []),
    ...shown.map((point) => {
      const scale = (value: number): number =>
        most > 0 ? Math.max(0, Math.round((value / most) * barColumns)) : 0;
      const filled = scale(point.found[name]);
      const scope = scale(point.constantScope[name]);
      const bar = Array.from({ length: barColumns + 1 }, (_, column) =>
        column < filled ? '█' : column < scope ? '░' : ' ',
      ).join('');
      const constant = isSame(point)
        ? ''
        : `  at constant scope ${tellFigure(name, point.constantScope[name])}`;
      return `  ${point.asOf}  ${bar.trimEnd()}${filled + scope > 0 ? ' ' : ''}${tellFigure(name, point.found[name])}${paint('dim', constant)}`;
    }),
  ];
}
