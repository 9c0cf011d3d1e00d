import type { Audit } from '../audit.ts';
import { escapeMarkdown, toMarkdownTable } from './markdown-text.ts';
import { listAssumptions } from './migration-plan/assumptions.ts';
import { drawGantt } from './migration-plan/gantt.ts';
import { indexPlan, type PlanIndex } from './migration-plan/plan-index.ts';
import { tellSensitivity } from './migration-plan/sensitivity.ts';
import { tellSteps } from './migration-plan/steps.ts';
import { tellSummary } from './migration-plan/summary.ts';
import { formatSigned, tellTargets } from './migration-plan/targets.ts';
import { writeWave } from './migration-plan/wave-section.ts';
import { tellFixed, tellProgress, tellStay } from './plan-words.ts';
import { formatCount } from './wording.ts';

/** Renders `migration-plan.md`: what moves where, in which wave, and why. */
export function renderMigrationPlan(audit: Audit): string {
  const index = indexPlan(audit);
  return `${[
    `# ${escapeMarkdown(audit.name)}: migration plan`,
    writeSummary(index),
    drawGantt(index),
    writeProgress(index),
    writeSteps(index),
    writeTargets(audit),
    writeSensitivity(index),
    ...index.plan.waves.map((wave) => writeWave(index, wave)),
    writeRest(index),
    '## What it was reckoned with',
    writeAssumptions(audit),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

function writeSummary(index: PlanIndex): string {
  const { headline, begins, stays, worth } = tellSummary(index);
  const first = [`As of ${index.audit.asOf}. **${headline}**`, escapeMarkdown(begins), stays];
  return `${first.filter((part) => part !== '').join(' ')}\n\n${escapeMarkdown(worth)}`;
}

/** What an earlier plan began, with the hours that it took, and what moves to another wave. */
function writeProgress({ audit, plan, title, nameOf }: PlanIndex): string {
  const { fixed, changes } = plan;
  const sentence = tellProgress(audit);
  if (sentence === '') return '';
  const wave = (number: number): string => (number === 0 ? 'kept' : `wave ${number}`);
  return [
    '## So far',
    sentence,
    ...(fixed.length === 0
      ? []
      : [
          toMarkdownTable(
            ['task', 'wave', 'status', 'planned hours', 'actual hours'],
            fixed
              .slice(0, mostRows)
              .map((one) => [
                tellFixed(one.task, title, nameOf),
                String(one.wave),
                one.status,
                formatCount(one.plannedHours),
                one.actualHours === undefined ? '' : formatCount(one.actualHours),
              ]),
          ),
        ]),
    ...(changes.length === 0
      ? []
      : [
          toMarkdownTable(
            ['link', 'was in', 'is in'],
            changes
              .slice(0, mostRows)
              .map(({ link, from, to }) => [title(link), wave(from), wave(to)]),
          ),
        ]),
  ].join('\n\n');
}

/** Longer lists are read by programs, in plan.json. */
const mostRows = 200;

function writeRest({ audit, plan, title, link }: PlanIndex): string {
  const reasons = new Map([
    ...plan.patterns.map(({ link: key, reasons: texts }): [string, string] => [
      key,
      texts.join('; '),
    ]),
    ...tellStay(audit),
    ...plan.blocked.map(({ link: key, reason }): [string, string] => [key, reason]),
  ]);
  const section = (heading: string, keys: readonly string[]): string[] =>
    keys.length === 0
      ? []
      : [
          `## ${heading}`,
          toMarkdownTable(
            ['link', 'today', 'because'],
            keys
              .slice(0, mostRows)
              .map((key) => [
                title(key),
                link(key)?.protocol ?? link(key)?.family ?? '',
                reasons.get(key) ?? '',
              ]),
          ),
          ...(keys.length > mostRows
            ? [`And ${formatCount(keys.length - mostRows)} more in plan.json.`]
            : []),
        ];
  return [
    ...section('Kept', plan.kept),
    ...section('Retired', plan.retired),
    ...section(
      'Blocked',
      plan.blocked.map((one) => one.link),
    ),
  ].join('\n\n');
}

/** What each wave changes. */
function writeSteps(index: PlanIndex): string {
  const { columns, rows } = tellSteps(index);
  return rows.length === 0
    ? ''
    : ['## What each wave changes', toMarkdownTable(columns, rows)].join('\n\n');
}

function writeTargets(audit: Audit): string {
  const words = tellTargets(audit);
  if (!words) return '';
  const rows = words.rows.map(({ isPlan, cells: [name = '', ...figures] }) => [
    isPlan ? `${name} (chosen)` : name,
    ...figures,
  ]);
  return [
    '## Where else it could go',
    `${words.title}.`,
    toMarkdownTable(words.columns, rows),
    words.note,
  ].join('\n\n');
}

/** The tornado as a table, and what would move first then. */
function writeSensitivity(index: PlanIndex): string {
  const words = tellSensitivity(index);
  if (!words) return '';
  return [
    '## What it hangs on',
    `${words.title}. One assumption at a time is read at its low and its high end, and the same plan valued again.`,
    toMarkdownTable(
      ['assumption', 'low', 'high', 'worth at low, hours', 'worth at high, hours'],
      words.bars.map(({ name, unit, low, high, worthLow, worthHigh }) => [
        `${name}, ${unit}`,
        low,
        high,
        formatSigned(worthLow),
        formatSigned(worthHigh),
      ]),
    ),
    words.withoutEffect,
    words.changes.map((change) => `- ${escapeMarkdown(change)}`).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Every assumption, so that nobody has to believe the plan. */
function writeAssumptions(audit: Audit): string {
  const { lead, columns, rows, risk } = listAssumptions(audit);
  return [escapeMarkdown(lead), toMarkdownTable(columns, rows), risk].join('\n\n');
}
