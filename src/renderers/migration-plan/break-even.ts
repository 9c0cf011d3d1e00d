import { formatCount, plural } from '../wording.ts';
import { countDays } from './days.ts';
import type { Plan } from './plan-index.ts';

/** When a plan has paid for itself, in words; empty texts where nothing moves. */
export interface BreakEvenWords {
  readonly title: string;
  /** What is spent ahead until then. */
  readonly detail: string;
}

/** Tells the day on which more has been saved than spent, and how much is spent ahead of that. */
export function tellBreakEven({ simulation, model }: Plan): BreakEvenWords {
  const { on, points } = simulation.breakEven;
  const [start] = points;
  if (!start) return { title: '', detail: '' };
  const deepest = points.reduce(
    (most, point) => (point.cost - point.saved > most.cost - most.saved ? point : most),
    start,
  );
  const ahead = Math.round(deepest.cost - deepest.saved);
  return {
    title:
      on === null
        ? `The plan does not pay for itself within ${plural(model.horizonYears, 'year')}`
        : on === start.on
          ? 'The plan has paid for itself from its first day on'
          : `After ${tellSpan(start.on, on)}, on ${on}, the plan has paid for itself`,
    detail:
      ahead <= 0
        ? ''
        : `At most ${plural(ahead, 'hour')} ${ahead === 1 ? 'is' : 'are'} spent ahead of what is saved, on ${deepest.on}.`,
  };
}

const daysPerMonth = 365.25 / 12;

function tellSpan(from: string, to: string): string {
  const days = countDays(from, to) - 1;
  return days < 2 * daysPerMonth
    ? plural(days, 'day')
    : `${formatCount(days / daysPerMonth)} months`;
}
