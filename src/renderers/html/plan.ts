import { type AssumptionTable, listAssumptions } from '../migration-plan/assumptions.ts';
import { tellBreakEven } from '../migration-plan/break-even.ts';
import { writeGantt } from '../migration-plan/gantt.ts';
import { indexPlan, type PlanIndex } from '../migration-plan/plan-index.ts';
import { type SensitivityWords, tellSensitivity } from '../migration-plan/sensitivity.ts';
import { type StepTable, tellSteps } from '../migration-plan/steps.ts';
import { tellSummary } from '../migration-plan/summary.ts';
import { type TargetWords, tellTargets } from '../migration-plan/targets.ts';
import { tellStay } from '../plan-words.ts';
import { formatCount, plural } from '../wording.ts';
import type { Context, Named } from './context.ts';
import { type Markup, markup } from './markup.ts';
import { drawBreakEven } from './plan/draw-break-even.ts';
import { drawTargets } from './plan/draw-targets.ts';
import { drawTornado } from './plan/draw-tornado.ts';
import { drawWaves, type WavesPicture } from './plan/draw-waves.ts';
import { viewWave, type WaveView } from './plan/wave-view.ts';
import { tellWaveSteps, type WaveStepsView } from './wave-map/tell-wave-steps.ts';

interface Stay extends Named {
  readonly pattern: string;
  readonly reason: string;
  readonly runnerUp: string;
}

/** The way out. */
export interface PlanView {
  readonly title: Markup;
  readonly worth: Markup;
  readonly moves: string;
  readonly schedule: WavesPicture | null;
  /** The waves as a gantt, for copying. */
  readonly mermaid: string;
  /** The landscape at each step of the plan; without where nothing changes. */
  readonly waveSteps: WaveStepsView | null;
  readonly steps: StepTable;
  readonly waves: readonly WaveView[];
  readonly breakEven: {
    readonly title: Markup;
    readonly detail: string;
    readonly picture: Markup;
  } | null;
  /** Without a picture where nothing moves. */
  readonly targets: (TargetWords & { readonly picture: Markup | null }) | null;
  readonly sensitivity: (SensitivityWords & { readonly picture: Markup }) | null;
  readonly rest: readonly {
    readonly label: string;
    readonly count: string;
    readonly moves: readonly Stay[];
    readonly more: string;
  }[];
  readonly assumptions: AssumptionTable;
}

/** Tells which link goes where, when, why, what that is worth and what it hangs on. */
export function tellPlan(context: Context): PlanView {
  const { audit } = context;
  const index = indexPlan(audit, context.nameOf);
  const { waves, certificate } = index.plan;
  const { headline, begins, stays, worth } = tellSummary(index);
  const isMoving = waves.length > 0;
  const breakEven = drawBreakEven(index.plan);
  const paid = tellBreakEven(index.plan);
  const targets = tellTargets(audit);
  const sensitivity = tellSensitivity(index);
  return {
    title: keepDates(writeTitle(index)),
    worth: keepDates(worth),
    moves: [isMoving ? headline : '', begins, stays].filter((text) => text !== '').join(' '),
    schedule: isMoving ? drawWaves(index) : null,
    mermaid: writeGantt(index),
    waveSteps: tellWaveSteps(context, index),
    steps: tellSteps(index),
    waves: waves.map((wave) => viewWave(context, index, wave)),
    breakEven: breakEven && {
      title: keepDates(paid.title),
      detail: paid.detail,
      picture: breakEven,
    },
    targets: targets && { ...targets, picture: isMoving ? drawTargets(targets) : null },
    sensitivity: sensitivity && {
      ...sensitivity,
      picture: drawTornado(sensitivity, certificate.objective),
    },
    rest: listStays(context),
    assumptions: listAssumptions(audit),
  };
}

/** Text whose lines do not break within a date. */
function keepDates(text: string): Markup {
  const parts = text.split(/(\d{4}-\d{2}-\d{2})/);
  return markup`${parts.map((part, at) => (at % 2 === 1 ? markup`<span class="date">${part}</span>` : markup`${part}`))}`;
}

const mostStays = 30;

/** What does not move, and why. */
function listStays({ audit, toLink }: Context): PlanView['rest'] {
  const { kept, retired, blocked, patterns } = audit.analysis.waves;
  const stays = tellStay(audit);
  const choices = new Map(patterns.map((choice) => [choice.link, choice]));
  const whyBlocked = new Map(blocked.map(({ link, reason }) => [link, reason]));
  return [
    { label: 'Kept', links: kept },
    { label: 'Retired', links: retired },
    { label: 'Blocked', links: blocked.map(({ link }) => link) },
  ]
    .filter(({ links }) => links.length > 0)
    .map(({ label, links }) => ({
      label,
      count: formatCount(links.length),
      moves: links.slice(0, mostStays).map((key) => {
        const choice = choices.get(key);
        return {
          ...toLink(key),
          pattern: choice?.pattern ?? '',
          reason: whyBlocked.get(key) ?? stays.get(key) ?? choice?.reasons.join('; ') ?? '',
          runnerUp: choice?.runnerUp ?? '',
        };
      }),
      more:
        links.length > mostStays
          ? `And ${formatCount(links.length - mostStays)} more in migration-plan.md.`
          : '',
    }));
}

function writeTitle({ plan }: PlanIndex): string {
  const { waves, simulation } = plan;
  if (waves.length === 0) return 'No link has to move';
  const { steps, breakEven } = simulation;
  const [before, after] = [steps[0]?.pointToPointLinks ?? 0, steps.at(-1)?.pointToPointLinks ?? 0];
  const moving = waves.reduce((sum, { links }) => sum + links.length, 0);
  const isOne = waves.length === 1;
  const what =
    before > after
      ? `${isOne ? 'takes' : 'take'} point-to-point links from ${formatCount(before)} to ${formatCount(after)}`
      : `${isOne ? 'moves' : 'move'} ${plural(moving, 'link')}`;
  const pays =
    breakEven.on === null
      ? ''
      : `, and ${isOne ? 'has paid for itself' : 'have paid for themselves'} by ${breakEven.on}`;
  return `${plural(waves.length, 'wave')} ${what}${pays}`;
}
