import type { PictureOptions } from '../diagram/draw-picture.ts';
import { drawPicture } from '../diagram/draw-picture.ts';
import type { Drawable } from '../diagram/drawable.ts';
import { type Flowchart, fitFlowchart } from './fit-flowchart.ts';

/** More than this nobody reads; Mermaid itself draws up to 500 arrows, those of the legend among them. */
export const flowchartLimits = { nodes: 60, arrows: 150 };

/** Renders `landscape.mmd`: systems by domain, links the way the data goes. */
export function renderFlowchart(audit: Drawable): string {
  return drawFlowchart(audit).text;
}

/** Draws a flowchart of as much as fits: groups in place of systems where there are too many. */
export function drawFlowchart(audit: Drawable, options: PictureOptions = {}): Flowchart {
  return fitFlowchart((share) =>
    drawPicture(audit, options, {
      nodes: Math.max(1, Math.floor(flowchartLimits.nodes * share)),
      arrows: Math.max(1, Math.floor(flowchartLimits.arrows * share)),
    }),
  );
}
