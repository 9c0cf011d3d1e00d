const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** What a label of Mermaid says, line by line: without markup, its character codes as characters. */
export function readLabel(written: string): string[] {
  const text = written
    .slice(0, 4_000)
    .trim()
    .replace(/^"([\s\S]*)"$/, '$1')
    .replace(/^`([\s\S]*)`$/, '$1');
  return text
    .split(/<br\s{0,5}\/?>|\\n|\n/i)
    .map((line) =>
      line
        .replace(/<[^<>]{0,500}>/g, '')
        .replace(/[#&](?:(\d{1,7})|([a-z]{2,8}));/gi, (all, code, name) =>
          code === undefined
            ? (named[String(name).toLowerCase()] ?? all)
            : Number(code) <= 0x10ffff
              ? String.fromCodePoint(Number(code))
              : all,
        )
        .replace(/\bfa[brsl]?:fa-[\w-]{1,40}/g, '')
        .replace(/\*\*|__/g, '')
        .trim(),
    )
    .filter((line) => line !== '');
}
