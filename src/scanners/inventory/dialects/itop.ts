import type { SystemKind } from '../../../vocabulary.ts';
import { foldHeader } from '../name-columns.ts';
import { type Dialect, type Translation, toDependence, toRow } from './dialect.ts';
import { type ReadCells, readCells } from './read-cells.ts';

/** What iTop exports: objects of its classes, and the links between solutions and what they need. */
export const itop: Dialect = {
  name: 'iTop export',
  recognises: (headers, raw) =>
    headers.has('finalclass') ||
    headers.has('cisubclass') ||
    [...raw].some((header) => /->\s*(?:name|friendlyname|full name)\b/i.test(header)) ||
    (headers.has('applicationsolutionname') && headers.has('functionalciname')),
  *translate(tables) {
    for (const row of tables.flatMap((table) => table.rows)) {
      const cells = readCells(row);
      const solution = cells.text(
        ...spell('applicationsolution_id', 'Application solution'),
        'applicationsolution_name',
      );
      const needed = cells.text(...spell('functionalci_id', 'CI'), 'functionalci_name');
      if (solution !== '' && needed !== '') yield toDependence(row.place, solution, needed);
      else yield describe(cells, row.place);
    }
  },
};

/** iTop names the name behind a key in several ways. */
function spell(code: string, label: string): string[] {
  return [
    ...[`${code}_friendlyname`, `${code}->name`, `${code}->friendlyname`],
    ...[`${label}->Name`, `${label}->Full name`, `${label} name`, label],
  ];
}

const kinds: readonly (readonly [RegExp, SystemKind])[] = [
  [
    /applicationsolution|otherso?ftware|webapplication|webserver|middleware|pcsoftware/,
    'application',
  ],
  [/database|dbserver/, 'database'],
  [/server|virtualmachine|hypervisor|farm|pc$/, 'host'],
  [/networkdevice/, 'proxy'],
  [/storage|nas|logicalvolume/, 'file-store'],
];

function describe(
  cells: ReadCells,
  place: { file: string; line: number; column: number },
): Translation {
  const name = cells.text('name', 'friendlyname', 'Full name');
  if (name === '') return { kind: 'skipped', place, reason: 'the object has no name; fill it in' };
  const type = cells.text('finalclass', 'CI sub-class');
  const kind =
    type === '' ? 'application' : kinds.find(([pattern]) => pattern.test(foldHeader(type)))?.[1];
  if (kind === undefined) return { kind: 'left out', what: `object of class ${type.slice(0, 60)}` };
  return toRow(place, {
    id: name,
    name,
    kind,
    domain: cells.text(...spell('org_id', 'Organization'), 'organization'),
    site: cells.text(...spell('location_id', 'Location')),
    criticality: cells.text('business_criticity', 'Business criticity'),
    lifecycle: cells.text('status'),
    hosts: cells.list('managementip', 'Management ip', 'url'),
    aliases: [cells.text('id (Primary Key)')].filter(Boolean).map((key) => `iTop ${key}`),
  });
}
