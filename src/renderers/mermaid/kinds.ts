import type { Audit } from '../../audit.ts';
import type { PictureOptions } from '../diagram/draw-picture.ts';
import { type Drawable, withAnalysis } from '../diagram/drawable.ts';
import { tellCollapsed, tellOmitted } from '../diagram/tell-omitted.ts';
import { writeGantt } from '../migration-plan/gantt.ts';
import { indexPlan } from '../migration-plan/plan-index.ts';
import { toScheduleFacts } from '../schedules/facts.ts';
import { nameJobs } from '../schedules/name-jobs.ts';
import { drawWeekGantt } from '../schedules/week-gantt.ts';
import { plural } from '../wording.ts';
import type { Chart } from './chart.ts';
import { drawFlowchart } from './flowchart.ts';
import { drawHotspots } from './hotspots.ts';
import { drawTraffic } from './traffic.ts';

/** What can be drawn in Mermaid, and what is missing where it cannot. */
export const diagramKinds = {
  flowchart: 'no system that counts was found',
  traffic: 'gateway logs show calls of fewer than two pairs of systems',
  hotspots: 'fewer than three systems take data, or none takes it from two',
  waves: 'the migration plan moves no link',
  week: 'no job runs on a schedule that can be followed',
} as const;
export type DiagramKind = keyof typeof diagramKinds;

/** Whether a kind shows what an analysis finds, not systems and links alone. */
export function isOfAnalysis(kind: DiagramKind): boolean {
  return kind !== 'flowchart' && kind !== 'traffic';
}

/** Draws one kind of diagram; `undefined` where the audit has nothing for it. */
export function drawKind(
  audit: Drawable,
  kind: DiagramKind,
  options: PictureOptions = {},
): Chart | undefined {
  switch (kind) {
    case 'flowchart': {
      const { text, picture } = drawFlowchart(audit, options);
      const notes = [tellCollapsed(picture), tellOmitted(picture)].filter((note) => note !== '');
      return picture.nodes.length === 0
        ? undefined
        : {
            title: picture.title,
            text,
            note: notes.map((note) => `${note}.`).join(' '),
          };
    }
    case 'traffic':
      return drawTraffic(audit);
    case 'hotspots':
      return drawHotspots(withAnalysis(audit));
    case 'waves':
      return drawWaves(withAnalysis(audit));
    case 'week':
      return drawWeek(withAnalysis(audit));
  }
}

function drawWaves(audit: Audit): Chart | undefined {
  const index = indexPlan(audit);
  const text = writeGantt(index);
  const { waves } = index.plan;
  const moved = waves.reduce((sum, { links }) => sum + links.length, 0);
  return text === ''
    ? undefined
    : {
        title: `${plural(moved, 'link')} ${moved === 1 ? 'moves' : 'move'} in ${plural(waves.length, 'wave')}`,
        text,
        note: '',
      };
}

function drawWeek(audit: Audit): Chart | undefined {
  const facts = toScheduleFacts(audit);
  const week = drawWeekGantt(facts, nameJobs(audit));
  if (!week) return undefined;
  const notes = [
    `Times are those of ${facts.schedules.timezone || 'UTC'}.`,
    ...(week.hasHurting ? ['Red: the runs whose failure hurts most.'] : []),
    ...(week.omittedJobs > 0 ? [`Left out: ${plural(week.omittedJobs, 'job')}.`] : []),
  ];
  return { title: 'A week of runs', text: week.text, note: notes.join(' ') };
}
