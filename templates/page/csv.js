// A table as CSV (RFC 4180), as it is shown: sorted, and without the rows that are filtered out.
const csv = {};

// A spreadsheet would run it. The same rule as the files of `landscape export --format csv`.
const isFormula = (text) => /^[=+\-@\t\r]/.test(text);

csv.cell = (value, isNumber) => {
  const trimmed = value.trim();
  if (isNumber && /^-?\d[\d,]*(?:\.\d+)?$/.test(trimmed)) return trimmed.replaceAll(',', '');
  const text = isFormula(trimmed) ? `'${trimmed}` : trimmed;
  return /[",\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

csv.text = (rows) => rows.map((row) => `${row.join(',')}\r\n`).join('');

// What a row shows: the words for those who hear it are in it, letters that stand for them are not.
const tellCell = (cell) => {
  const copy = cell.cloneNode(true);
  for (const hidden of copy.querySelectorAll('[aria-hidden="true"], button.only-here'))
    hidden.remove();
  const words = [...copy.querySelectorAll('.hidden-text')].map((each) => each.textContent);
  return words.length > 0
    ? words.filter((word) => !word.startsWith('not ')).join(' ')
    : copy.textContent;
};

csv.rows = (table) => {
  const isDetail = (row) => row.matches('.proof, .under');
  const isShown = (row) => !row.hidden && !row.closest('tbody')?.hidden && !isDetail(row);
  return [...table.rows]
    .filter(isShown)
    .map((row) =>
      [...row.cells].map((cell) =>
        csv.cell(tellCell(cell), cell.tagName === 'TD' && cell.classList.contains('number')),
      ),
    );
};

// A name that every file system takes.
csv.fileName = (...parts) =>
  `${parts
    .join(' ')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80)}.csv`;

// Spreadsheets take a file for UTF-8 only if it says so at its start.
csv.save = (text, name) => {
  const address = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv' }));
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
};
