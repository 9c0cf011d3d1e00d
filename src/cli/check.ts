import { type Change, narrowToChange } from '../audit/narrow-to-change.ts';
import type { Judged } from '../audit.ts';
import { UsageError } from '../errors.ts';
import { type FailOn, toVerdict } from '../finding/verdict.ts';
import { locateBaseline } from './baseline-file.ts';
import { readOutputs, writeCheck } from './check-output.ts';
import { type CommonOptions, judgeLandscape } from './landscape-options.ts';

/** What `landscape check` takes beside the common options. */
export interface CheckOptions extends CommonOptions {
  readonly baseline?: string;
  readonly allowStaleBaseline?: boolean;
  readonly failOn: string;
  readonly maxFindings: string;
  /** Each `NAME` or `NAME=FILE`. */
  readonly format: readonly string[];
  /** False with `--no-exit-code`. */
  readonly exitCode: boolean;
}

/** `landscape check`: writes every finding in the formats that are wanted; true if the exit code is to be that of a clean landscape. */
export async function runCheck(folder: string, options: CheckOptions): Promise<boolean> {
  const failOn = readFailOn(options.failOn);
  const allowed = readCount(options.maxFindings);
  const outputs = readOutputs(options);
  const read = await judgeLandscape(folder, options, true, {
    baseline: await locateBaseline(folder, options),
    ...(options.allowStaleBaseline && { severities: { 'stale-baseline': 'warn' } }),
  });
  const { audit, change } = toChange(read);
  const verdict = toVerdict(audit.findings, failOn, allowed);
  await writeCheck(outputs, { audit, verdict, failOn, ...(change && { change }) }, folder, options);
  return verdict.isClean || !options.exitCode;
}

/** Of a landscape that is compared with a base, only what the change adds is judged. */
function toChange({ audit, base }: Awaited<ReturnType<typeof judgeLandscape>>): {
  readonly audit: Judged;
  readonly change?: Change;
} {
  if (!base) return { audit };
  const { name, commit, notes, weakened } = base;
  const about = { base: name, ...(commit === undefined ? {} : { commit }), notes, weakened };
  return narrowToChange(audit, base.audit, about);
}

function readFailOn(text: string): FailOn {
  if (text === 'error' || text === 'warn') return text;
  throw new UsageError(
    `--fail-on "${text}" is no severity that can fail a check; write error or warn.`,
  );
}

function readCount(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new UsageError(`--max-findings "${text}" is no count; write a whole number such as 10.`);
}
