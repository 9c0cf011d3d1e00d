// Every table: a header sorts it, groups of rows stay together, and a button saves it as CSV.
const readCell = (row, column) => {
  const cell = row.cells[column];
  const text = cell?.dataset.value ?? cell?.textContent.trim() ?? '';
  const number = Number(text.replaceAll(',', ''));
  return text !== '' && Number.isFinite(number) ? number : text.toLowerCase();
};

const compareCells = (a, b) => {
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
};

// Rows that belong to the row above them go with it.
const groupRows = (table) => {
  if (table.tBodies.length > 1) return [...table.tBodies].map((body) => [body]);
  const groups = [];
  for (const row of table.tBodies[0]?.rows ?? [])
    if (row.matches('.under') && groups.length > 0) groups.at(-1).push(row);
    else groups.push([row]);
  return groups;
};

// What a table is called: its own region's name, else the nearest heading before it.
const nameTable = (table) => {
  const named = table.closest('[aria-label]')?.getAttribute('aria-label');
  if (named) return named;
  const scope = table.closest('details, section');
  return scope?.querySelector('summary, h2, h3')?.textContent.trim() ?? 'table';
};

const makeSortable = (table, id, changed) => {
  const headers = [...table.tHead.rows[0].cells];
  const groups = groupRows(table);
  const parent = table.tBodies.length > 1 ? table : table.tBodies[0];
  let shown = '';
  const sort = (order) => {
    if (order === shown) return;
    shown = order;
    const [column, direction] = order === '' ? [-1, ''] : order.split('.');
    headers.forEach((header, index) => {
      if (index === Number(column)) header.setAttribute('aria-sort', direction);
      else header.removeAttribute('aria-sort');
    });
    const keyed = groups.map((rows, index) => ({
      rows,
      index,
      value: order === '' ? 0 : readCell(rows[0].rows?.[0] ?? rows[0], Number(column)),
    }));
    const sign = direction === 'descending' ? -1 : 1;
    keyed.sort((a, b) => sign * compareCells(a.value, b.value) || a.index - b.index);
    parent.append(...keyed.flatMap(({ rows }) => rows));
    table.dispatchEvent(new Event('sorted'));
  };
  const add = (rows) => {
    groups.push(...rows.map((row) => [row]));
    parent.append(...rows);
    const order = shown;
    shown = undefined;
    sort(order);
  };
  headers.forEach((header, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener('click', () => {
      const first = header.classList.contains('number') ? 'descending' : 'ascending';
      const second = first === 'ascending' ? 'descending' : 'ascending';
      const direction = header.getAttribute('aria-sort') === first ? second : first;
      sort(`${column}.${direction}`);
      changed(id, shown);
    });
  });
  return { id, table, columns: headers.length, sort, add };
};

report.offerCsv = (table) => {
  const line = document.createElement('p');
  line.className = 'save-table';
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'CSV';
  const name = nameTable(table);
  button.setAttribute('aria-label', `Save as CSV: ${name.slice(0, 80)}`);
  button.title = 'Save the table as it is shown, for a spreadsheet';
  button.addEventListener('click', () =>
    csv.save(csv.text(csv.rows(table)), csv.fileName(document.title.split(':')[0], name)),
  );
  line.append(button);
  const scroll = table.closest('.scroll');
  (scroll ?? table).after(line);
};

// Tables are told apart by where they stand: `links-1` is the first of the section `links`.
report.openTables = (changed) => {
  const counts = new Map();
  const tables = [];
  for (const table of report.all('main table')) {
    const section = table.closest('section')?.id ?? 'page';
    const number = (counts.get(section) ?? 0) + 1;
    counts.set(section, number);
    if (!table.tHead || table.rows.length < 3) continue;
    tables.push(makeSortable(table, `${section}-${number}`, changed));
    report.offerCsv(table);
  }
  return tables;
};
