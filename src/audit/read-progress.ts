import { type EarlierPlan, indexTasks, type TaskProgress } from '../analyzers/plan/carry-over.ts';
import { InputError } from '../errors.ts';
import type { Files } from '../files.ts';
import { readTaskTable } from '../scanners/inventory/task-table.ts';

/**
 * Reads how far the tasks of a plan are. Rows about other things, such as links to retire, are left out.
 * @throws InputError where a row cannot be used, or none is of this plan
 */
export async function readProgress(
  files: Files,
  file: string,
  plan: EarlierPlan,
): Promise<readonly TaskProgress[]> {
  const rows = await readTaskTable(files, file);
  const known = new Set([...indexTasks(plan).keys(), ...plan.fixed.map(({ task }) => task)]);
  const found = rows.filter(({ task }) => known.has(task));
  if (rows.length > 0 && found.length === 0)
    throw new InputError(
      `${file}: none of its ${rows.length} tasks that are started or done is in the earlier plan; name the table that was written with it.`,
    );
  return found;
}
