import { escapeMermaid } from '../mermaid/escape-mermaid.ts';
import { formatCount, plural } from '../wording.ts';
import { countDays } from './days.ts';
import { tellFrozen } from './freezes.ts';
import { layBars } from './lay-bars.ts';
import type { PlanIndex } from './plan-index.ts';

/** Draws the waves over their days as a block of Markdown. Empty where nothing moves. */
export function drawGantt(index: PlanIndex): string {
  const text = writeGantt(index);
  return text === '' ? '' : `\`\`\`mermaid\n${text}\`\`\``;
}

/** Writes the waves over their days as Mermaid text: what is built, then what moves. Empty where nothing moves. */
export function writeGantt({ plan, nameOf }: PlanIndex): string {
  const { waves, settings } = plan;
  if (waves.length === 0) return '';
  const lines = waves.flatMap((wave) => [
    `  section Wave ${wave.number}`,
    ...layBars(plan, wave).map(({ kind, first, days, hours }) => {
      const what =
        kind === 'build'
          ? plural(wave.adapters.length, 'adapter')
          : plural(wave.links.length, 'link');
      return `  ${toLabel(`${what} ${formatCount(hours)} h`)} :${kind === 'build' ? 'b' : 'm'}${wave.number}, ${first}, ${days}d`;
    }),
  ]);
  const frozen = settings.freezes.slice(0, mostFreezes).map((freeze, at) => {
    const label = toLabel(`Freeze of ${tellFrozen(freeze, nameOf)}`).slice(0, 60);
    return `  ${label} :crit, f${at}, ${freeze.from}, ${countDays(freeze.from, freeze.to)}d`;
  });
  const first = waves[0]?.first ?? '';
  const last = waves.at(-1)?.last ?? first;
  const head = [
    'title Waves, and when nothing may move',
    'dateFormat YYYY-MM-DD',
    'axisFormat %Y-%m-%d',
    `tickInterval ${chooseTick(countDays(first, last))}`,
    // The line of today would stand elsewhere for every reader.
    'todayMarker off',
  ];
  return `gantt\n${head.map((line) => `  ${line}\n`).join('')}${[...lines, ...(frozen.length > 0 ? ['  section Freezes', ...frozen] : [])].join('\n')}\n`;
}

const mostFreezes = 20;

function toLabel(text: string): string {
  return escapeMermaid(text).replace(/[:;,]/g, ' ');
}

/** As many ticks as have room for their dates. */
function chooseTick(days: number): string {
  const fitting = 12;
  if (days <= fitting * 7) return '1week';
  return `${Math.ceil(days / 30 / fitting)}month`;
}
