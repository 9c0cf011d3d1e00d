import { stripVTControlCharacters, styleText } from 'node:util';

/** A heading in bold where colours are wanted. */
export function showHeading(text: string, hasColor: boolean): string {
  return hasColor ? styleText('bold', text, { validateStream: false }) : text;
}

/** What files are called cannot send orders to a terminal, nor make lines of its own. */
export function showText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  return stripVTControlCharacters(text).replace(/[\u0000-\u001f\u007f-\u009f]/g, '');
}
