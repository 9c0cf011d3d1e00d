import type { Row } from './table.ts';

/** Letters that Unicode takes for letters of their own, and people write in more than one way. */
const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ł: 'l',
  đ: 'd',
};

/** A written header or value, to be compared without case, accents, blanks and punctuation. */
export function foldHeader(text: string): string {
  return text
    .slice(0, 200)
    .toLowerCase()
    .replace(/[ßøæœıłđ]/g, (letter) => plain[letter] ?? letter)
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * Tells which column a header stands for.
 * @param synonyms column → what people call it, folded
 */
export function nameColumns<Column extends string>(
  synonyms: Readonly<Record<Column, readonly string[]>>,
): (header: string) => Column | undefined {
  const columnOf = new Map(
    (Object.keys(synonyms) as Column[]).flatMap((column) =>
      synonyms[column].map((name) => [name, column] as const),
    ),
  );
  return (header) => columnOf.get(foldHeader(header));
}

/** The filled cells of a row by column; of two headers that stand for one column the first counts. */
export function pickCells<Column extends string>(
  row: Row,
  find: (header: string) => Column | undefined,
): Partial<Record<Column, string>> {
  const cells: Partial<Record<Column, string>> = {};
  for (const [header, cell] of row.cells) {
    const column = find(header);
    if (column !== undefined && cell.trim() !== '') cells[column] ??= cell.trim();
  }
  return cells;
}
