import { familyOfProtocol } from '../../vocabulary.ts';
import { foldHeader } from './name-columns.ts';
import type { IsKnownHeader, Matrix, Row, TableRecord } from './table.ts';

/** What is read of a matrix. */
export interface MatrixLinks {
  /** A link each, by the project's own columns. */
  readonly rows: readonly Row[];
  /** Systems that exchange nothing with any other. */
  readonly alone: number;
  /** Headers that are no systems. */
  readonly foreign: readonly string[];
  /** Whether the corner says that rows receive. */
  readonly isTurned: boolean;
}

const mostSystems = 5_000;
const searchedLabels = 3;
const totals = new Set(
  ['total', 'sum', 'summe', 'gesamt', 'somme', 'suma', 'toplam', 'count', 'anzahl', 'antall'].map(
    foldHeader,
  ),
);

/** A table is a matrix where half of the names along its shorter side stand along the other, too. */
export function findMatrix(
  header: readonly string[],
  records: readonly TableRecord[],
  isKnown: IsKnownHeader,
): Matrix | undefined {
  if (header.length < 3 || records.length < 2) return undefined;
  if (header.length > mostSystems || records.length > mostSystems) return undefined;
  const named = header.filter((name) => name !== '');
  // Systems may be called what a column is called, but not most of them.
  if (named.filter(isKnown).length * 2 > named.length) return undefined;
  const folded = header.map(foldHeader);
  for (let labels = 0; labels < Math.min(searchedLabels, header.length - 2); labels++) {
    const rows = new Set(records.map(({ cells }) => foldHeader(cells[labels] ?? '')));
    rows.delete('');
    const columns = new Set(folded.slice(labels + 1));
    columns.delete('');
    const shared = [...columns].filter((name) => rows.has(name)).length;
    if (shared < 2 || shared * 2 < Math.min(rows.size, columns.size)) continue;
    const targets = folded.flatMap((name, index) => {
      const isSystem = rows.has(name) || !(isKnown(header[index] ?? '') || totals.has(name));
      return index > labels && name !== '' && isSystem ? [index] : [];
    });
    return { labels, header, targets, records };
  }
  return undefined;
}

/**
 * Reads the links of a matrix: the row sends to the column, unless the corner says otherwise. Both
 * triangles count, the diagonal does not.
 */
export function readMatrix(
  matrix: Matrix,
  findEnd: (word: string) => string | undefined,
): MatrixLinks {
  const { header, targets, records, labels } = matrix;
  const corner = (header[labels] ?? '').split(/[\\/|>→↓\n]+/);
  const isTurned = corner.length > 1 && findEnd(corner[0] ?? '') === 'to';
  const linked = new Set<string>();
  const named = new Set<string>();
  const rows: Row[] = [];
  for (const { cells, place } of records) {
    const label = cells[labels] ?? '';
    const folded = foldHeader(label);
    if (label === '' || totals.has(folded)) continue;
    named.add(folded);
    for (const index of targets) {
      const other = header[index] ?? '';
      if (foldHeader(other) === folded) continue;
      named.add(foldHeader(other));
      const [from, to] = isTurned ? [other, label] : [label, other];
      for (const told of readMark(cells[index] ?? '')) {
        const ends = told.isBack ? { from: to, to: from } : { from, to };
        const { isBack, ...rest } = told;
        rows.push({ cells: new Map(Object.entries({ ...ends, ...rest })), place });
        linked.add(folded).add(foldHeader(other));
      }
    }
  }
  const foreign = header.filter(
    (name, index) => name !== '' && index !== labels && !targets.includes(index),
  );
  return { rows, alone: named.size - linked.size, foreign, isTurned };
}

interface Mark {
  readonly initiator?: string;
  readonly protocol?: string;
  readonly objects?: string;
  readonly isBack?: boolean;
}

const nothing =
  /^(?:|0+|[-–—./\\]+|no?|nein|non|nei|hay[ıi]r|false|falsch|none|n\/?a|null|keine)$/iu;
const mark = /^(?:[x×✓✔✗●•○◯*+✅☑]+|\d{1,9}|yes|y|ja?|oui|o|s[íi]?|evet|e|true|wahr)$/iu;
const both = /^(?:<-+>|<=+>|↔|⇔|⟷|bi|both|beide|bidirectional|bidirektional|in\/out|i\/o)$/iu;
const back = /^(?:<-+|<=+|←|⇐)$/u;
const forth = /^(?:-+>|=+>|→|⇒)$/u;

/** A cell holds a mark, a count, protocols, objects, or `orders (SFTP)` and `SFTP: orders`. */
function readMark(cell: string): Mark[] {
  const text = cell.trim();
  if (nothing.test(text)) return [];
  if (mark.test(text) || forth.test(text)) return [{}];
  if (both.test(text)) return [{ initiator: 'both' }];
  if (back.test(text)) return [{ isBack: true }];
  const marks: Mark[] = [];
  const loose: string[] = [];
  for (const part of text.split(/[;|\n]/).map((each) => each.trim())) {
    const [, before = '', within = ''] = /^([^()]*)\(([^()]*)\)$/.exec(part) ?? [];
    const [, head = '', tail = ''] = /^([^:]{1,40}):(?!\/)(.+)$/.exec(part) ?? [];
    if (isProtocol(within)) marks.push({ protocol: within, objects: before.trim() });
    else if (isProtocol(head)) marks.push({ protocol: head, objects: tail.trim() });
    else
      for (const word of part.split(/[,+&]|\/(?!\d)/).map((each) => each.trim()))
        if (isProtocol(word)) marks.push({ protocol: word });
        else if (word !== '') loose.push(word);
  }
  if (loose.length === 0) return marks;
  const objects = loose.join('; ');
  return marks.length === 1 ? [{ ...marks[0], objects }] : [...marks, { objects }];
}

function isProtocol(word: string): boolean {
  return familyOfProtocol(word.trim().toLowerCase()) !== 'other';
}
