import { InputError } from '../errors.ts';
import { sortedUnique } from '../order.ts';
import { readDelimited } from '../scanners/inventory/delimited.ts';
import { isKnownHeader, matchHeaders } from '../scanners/inventory/match-headers.ts';
import { parseYaml } from '../yaml.ts';
import { addCsvRows } from './add-csv-rows.ts';
import { addListRows, type ListRow } from './add-list-rows.ts';
import { type EditableText, toEditable } from './editable-text.ts';
import { type LinkToRegister, openIds, type RowStyle, toRegistryCells } from './registry-row.ts';

/** How a source reads the file, what systems there are, and which ids rows have already. */
export interface RegistryFacts extends Pick<RowStyle, 'mapped' | 'isCallForm' | 'systems'> {
  readonly knownIds: ReadonlySet<string>;
}

/** What is appended to a registry. */
export interface Appended {
  readonly bytes: Uint8Array;
  readonly inserted: string;
  readonly rows: readonly {
    readonly key: string;
    readonly id: string;
    readonly cells: Readonly<Record<string, string | readonly string[]>>;
  }[];
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Appends rows for links to the text of an inventory, as its own rows are written.
 * @throws InputError where the file holds no links, or cannot be added to safely
 */
export function appendToRegistry(
  bytes: Uint8Array,
  file: string,
  links: readonly LinkToRegister[],
  facts: RegistryFacts,
): Appended {
  const editable = toEditable(bytes, file);
  const extension = file.slice(file.lastIndexOf('.') + 1).toLowerCase();
  const appended = ['yaml', 'yml', 'json'].includes(extension)
    ? appendToList(editable, file, links, facts)
    : ['csv', 'tsv', 'txt'].includes(extension)
      ? appendToTable(editable, file, links, facts)
      : undefined;
  if (!appended)
    throw new InputError(
      `${file}: nothing can be added to it safely, so it was left as it is; see the rows with --print, or name a .csv or .yaml file with --to.`,
    );
  return appended;
}

function appendToTable(
  editable: EditableText,
  file: string,
  links: readonly LinkToRegister[],
  facts: RegistryFacts,
): Appended | undefined {
  const isKnown = (header: string): boolean => isKnownHeader(header, facts.mapped);
  const table = readDelimited(editable.text, file, isKnown);
  const style = { ...facts, headers: table.header, rows: table.rows.map(({ cells }) => cells) };
  const rows = toRows(links, style, facts, file);
  const added = addCsvRows(
    editable,
    rows.map(({ cells }) => cells),
    file,
    isKnown,
  );
  return (
    added && {
      ...added,
      rows: rows.map(({ key, id, cells }) => ({ key, id, cells: Object.fromEntries(cells) })),
    }
  );
}

function appendToList(
  editable: EditableText,
  file: string,
  links: readonly LinkToRegister[],
  facts: RegistryFacts,
): Appended | undefined {
  const { value } = parseYaml(editable.text, file);
  const lists: (readonly [string, unknown])[] = Array.isArray(value)
    ? [['', value]]
    : Object.entries((value ?? {}) as object);
  const hasEnds = (row: Fields): boolean => {
    const columns = new Set(matchHeaders(Object.keys(row), facts.mapped).values());
    return columns.has('from') && columns.has('to');
  };
  const found = lists.find(
    ([, list]) => Array.isArray(list) && list.length > 0 && list.every(isRow) && list.some(hasEnds),
  );
  if (!found) throw noLinks(file);
  const [title, list] = found as readonly [string, readonly Fields[]];
  const headers = orderKeys(list);
  const style: RowStyle = { ...facts, headers, rows: list.map(toCells) };
  const isList = new Set(
    headers.filter((header) => list.some((row) => Array.isArray(row[header]))),
  );
  const columns = matchHeaders(headers, facts.mapped);
  const rows = toRows(links, style, facts, file).map(({ key, id, cells, link }) => {
    const own: Record<string, string | readonly string[]> = {};
    for (const [header, cell] of cells) {
      const column = columns.get(header);
      const values = column === 'objects' ? link.objects : column === 'via' ? link.via : undefined;
      own[header] = values && isList.has(header) ? values : cell;
    }
    return { key, id, cells: own };
  });
  const added = addListRows(
    editable,
    title,
    rows.map(({ cells }): ListRow => cells),
    file,
  );
  return added && { ...added, rows };
}

/** The keys of the last row first, as the newest example, then those that only others have. */
function orderKeys(list: readonly Fields[]): string[] {
  const all = list.map((row) => Object.keys(row));
  const longest = all.reduce((best, keys) => (keys.length > best.length ? keys : best), []);
  return [...new Set([...longest, ...all.flat()])];
}

function toRows(
  links: readonly LinkToRegister[],
  style: RowStyle,
  facts: RegistryFacts,
  file: string,
) {
  const columns = matchHeaders(style.headers, style.mapped);
  const headerOf = (column: string): string | undefined =>
    style.headers.find((header) => columns.get(header) === column);
  if (headerOf('from') === undefined || headerOf('to') === undefined) throw noLinks(file);
  const idHeader = headerOf('id');
  const own = idHeader === undefined ? [] : style.rows.flatMap((row) => row.get(idHeader) || []);
  const nextId = openIds(sortedUnique(own), facts.knownIds);
  return links.map((link) => {
    const id = nextId(link);
    return { key: link.key, id, link, cells: toRegistryCells(link, id, style) };
  });
}

function noLinks(file: string): InputError {
  return new InputError(
    `${file}: holds no links, for it has no columns "from" and "to"; name the file that does with --to.`,
  );
}

function isRow(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toCells(row: Fields): Map<string, string> {
  return new Map(
    Object.entries(row).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.join('; ') : String(value ?? ''),
    ]),
  );
}
