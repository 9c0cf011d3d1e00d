import type { Schedule } from '../../schedule.ts';
import { collectJobs } from './collect-jobs.ts';
import type { CommandLanguage, JobSafeguard, SchedulerReader } from './scheduled-job.ts';
import { readSqlTokens, type SqlCall } from './sql-calls.ts';
import { isSqlFile } from './sql-file.ts';

/** The numbers of a schedule that say when it runs, in the order in which they are written. */
const numbers = [
  'freq_type',
  'freq_interval',
  'freq_subday_type',
  'freq_subday_interval',
  'freq_relative_interval',
  'freq_recurrence_factor',
  'active_start_date',
  'active_end_date',
  'active_start_time',
  'active_end_time',
];

interface Draft {
  readonly name: string;
  readonly line: number;
  readonly isEnabled: boolean;
  readonly schedules: Schedule[];
  readonly steps: SqlCall[];
  readonly safeguards: JobSafeguard[];
}

/** Jobs of the SQL Server Agent, as Management Studio scripts them. */
export const sqlServerAgentReader: SchedulerReader = {
  name: 'jobs of the SQL Server Agent',
  matches: (file, text) => isSqlFile(file) && /\bsp_add_job\b/i.test(text),
  read: (text) => {
    const found = collectJobs();
    const sql = readSqlTokens(text);
    const calls = sql.executed([
      'sp_add_job',
      'sp_add_jobstep',
      'sp_add_jobschedule',
      'sp_add_schedule',
      'sp_attach_schedule',
    ]);
    const drafts = new Map<string, Draft>();
    const shared = new Map<string, SqlCall>();
    let last: Draft | undefined;
    for (const call of calls) {
      if (call.procedure === 'sp_add_job') {
        last = beginJob(call);
        if (last) drafts.set(last.name, last);
        else found.skip(call.line, 'the name of the job is not written here');
        continue;
      }
      if (call.procedure === 'sp_add_schedule') {
        shared.set(call.value('schedule_name', 0) ?? '', call);
        continue;
      }
      // By its id the job is the one before.
      const name = call.value('job_name');
      const draft = name === undefined ? last : drafts.get(name);
      if (!draft) {
        found.flaw(call.line, `${call.procedure} is for a job that this file does not make`);
        continue;
      }
      if (call.procedure === 'sp_add_jobstep') addStep(draft, call);
      else {
        const schedule =
          call.procedure === 'sp_attach_schedule'
            ? shared.get(call.value('schedule_name') ?? [...shared.keys()].at(-1) ?? '')
            : call;
        if (!schedule) found.flaw(call.line, 'its schedule is not made in this file');
        else if (schedule.value('enabled') !== '0') addSchedule(draft, schedule);
      }
    }
    for (const draft of drafts.values()) {
      const [language, body] = joinSteps(draft.steps);
      found.add({
        name: draft.name,
        line: draft.line,
        schedules: draft.schedules,
        ...(body === '' ? {} : { command: { text: body, language } }),
        ...(draft.isEnabled ? {} : { disabled: true }),
        safeguards: draft.safeguards,
      });
      const left = draft.steps.filter((step) => languageOf(step) !== language);
      for (const step of left)
        found.flaw(
          step.line,
          `the step is run by ${step.value('subsystem') ?? 'TSQL'} and not read`,
        );
    }
    return found.finish();
  },
};

function beginJob(call: SqlCall): Draft | undefined {
  const name = call.value('job_name', 0);
  if (name === undefined) return undefined;
  const level = Number(call.value('notify_level_email') ?? 0);
  // 1: on success only, 2: on failure, 3: always; without an operator nobody gets it.
  const isTold = level >= 2 && (call.value('notify_email_operator_name') ?? '') !== '';
  return {
    name,
    line: call.line,
    isEnabled: call.value('enabled') !== '0',
    schedules: [],
    steps: [],
    safeguards: isTold
      ? [
          {
            line: call.line,
            safeguard: 'alerting',
            effect: 'provides',
            summary: `notify_level_email = ${level}`,
          },
        ]
      : [],
  };
}

function addStep(draft: Draft, call: SqlCall): void {
  draft.steps.push(call);
  const attempts = Number(call.value('retry_attempts') ?? 0);
  if (attempts > 0)
    draft.safeguards.push({
      line: call.line,
      safeguard: 'retry',
      effect: 'provides',
      summary: `retry_attempts = ${attempts}`,
    });
  if (call.value('on_fail_action') === '3')
    draft.safeguards.push({
      line: call.line,
      safeguard: 'failure-propagation',
      effect: 'defeats',
      summary: 'on_fail_action = 3: a failed step goes on to the next',
    });
  if (call.value('output_file_name'))
    draft.safeguards.push({
      line: call.line,
      safeguard: 'traceability',
      effect: 'provides',
      summary: 'output_file_name',
    });
}

function addSchedule(draft: Draft, call: SqlCall): void {
  const parts = numbers.flatMap((name) => {
    const value = call.value(name);
    return value === undefined || !/^\d{1,8}$/.test(value) ? [] : [`${name}=${Number(value)}`];
  });
  if (parts.length > 0)
    draft.schedules.push({ expression: parts.join(' '), timezone: '', scheduler: 'sql-server' });
}

function languageOf(step: SqlCall): CommandLanguage | undefined {
  switch (step.value('subsystem')?.toLowerCase() ?? 'tsql') {
    case 'tsql':
      return 'sql';
    case 'cmdexec':
      return 'batch';
    case 'powershell':
      return 'powershell';
    default:
      return undefined;
  }
}

/** The steps of the first language that can be read. */
function joinSteps(steps: readonly SqlCall[]): [language: CommandLanguage, text: string] {
  const language = steps.map(languageOf).find((each) => each !== undefined) ?? 'sql';
  const own = steps.filter((step) => languageOf(step) === language);
  return [language, own.map((step) => step.value('command') ?? '').join('\n')];
}
