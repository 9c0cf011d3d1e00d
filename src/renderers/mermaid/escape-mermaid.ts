const longestLabel = 60;
const longestTitle = 110;

/**
 * Any text as a Mermaid label. Everything that Mermaid, Markdown or HTML could read as syntax becomes
 * a character code in Mermaid's own notation; what cannot be seen is left out.
 */
export function escapeMermaid(text: string): string {
  const escaped = clipVisible(text, longestLabel)
    .map((character) =>
      /[\p{L}\p{N} .,:·…/()+–—−→-]/u.test(character) ? character : `#${character.codePointAt(0)};`,
    )
    .join('');
  return escaped === '' ? ' ' : escaped;
}

/** Any text where Mermaid knows no character codes, as in titles: signs that could be syntax become blanks. */
export function plainMermaid(text: string): string {
  const plain = clipVisible(text, longestTitle)
    .map((character) => (/[\p{L}\p{N} .,()+–—→-]/u.test(character) ? character : ' '))
    .join('');
  return plain.replace(/ +/g, ' ').trim();
}

/** The characters that can be seen, as many as a label has room for. */
function clipVisible(text: string, most: number): string[] {
  // Of a text without end, more than this is never shown.
  const visible = text
    .slice(0, most * 40)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  const characters = [...visible];
  return characters.length > most ? [...characters.slice(0, most - 1), '…'] : characters;
}
