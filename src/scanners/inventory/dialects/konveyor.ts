import { type Dialect, toDependence, toRow } from './dialect.ts';
import { readCells } from './read-cells.ts';

/** The application inventory of Konveyor (Tackle): rows of type 1 are applications, of type 2 dependences. */
export const konveyor: Dialect = {
  name: 'Konveyor application inventory',
  recognises: (headers) =>
    headers.has('applicationname') && (headers.has('recordtype1') || headers.has('recordtype')),
  *translate(tables) {
    for (const row of tables.flatMap((table) => table.rows)) {
      const { place } = row;
      const cells = readCells(row);
      const name = cells.text('application name');
      const type = cells.text('record type 1', 'record type');
      if (name === '') {
        yield { kind: 'skipped', place, reason: 'the row has no application name; fill it in' };
      } else if (type === '1') {
        const numbers = Array.from({ length: 20 }, (_, index) => index + 1);
        yield toRow(place, {
          id: name,
          name,
          domain: cells.text('business service'),
          // `Ada Lovelace <ada@example.org>`
          owner: cells.text('owner').replace(/\s*<[^<>]*>/g, ''),
          tags: numbers.map((number) => cells.text(`tag ${number}`)).filter(Boolean),
        });
      } else if (type === '2') {
        const other = cells.text('dependency');
        const way = cells.text('dependency direction').toLowerCase();
        if (other === '' || !['northbound', 'southbound'].includes(way))
          yield {
            kind: 'skipped',
            place,
            reason:
              'the dependency needs an application and a direction, northbound (it needs this one) or southbound (this one needs it)',
          };
        else if (other === name)
          yield { kind: 'skipped', place, reason: 'the application depends on itself' };
        else
          yield way === 'southbound'
            ? toDependence(place, name, other)
            : toDependence(place, other, name);
      } else {
        yield {
          kind: 'skipped',
          place,
          reason: `the type of the record is "${type.slice(0, 20)}"; 1 is an application, 2 a dependency`,
        };
      }
    }
  },
};
