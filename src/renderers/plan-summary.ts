import path from 'node:path';
import type { Audit } from '../audit.ts';
import { tellBreakEven } from './migration-plan/break-even.ts';
import { indexPlan } from './migration-plan/plan-index.ts';
import { tellMostDecisive } from './migration-plan/sensitivity.ts';
import { tellSummary } from './migration-plan/summary.ts';
import { tellPlanWorth, tellProgress } from './plan-words.ts';
import { alignColumns, clean, painter, type TerminalOptions, wrap } from './terminal-text.ts';
import { formatCount, listNames, plural } from './wording.ts';

const mostNames = 4;

/** What a plan comes to: one line a wave, what stays and why, what it is worth, where it is. */
export function renderPlanSummary(
  audit: Audit,
  options: TerminalOptions & { readonly files: readonly string[] },
): string {
  const paint = painter(options);
  const { waves, model } = audit.analysis.waves;
  const index = indexPlan(audit);
  const { stays } = tellSummary(index);
  const moving = waves.reduce((sum, wave) => sum + wave.links.length, 0);
  const rows = waves.map((wave) => [
    `  Wave ${wave.number}`,
    `${wave.first} to ${wave.last}`,
    plural(wave.links.length, 'link'),
    plural(wave.adapters.length, 'adapter'),
    `${formatCount(Math.round(wave.effortHours))} h`,
    `risk up to ${wave.risk}`,
  ]);
  const first = waves[0];
  const paid = tellBreakEven(audit.analysis.waves).title;
  const decisive = tellMostDecisive(audit.analysis.waves);
  const [file, ...others] = options.files;
  return `${[
    `${paint('bold', clean(audit.name))}, migration plan as of ${audit.asOf}`,
    '',
    ...(moving === 0 ? ['Nothing is worth moving.'] : alignColumns(rows)),
    ...(first
      ? wrap(
          clean(
            `Wave ${first.number} moves ${listNames(first.links.map(index.title), mostNames)}.`,
          ),
          options.width - 2,
        ).map((line) => `  ${line}`)
      : []),
    '',
    ...wrap(stays, options.width),
    ...(tellProgress(audit) === '' ? [] : wrap(tellProgress(audit), options.width)),
    ...wrap(tellPlanWorth(audit), options.width),
    ...(paid === '' ? [] : wrap(`${paid}.`, options.width)),
    ...(decisive === '' ? [] : wrap(decisive, options.width)),
    ...wrap(
      `Reckoned with ${plural(model.items.length, 'item')}, ${plural(model.adapters.length, 'missing adapter')} and ${plural(model.waves.length, 'wave')}; hours are illustrative until costs: in landscape.yaml holds your own.`,
      options.width,
    ),
    '',
    `${paint('bold', 'Open')}   ${file ?? ''}`,
    ...(others.length > 0 ? [`Also   ${others.map((one) => path.basename(one)).join(', ')}`] : []),
    `${paint('bold', 'Next')}   landscape plan verify ${file ?? ''}`,
  ].join('\n')}\n`;
}
