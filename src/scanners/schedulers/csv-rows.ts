const mostRows = 200_000;

/** The rows of a comma-separated text with quotes after RFC 4180, and the line each begins in. */
export function readCsvRows(text: string): { cells: string[]; line: number }[] {
  const rows: { cells: string[]; line: number }[] = [];
  let [line, first] = [1, 1];
  let cells: string[] = [];
  const cell = /"([^"]*(?:""[^"]*)*)"?|([^",\r\n]*)/y;
  for (let at = 0; at < text.length && rows.length < mostRows; ) {
    cell.lastIndex = at;
    const match = cell.exec(text);
    const value = match?.[1]?.replaceAll('""', '"') ?? match?.[2] ?? '';
    line += value.split('\n').length - 1;
    cells.push(value);
    at += match?.[0].length ?? 0;
    while (at < text.length && !/[,\r\n]/.test(text[at] ?? '')) at++;
    const sign = text[at];
    at++;
    if (sign === ',') continue;
    if (sign === '\r' && text[at] === '\n') at++;
    if (cells.some((item) => item !== '')) rows.push({ cells, line: first });
    line++;
    first = line;
    cells = [];
  }
  if (cells.length > 0) rows.push({ cells, line: first });
  return rows;
}
