import { drawPicture, type PictureOptions } from '../diagram/draw-picture.ts';
import type { Drawable } from '../diagram/drawable.ts';
import { type SplitPicture, splitPicture } from '../diagram/split-picture.ts';
import { type Flowchart, fitFlowchart, mostCharacters } from './fit-flowchart.ts';
import { flowchartLimits } from './flowchart.ts';
import { writeFlowchart } from './write-flowchart.ts';

/** A landscape as several flowcharts, and one of the groups. */
export interface SplitFlowchart extends SplitPicture {
  readonly overview: Flowchart;
}

/** Draws a landscape as several flowcharts of which each fits; every link is in one of them. */
export function splitFlowchart(
  audit: Drawable,
  options: Pick<PictureOptions, 'groupBy' | 'hasAllKinds'>,
): SplitFlowchart {
  const fits = (picture: Parameters<typeof writeFlowchart>[0]): boolean =>
    writeFlowchart(picture).length <= mostCharacters;
  return {
    overview: fitFlowchart((share) =>
      drawPicture(
        audit,
        { ...options, asGroups: true },
        {
          nodes: Math.max(1, Math.floor(flowchartLimits.nodes * share)),
          arrows: Math.max(1, Math.floor(flowchartLimits.arrows * share)),
        },
      ),
    ),
    ...splitPicture(audit, options, flowchartLimits, fits),
  };
}
