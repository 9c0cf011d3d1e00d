import type { Audit } from '../audit.ts';
import type { Link } from '../landscape.ts';
import { tellPlanBesideHub } from './hub-words.ts';
import { escapeMarkdown, toMarkdownTable } from './markdown-text.ts';
import { escapeMermaid } from './mermaid.ts';
import { formatCount, plural } from './wording.ts';

/** Renders `migration-plan.md`: what moves where, in which wave, and why. */
export function renderMigrationPlan(audit: Audit): string {
  const { adapterBuildHours, routeBuildHours } = audit.analysis.hub.costs;
  return `${[
    `# ${escapeMarkdown(audit.name)}: migration plan`,
    writeSummary(audit),
    writeGantt(audit),
    ...audit.analysis.waves.waves.map((wave) => writeWave(audit, wave)),
    writeRest(audit),
    '## How this plan was made',
    `The plan is greedy: links go by risk, from the lowest, into waves of about equal effort. It proves no bound, so a better order may exist. Effort is illustrative: ${adapterBuildHours} hours to build the adapter of a system for a platform once, and ${routeBuildHours} hours for each route (\`costs:\` in \`landscape.yaml\`). Risk goes from 0 to 100: criticality counts most, then how much hangs on both ends, then a missing registration and a missing owner.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

type Wave = Audit['analysis']['waves']['waves'][number];

function writeSummary(audit: Audit): string {
  const { waves, kept, retired, blocked } = audit.analysis.waves;
  const moving = waves.reduce((sum, wave) => sum + wave.links.length, 0);
  const beside = audit.scope === 'whole' ? tellPlanBesideHub(audit.analysis.hub) : '';
  const hours = waves.reduce((sum, wave) => sum + wave.effortHours, 0);
  if (moving === 0)
    return `As of ${audit.asOf}. Nothing has to move: ${plural(kept.length, 'link')} can stay as they are, ${plural(retired.length, 'link')} can be retired, ${plural(blocked.length, 'link')} are blocked.`;
  return `As of ${audit.asOf}. ${plural(moving, 'link')} ${moving === 1 ? 'moves' : 'move'} in ${plural(waves.length, 'wave')} and about ${formatCount(hours)} hours; ${plural(kept.length, 'link')} can stay, ${plural(retired.length, 'link')} can be retired, ${plural(blocked.length, 'link')} wait for an owner.${beside === '' ? '' : ` ${beside}`}`;
}

function writeGantt(audit: Audit): string {
  const { waves } = audit.analysis.waves;
  if (waves.length === 0) return '';
  let day = 0;
  const lines = waves.flatMap((wave) => {
    const days = Math.max(1, Math.ceil(wave.effortHours / 8));
    const start = day;
    day += days;
    return [
      `  section Wave ${wave.number}`,
      `  ${escapeMermaid(`${plural(wave.links.length, 'link')}, ${wave.effortHours} hours`).replace(/[:;]/g, ' ')} :w${wave.number}, ${addDays(audit.asOf, start)}, ${days}d`,
    ];
  });
  const settings = [
    'title Waves at one person working full days',
    'dateFormat YYYY-MM-DD',
    'axisFormat %Y-%m-%d',
    `tickInterval ${chooseTick(day)}`,
    // The line of today would stand elsewhere for every reader.
    'todayMarker off',
  ];
  return `\`\`\`mermaid\ngantt\n${settings.map((setting) => `  ${setting}\n`).join('')}${lines.join('\n')}\n\`\`\``;
}

/** As many ticks as have room for their dates. */
function chooseTick(days: number): string {
  const fitting = 12;
  if (days <= fitting * 7) return '1week';
  return `${Math.ceil(days / 30 / fitting)}month`;
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function writeWave(audit: Audit, wave: Wave): string {
  const choices = new Map(audit.analysis.waves.patterns.map((choice) => [choice.link, choice]));
  const rows = wave.links.map((key) => {
    const link = findLink(audit, key);
    const choice = choices.get(key);
    return [
      `${link?.from} → ${link?.to}`,
      link?.protocol ?? link?.family ?? '',
      choice?.pattern ?? '',
      choice?.reasons.join('; ') ?? '',
      choice?.runnerUp ?? '',
      link?.criticality ?? '',
      link?.owner?.team ?? '',
    ];
  });
  const adapters = wave.adapters
    .map(({ system, platform }) => `${system} (${platform})`)
    .join(', ');
  return [
    `## Wave ${wave.number}`,
    `${plural(wave.links.length, 'link')}, ${formatCount(wave.effortHours)} hours, highest risk ${wave.risk}. Adapters to build: ${escapeMarkdown(adapters || 'none')}.`,
    toMarkdownTable(
      ['link', 'today', 'goes to', 'because', 'runner-up', 'criticality', 'owner'],
      rows,
    ),
  ].join('\n\n');
}

function writeRest(audit: Audit): string {
  const { kept, retired, blocked, patterns } = audit.analysis.waves;
  const reasons = new Map(patterns.map(({ link, reasons: texts }) => [link, texts.join('; ')]));
  const section = (title: string, rows: readonly (readonly string[])[]): string =>
    rows.length === 0 ? '' : `## ${title}\n\n${toMarkdownTable(['link', 'because'], rows)}`;
  const describe = (key: string): string[] => [key, reasons.get(key) ?? ''];
  return [
    section('Kept', kept.map(describe)),
    section('Retired', retired.map(describe)),
    section(
      'Blocked',
      blocked.map(({ link, reason }) => [link, reason]),
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function findLink(audit: Audit, key: string): Link | undefined {
  return audit.links.find((link) => link.key === key);
}
