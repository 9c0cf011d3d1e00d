import { InputError } from '../../errors.ts';
import { parseYaml } from '../../yaml.ts';
import type { Broken, Row, Table } from './table.ts';

type Fields = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

/** Interfaces wrap their lists a few times: `data.allFactSheets.edges[].node`. */
const deepest = 4;

/**
 * Reads the lists of a YAML or JSON text: the text itself, the lists of its mapping, or else those
 * that lie deeper in it.
 * @throws InputError if it holds no list
 */
export function readLists(text: string, file: string): Table[] {
  const yaml = parseYaml(text, file);
  const value = yaml.value ?? {};
  const lists = findLists(value);
  const isEmpty = isFields(value) && Object.keys(value).length === 0;
  if (lists.length === 0 && !isEmpty) {
    throw new InputError(
      `${file}:1:1: expected a list of rows, or "systems:" and "links:" with one each.`,
    );
  }
  return lists.map(({ path, list }) => {
    const rows: Row[] = [];
    const broken: Broken[] = [];
    const isWrapped = list.length > 0 && list.every(isNode);
    list.forEach((item, index) => {
      const place = yaml.placeOf([...path, index]);
      const fields = isWrapped ? (item as { node: unknown }).node : item;
      if (isFields(fields)) rows.push({ cells: toCellTexts(fields), place, fields });
      else broken.push({ place, reason: 'expected a row of "key: value" pairs', count: 1 });
    });
    return { title: String(path.at(-1) ?? ''), rows, broken };
  });
}

interface Found {
  readonly path: Path;
  readonly list: readonly unknown[];
}

function findLists(value: unknown): Found[] {
  let level: { path: Path; value: unknown }[] = [{ path: [], value }];
  for (let depth = 0; depth <= deepest && level.length > 0; depth++) {
    const lists = level.flatMap(({ path, value: list }) =>
      Array.isArray(list) ? [{ path, list }] : [],
    );
    // Deeper than the first level, a mapping has lists that are no tables, such as settings.
    const found = depth < 2 ? lists : lists.filter(({ list }) => list.some(isFields));
    if (found.length > 0) return found;
    level = level.flatMap(({ path, value: fields }) =>
      isFields(fields)
        ? Object.entries(fields).map(([key, inner]) => ({ path: [...path, key], value: inner }))
        : [],
    );
  }
  return [];
}

function isNode(item: unknown): boolean {
  return isFields(item) && Object.keys(item).length <= 2 && isFields(item['node']);
}

/** Whether a value is a mapping from keys to values. */
export function isFields(value: unknown): value is Fields {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
  );
}

/** The cells of a row that is written as a mapping. */
export function toCellTexts(row: object): Map<string, string> {
  return new Map(Object.entries(row).map(([key, cell]) => [key, toCellText(cell)] as const));
}

/** A value as the text of a cell; lists are joined. */
export function toCellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (Array.isArray(value)) return value.map(toCellText).join('; ');
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value).trim();
}
