const typographic: Readonly<Record<string, string>> = { '"': '”', "'": '’', '\\': '/', $: '＄' };

/**
 * A text between double quotes for languages that read escapes differently from version to version:
 * quotes become typographic, and line breaks, control characters and marks that turn the order of
 * what is read around become blanks, so that none is needed. `$` would begin a variable.
 */
export function quotePlainly(text: string, longest = 1000): string {
  const plain = text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/["'\\$]/g, (sign) => typographic[sign] ?? sign)
    .trim();
  const characters = [...plain];
  const short =
    characters.length > longest ? [...characters.slice(0, longest - 1), '…'] : characters;
  return `"${short.length === 0 ? '–' : short.join('')}"`;
}
