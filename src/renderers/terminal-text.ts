import { stripVTControlCharacters, styleText } from 'node:util';

/** How a terminal shows text. */
export interface TerminalOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

export type TextStyle = Parameters<typeof styleText>[0];
export type Paint = (style: TextStyle, text: string) => string;

/** Paints where colours are wanted, else hands the text back. */
export function painter({ color }: Pick<TerminalOptions, 'color'>): Paint {
  return (style, text) => (color ? styleText(style, text, { validateStream: false }) : text);
}

/** What a source says must not drive the terminal. */
export function clean(text: string): string {
  return stripVTControlCharacters(text).replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}

/** Longer lines of prose are hard to read, however wide the terminal is. */
const widestProse = 96;

/** Breaks a text at blanks; a word longer than the line is left whole, for it may be a path. */
export function wrap(text: string, room: number): string[] {
  const width = Math.min(room, widestProse);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** The same with the first line behind a sign or label, and the others below its text. */
export function wrapBehind(label: string, text: string, width: number): string[] {
  const [first = '', ...rest] = wrap(text, width - label.length);
  return [`${label}${first}`, ...rest.map((line) => `${' '.repeat(label.length)}${line}`)];
}

/**
 * Rows as lines, each column as wide as its widest cell.
 * @param isNumber whether a column stands at the right
 */
export function alignColumns(
  rows: readonly (readonly string[])[],
  isNumber: (column: number) => boolean = () => false,
): string[] {
  const widths = (rows[0] ?? []).map((_cell, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return isNumber(column) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
}
