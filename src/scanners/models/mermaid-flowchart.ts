import type { SystemKind } from '../../vocabulary.ts';
import { findKind } from './kind-of-text.ts';
import { readLabel } from './mermaid-labels.ts';
import type { Meaning, Model, ModelElement, ModelRelation, Spot } from './model.ts';
import { findProtocol } from './protocol-of-text.ts';

interface Node extends Spot {
  readonly id: string;
  label: string | undefined;
  shape: string;
  frame: string | undefined;
  styles: Set<string>;
}

interface Frame {
  readonly id: string;
  readonly title: string;
}

/** The signs around a label, and what they close with; longer ones first. */
const shapes: readonly (readonly [open: string, close: string, shape: string])[] = [
  ['(((', ')))', 'round'],
  ['([', '])', 'stadium'],
  ['[(', ')]', 'cylinder'],
  ['[[', ']]', 'subroutine'],
  ['[/', '/]', 'slanted'],
  ['[/', '\\]', 'slanted'],
  ['[\\', '\\]', 'slanted'],
  ['[\\', '/]', 'slanted'],
  ['((', '))', 'round'],
  ['{{', '}}', 'hexagon'],
  ['(-', '-)', 'round'],
  ['[', ']', 'box'],
  ['(', ')', 'round'],
  ['{', '}', 'decision'],
  ['>', ']', 'flag'],
];
const kindOfShape: Readonly<Record<string, SystemKind>> = {
  cylinder: 'database',
  cyl: 'database',
  db: 'database',
  database: 'database',
};
const ignored = /^(?:classDef|linkStyle|click|style|direction|accTitle|accDescr|title)\b/;
const nodeId = /[\p{L}\p{N}_][\p{L}\p{N}_]*(?:[.-](?=[\p{L}\p{N}_])[\p{L}\p{N}_]+)*/uy;
/** An arrow without a text inside, and one with. */
const plainArrow =
  /\s*(?:[\w-]{1,50}@)?(<|[xo](?=[-=]))?(?:-{2,}|={2,}|-\.{1,}-|-\.{1,}|~{3,})([>xo](?![\w])|>|-)?/y;
const openArrow = /\s*(?:[\w-]{1,50}@)?(<|[xo](?=[-=]))?(--|==|-\.)(?![->=.xo])\s*/y;
const legend = /^(?:legend|legende|key|how to read it|notation)$/i;
const mostNodes = 20_000;
const mostArrows = 50_000;

/** Reads a flowchart, tolerantly: a statement that is not understood is counted, and the rest is read. */
export function readFlowchart(lines: readonly { text: string; line: number }[]): Model {
  const nodes = new Map<string, Node>();
  const frames: Frame[] = [];
  const titles = new Map<string, string>();
  const relations: ModelRelation[] = [];
  const skipped: { line: number; reason: string }[] = [];

  const touch = (id: string, spot: Spot): Node => {
    const known = nodes.get(id);
    if (known) {
      known.frame ??= frames.at(-1)?.title;
      return known;
    }
    const node: Node = {
      id,
      label: undefined,
      shape: '',
      frame: frames.at(-1)?.title,
      styles: new Set(),
      ...spot,
    };
    if (nodes.size < mostNodes) nodes.set(id, node);
    return node;
  };

  for (const { text, line } of lines) {
    for (const { text: statement, column } of splitStatements(text)) {
      const spot = { line, column };
      if (statement === 'end') frames.pop();
      else if (/^subgraph\b/.test(statement)) {
        const frame = readFrame(statement);
        titles.set(frame.id, frame.title);
        frames.push(frame);
      } else if (/^class\s/.test(statement)) {
        const [, members = '', style = ''] =
          /^class\s+(\S{1,20000})\s+(\S{1,200})/.exec(statement) ?? [];
        for (const id of members.split(',')) nodes.get(id)?.styles.add(style);
      } else if (!ignored.test(statement) && relations.length < mostArrows) {
        const rest = readChain(statement, spot, touch, relations);
        if (rest !== undefined)
          skipped.push({ line, reason: `"${rest.slice(0, 40)}" is not understood` });
      }
    }
  }
  const isLegend = (node: Node): boolean =>
    node.styles.has('note') || legend.test(node.frame ?? '') || node.id === 'legend';
  const all = [...nodes.values()].filter(({ id }) => !titles.has(id));
  const legends = new Set(all.filter(isLegend).map(({ id }) => id));
  const decisions = all.filter(({ shape }) => shape === 'decision').length;
  if (decisions > 0)
    return {
      elements: [],
      relations: [],
      leftOut: { 'flowchart of a process, with decisions': 1 },
    };
  return {
    elements: [
      ...all.filter(({ id }) => !legends.has(id)).map(toElement),
      ...[...titles].map(
        ([id]): ModelElement => ({
          id,
          name: id,
          rank: { leftOut: 'frame' },
          line: lines[0]?.line ?? 1,
          column: 1,
        }),
      ),
    ],
    relations: relations.filter(({ from, to }) => !legends.has(from) && !legends.has(to)),
    ...(legends.size === 0 ? {} : { leftOut: { 'legend or note': legends.size } }),
    skipped,
  };
}

/** Statements end with a line or a semicolon, but not inside of brackets, bars or quotes. */
function splitStatements(text: string): { text: string; column: number }[] {
  const parts: { text: string; column: number }[] = [];
  let start = 0;
  let depth = 0;
  let isQuoted = false;
  let isBarred = false;
  for (let at = 0; at <= text.length; at++) {
    const sign = text[at] ?? '';
    if (sign === '"') isQuoted = !isQuoted;
    if (sign === '|' && !isQuoted && depth === 0) isBarred = !isBarred;
    if (sign !== '' && !isQuoted && '[({'.includes(sign)) depth++;
    if (sign !== '' && !isQuoted && '])}'.includes(sign)) depth = Math.max(0, depth - 1);
    if (at < text.length && (sign !== ';' || isQuoted || isBarred || depth > 0)) continue;
    const part = text.slice(start, at);
    const lead = part.length - part.trimStart().length;
    if (part.trim() !== '') parts.push({ text: part.trim(), column: start + lead + 1 });
    start = at + 1;
  }
  return parts;
}

function readFrame(statement: string): Frame {
  const rest = statement.replace(/^subgraph\s*/, '');
  const [, id = '', label] = /^([\p{L}\p{N}_.-]{1,200})\s*\[([\s\S]*)\]\s*$/u.exec(rest) ?? [];
  const title = readLabel(label ?? rest).join(' ');
  return { id: id || rest.trim(), title };
}

/** `a & b --> c -->|text| d`; what is left where it is not understood. */
function readChain(
  statement: string,
  { line, column }: Spot,
  touch: (id: string, spot: Spot) => Node,
  relations: ModelRelation[],
): string | undefined {
  let at = 0;
  let before: string[] | undefined;
  let arrow: { meaning: Meaning; label: string } | undefined;
  while (true) {
    const group: string[] = [];
    const start = at;
    while (true) {
      const found = readNode(statement, at, { line, column: column + at }, touch);
      if (!found) return statement.slice(start);
      group.push(found.id);
      at = found.end;
      const more = /\s*&\s*/y;
      more.lastIndex = at;
      const joined = more.exec(statement);
      if (!joined) break;
      at += joined[0].length;
    }
    if (before && arrow && arrow.label !== '~~~')
      for (const from of before)
        for (const to of group)
          relations.push(toRelation(from, to, arrow, { line, column: column + start }));
    before = group;
    const next = readArrow(statement, at);
    if (!next) break;
    arrow = next;
    at = next.end;
    while (statement[at] === ' ') at++;
  }
  const rest = statement.slice(at).trim();
  return rest === '' || rest.startsWith('%%') ? undefined : rest;
}

function readNode(
  statement: string,
  start: number,
  spot: Spot,
  touch: (id: string, spot: Spot) => Node,
): { readonly id: string; readonly end: number } | undefined {
  nodeId.lastIndex = start;
  const match = nodeId.exec(statement);
  if (!match) return undefined;
  const node = touch(match[0], spot);
  let at = start + match[0].length;
  if (statement.startsWith('@{', at)) {
    const end = statement.indexOf('}', at);
    const body = statement.slice(at + 2, end < 0 ? undefined : end);
    const label = /\blabel:\s*("(?:[^"]{0,2000})"|[^,}]{1,2000})/.exec(body)?.[1];
    if (label !== undefined) node.label = label;
    node.shape = /\bshape:\s*([\w-]{1,40})/.exec(body)?.[1] ?? node.shape;
    if (/^(?:diam|diamond|decision|question)$/.test(node.shape)) node.shape = 'decision';
    at = end < 0 ? statement.length : end + 1;
  } else {
    const label = readShape(statement, at);
    if (label) {
      node.label = label.text;
      node.shape = label.shape;
      at = label.end;
    }
  }
  const style = /:::([\w-]{1,80}(?:,[\w-]{1,80}){0,20})/y;
  style.lastIndex = at;
  const styled = style.exec(statement);
  for (const name of styled?.[1]?.split(',') ?? []) node.styles.add(name);
  return { id: node.id, end: at + (styled?.[0].length ?? 0) };
}

function readShape(
  statement: string,
  at: number,
): { readonly text: string; readonly shape: string; readonly end: number } | undefined {
  for (const [open, close, shape] of shapes) {
    if (!statement.startsWith(open, at)) continue;
    const from = at + open.length;
    // Inside quotes, a bracket is a sign like any other.
    const quote = /^\s*"/.exec(statement.slice(from, from + 50));
    const after = quote ? statement.indexOf('"', from + quote[0].length) : from;
    const end = after < 0 ? -1 : statement.indexOf(close, after);
    if (end < 0) continue;
    if (quote && statement.slice(after + 1, end).trim() !== '') continue;
    return { text: statement.slice(from, end), shape, end: end + close.length };
  }
  return undefined;
}

function readArrow(
  statement: string,
  start: number,
): { readonly meaning: Meaning; readonly label: string; readonly end: number } | undefined {
  openArrow.lastIndex = start;
  const opened = openArrow.exec(statement);
  if (opened) {
    const from = start + opened[0].length;
    const close =
      opened[2] === '--'
        ? /-{2,}([>xo])?/g
        : opened[2] === '=='
          ? /={2,}([>xo])?/g
          : /\.{1,}-([>xo])?/g;
    close.lastIndex = from;
    const end = close.exec(statement);
    if (end && end.index > from) {
      const label = readLabel(statement.slice(from, end.index)).join(' ');
      return { meaning: toMeaning(opened[1], end[1]), label, end: end.index + end[0].length };
    }
  }
  plainArrow.lastIndex = start;
  const plain = plainArrow.exec(statement);
  if (!plain) return undefined;
  let end = start + plain[0].length;
  if (plain[0].includes('~~~')) return { meaning: 'drawn', label: '~~~', end };
  const text = /\s*\|([^|]{0,4000})\|/y;
  text.lastIndex = end;
  const labelled = text.exec(statement);
  if (labelled) end += labelled[0].length;
  return {
    meaning: toMeaning(plain[1], plain[2]),
    label: readLabel(labelled?.[1] ?? '').join(' '),
    end,
  };
}

function toMeaning(begin: string | undefined, end: string | undefined): Meaning {
  return begin === '<' && end === '>' ? 'both' : 'drawn';
}

function toRelation(
  from: string,
  to: string,
  { meaning, label }: { readonly meaning: Meaning; readonly label: string },
  spot: Spot,
): ModelRelation {
  const [first = '', ...rest] = label.split(' · ');
  const protocol = findProtocol(first, rest.length > 0 || !/\s/.test(first.trim()));
  return {
    from,
    to,
    meaning,
    label,
    ...(protocol === undefined ? {} : { protocol }),
    ...(protocol === undefined || rest.length === 0 ? {} : { objects: rest }),
    ...spot,
  };
}

function toElement({ id, label, shape, frame, line, column }: Node): ModelElement {
  const lines = readLabel(label ?? id);
  const [name = id, ...more] = lines;
  const kind = kindOfShape[shape] ?? findKind(more.join(' ') || undefined);
  return {
    id,
    name,
    rank: /^\[?person\]?$/i.test(more[0] ?? '') ? { leftOut: 'person' } : 'system',
    ...(frame === undefined || frame === '' ? {} : { domain: frame }),
    ...(kind === undefined ? {} : { kind }),
    ...(more.length === 0 ? {} : { aliases: [lines.join(' ')] }),
    line,
    column,
  };
}
