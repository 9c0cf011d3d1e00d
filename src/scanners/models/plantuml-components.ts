import type { SystemKind } from '../../vocabulary.ts';
import { findKind } from './kind-of-text.ts';
import { readLabel } from './mermaid-labels.ts';
import type { Meaning, Model, ModelElement, ModelRelation, Spot } from './model.ts';
import { findProtocol } from './protocol-of-text.ts';

const words =
  'component|database|queue|actor|person|package|node|cloud|folder|frame|rectangle|interface|storage|artifact|agent|card|file|stack|collections|hexagon|boundary|control|entity|process|action';
const name = String.raw`"[^"]{1,500}"|\[[^\]]{1,500}\]|\([^)]{1,500}\)|:[^:]{1,500}:|[\p{L}\p{N}_.@-]{1,200}`;
const declaration = new RegExp(
  String.raw`^(${words})\s+(${name})?(?:\s+as\s+(${name}))?\s*(?:<<([^>]{1,200})>>)?\s*(?:#[\w:;.|\\/-]{1,100})?\s*(\{)?\s*(\})?$`,
  'u',
);
const short =
  /^(\[[^\]]{1,500}\]|\(\)\s*(?:"[^"]{1,500}"|[\p{L}\p{N}_.-]{1,200}))(?:\s+as\s+([\p{L}\p{N}_.-]{1,200}))?\s*(?:<<([^>]{1,200})>>)?\s*(?:#\w{1,40})?$/u;
const arrow = new RegExp(
  String.raw`^(${name}|\(\)\s*${name})\s*(?:"[^"]{0,200}"\s*)?(<\|?|[*o#x+^]|\(0?|0\)?)?([-.=~]{1,10}(?:(?:\[[^\]]{0,200}\])?(?:left|right|up|down|le|ri|do|[lrud])?(?:\[[^\]]{0,200}\])?[-.=~]{1,10})?)(\|?>{1,2}|[*o#x+^](?=\s)|0?\)|\(0?)?\s*(?:"[^"]{0,200}"\s*)?(${name}|\(\)\s*${name})\s*(?::\s*(.{0,2000}))?$`,
  'u',
);
const quiet =
  /^(?:title|caption|header|footer|skinparam|hide|show|left to right|top to bottom|scale|!|together|allow_?mixing|allowmixing|newpage|remove|restore|sprite|mainframe|page)/i;
const longNote = /^(?:note\b(?!.*:)|legend\b|skinparam\s+\w+\s*\{|<style>|json\b|rnote\b|hnote\b)/i;
const longEnd = /^(?:end\s?(?:note|legend|rnote|hnote)|\}|<\/style>)/i;
const frames = new Set('package node cloud folder frame rectangle card boundary'.split(' '));
const kinds: Readonly<Record<string, SystemKind>> = {
  database: 'database',
  queue: 'broker',
  storage: 'file-store',
};

/** Reads components, databases, queues and what connects them. */
export function readComponents(lines: readonly { text: string; line: number }[]): Model {
  const elements = new Map<string, ModelElement>();
  const relations: ModelRelation[] = [];
  const skipped: { line: number; reason: string }[] = [];
  const leftOut: Record<string, number> = {};
  const around: (string | undefined)[] = [];
  let isLong = false;
  const touch = (written: string, spot: Spot): string => {
    const id = bare(written);
    if (!elements.has(id)) {
      const isActor = written.startsWith(':');
      const rank = isActor ? { leftOut: 'person' } : ('system' as const);
      elements.set(id, { id, name: label(id), rank, ...domain(around), ...spot });
    }
    return id;
  };
  for (const { text, line } of lines) {
    const statement = text.trim();
    const spot = { line, column: text.length - text.trimStart().length + 1 };
    if (isLong) {
      isLong = !longEnd.test(statement);
      continue;
    }
    if (statement === '') continue;
    if (longNote.test(statement)) {
      isLong = !/\}\s*$/.test(statement);
      leftOut['note of a diagram'] = (leftOut['note of a diagram'] ?? 0) + 1;
    } else if (statement === '}') around.pop();
    else if (quiet.test(statement) || /^note\b/i.test(statement)) {
      if (/\{\s*$/.test(statement)) around.push(undefined);
    } else if (short.test(statement)) {
      const [, written = '', alias, stereotype] = short.exec(statement) ?? [];
      const id = alias ?? bare(written);
      elements.set(id, toElement(id, bare(written), 'component', stereotype, around, spot));
    } else if (declaration.test(statement)) {
      const [, word = '', first = '', second, stereotype, opens, closes] =
        declaration.exec(statement) ?? [];
      const { id, title } = nameOf(first, second, elements.size);
      if (opens && !closes) around.push(frames.has(word) ? label(title) : undefined);
      if (opens && frames.has(word))
        elements.set(id, { id, name: label(title), rank: { leftOut: 'frame' }, ...spot });
      else elements.set(id, toElement(id, title, word, stereotype, around, spot));
    } else {
      const found = arrow.exec(statement);
      if (found) relations.push(toRelation(found, (written) => touch(written, spot), spot));
      else skipped.push({ line, reason: `"${statement.slice(0, 40)}" is not understood` });
    }
  }
  return { elements: [...elements.values()], relations, leftOut, skipped };
}

/** `"Long name" as x` and `x as "Long name"` are both written. */
function nameOf(
  first: string,
  second: string | undefined,
  count: number,
): { readonly id: string; readonly title: string } {
  if (second === undefined) return { id: bare(first) || `frame ${count}`, title: bare(first) };
  const isTitleLast = /^["[]/.test(second) && !/^["[]/.test(first);
  return isTitleLast
    ? { id: bare(first), title: bare(second) }
    : { id: bare(second), title: bare(first) };
}

function bare(written: string): string {
  return written
    .replace(/^\(\)\s*/, '')
    .replace(/^(?:"([^"]*)"|\[([^\]]*)\]|\(([^)]*)\)|:([^:]*):)$/, '$1$2$3$4')
    .trim();
}

function label(title: string): string {
  return readLabel(title)[0] ?? title;
}

function domain(around: readonly (string | undefined)[]): { readonly domain?: string } {
  const frame = around.findLast((title) => title !== undefined && title !== '');
  return frame === undefined ? {} : { domain: frame };
}

function toElement(
  id: string,
  title: string,
  word: string,
  stereotype: string | undefined,
  around: readonly (string | undefined)[],
  spot: Spot,
): ModelElement {
  const kind = kinds[word] ?? findKind(stereotype);
  const isPerson = word === 'actor' || word === 'person';
  return {
    id,
    name: label(title),
    rank: isPerson ? { leftOut: 'person' } : 'system',
    ...domain(around),
    ...(kind === undefined ? {} : { kind }),
    ...(stereotype === undefined ? {} : { tags: [stereotype] }),
    ...spot,
  };
}

function toRelation(
  found: RegExpExecArray,
  touch: (written: string) => string,
  spot: Spot,
): ModelRelation {
  const [, left = '', begin, , end, right = '', said = ''] = found;
  const [source, target] = [touch(left), touch(right)];
  const isBack = begin?.startsWith('<') === true && end === undefined;
  const isBoth = begin?.startsWith('<') === true && end?.includes('>') === true;
  const text = readLabel(said).join(' ');
  const protocol = findProtocol(text, !/\s/.test(text));
  const meaning: Meaning = isBoth ? 'both' : 'drawn';
  return {
    from: isBack ? target : source,
    to: isBack ? source : target,
    meaning,
    label: text,
    ...(protocol === undefined ? {} : { protocol }),
    ...spot,
  };
}
