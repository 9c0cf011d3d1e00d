import path from 'node:path';
import { UsageError } from '../errors.ts';
import { nodeFiles, writeFiles } from '../files.ts';
import { renderMigrationPlan } from '../renderers/migration-plan.ts';
import { renderPlanFile, toPlanFile } from '../renderers/plan-file.ts';
import { renderPlanSummary } from '../renderers/plan-summary.ts';
import { renderPlanTasks } from '../renderers/plan-tasks.ts';
import { readPlan } from '../verify/read-plan.ts';
import { verifyPlan } from '../verify/verify-plan.ts';
import { type EarlierOptions, readEarlier } from './earlier-plan.ts';
import { type CommonOptions, readLandscape } from './landscape-options.ts';
import { terminalOf } from './terminal-of.ts';

/** What `landscape plan` takes beside the common options. */
export interface PlanOptions extends CommonOptions, EarlierOptions {
  readonly capacity?: string;
  readonly waves?: string;
  readonly timeLimit: string;
  readonly output: string;
}

/** `landscape plan`: writes the plan, prints what it comes to. */
export async function runPlan(folder: string, options: PlanOptions): Promise<void> {
  const earlier = await readEarlier(options);
  const { audit } = await readLandscape(folder, options, false, {
    planning: {
      ...(earlier && { earlier }),
      search: { timeLimit: readNumber('--time-limit', options.timeLimit, 1, 86_400) },
      settings: {
        ...(options.capacity !== undefined && {
          capacityHours: readNumber('--capacity', options.capacity, 1, 1e9),
        }),
        ...(options.waves !== undefined && {
          waves: readWhole('--waves', options.waves, 2, 24),
        }),
      },
    },
  });
  const files = new Map([
    ['plan.json', renderPlanFile(audit)],
    ['migration-plan.md', renderMigrationPlan(audit)],
    ['plan-tasks.csv', renderPlanTasks(audit)],
  ]);
  await writeFiles(options.output, files);
  if (options.json) process.stdout.write(`${JSON.stringify(toPlanFile(audit), null, 2)}\n`);
  else if (!options.quiet)
    process.stdout.write(
      renderPlanSummary(audit, {
        ...terminalOf(options),
        files: [...files.keys()].map((name) => path.join(options.output, name)),
      }),
    );
}

export interface VerifyOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `landscape plan verify`: prints all that is wrong with a plan; true if nothing is. */
export async function runVerify(file: string, options: VerifyOptions): Promise<boolean> {
  const place = path.resolve(file);
  const text = await nodeFiles(path.dirname(place)).text(path.basename(place));
  const plan = readPlan(text, file);
  const wrong = verifyPlan(plan);
  const { objective, bound, gap } = plan.certificate;
  if (options.json) process.stdout.write(`${JSON.stringify({ file, wrong }, null, 2)}\n`);
  else if (wrong.length > 0)
    process.stdout.write(
      `${file} does not hold:\n${wrong.map((sentence) => `  - ${sentence}\n`).join('')}`,
    );
  else if (!options.quiet)
    process.stdout.write(
      `${file} holds: ${plan.model.items.length} items over ${plan.model.waves.length} waves, every constraint checked.\nIt is worth ${Math.round(objective)} hours of today. The solver says that no plan is worth more than ${Math.round(bound)} (gap ${(gap * 100).toFixed(1)} %);\nthat bound is the solver's word, and is not proved again here.\n`,
    );
  return wrong.length === 0;
}

function readNumber(flag: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= least && value <= most) return value;
  throw new UsageError(
    `${flag} "${text}" is no number from ${least} to ${most}, for example ${flag} ${Math.min(most, Math.max(least, 60))}.`,
  );
}

function readWhole(flag: string, text: string, least: number, most: number): number {
  const value = readNumber(flag, text, least, most);
  if (Number.isInteger(value)) return value;
  throw new UsageError(`${flag} "${text}" is no whole number, for example ${flag} ${least + 2}.`);
}
