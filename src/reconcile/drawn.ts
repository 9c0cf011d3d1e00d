import type { SystemEvidence } from '../evidence.ts';
import { groupBy } from '../order.ts';
import { foldName, toSystemId } from './names.ts';

/**
 * Finds the described system behind each box of a drawing, by its id, name or other names; the rest
 * keep their own. A part whose whole an inventory describes, and which it does not describe itself,
 * is left out: its links are those of the whole. A name that two boxes claim is given to neither.
 * @param drawn the boxes, in order
 * @param rows what inventories describe
 */
export function joinDrawn(
  drawn: readonly SystemEvidence[],
  rows: readonly SystemEvidence[],
): SystemEvidence[] {
  const listed = indexNames(rows);
  const boxes = joinLabels([...groupBy(drawn, ({ id }) => foldName(toSystemId(id))).values()]);
  const claims = new Map<string, number>();
  for (const group of boxes)
    for (const name of new Set(group.flatMap(namesOf).map(foldName)))
      claims.set(name, (claims.get(name) ?? 0) + 1);
  const own = new Set(boxes.flatMap(([first]) => (first ? [foldName(toSystemId(first.id))] : [])));
  return boxes.flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const known = [...new Set([first.id, ...group.flatMap(namesOf)])]
      .filter((name) => name === first.id || claims.get(foldName(name)) === 1)
      .map((name) => listed.get(foldName(name)))
      .find((id) => id !== undefined);
    if (known !== undefined) return group.map((row) => toNamed(row, known, claims));
    const isPart = group.some(({ fields: { partOf } }) => partOf && listed.has(foldName(partOf)));
    return isPart ? [] : group.map((row) => toFree(row, own, claims));
  });
}

/** A box that has a label and no id is the one thing that a catalog gives this name. */
function joinLabels(boxes: readonly (readonly SystemEvidence[])[]): SystemEvidence[][] {
  const isLabel = (row: SystemEvidence): boolean => row.id === row.fields.name;
  const named = new Map<string, Set<string>>();
  for (const row of boxes.flat().filter((each) => !isLabel(each)))
    for (const name of new Set(namesOf(row).map(foldName)))
      named.set(name, (named.get(name) ?? new Set()).add(row.id));
  const joined = boxes.flat().map((row) => {
    const [id, ...others] = named.get(foldName(row.id)) ?? [];
    return isLabel(row) && id !== undefined && others.length === 0 ? { ...row, id } : row;
  });
  return [...groupBy(joined, ({ id }) => foldName(toSystemId(id))).values()];
}

function namesOf({ fields }: SystemEvidence): string[] {
  return [...(fields.name === undefined ? [] : [fields.name]), ...(fields.aliases ?? [])];
}

/** The box as the described system: what it is called here is another name of it. */
function toNamed(
  row: SystemEvidence,
  id: string,
  claims: ReadonlyMap<string, number>,
): SystemEvidence {
  const { partOf: _whole, ...fields } = row.fields;
  const aliases = [row.id, ...namesOf(row)].filter(
    (name) => foldName(name) !== foldName(id) && (claims.get(foldName(name)) ?? 1) === 1,
  );
  return { ...row, id, fields: { ...fields, aliases: [...new Set(aliases)] } };
}

/** A system of its own, as far as its whole is nothing that anybody describes. */
function toFree(
  row: SystemEvidence,
  own: ReadonlySet<string>,
  claims: ReadonlyMap<string, number>,
): SystemEvidence {
  const { partOf, aliases = [], ...fields } = row.fields;
  const isKnown = partOf !== undefined && own.has(foldName(toSystemId(partOf)));
  return {
    ...row,
    fields: {
      ...(partOf === undefined || isKnown ? {} : { domain: partOf }),
      ...fields,
      ...(isKnown ? { partOf } : {}),
      aliases: aliases.filter((name) => (claims.get(foldName(name)) ?? 0) < 2),
    },
  };
}

/** Ids win over names, names over other names. */
function indexNames(rows: readonly SystemEvidence[]): ReadonlyMap<string, string> {
  const named = (read: (row: SystemEvidence) => readonly string[]): (readonly [string, string])[] =>
    rows.flatMap((row) => read(row).map((name) => [foldName(name), row.id] as const));
  return new Map([
    ...named(({ fields }) => fields.aliases ?? []),
    ...named(({ fields }) => (fields.name === undefined ? [] : [fields.name])),
    ...named(({ id }) => [id, toSystemId(id)]),
  ]);
}
