import { sortedUnique } from '../order.ts';
import type { Column } from '../scanners/inventory/columns.ts';
import { matchHeaders } from '../scanners/inventory/match-headers.ts';

/** What the audit knows of a link that is to be registered, by the columns of an inventory. */
export interface LinkToRegister {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly initiator: 'from' | 'to' | 'carrier' | 'unknown';
  readonly protocol?: string;
  readonly style?: string;
  readonly objects: readonly string[];
  readonly via: readonly string[];
  readonly schedule?: string;
  readonly criticality?: string;
}

/** How the file that is added to writes its rows. */
export interface RowStyle {
  /** Headers in their order. */
  readonly headers: readonly string[];
  /** Cells of the rows of links that are there, by header. */
  readonly rows: readonly ReadonlyMap<string, string>[];
  /** The user's own names of columns. */
  readonly mapped: Readonly<Record<string, string>>;
  /** Rows say who calls whom, not which way the data goes. */
  readonly isCallForm: boolean;
  /** Id → name of each system, for files that write names in place of ids. */
  readonly systems: ReadonlyMap<string, string>;
}

/** Cells that a person has to fill in; readers take the word for an empty cell. */
export const toFillIn = 'tbd';

/** Columns of no meaning to the audit that ask why there is such a link. */
const reasonHeader = /reason|justif|comment|note|remark|rationale|description|purpose/i;
/** What a person decides. */
const askedColumns: readonly Column[] = ['owner', 'team'];

/** The cells of a new row by header; headers without a value are absent. */
export function toRegistryCells(
  link: LinkToRegister,
  id: string,
  style: RowStyle,
): ReadonlyMap<string, string> {
  const own = toColumns(link, id, style);
  const cells = new Map<string, string>();
  const used = new Set<Column>();
  const columns = matchHeaders(style.headers, style.mapped);
  for (const header of style.headers) {
    const column = columns.get(header);
    if (column === undefined) {
      if (reasonHeader.test(header)) cells.set(header, toFillIn);
      continue;
    }
    // Of two headers for one column, the first counts.
    if (used.has(column)) continue;
    used.add(column);
    const value = askedColumns.includes(column) ? toFillIn : own[column];
    if (value !== undefined && value !== '') cells.set(header, value);
  }
  return cells;
}

function toColumns(
  link: LinkToRegister,
  id: string,
  style: RowStyle,
): Partial<Record<Column, string>> {
  // In call form the caller comes first; a link that is pulled is called by its other end.
  const isTurned = style.isCallForm && link.initiator === 'to';
  const [from, to] = isTurned ? [link.to, link.from] : [link.from, link.to];
  const isNamed = namesSystems(style);
  const name = (system: string): string =>
    (isNamed ? style.systems.get(system) : undefined) ?? system;
  const join = (values: readonly string[], column: Column): string =>
    values.join(separatorOf(column, style));
  return {
    id,
    from: name(from),
    to: name(to),
    initiator: isTurned ? wordFor('from', style) : wordFor(link.initiator, style),
    protocol: link.protocol,
    style: link.style,
    objects: join(link.objects, 'objects'),
    via: join(link.via, 'via'),
    schedule: link.schedule,
    criticality: link.criticality,
    status: 'approved',
  } as Partial<Record<Column, string>>;
}

function cellsOf(column: Column, { headers, rows, mapped }: RowStyle): string[] {
  const columns = matchHeaders(headers, mapped);
  const header = headers.find((each) => columns.get(each) === column);
  return header === undefined ? [] : rows.flatMap((row) => row.get(header) || []);
}

/** Whether the rows call systems by name: where more of them are names than ids. */
function namesSystems(style: RowStyle): boolean {
  const ends = [...cellsOf('from', style), ...cellsOf('to', style)];
  const names = new Set(style.systems.values());
  const named = ends.filter((end) => !style.systems.has(end) && names.has(end));
  return named.length > ends.length / 2;
}

/** Push and pull where the file says so, else the end that opens the connection. */
function wordFor(initiator: LinkToRegister['initiator'], style: RowStyle): string | undefined {
  if (initiator === 'unknown') return undefined;
  if (initiator === 'carrier') return initiator;
  const words = cellsOf('initiator', style).map((cell) => cell.toLowerCase());
  const pushes = words.some((word) => word === 'push' || word === 'pull');
  if (pushes) return initiator === 'from' ? 'push' : 'pull';
  return initiator;
}

function separatorOf(column: Column, style: RowStyle): string {
  const cells = cellsOf(column, style);
  const found = [';', '|', ...(column === 'objects' ? [','] : [])].find((separator) =>
    cells.some((cell) => cell.includes(separator)),
  );
  const isSpaced = cells.some((cell) => found !== undefined && cell.includes(`${found} `));
  return `${found ?? ';'}${isSpaced ? ' ' : ''}`;
}

/**
 * Ids in the file's own scheme: INT-011 after INT-010. Without a scheme they are made of the ends.
 * @param known the ids that any row of the registry has
 */
export function openIds(
  own: readonly string[],
  known: ReadonlySet<string>,
): (link: LinkToRegister) => string {
  const taken = new Set([...known, ...own].map((id) => id.toLowerCase()));
  const numbered = own.flatMap((id) => {
    const match = /^(.{0,80}?)(\d{1,9})$/.exec(id);
    return match ? [{ prefix: match[1] ?? '', digits: match[2] ?? '' }] : [];
  });
  const prefixes = sortedUnique(numbered.map(({ prefix }) => prefix));
  const countOf = (prefix: string): number =>
    numbered.filter((each) => each.prefix === prefix).length;
  const [prefix] = prefixes.sort((a, b) => countOf(b) - countOf(a));
  const isScheme = prefix !== undefined && countOf(prefix) >= own.length / 2;
  const ofPrefix = numbered.filter((each) => each.prefix === prefix);
  const width = Math.min(...ofPrefix.map(({ digits }) => digits.length));
  let last = Math.max(0, ...ofPrefix.map(({ digits }) => Number(digits)));
  return (link) => {
    for (let attempt = 1; ; attempt++) {
      const id = isScheme
        ? `${prefix}${String(++last).padStart(width, '0')}`
        : `${link.from}-${link.to}${attempt === 1 ? '' : `-${attempt}`}`;
      if (taken.has(id.toLowerCase())) continue;
      taken.add(id.toLowerCase());
      return id;
    }
  };
}
