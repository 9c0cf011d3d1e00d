import { tellPlanWorth } from '../plan-words.ts';
import { formatCount, listNames, plural } from '../wording.ts';
import { tellBreakEven } from './break-even.ts';
import type { PlanIndex } from './plan-index.ts';

/** A plan in a few sentences of plain text, the same in every report. */
export interface PlanSummary {
  /** What moves. */
  readonly headline: string;
  /** What moves first; the empty text where nothing does. */
  readonly begins: string;
  readonly stays: string;
  /** What it is worth, how sure that is, and from when on it pays. */
  readonly worth: string;
}

const mostNames = 4;

/** Tells what moves, what stays and what it is worth. */
export function tellSummary({ audit, plan, title }: PlanIndex): PlanSummary {
  const { waves, kept, unmoved, retired, blocked } = plan;
  const moving = waves.reduce((sum, wave) => sum + wave.links.length, 0);
  const hours = waves.reduce((sum, wave) => sum + wave.effortHours, 0);
  const staying = kept.length - unmoved.length;
  const stays = [
    ...(staying === 0 && unmoved.length > 0
      ? []
      : [`${plural(staying, 'link')} can stay as ${staying === 1 ? 'it is' : 'they are'}`]),
    ...(unmoved.length === 0
      ? []
      : [
          `${staying === 0 ? plural(unmoved.length, 'link') : `${formatCount(unmoved.length)} more`} would fit a platform but ${unmoved.length === 1 ? 'stays' : 'stay'}`,
        ]),
    ...(retired.length === 0 ? [] : [`${formatCount(retired.length)} can be retired`]),
    ...(blocked.length === 0
      ? []
      : [`${formatCount(blocked.length)} ${blocked.length === 1 ? 'waits' : 'wait'} for an owner`]),
  ];
  const [first] = waves;
  const paid = tellBreakEven(plan);
  return {
    headline:
      moving === 0
        ? 'Nothing has to move.'
        : `${plural(moving, 'link')} ${moving === 1 ? 'moves' : 'move'} in ${plural(waves.length, 'wave')} and about ${plural(Math.round(hours), 'hour')}.`,
    begins: first
      ? `It begins on ${first.first} with ${listNames(first.links.map(title), mostNames)}.`
      : '',
    stays: `${stays.join(', ')}.`,
    worth: [tellPlanWorth(audit), paid.title && `${paid.title}.`, paid.detail]
      .filter((sentence) => sentence !== '')
      .join(' '),
  };
}
