import type { ComparedEffect, FailedRunReport } from '../analyzers/freshness/what-if.ts';
import type { Landscape } from '../landscape.ts';
import { openClock, tellTime } from './schedules/local-time.ts';
import { tellHours } from './schedules/tell-age.ts';
import { alignColumns, clean, painter, type TerminalOptions, wrap } from './terminal-text.ts';

/** What one failed run does, for a terminal: the sentence, then every system behind it. */
export function renderFailedRun(
  report: FailedRunReport,
  { systems }: Landscape,
  options: TerminalOptions,
): string {
  const names = new Map(systems.map(({ id, name }) => [id, name]));
  const clock = openClock(report.timezone);
  const timeOf = (time: string | number): string =>
    tellTime(clock(typeof time === 'number' ? time : Date.parse(time)), 'short');
  if (report.effects.length === 0)
    return `${clean(report.subject)}: no system holds older data if the run of ${timeOf(report.run)} (${report.timezone}) fails.\n`;
  const rows = report.effects.map((effect) => [
    `${effect.certainty === 'possible' ? 'possibly ' : ''}${clean(names.get(effect.consumer) ?? effect.consumer)}`,
    clean(effect.as === undefined ? effect.object : `${effect.object} in ${effect.as}`),
    tellThen(effect),
    tellNormal(effect),
    timeOf(effect.from),
    effect.until === null ? 'not known' : timeOf(effect.until),
    effect.hoursUnnoticed === null
      ? 'nobody known'
      : timeOf(Date.parse(report.run) + effect.hoursUnnoticed * 3_600_000),
  ]);
  const header = [
    'System',
    'Data',
    'If it fails',
    'Oldest anyway',
    'Older from',
    'Until',
    'First reader',
  ];
  const [head, ...body] = alignColumns([header, ...rows]);
  return [
    ...wrap(clean(report.sentence ?? ''), options.width),
    ...report.notes.map(clean),
    '',
    painter(options)('bold', head ?? ''),
    ...body,
    '',
    `Ages are the oldest at reading where somebody reads, else at rest; anyway: within 35 days in which\nevery run succeeds. Times are those of ${report.timezone}.`,
    '',
  ].join('\n');
}

function tellNormal({ normallyAtReadHours, normallyAtRestHours }: ComparedEffect): string {
  const age = normallyAtReadHours ?? normallyAtRestHours;
  if (age === null) return 'none';
  return `${tellHours(age)}${normallyAtReadHours === null ? '' : ' read'}`;
}

function tellThen({ ageAtReadHours, ageAtRestHours }: ComparedEffect): string {
  const age = ageAtReadHours ?? ageAtRestHours;
  if (age === null) return 'none';
  return `${tellHours(age)}${ageAtReadHours === null ? '' : ' read'}`;
}
