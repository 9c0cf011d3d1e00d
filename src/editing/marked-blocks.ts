import { formatPlace, InputError, type Place } from '../errors.ts';
import type { Edit } from './editable-text.ts';

/** What stands between two markers in a Markdown file, and what the first of them asks for. */
export interface MarkedBlock {
  readonly kind: string;
  readonly options: ReadonlyMap<string, string>;
  readonly place: Place;
  /** Offsets of the lines between the markers. */
  readonly start: number;
  readonly end: number;
  /** The blanks before the first marker: a block in a list belongs to its item. */
  readonly indent: string;
}

const example = '<!-- landscape:begin diagram focus=erp -->';
const marker = /^([ \t]*)<!--[ \t]*landscape:([a-z]+(?:-[a-z]+)*)(.*)$/;
const fenceMarker = /^[ \t]*(`{3,}|~{3,})(.*)$/;

/** A line of a text and where it stands. */
interface Line {
  readonly text: string;
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** A line that is a marker, or looks like one. */
interface Marker {
  readonly kind: 'begin' | 'end' | 'unknown';
  readonly line: Line;
  readonly indent: string;
  /** What follows its first word. */
  readonly rest: string;
}

/**
 * Finds the blocks of a Markdown file that the tool fills. Markers in code, where somebody shows how
 * they are written, are none.
 * @throws InputError with every marker that is not understood, for a block that is overlooked grows old
 */
export function findBlocks(text: string, file: string): MarkedBlock[] {
  const blocks: MarkedBlock[] = [];
  const problems: string[] = [];
  let open: Omit<MarkedBlock, 'end'> | undefined;
  for (const { kind, line, indent, rest } of findMarkers(text)) {
    const place = { file, line: line.number, column: 1 };
    const refuse = (why: string): number => problems.push(`${formatPlace(place)}: ${why}`);
    if (kind === 'unknown')
      refuse(`is no marker that is known; write ${example} and <!-- landscape:end -->.`);
    else if (kind === 'begin' && open)
      refuse(
        `the block of line ${open.place.line} is not closed; write <!-- landscape:end --> before.`,
      );
    else if (kind === 'begin') {
      const asked = readMarker(rest);
      if (typeof asked === 'string') refuse(asked);
      const known = typeof asked === 'string' ? { kind: '', options: new Map() } : asked;
      open = { ...known, place, start: line.end, indent };
    } else if (rest.trim() !== '-->')
      refuse('a block ends with <!-- landscape:end --> alone in its line.');
    else if (open) {
      blocks.push({ ...open, end: line.start });
      open = undefined;
    } else refuse(`nothing begins here; write ${example} before, or take it out.`);
  }
  if (open)
    problems.push(
      `${formatPlace(open.place)}: the block has no end; write <!-- landscape:end --> behind it.`,
    );
  if (problems.length > 0) throw new InputError(problems.join('\n'));
  return blocks;
}

/** The markers outside of code. What is in a block is ours, so no fence there hides its end. */
function* findMarkers(text: string): Generator<Marker> {
  let fence = '';
  let isInBlock = false;
  for (const line of splitLines(text)) {
    const [, mark = '', after = ''] = isInBlock ? [] : (fenceMarker.exec(line.text) ?? []);
    if (fence !== '') {
      if (mark.startsWith(fence) && after.trim() === '') fence = '';
      continue;
    }
    // A line such as ```a``` is code within a line, and opens nothing.
    if (mark !== '' && !(mark.startsWith('`') && after.includes('`'))) fence = mark;
    const [, indent = '', word = '', rest = ''] = marker.exec(line.text) ?? [];
    if (word === '') continue;
    const kind = word === 'begin' || word === 'end' ? word : 'unknown';
    if (kind !== 'unknown') isInBlock = kind === 'begin';
    yield { kind, line, indent, rest };
  }
}

/**
 * What replaces the lines between the markers of a block, with a blank line around it. A name that
 * reads as a marker does not end the block.
 */
export function fillBlock(block: MarkedBlock, content: string, lineEnd: string): Edit {
  const own = content.trimEnd().split('\n');
  const lines = ['', ...own.map((line) => (marker.test(line) ? line.replace('<', '‹') : line)), ''];
  const text = lines
    .map((line) => (line === '' ? '' : `${block.indent}${line}`) + lineEnd)
    .join('');
  return { start: block.start, end: block.end, text };
}

function* splitLines(text: string): Generator<Line> {
  const ends = /\r\n|\r|\n|$/g;
  let start = 0;
  for (let number = 1; start < text.length; number++) {
    ends.lastIndex = start;
    const match = ends.exec(text);
    const stop = match?.index ?? text.length;
    const end = stop + (match?.[0].length ?? 0);
    yield { text: text.slice(start, stop), number, start, end };
    start = end;
  }
}

/** Reads ` diagram focus="Cold storage" -->`; a text says what is wrong with it. */
function readMarker(written: string): string | Pick<MarkedBlock, 'kind' | 'options'> {
  const inner = /^(.*?)-->[ \t]*$/.exec(written)?.[1];
  if (inner === undefined) return `a marker stands alone in its line, as ${example}.`;
  const words = inner.match(/[^\s="]+="[^"]*"|[^\s]+/g) ?? [];
  const [kind = '', ...rest] = words;
  if (!/^[a-z-]+$/.test(kind)) return `says not what to fill in; write it as ${example}.`;
  const options = new Map<string, string>();
  for (const word of rest) {
    const [, name, quoted, plain] = /^([a-z-]+)=(?:"([^"]*)"|([^"]+))$/.exec(word) ?? [];
    if (name === undefined)
      return `"${word.slice(0, 40)}" is no option; write name=value, or name="value with blanks".`;
    if (options.has(name)) return `${name}= is there twice; take one out.`;
    options.set(name, quoted ?? plain ?? '');
  }
  return { kind, options };
}
