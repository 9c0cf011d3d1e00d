import { tellPlanBesideHub } from '../hub-words.ts';
import { formatCount, listNames, plural } from '../wording.ts';
import type { Context, Named } from './context.ts';
import type { Markup } from './markup.ts';
import { drawPlanChart } from './plan-chart.ts';

interface Move extends Named {
  readonly pattern: string;
  readonly reason: string;
  readonly runnerUp: string;
}

/** The way out. */
export interface PlanView {
  readonly title: string;
  readonly picture: Markup | null;
  readonly certificate: string;
  /** Empty unless a hub does not pay. */
  readonly besideHub: string;
  readonly waves: readonly {
    readonly number: number;
    readonly hours: string;
    readonly risk: string;
    readonly adapters: string;
    readonly moves: readonly Move[];
    /** How many more there are, in words. */
    readonly more: string;
  }[];
  readonly rest: readonly {
    readonly label: string;
    readonly count: string;
    readonly moves: readonly Move[];
    readonly more: string;
  }[];
}

const mostMoves = 30;
const mostAdapters = 20;

/** Tells which link goes where, when, and why. */
export function tellPlan(context: Context): PlanView {
  const { waves, kept, retired, blocked, patterns, certificate } = context.audit.analysis.waves;
  const choices = new Map(patterns.map((choice) => [choice.link, choice]));
  const whyBlocked = new Map(blocked.map(({ link, reason }) => [link, reason]));
  const toMove = (key: string): Move => {
    const choice = choices.get(key);
    return {
      ...context.toLink(key),
      pattern: choice?.pattern ?? '',
      reason: whyBlocked.get(key) ?? choice?.reasons.join('; ') ?? '',
      runnerUp: choice?.runnerUp ?? '',
    };
  };
  const rest = [
    { label: 'Kept', links: kept },
    { label: 'Retired', links: retired },
    { label: 'Blocked', links: blocked.map(({ link }) => link) },
  ].filter(({ links }) => links.length > 0);
  const cut = (links: readonly string[]): { moves: Move[]; more: string } => ({
    moves: links.slice(0, mostMoves).map(toMove),
    more:
      links.length > mostMoves
        ? `And ${formatCount(links.length - mostMoves)} more in migration-plan.md.`
        : '',
  });
  const proof =
    certificate.bound === null
      ? 'The solver is greedy: a better plan may exist, and no bound is proved.'
      : `Solver ${certificate.solver}; lower bound ${formatCount(certificate.bound)} h.`;
  return {
    title: writeTitle(context),
    picture: waves.length > 0 ? drawPlanChart(context) : null,
    certificate: `${formatCount(certificate.objective)} hours in all. Hours are illustrative until your own figures replace them. ${proof}`,
    besideHub:
      waves.length > 0 && context.audit.scope === 'whole'
        ? tellPlanBesideHub(context.audit.analysis.hub)
        : '',
    waves: waves.map((wave) => ({
      number: wave.number,
      hours: formatCount(wave.effortHours),
      risk: formatCount(wave.risk),
      adapters: listNames(
        wave.adapters.map(({ system, platform }) => `${context.nameOf(system)} to ${platform}`),
        mostAdapters,
      ),
      ...cut(wave.links),
    })),
    rest: rest.map(({ label, links }) => ({
      label,
      count: formatCount(links.length),
      ...cut(links),
    })),
  };
}

function writeTitle({ audit, links }: Context): string {
  const { waves, retired } = audit.analysis.waves;
  if (waves.length === 0) return 'No link has to move';
  const direct = new Set(links.filter(({ pointToPoint }) => pointToPoint).map(({ key }) => key));
  const left =
    direct.size -
    [...retired, ...waves.flatMap((wave) => wave.links)].filter((key) => direct.has(key)).length;
  return `${plural(waves.length, 'wave')} take point-to-point links from ${formatCount(direct.size)} to ${formatCount(left)}`.replace(
    '1 wave take',
    '1 wave takes',
  );
}
