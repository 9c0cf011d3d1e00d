import { type DelimitedTable, readDelimited } from '../inventory/delimited.ts';
import {
  type ArchimateElement,
  type ArchimateRelation,
  toArchimateModel,
} from './archimate-model.ts';
import type { ModelReader } from './model.ts';

const elementsHeader = /^"?ID"?,"?Type"?,"?Name"?,"?Documentation"?(?:,"?Specialization"?)?\s*$/im;
const relationsHeader = /^"?ID"?,"?Type"?,"?Name"?,"?Documentation"?,"?Source"?,"?Target"?/im;
const columns = new Set([
  'id',
  'type',
  'name',
  'documentation',
  'source',
  'target',
  'specialization',
]);

/** Reads the CSV files that Archi exports: elements, and beside them relations between their ids. */
export const archiCsvReader: ModelReader = {
  name: 'Archi CSV',
  matches: (file, text) => {
    const head = text.slice(0, 300);
    return (
      /\.(?:csv|txt)$/i.test(file) && (elementsHeader.test(head) || relationsHeader.test(head))
    );
  },
  async read(text, file, include) {
    const own = readDelimited(text, file, (header) => columns.has(header.toLowerCase()));
    const skipped = own.broken.map(({ place, reason }) => ({ line: place.line, reason }));
    if (!relationsHeader.test(text.slice(0, 300)))
      return { ...toArchimateModel(toElements(own, false), []), skipped };
    const name = file.slice(file.lastIndexOf('/') + 1).replace(/relations(\.\w+)$/i, 'elements$1');
    const other = await include(name);
    const elements =
      'text' in other
        ? toElements(
            readDelimited(other.text, name, (header) => columns.has(header.toLowerCase())),
            true,
          )
        : [];
    if ('reason' in other)
      skipped.push({ line: 1, reason: `${name} is needed to know its ends: ${other.reason}` });
    const relations = own.rows.map(
      ({ cells, place }): ArchimateRelation => ({
        type: (cells.get('Type') ?? '').replace(/Relationship$/, ''),
        from: cells.get('Source') ?? '',
        to: cells.get('Target') ?? '',
        name: cells.get('Name') ?? '',
        properties: new Map(),
        line: place.line,
        column: 1,
      }),
    );
    const model = toArchimateModel(elements, elements.length === 0 ? [] : relations);
    // The other file is read as itself; here its elements only say what the relations are between.
    return { ...model, skipped };
  },
};

function toElements({ rows }: DelimitedTable, isOther: boolean): ArchimateElement[] {
  return rows.flatMap(({ cells, place }): ArchimateElement[] => {
    const type = cells.get('Type') ?? '';
    if (type === 'ArchimateModel') return [];
    const line = isOther ? 1 : place.line;
    return [
      {
        id: cells.get('ID') || `row-${place.line}`,
        type,
        name: cells.get('Name') ?? '',
        properties: new Map(),
        line,
        column: 1,
      },
    ];
  });
}
