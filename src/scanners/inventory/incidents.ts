import { formatPlace, InputError, type Place } from '../../errors.ts';
import type { Files } from '../../files.ts';
import { readDate } from './dates.ts';
import { nameColumns, pickCells } from './name-columns.ts';
import type { Row } from './table.ts';
import { readTables } from './tables.ts';

/** Something that broke: what it was about, when, and the hours that it took. */
export interface Incident {
  /** As the file writes it: a key or registry id of a link, or a system. */
  readonly about: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly hours: number;
  readonly place: Place;
}

/** What trackers call these columns. */
const findColumn = nameColumns({
  date: ['date', 'opened', 'openedat', 'openedon', 'created', 'createdat', 'start', 'reportedon'],
  link: ['link', 'integration', 'interface', 'connection'],
  system: ['system', 'application', 'service', 'component', 'configurationitem', 'ci', 'cmdbci'],
  hours: ['hours', 'effort', 'efforthours', 'timespent', 'timespenthours', 'durationhours'],
});

/**
 * Reads a table of incidents. Other columns are left alone, for such files come from trackers.
 * @throws InputError with every row that cannot be used
 */
export async function readIncidents(files: Files, file: string): Promise<Incident[]> {
  const tables = await readTables(files, file, (header) => findColumn(header) !== undefined);
  const problems = tables.flatMap(({ broken }) =>
    broken.map(({ place, reason }) => `${formatPlace(place)}: ${reason}.`),
  );
  const incidents = tables.flatMap(({ rows }) =>
    rows.flatMap((row) => readIncident(row, problems)),
  );
  if (problems.length > 0) throw new InputError(problems.join('\n'));
  return incidents;
}

function readIncident(row: Row, problems: string[]): Incident[] {
  const cells = pickCells(row, findColumn);
  const place = formatPlace(row.place);
  const about = cells.link ?? cells.system;
  const date = readDate(cells.date ?? '');
  const hours = Number((cells.hours ?? '').replace(',', '.'));
  const wrong = [
    ...(about === undefined ? ['names neither a link nor a system'] : []),
    ...(date === undefined ? ['has no date such as 2026-03-31'] : []),
    ...(cells.hours === undefined || !(hours >= 0) || hours > 1e6
      ? ['has no number of hours']
      : []),
  ];
  if (wrong.length > 0 || about === undefined || date === undefined) {
    const headers = [...row.cells.keys()].slice(0, 6).join(', ');
    problems.push(`${place}: the row ${wrong.join(', and ')} (columns: ${headers}).`);
    return [];
  }
  return [{ about, date, hours, place: row.place }];
}
