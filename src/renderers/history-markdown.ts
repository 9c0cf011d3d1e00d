import type { MetricName } from '../audit/compare-audits.ts';
import type { History } from '../audit/trace-history.ts';
import { historyColumns, tellTrend, trendNames } from './history.ts';
import { escapeMarkdown, toMarkdownTable } from './markdown-text.ts';
import { escapeMermaid } from './mermaid/escape-mermaid.ts';
import { metricWords, tellFigure } from './metric-words.ts';

/** A history as Markdown: what became of each figure, a Mermaid chart of it, and all figures. */
export function writeHistory(history: History): string {
  const { name, points } = history;
  return `${[
    `# ${escapeMarkdown(name)}: how it went`,
    ...trendNames.flatMap((metric) => [
      `## ${metricWords[metric]}`,
      escapeMarkdown(tellTrend(history, metric)),
      drawTrend(history, metric),
    ]),
    '## All figures, as each audit found them',
    toMarkdownTable(
      ['as of', ...historyColumns.map((metric) => metricWords[metric].toLowerCase()), 'tool'],
      points.map(({ asOf, found, tool }) => [
        asOf,
        ...historyColumns.map((metric) => tellFigure(metric, found[metric])),
        tool,
      ]),
    ),
  ].join('\n\n')}\n`;
}

/** Bars as each audit found it, a line at constant scope. */
function drawTrend({ points }: History, metric: MetricName): string {
  const isShare = metric === 'saturation';
  const tell = (value: number): string => (isShare ? (value * 100).toFixed(1) : String(value));
  const values = points.map(({ found }) => tell(found[metric]));
  const constant = points.map(({ constantScope }) => tell(constantScope[metric]));
  const most = Math.max(1, ...[...values, ...constant].map(Number));
  const unit = isShare ? '% of possible pairs' : 'links';
  return [
    '```mermaid',
    'xychart-beta',
    `  title "${escapeMermaid(metricWords[metric])}: bars as found, line at constant scope"`,
    `  x-axis [${points.map(({ asOf }) => `"${asOf}"`).join(', ')}]`,
    `  y-axis "${unit}" 0 --> ${Math.ceil(most)}`,
    `  bar [${values.join(', ')}]`,
    `  line [${constant.join(', ')}]`,
    '```',
  ].join('\n');
}
