import { sortBy } from '../../order.ts';
import { frameNodes } from '../diagram/frame-nodes.ts';
import type { Picture, PictureNode } from '../diagram/picture.ts';
import { tellOmitted } from '../diagram/tell-omitted.ts';
import { escapeMermaid, plainMermaid } from './escape-mermaid.ts';
import { drawLegend } from './legend.ts';
import { arrowOf, classesOf, shapeOf, styleArrows, styleBoxes } from './style.ts';

/** Writes a picture as a Mermaid flowchart: groups as frames, arrows the way the data goes, and a legend of what occurs. */
export function writeFlowchart(picture: Picture): string {
  const { title, nodes, arrows } = picture;
  const names = new Map(sortBy(nodes, ({ id }) => id).map(({ id }, index) => [id, `s${index}`]));
  const nameOf = (id: string): string => names.get(id) ?? '';
  const groups = frameNodes(nodes);
  const frames: string[] = [];
  const lines: string[] = [];
  for (const [group, members] of groups) {
    const indent = group === '' ? '  ' : '    ';
    if (group !== '') {
      const frame = `d${frames.length}`;
      frames.push(frame);
      lines.push(`  subgraph ${frame}["${escapeMermaid(group)}"]`);
    }
    for (const node of members)
      lines.push(`${indent}${nameOf(node.id)}${shapeOf(node, labelOf(node))}`);
    if (group !== '') lines.push('  end');
  }
  for (const { from, to, state, label } of arrows)
    lines.push(`  ${nameOf(from)} ${arrowOf(state, escapeMermaid(label))} ${nameOf(to)}`);
  const legend = drawLegend(picture);
  const left = tellOmitted(picture);
  return `${[
    '---',
    `title: "${plainMermaid(title)}"`,
    '---',
    'flowchart LR',
    ...lines,
    ...(left === '' ? [] : [`  left["${escapeMermaid(left)}"]`]),
    ...legend.lines,
    ...styleArrows([...arrows.map(({ state }) => state), ...legend.states]),
    ...styleBoxes([
      ...nodes.flatMap((node) => classesOf(node).map((style) => ({ box: nameOf(node.id), style }))),
      ...legend.boxes,
      ...(left === '' ? [] : [{ box: 'left', style: 'note' }]),
    ]),
    ...[...frames, ...legend.frames].map(
      (frame) => `  style ${frame} fill:none,stroke:#8b949e,color:#7d8590`,
    ),
  ].join('\n')}\n`;
}

function labelOf({ name, detail }: PictureNode): string {
  return detail === undefined
    ? escapeMermaid(name)
    : `${escapeMermaid(name)}<br/>${escapeMermaid(detail)}`;
}
