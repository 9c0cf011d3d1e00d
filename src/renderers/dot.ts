import { sortBy } from '../order.ts';
import { frameNodes } from './diagram/frame-nodes.ts';
import type { LineState, Picture, PictureNode } from './diagram/picture.ts';
import { clip, plural } from './wording.ts';

const longestLabel = 60;

/** Okabe–Ito colours, and a width and dash that say the same without colour. Whole landscapes have no other lines. */
const lines: Readonly<Partial<Record<LineState, string>>> = {
  shadow: 'color="#b14d8a", penwidth=3, style=dashed',
  unregistered: 'color="#d55e00", penwidth=3',
  declared: 'color="#0072b2", style=dotted, penwidth=1.5',
  seen: 'color="#6e7781"',
};

/** The shape of each kind; what is not named is a box. */
const shapes: Readonly<Partial<Record<PictureNode['kind'], string>>> = {
  'data-platform': 'cylinder',
  'external-service': 'ellipse',
  device: 'hexagon',
  database: 'cylinder',
  'file-store': 'folder',
  broker: 'cds',
  'api-gateway': 'house',
  'integration-platform': 'component',
  group: 'box3d',
};

const widths: Readonly<Record<PictureNode['criticality'], number>> = {
  'mission-critical': 3,
  'business-critical': 2,
  operational: 1,
  administrative: 1,
};

/** Writes a picture in the DOT language of Graphviz: groups as clusters, arrows the way the data goes. */
export function writeDot({ title, nodes, arrows, omitted }: Picture): string {
  const names = new Map(sortBy(nodes, ({ id }) => id).map(({ id }, index) => [id, `s${index}`]));
  const left =
    omitted.systems + omitted.links === 0
      ? ''
      : `\nleft out: ${plural(omitted.systems, 'system')}, ${plural(omitted.links, 'link')}`;
  const written = [
    'digraph landscape {',
    '  rankdir=LR;',
    `  label=${quote(`${title}${left}`, 200)};`,
    '  labelloc=t;',
    '  fontname="sans-serif";',
    '  node [shape=box, fontname="sans-serif"];',
    '  edge [fontname="sans-serif", fontsize=10];',
  ];
  const groups = frameNodes(nodes);
  let cluster = 0;
  for (const [group, members] of groups) {
    const indent = group === '' ? '  ' : '    ';
    if (group !== '')
      written.push(`  subgraph cluster_${cluster++} {`, `    label=${quote(group, longestLabel)};`);
    for (const node of members) written.push(`${indent}${names.get(node.id)} ${writeNode(node)};`);
    if (group !== '') written.push('  }');
  }
  for (const { from, to, label, state } of arrows)
    written.push(
      `  ${names.get(from)} -> ${names.get(to)} [${label === '' ? '' : `label=${quote(label, longestLabel)}, `}${lines[state] ?? lines.seen}];`,
    );
  return `${[...written, '}'].join('\n')}\n`;
}

function writeNode({ name, detail, kind, criticality, isFocus }: PictureNode): string {
  const label =
    detail === undefined ? clip(name, longestLabel) : `${clip(name, longestLabel)}\n${detail}`;
  const styles = [
    ...(isFocus ? ['filled'] : []),
    ...(kind === 'unknown' ? ['dashed'] : []),
    ...(widths[criticality] > 2 ? ['bold'] : []),
  ];
  return `[label=${quote(label, 2 * longestLabel)}${[
    ...(shapes[kind] === undefined ? [] : [`shape=${shapes[kind]}`]),
    `penwidth=${widths[criticality]}`,
    ...(styles.length > 0 ? [`style="${styles.join(',')}"`] : []),
    ...(isFocus ? ['fillcolor="#24292f"', 'fontcolor="#ffffff"'] : []),
  ]
    .map((attribute) => `, ${attribute}`)
    .join('')}]`;
}

/**
 * Any text as a quoted DOT string. Graphviz reads a backslash as the begin of an escape and `&` as
 * the begin of an HTML character; line breaks of our own stay, all else that cannot be seen goes.
 */
export function quote(text: string, most: number): string {
  const visible = text
    .split('\n')
    .map((line) => line.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ').trim())
    .join('\n');
  const escaped = clip(visible, most).replace(/[\\"&\n]/g, (character) => escapes[character] ?? '');
  return `"${escaped}"`;
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '&': '&amp;',
  '\n': '\\n',
};
