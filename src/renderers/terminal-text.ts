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

/** Breaks a text at blanks; a word longer than the line is left whole, for it may be a path. */
export function wrap(text: string, width: number): string[] {
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
