import { outlineYaml, type YamlNode } from '../yaml/outline.ts';
import { parseYaml } from '../yaml.ts';
import { type EditableText, endOfLine } from './editable-text.ts';
import { toYamlText } from './to-yaml-text.ts';

/** A row of a list: a text, or several where the file writes lists. */
export type ListRow = Readonly<Record<string, string | readonly string[]>>;

/**
 * Appends rows to a list in a YAML or JSON text, written as its last row is.
 * @param title the key of the list; empty where the whole file is one
 * @returns the new bytes and the appended text; undefined where the text cannot be added to safely
 */
export function addListRows(
  editable: EditableText,
  title: string,
  rows: readonly ListRow[],
  file: string,
): { readonly bytes: Uint8Array; readonly inserted: string } | undefined {
  const { text } = editable;
  const before = parseYaml(text, file).value;
  const root = outlineYaml(text);
  const list = title === '' ? root : root?.entries.find(({ key }) => key === title)?.value;
  const edit = list?.kind === 'sequence' ? findEdit(editable, list, rows) : undefined;
  if (!edit) return undefined;
  const after = text.slice(0, edit.at) + edit.inserted + text.slice(edit.at);
  if (!isAsExpected(before, after, title, rows, file)) return undefined;
  return { bytes: editable.insert(edit.at, edit.inserted), inserted: edit.inserted };
}

interface Edit {
  readonly at: number;
  readonly inserted: string;
}

function findEdit(
  { text, lineEnd }: EditableText,
  list: YamlNode,
  rows: readonly ListRow[],
): Edit | undefined {
  const last = list.items.at(-1);
  if (last?.kind !== 'mapping') return undefined;
  const close = last.isFlow ? findClose(text, last.end) : undefined;
  if (last.isFlow && close === undefined) return undefined;
  const lead = leadOf(text, last.start);
  if (list.isFlow) {
    if (close === undefined) return undefined;
    const isSpread = /^\s*$/.test(lead);
    const isLong = /[\r\n]/.test(text.slice(last.start, close));
    const written = rows.map((row) =>
      JSON.stringify(row, null, isLong ? 2 : undefined)
        .split('\n')
        .join(`${lineEnd}${isSpread ? lead : ''}`),
    );
    const between = isSpread ? `,${lineEnd}${lead}` : ', ';
    return { at: close, inserted: written.map((row) => `${between}${row}`).join('') };
  }
  // The dash of the last row stands before its first key, on one line with it.
  if (!/^ *- +$/.test(lead)) return undefined;
  const end = close ?? last.end;
  const at = /[\r\n]/.test(text[end - 1] ?? '') ? end : endOfLine(text, end);
  const isOpen = !/[\r\n]/.test(text[at - 1] ?? '');
  const written = rows.map((row) => {
    const pairs = Object.entries(row).map(
      ([key, value]) => `${toYamlText(key)}: ${toValue(value)}`,
    );
    return last.isFlow
      ? `${lead}{ ${pairs.join(', ')} }${lineEnd}`
      : `${lead}${pairs.join(`${lineEnd}${' '.repeat(lead.length)}`)}${lineEnd}`;
  });
  return { at, inserted: `${isOpen ? lineEnd : ''}${written.join('')}` };
}

/** What stands before an offset on its line. */
function leadOf(text: string, offset: number): string {
  const start =
    Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return text.slice(start, offset);
}

/** Behind the brace that closes a mapping whose last part ends here. */
function findClose(text: string, from: number): number | undefined {
  const found = /(?:[\s,\]]|#[^\r\n]*)*\}/y;
  found.lastIndex = from;
  const match = found.exec(text);
  return match ? match.index + match[0].length : undefined;
}

/** A text without a comma or bracket, so that it is one value in braces too. */
function toValue(value: string | readonly string[]): string {
  return typeof value === 'string' ? toYamlText(value) : `[${value.map(toYamlText).join(', ')}]`;
}

function isAsExpected(
  before: unknown,
  after: string,
  title: string,
  rows: readonly ListRow[],
  file: string,
): boolean {
  let value: unknown;
  try {
    ({ value } = parseYaml(after, file));
  } catch {
    return false;
  }
  const old = title === '' ? before : (before as Record<string, unknown>)[title];
  if (!Array.isArray(old)) return false;
  const list = [...old, ...rows];
  const expected = title === '' ? list : { ...(before as object), [title]: list };
  return JSON.stringify(value) === JSON.stringify(expected);
}
