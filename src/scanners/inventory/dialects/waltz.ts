import { groupBy } from '../../../order.ts';
import type { Row } from '../table.ts';
import { type Dialect, toLink, toRow } from './dialect.ts';
import { type ReadCells, readCells } from './read-cells.ts';

/** Extracts of logical and physical flows of FINOS Waltz, which name each end by name and asset code. */
export const waltz: Dialect = {
  name: 'Waltz flows',
  recognises: (headers) =>
    (headers.has('sourceassetcode') &&
      (headers.has('targetassetcode') || headers.has('receiverassetcode'))) ||
    (headers.has('sourceentityname') && headers.has('targetentityname')),
  *translate(tables) {
    const flows: Flow[] = [];
    const known = new Set<string>();
    for (const row of tables.flatMap((table) => table.rows)) {
      const cells = readCells(row);
      const from = readEnd(cells, ['source']);
      const to = readEnd(cells, ['target', 'receiver']);
      if (from.id === '' || to.id === '') {
        yield {
          kind: 'skipped',
          place: row.place,
          reason: 'the flow names no source or no target',
        };
        continue;
      }
      for (const { id, name, team } of [from, to]) {
        if (known.has(id)) continue;
        known.add(id);
        yield toRow(row.place, { id, name, team });
      }
      flows.push({ row, cells, from: from.id, to: to.id });
    }
    // A flow has a row for each type of its data.
    const key = ({ cells, from, to }: Flow): string =>
      [from, to, ...flowKeys.map((name) => cells.text(name))].join('\u0000');
    for (const [, [first, ...rest]] of groupBy(flows, key)) {
      if (!first) continue;
      const { cells, row } = first;
      const types = [first, ...rest].flatMap((flow) => flow.cells.list('data types', 'data type'));
      yield toLink(row.place, first.from, first.to, {
        id: cells.text('physical flow external id', 'flow external id', 'external id', 'waltz id'),
        objects: [...new Set(types)],
        protocol: readTransport(cells.text('transport')),
        schedule: cells.text('frequency'),
        criticality: cells.text('criticality').replace(/^(?:UNKNOWN|NONE)$/i, ''),
        tags: cells.list('tags'),
      });
    }
  },
};

interface Flow {
  readonly row: Row;
  readonly cells: ReadCells;
  readonly from: string;
  readonly to: string;
}

const flowKeys = [
  ...['flow external id', 'physical flow external id', 'external id', 'waltz id', 'transport'],
  ...['frequency'],
];

function readEnd(
  cells: ReadCells,
  words: readonly string[],
): { id: string; name: string; team: string } {
  const name = cells.text(...words.flatMap((word) => [word, `${word} entity name`]));
  const code = cells.text(
    ...words.flatMap((word) => [`${word} asset code`, `${word} entity external id`]),
  );
  return {
    id: code || name,
    name,
    team: cells.text(...words.map((word) => `${word} org unit`)),
  };
}

const transports: readonly (readonly [RegExp, string])[] = [
  [/message|messaging|queue/i, 'messaging'],
  [/database|db/i, 'database'],
  [/file/i, 'file'],
  [/mail/i, 'mail'],
  [/rpc|web|http|service/i, 'http'],
  [/unknown|other/i, ''],
];

function readTransport(text: string): string {
  return transports.find(([pattern]) => pattern.test(text))?.[1] ?? text;
}
