import { isTimezone, type Schedule } from '../../schedule.ts';
import { collectJobs, type JobCollector } from './collect-jobs.ts';
import type { JobSafeguard, ScheduledJob, SchedulerReader } from './scheduled-job.ts';
import { readSqlTokens, type SqlCall, type SqlTokens } from './sql-calls.ts';
import { isSqlFile } from './sql-file.ts';

const months = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');

interface Draft {
  readonly call: SqlCall;
  readonly name: string;
  isEnabled: boolean;
  readonly safeguards: JobSafeguard[];
}

interface Action {
  readonly type: string;
  readonly action: string;
}

/** Jobs of Oracle's DBMS_SCHEDULER and DBMS_JOB. */
export const oracleReader: SchedulerReader = {
  name: 'jobs of DBMS_SCHEDULER and DBMS_JOB',
  matches: (file, text) => isSqlFile(file) && /\bdbms_(?:scheduler|job)\b/i.test(text),
  read: (text) => {
    const found = collectJobs();
    const sql = readSqlTokens(text);
    addSchedulerJobs(sql, found);
    addJobs(sql, found);
    return found.finish();
  },
};

function addSchedulerJobs(sql: SqlTokens, found: JobCollector): void {
  const schedules = new Map<string, SqlCall>();
  for (const call of sql.callsOf('dbms_scheduler', ['create_schedule']))
    schedules.set(toKey(call.value('schedule_name', 0)), call);
  const programs = new Map<string, Action>();
  for (const call of sql.callsOf('dbms_scheduler', ['create_program']))
    programs.set(toKey(call.value('program_name', 0)), {
      type: call.value('program_type', 1) ?? '',
      action: call.value('program_action', 2) ?? '',
    });
  for (const draft of beginJobs(sql, found)) {
    const { call } = draft;
    const named = call.value('schedule_name');
    const other = named === undefined ? undefined : schedules.get(toKey(named));
    if (named !== undefined && !other)
      found.flaw(call.line, `its schedule ${named} is not created in this file`);
    if (!draft.isEnabled)
      found.flaw(call.line, 'it is created disabled, and this file does not enable it');
    const program = call.value('program_name');
    const action = program === undefined ? undefined : programs.get(toKey(program));
    found.add({
      name: draft.name,
      line: call.line,
      schedules: toSchedules(other ?? call, other === undefined, named),
      ...toCommand({
        type: call.value('job_type', 1) ?? action?.type ?? '',
        action: call.value('job_action', 2) ?? action?.action ?? '',
      }),
      ...(draft.isEnabled ? {} : { disabled: true }),
      safeguards: draft.safeguards,
    });
  }
}

/** The jobs with what later statements say of them. */
function beginJobs(sql: SqlTokens, found: JobCollector): Iterable<Draft> {
  const drafts = new Map<string, Draft>();
  for (const call of sql.callsOf('dbms_scheduler', ['create_job'])) {
    const name = call.value('job_name', 0);
    if (name === undefined) found.skip(call.line, 'the name of the job is not written here');
    else
      drafts.set(toKey(name), {
        call,
        name,
        isEnabled: call.value('enabled') === 'true',
        safeguards: [],
      });
  }
  for (const call of sql.callsOf('dbms_scheduler', ['enable']))
    for (const name of (call.value('name', 0) ?? '').split(',')) {
      const draft = drafts.get(toKey(name));
      if (draft) draft.isEnabled = true;
    }
  for (const call of sql.callsOf('dbms_scheduler', [
    'set_attribute',
    'add_job_email_notification',
  ])) {
    const draft = drafts.get(toKey(call.value('name', 0) ?? call.value('job_name', 0)));
    if (draft) addSetting(draft, call);
  }
  return drafts.values();
}

/** `submit(job OUT, what, next_date, interval, …)` and `isubmit(job, what, …)`. */
function addJobs(sql: SqlTokens, found: JobCollector): void {
  for (const call of sql.callsOf('dbms_job', ['submit', 'isubmit'])) {
    const what = call.value('what', 1);
    const interval = call.value('interval', 3);
    if (what === undefined) {
      found.skip(call.line, 'what the job runs is not written here');
      continue;
    }
    if (call.written('interval', 3) !== undefined && interval === undefined)
      found.flaw(call.line, 'the interval of the job is not written here');
    found.add({
      name: what.trim().slice(0, 60),
      line: call.line,
      schedules:
        interval === undefined || interval === 'null'
          ? []
          : [{ expression: interval, timezone: '', scheduler: 'oracle' }],
      command: { text: what, language: 'sql' },
    });
  }
}

function toKey(name: string | undefined): string {
  return (name ?? '').replaceAll('"', '').trim().split('.').at(-1)?.toUpperCase() ?? '';
}

function toSchedules(call: SqlCall, isJob: boolean, named: string | undefined): Schedule[] {
  const repeat = call.value('repeat_interval', isJob ? 5 : 2);
  const written = call.written('start_date', isJob ? 4 : 1) ?? '';
  if (repeat === undefined || repeat === 'null')
    return named === undefined || !isJob
      ? []
      : [{ expression: named, timezone: '', scheduler: 'oracle' }];
  const start = readStart(written);
  return [
    {
      expression: repeat.trim().replace(/;$/, ''),
      timezone: readZone(written),
      scheduler: 'oracle',
      ...(start === undefined ? {} : { start }),
    },
  ];
}

/** A region, or an offset in whole hours, which is a zone of its own. */
function readZone(written: string): string {
  const region = /\b([A-Z][A-Za-z]{1,30}\/[\w+-]{1,40}(?:\/\w{1,40})?|UTC|GMT)\b/.exec(
    written,
  )?.[1];
  if (region !== undefined) return isTimezone(region) ? region : '';
  const offset = /\d\s{1,3}([+-])(\d{1,2}):00\b/.exec(written);
  // In these names the sign says how far UTC is.
  const zone = offset ? `Etc/GMT${offset[1] === '+' ? '-' : '+'}${Number(offset[2])}` : '';
  return isTimezone(zone) ? zone : '';
}

/** `2026-01-05 02:00:00`, `2026/01/05 02:00` and `05-JAN-26 07.00.00 PM` as local date and time. */
function readStart(written: string): string | undefined {
  const plain = /(\d{4})[-/](\d{2})[-/](\d{2})(?:[ T](\d{2})[:.](\d{2}))?/.exec(written);
  if (plain) return `${plain[1]}-${plain[2]}-${plain[3]}T${plain[4] ?? '00'}:${plain[5] ?? '00'}`;
  const named =
    /(\d{1,2})-([A-Z]{3})-(\d{2}|\d{4})(?:\s{1,3}(\d{1,2})[.:](\d{2})(?:[.:][\d.]{2,12})?\s{0,3}([AP]M)?)?/i.exec(
      written,
    );
  const month = months.indexOf(named?.[2]?.toUpperCase() ?? '') + 1;
  if (!named || month === 0) return undefined;
  const [, day = '', , year = '', hour = '0', minute = '00', half] = named;
  const clock = half ? (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0) : Number(hour);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${year.length === 2 ? `20${year}` : year}-${two(month)}-${two(Number(day))}T${two(clock)}:${minute}`;
}

/** A block or procedure is SQL; what runs outside of the database is a command of the shell. */
function toCommand({ type, action }: Action): Pick<ScheduledJob, 'command'> {
  if (action === '') return {};
  if (/^(?:executable|external_script)$/i.test(type))
    return { command: { text: action, language: 'shell' } };
  if (/^stored_procedure$/i.test(type))
    return { command: { text: `CALL ${action}();`, language: 'sql' } };
  return /^chain$/i.test(type) ? {} : { command: { text: action, language: 'sql' } };
}

function addSetting({ safeguards }: Draft, call: SqlCall): void {
  if (call.procedure === 'add_job_email_notification') {
    safeguards.push({
      line: call.line,
      safeguard: 'alerting',
      effect: 'provides',
      summary: 'add_job_email_notification',
    });
    return;
  }
  const attribute = call.value('attribute', 1)?.toLowerCase();
  const value = call.value('value', 2) ?? call.written('value', 2) ?? '';
  if (attribute === 'max_run_duration')
    safeguards.push({
      line: call.line,
      safeguard: 'timeout',
      effect: 'provides',
      summary: `max_run_duration = ${value}`,
    });
  else if (attribute === 'restartable' && value === 'true')
    safeguards.push({
      line: call.line,
      safeguard: 'retry',
      effect: 'provides',
      summary: 'restartable = TRUE',
    });
}
