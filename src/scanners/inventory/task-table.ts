import { didYouMean, formatPlace, InputError } from '../../errors.ts';
import type { Files } from '../../files.ts';
import { foldHeader, nameColumns, pickCells } from './name-columns.ts';
import type { Row } from './table.ts';
import { readTables } from './tables.ts';

/** What a tracker says of a task. */
export interface TaskRow {
  readonly task: string;
  readonly status: 'started' | 'done';
  readonly actualHours?: number;
}

/** What trackers call these columns. */
const findColumn = nameColumns({
  id: ['id', 'task', 'taskid', 'externalid', 'key'],
  status: ['status', 'state'],
  actualHours: ['actualhours', 'actual', 'hoursspent', 'timespent', 'timespenthours'],
});

/** How trackers call the states of a task; compared without case, blanks and punctuation. */
const states: Readonly<Record<string, readonly string[]>> = {
  open: ['', 'open', 'todo', 'new', 'backlog', 'planned', 'selectedfordevelopment', 'offen'],
  started: ['started', 'inprogress', 'doing', 'active', 'wip', 'inreview', 'inarbeit', 'blocked'],
  done: ['done', 'closed', 'resolved', 'complete', 'completed', 'finished', 'released', 'erledigt'],
};

/**
 * Reads how far the tasks of a plan are, from the table that `landscape plan` wrote and a tracker, or
 * somebody, filled in. Open tasks are left out.
 * @throws InputError with every row that cannot be used
 */
export async function readTaskTable(files: Files, file: string): Promise<TaskRow[]> {
  const tables = await readTables(files, file, (header) => findColumn(header) !== undefined);
  const problems = tables.flatMap(({ broken }) =>
    broken.map(({ place, reason }) => `${formatPlace(place)}: ${reason}.`),
  );
  const rows = tables.flatMap((table) => table.rows.flatMap((row) => readTask(row, problems)));
  if (problems.length > 0) throw new InputError(problems.join('\n'));
  return rows;
}

function readTask(row: Row, problems: string[]): TaskRow[] {
  const place = formatPlace(row.place);
  const { id = '', status = '', actualHours = '' } = pickCells(row, findColumn);
  const state = Object.keys(states).find((one) => states[one]?.includes(foldHeader(status)));
  const hours = Number(actualHours.replace(',', '.'));
  if (id === '') problems.push(`${place}: the row has no id of a task.`);
  else if (state === undefined)
    problems.push(
      `${place}: "${status.slice(0, 40)}" is no status; write open, started or done.${didYouMean(status, Object.values(states).flat())}`,
    );
  else if (!(hours >= 0 && hours <= 1e6))
    problems.push(`${place}: "${actualHours.slice(0, 40)}" is no number of hours.`);
  else if (state === 'started' || state === 'done')
    return [{ task: id, status: state, ...(actualHours !== '' && { actualHours: hours }) }];
  return [];
}
