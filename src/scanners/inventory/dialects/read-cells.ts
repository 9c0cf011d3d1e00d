import { isFields } from '../lists.ts';
import { foldHeader } from '../name-columns.ts';
import type { Row } from '../table.ts';

/** The cells of a row by the names a tool gives them. */
export interface ReadCells {
  /** The first of these columns that is filled, as people read it. */
  text(...names: readonly string[]): string;
  /** The same as the tool refers to it, where it writes both. */
  key(...names: readonly string[]): string;
  list(...names: readonly string[]): string[];
  /** Whatever nests under the first of these names that is there. */
  value(...names: readonly string[]): unknown;
}

/**
 * Reads cells by name, without regard to case and punctuation. Interfaces write a reference as
 * `{ display_value, value }`, or as `{ name, id }`.
 */
export function readCells({ cells, fields }: Row): ReadCells {
  const found = new Map<string, { readonly text: string; readonly value: unknown }>();
  for (const [header, text] of cells) {
    const name = foldHeader(header);
    if (!found.get(name)?.text) found.set(name, { text, value: fields?.[header] ?? text });
  }
  const first = (names: readonly string[], read: (value: unknown) => string): string => {
    for (const name of names) {
      const text = read(found.get(foldHeader(name))?.value);
      if (text !== '') return text;
    }
    return '';
  };
  const text = (...names: readonly string[]): string => first(names, toLabel);
  return {
    text,
    key: (...names) => first(names, toKey),
    list: (...names) =>
      text(...names)
        .split(/[;|\n]/)
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    value: (...names) =>
      names.map((name) => found.get(foldHeader(name))?.value).find((value) => value !== undefined),
  };
}

function toLabel(value: unknown): string {
  if (isFields(value))
    return toLabel(
      value['display_value'] ??
        value['displayName'] ??
        value['name'] ??
        value['value'] ??
        value['id'],
    );
  return toPlain(value);
}

function toKey(value: unknown): string {
  if (isFields(value))
    return toKey(value['value'] ?? value['id'] ?? value['_id']) || toLabel(value);
  return toPlain(value);
}

function toPlain(value: unknown): string {
  if (Array.isArray(value)) return value.map(toLabel).filter(Boolean).join('; ');
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value).trim() : '';
}
