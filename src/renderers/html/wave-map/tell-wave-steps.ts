import { sortedUnique } from '../../../order.ts';
import { listSetUps, type PlanIndex } from '../../migration-plan/plan-index.ts';
import { formatCount, listNames, plural } from '../../wording.ts';
import type { Context, Named } from '../context.ts';
import type { Markup } from '../markup.ts';
import { drawWaveMap } from './draw-wave-map.ts';
import { followLinks, type LinkCourse, placeAt } from './follow-links.ts';

interface Figure {
  readonly label: string;
  readonly value: string;
  /** What it is a part of; the empty text where of nothing. */
  readonly of: string;
}

/** The landscape at one step of the plan: what it comes to, and what has changed since the step before. */
export interface WaveStep {
  readonly step: number;
  /** What stands below the slider. */
  readonly tick: string;
  /** `After wave 1, by 2027-01-31`. */
  readonly title: string;
  /** The step in one sentence, for those who do not see the picture. */
  readonly said: string;
  readonly figures: readonly Figure[];
  readonly changes: readonly {
    readonly what: string;
    readonly links: readonly (Named & { readonly goesTo: string })[];
    readonly more: string;
  }[];
  /** Where all that the wave moves is listed; the empty text today. */
  readonly href: string;
  /** Whether it is today or the end, which have names of their own. */
  readonly isEnd: boolean;
}

/** One control over the whole landscape: from today, wave by wave, to what it is planned to be. */
export interface WaveStepsView {
  readonly title: string;
  readonly last: number;
  readonly picture: Markup;
  /** Today and the end, for paper and where there is no script. */
  readonly ends: readonly {
    readonly title: string;
    readonly figures: string;
    readonly picture: Markup;
  }[];
  readonly steps: readonly WaveStep[];
  readonly isLong: boolean;
  readonly leftOut: string;
}

const mostNamed = 8;
const mostLabels = 9;

/** Tells the landscape at each step of its plan; `null` where nothing changes. */
export function tellWaveSteps(context: Context, index: PlanIndex): WaveStepsView | null {
  const { plan } = index;
  const { steps } = plan.simulation;
  if (steps.length < 2) return null;
  const courses = followLinks(context, index);
  const last = steps.length - 1;
  const isLong = steps.length > mostLabels;
  const told = steps.map((_, step) => tellStep(context, index, courses, step, isLong));
  const { picture, ends } = drawWaveMap(
    context,
    courses,
    told.map(({ said }) => said),
  );
  const loops = courses.filter(({ from, to }) => from === to).length;
  const toEnd = (step: number): WaveStepsView['ends'][number] => ({
    title: told[step]?.title ?? '',
    figures: tellFigures(told[step]?.figures ?? []),
    picture: ends[step === 0 ? 0 : 1],
  });
  return {
    title: writeTitle(index, courses, last),
    last,
    picture,
    ends: [toEnd(0), toEnd(last)],
    steps: told,
    isLong,
    leftOut: loops > 0 ? `${plural(loops, 'link')} from a system to itself not drawn.` : '',
  };
}

function writeTitle(
  { plan: { simulation } }: PlanIndex,
  courses: readonly LinkCourse[],
  last: number,
): string {
  const [before, after] = [simulation.steps[0], simulation.steps[last]].map(
    (step) => step?.pointToPointLinks ?? 0,
  );
  const moved = courses.filter(({ before: from, after: to }) => from !== to && to !== 'retired');
  const to = sortedUnique(moved.map(({ after: platform }) => String(platform)));
  const over =
    moved.length === 0
      ? ''
      : `: ${formatCount(moved.length)} ${moved.length === 1 ? 'moves' : 'move'} to ${listNames(to)}`;
  return `Of ${plural(before ?? 0, 'link')} straight from system to system, ${after === 0 ? 'none' : formatCount(after ?? 0)} ${(after ?? 0) < 2 ? 'is' : 'are'} left${over}`;
}

function tellStep(
  context: Context,
  { plan }: PlanIndex,
  courses: readonly LinkCourse[],
  step: number,
  isLong: boolean,
): WaveStep {
  const { steps } = plan.simulation;
  const [now, last] = [steps[step], steps.length - 1];
  if (!now) throw new Error(`the plan has no step ${step}`);
  const wave = plan.waves.find(({ number }) => number === now.wave);
  const systems = context.systems.length;
  const pairs = (systems * (systems - 1)) / 2;
  const over = courses.filter((course) => placeAt(course, step)).length;
  const hours = plan.waves.map(({ number, effortHours }) => ({ number, effortHours }));
  const all = hours.reduce((sum, { effortHours }) => sum + effortHours, 0);
  const spent = hours.reduce(
    (sum, { number, effortHours }) => sum + (number <= now.wave ? effortHours : 0),
    0,
  );
  const figures: Figure[] = [
    {
      label: 'links straight from system to system',
      value: formatCount(now.pointToPointLinks),
      of: step === 0 ? '' : `${formatCount(steps[0]?.pointToPointLinks ?? 0)} today`,
    },
    {
      label: 'pairs wired straight',
      value: formatCount(now.pointToPointPairs),
      of: `of ${formatCount(pairs)} possible`,
    },
    {
      label: 'links through a platform',
      value: formatCount(over),
      of:
        step === 0
          ? ''
          : `${formatCount(courses.filter((course) => placeAt(course, 0)).length)} today`,
    },
    { label: 'hours spent', value: formatCount(spent), of: `of ${formatCount(all)}` },
  ];
  const title =
    step === 0
      ? `Today, ${now.on}`
      : `After wave ${now.wave}${step === last ? ', the target' : ''}: ${now.on}`;
  return {
    step,
    tick: step === 0 ? 'Today' : step === last ? 'Target' : isLong ? '' : `Wave ${now.wave}`,
    title,
    said: `${title}. ${tellFigures(figures)}`,
    figures,
    changes: step === 0 ? listToday(context, courses) : listChanges(context, plan, courses, step),
    href: wave === undefined ? '' : `#wave-${wave.number}`,
    isEnd: step === 0 || step === last,
  };
}

function tellFigures(figures: readonly Figure[]): string {
  const told = figures.map(({ label, value, of }) => `${value} ${label}${of && `, ${of}`}`);
  return `${told.join('; ')}.`;
}

function listToday(context: Context, courses: readonly LinkCourse[]): WaveStep['changes'] {
  const over = courses.filter(({ before }) => before !== null).length;
  const moving = courses.filter(({ step }) => step !== null).length;
  const staying = courses.filter(({ before, step }) => before === null && step === null).length;
  return [
    {
      what: `${plural(courses.length, 'link')} between ${plural(context.systems.length, 'system')}, ${formatCount(over)} of them through a platform. The plan changes ${formatCount(moving)}; ${staying === 0 ? 'none goes' : `${formatCount(staying)} ${staying === 1 ? 'goes' : 'go'}`} straight for good.`,
      links: [],
      more: '',
    },
  ];
}

function listChanges(
  context: Context,
  plan: PlanIndex['plan'],
  courses: readonly LinkCourse[],
  step: number,
): WaveStep['changes'] {
  const number = plan.simulation.steps[step]?.wave;
  const wave = plan.waves.find((one) => one.number === number);
  const own = courses.filter((course) => course.step === step);
  const moved = own.filter(({ after }) => after !== 'retired');
  const retired = own.filter(({ after }) => after === 'retired');
  const list = (what: string, links: readonly LinkCourse[]): WaveStep['changes'] =>
    links.length === 0
      ? []
      : [
          {
            what,
            links: links.slice(0, mostNamed).map(({ key, after }) => ({
              ...context.toLink(key),
              goesTo: after === 'retired' ? '' : (after ?? ''),
            })),
            more:
              links.length > mostNamed ? `and ${formatCount(links.length - mostNamed)} more` : '',
          },
        ];
  const built = [
    ...(wave && wave.adapters.length > 0 ? [plural(wave.adapters.length, 'adapter')] : []),
    ...(wave ? listSetUps(plan, wave).map(({ name }) => `the set-up of ${name}`) : []),
  ];
  return [
    ...list(`${plural(moved.length, 'link')} ${moved.length === 1 ? 'moves' : 'move'}`, moved),
    ...list(
      `${plural(retired.length, 'link')} ${retired.length === 1 ? 'is' : 'are'} retired`,
      retired,
    ),
    ...(wave
      ? [
          {
            what: `${formatCount(wave.effortHours)} hours of work from ${wave.first} to ${wave.last}${built.length > 0 ? `, with ${listNames(built)}` : ''}`,
            links: [],
            more: '',
          },
        ]
      : []),
  ];
}
