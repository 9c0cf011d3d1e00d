/**
 * Characters that a reader cannot see or that turn the text around them: controls, zero-width
 * characters, direction marks. Joiners are left where scripts need them, after a letter that is not Latin.
 */
const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]|(?<![^\u0000-\u024f])[\u200c\u200d]/gu;
const loneSurrogate = /\p{Surrogate}/gu;

/** A copy of plain data in which every hidden character of every text is written out, as `⟨U+202E⟩`. */
export function revealHidden<T>(value: T): T {
  return reveal(value) as T;
}

function reveal(value: unknown): unknown {
  if (typeof value === 'string') return revealText(value);
  if (Array.isArray(value)) return value.map(reveal);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [revealText(key), reveal(item)]),
  );
}

function revealText(text: string): string {
  return text
    .replace(loneSurrogate, '\ufffd')
    .replace(
      hidden,
      (character) =>
        `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
    );
}
