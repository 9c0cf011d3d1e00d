import { escapeMarkdown, toMarkdownTable } from '../markdown-text.ts';
import { drawBeforeAfter } from './before-after.ts';
import type { PlanIndex, Wave } from './plan-index.ts';
import { tellWave } from './tell-wave.ts';

/** Longer tables are read by programs. */
const limit = { rows: 100, elsewhere: 'plan-tasks.csv, which "landscape plan" writes' };

/** One wave as Markdown: what moves and why, what is built, whom to tell, how to test it. */
export function writeWave(index: PlanIndex, wave: Wave): string {
  const { heading, summary, moves, built, told, checks } = tellWave(index, wave, limit);
  return [
    `## ${heading}`,
    `${summary}.`,
    '### What moves',
    toMarkdownTable(
      ['link', 'today', 'goes to', 'because', 'runner-up', 'criticality', 'risk', 'owner'],
      moves.rows.map((one) => [
        one.title,
        one.today,
        one.goesTo,
        one.because,
        one.runnerUp,
        one.criticality,
        one.risk,
        one.owner,
      ]),
    ),
    moves.more,
    drawBeforeAfter(index, wave),
    ...(built.rows.length > 0
      ? [
          '### What is built',
          toMarkdownTable(
            ['what', 'hours', 'whose system'],
            built.rows.map(({ what, hours, team }) => [what, hours, team]),
          ),
          built.more,
        ]
      : []),
    '### Whom to tell',
    toMarkdownTable(
      ['object', 'comes from', 'is taken by', 'teams'],
      told.rows.map(({ object, from, to, teams }) => [object, from, to, teams]),
    ),
    told.more,
    '### Before it goes live',
    checks.map((check) => `- [ ] ${escapeMarkdown(check)}`).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
