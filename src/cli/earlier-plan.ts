import path from 'node:path';
import type { Planning } from '../audit/planning.ts';
import { readProgress } from '../audit/read-progress.ts';
import { UsageError } from '../errors.ts';
import { nodeFiles } from '../files.ts';
import { readPlan } from '../verify/read-plan.ts';

/** What `--from` and `--done-tasks` name. */
export interface EarlierOptions {
  readonly from?: string;
  readonly doneTasks?: string;
}

type Earlier = NonNullable<Planning['earlier']>;

/** Reads an earlier plan and how far its tasks are. @throws LandscapeError */
export async function readEarlier(options: EarlierOptions): Promise<Planning['earlier']> {
  const { from, doneTasks } = options;
  if (from === undefined) {
    if (doneTasks === undefined) return undefined;
    throw new UsageError(
      '--done-tasks tells how far the tasks of a plan are; name that plan with --from <plan.json>.',
    );
  }
  const [folder, name] = locate(from);
  const { start, fixed, ...written } = readPlan(await nodeFiles(folder).text(name), from);
  if (start === undefined)
    throw new UsageError(
      `--from ${from}: does not say when it began; write it once more with this version.`,
    );
  const plan: Earlier['plan'] = {
    ...written,
    start,
    capacityHours: written.model.capacityHours,
    fixed: (fixed ?? []).map(({ actualHours, ...task }) => ({
      ...task,
      ...(actualHours !== undefined && { actualHours }),
    })),
  };
  return { plan, progress: doneTasks === undefined ? [] : await readTasks(doneTasks, plan) };
}

async function readTasks(file: string, plan: Earlier['plan']): Promise<Earlier['progress']> {
  const [folder, name] = locate(file);
  return readProgress(nodeFiles(folder), name, plan);
}

function locate(file: string): [folder: string, name: string] {
  const place = path.resolve(file);
  return [path.dirname(place), path.basename(place)];
}
