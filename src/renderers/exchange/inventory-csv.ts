import type { Judged } from '../../audit.ts';
import type { Link, Registration, System } from '../../landscape.ts';
import { toCsv } from '../csv.ts';

/** A column of an inventory, and what stands in it. */
type Column<T> = readonly [name: string, read: (item: T) => string | undefined];

/** A row of links: what was found, as one of its registrations has it, or as an unregistered link. */
interface LinkRow {
  readonly link: Link;
  readonly registration?: Registration;
  readonly objects: readonly string[];
}

// The first column never begins with "#", which would make a comment of the row.
const systemColumns: readonly Column<System>[] = [
  ['kind', ({ kind }) => kind],
  ['id', ({ id }) => id],
  ['name', ({ name }) => name],
  ['type', ({ type }) => type],
  ['domain', ({ domain }) => domain],
  ['site', ({ site }) => site],
  ['partOf', ({ partOf }) => partOf],
  ['owner', ({ owner }) => owner?.person],
  ['team', ({ owner }) => owner?.team],
  ['criticality', ({ criticality }) => criticality],
  ['lifecycle', ({ lifecycle }) => lifecycle],
  ['hosts', ({ hosts }) => joinCell(hosts)],
  ['aliases', ({ aliases }) => joinCell(aliases)],
  ['tags', ({ tags }) => joinCell(tags)],
];

const linkColumns: readonly Column<LinkRow>[] = [
  ['status', ({ registration }) => (registration ? 'approved' : 'draft')],
  ['id', ({ link, registration }) => registration?.id ?? link.key],
  ['from', ({ link }) => link.from],
  ['to', ({ link }) => link.to],
  ['initiator', ({ link }) => link.initiator],
  ['protocol', ({ link, registration }) => registration?.protocol ?? link.protocol],
  ['style', ({ link }) => link.style],
  ['objects', ({ objects }) => joinCell(objects)],
  // A row has one schedule, and its time zone is that of the landscape.
  ['schedule', ({ link }) => link.schedules[0]?.expression],
  ['owner', ({ link }) => link.owner?.person],
  ['team', ({ link }) => link.owner?.team],
  ['criticality', ({ link }) => link.criticality],
  ['via', ({ link }) => joinCell(link.via)],
  ['contract', ({ link }) => link.contract],
  ['attestedOn', ({ registration }) => registration?.attestedOn],
  ['retireBy', ({ link }) => link.retireBy],
  ['monitoring', ({ link }) => sayYes(link, 'monitoring')],
  ['alerting', ({ link }) => sayYes(link, 'alerting')],
  ['retry', ({ link }) => sayYes(link, 'retry')],
  ['tags', ({ link }) => joinCell(link.tags)],
];

/** Renders every system as a row that an inventory source reads back. */
export function renderSystemsCsv({ systems }: Judged): string {
  return writeTable(systemColumns, systems);
}

/** Renders every link as the rows that register it; one that nobody registered is a draft. */
export function renderLinksCsv({ links, registrations }: Judged): string {
  const byId = new Map(registrations.map((registration) => [registration.id, registration]));
  const rows = links.flatMap((link) => listRows(link, byId));
  return writeTable(linkColumns, rows);
}

/** What no registration names is said once, in the first row. */
function listRows(link: Link, byId: ReadonlyMap<string, Registration>): LinkRow[] {
  const found = link.registrations.flatMap((id) => byId.get(id) ?? []);
  if (found.length === 0) return [{ link, objects: link.objects }];
  const named = new Set(found.flatMap(({ objects }) => objects));
  const others = link.objects.filter((object) => !named.has(object));
  return found.map((registration, index) => ({
    link,
    registration,
    objects: index === 0 ? [...registration.objects, ...others] : registration.objects,
  }));
}

function writeTable<T>(columns: readonly Column<T>[], items: readonly T[]): string {
  return toCsv([
    columns.map(([name]) => name),
    ...items.map((item) => columns.map(([, read]) => toPlainCell(read(item) ?? ''))),
  ]);
}

/** A value that holds a separator would come back as several: the separator becomes a blank. */
function joinCell(values: readonly string[]): string {
  return values.map((value) => value.replace(/[;|\n\r]+/g, ' ').trim()).join(';');
}

/** Control characters, halves of characters and line breaks mean nothing in a cell. */
function toPlainCell(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

function sayYes({ safeguards }: Link, safeguard: string): string {
  return safeguards.includes(safeguard) ? 'yes' : '';
}
