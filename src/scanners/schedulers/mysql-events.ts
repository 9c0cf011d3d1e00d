import type { Schedule } from '../../schedule.ts';
import { collectJobs } from './collect-jobs.ts';
import type { SchedulerReader } from './scheduled-job.ts';
import { readSqlTokens, type SqlTokens } from './sql-calls.ts';
import { isSqlFile } from './sql-file.ts';

/** Where the schedule of an event ends. */
const afterSchedule = new Set(['on', 'enable', 'enabled', 'disable', 'disabled', 'comment', 'do']);

/** Events of MySQL and MariaDB. */
export const mysqlEventReader: SchedulerReader = {
  name: 'events of MySQL',
  matches: (file, text) =>
    isSqlFile(file) && /\bevent\b[^;]{0,400}\bon\s{1,9}schedule\b/i.test(text),
  read: (text) => {
    const found = collectJobs();
    const sql = readSqlTokens(text);
    const { tokens } = sql;
    for (const [index, token] of tokens.entries()) {
      if (token.word !== 'event' || !isCreated(sql, index)) continue;
      let at = index + 1;
      while (/^(?:if|not|exists)$/.test(tokens[at]?.word ?? '')) at++;
      const nameAt = at;
      while (tokens[at + 1]?.text === '.') at += 2;
      const name = tokens[at]?.text;
      if (!name || tokens[at + 1]?.word !== 'on' || tokens[at + 2]?.word !== 'schedule') continue;
      const from = at + 3;
      let to = from;
      while (to < tokens.length && to < from + 80 && !afterSchedule.has(tokens[to]?.word ?? ''))
        to++;
      const until = Math.min(tokens.length, to + 40);
      const next = tokens.slice(to, until).findIndex(({ word }) => word === 'do');
      const doAt = next < 0 ? -1 : to + next;
      const options = tokens.slice(to, doAt < 0 ? until : doAt).map(({ word }) => word);
      const line = sql.lineOf(token.at);
      const schedule = readSchedule(sql, from, to);
      if (schedule.isStartOpen)
        found.flaw(
          line,
          'its start is counted from when it is created, so its times are not known',
        );
      found.add({
        name: tokens
          .slice(nameAt, at + 1)
          .map((each) => each.text)
          .join(''),
        line,
        schedules: [schedule.schedule],
        ...(doAt < 0 ? {} : { command: { text: bodyOf(sql, doAt + 1), language: 'sql' } }),
        ...(options.some((word) => word === 'disable' || word === 'disabled')
          ? { disabled: true }
          : {}),
      });
    }
    return found.finish();
  },
};

/** `CREATE [OR REPLACE] [DEFINER = …] EVENT`, and not `DROP EVENT`. */
function isCreated({ tokens }: SqlTokens, index: number): boolean {
  for (let at = index - 1; at >= Math.max(0, index - 12); at--) {
    if (tokens[at]?.word === 'create') return true;
    if (tokens[at]?.text === ';') return false;
  }
  return false;
}

interface EventSchedule {
  readonly schedule: Schedule;
  readonly isStartOpen: boolean;
}

function readSchedule({ text, tokens }: SqlTokens, from: number, to: number): EventSchedule {
  const [first, last] = [tokens[from], tokens[to - 1]];
  const written = first && last ? text.slice(first.at, last.end).replace(/\s+/g, ' ').trim() : '';
  // Only literal times are followed: what counts from the moment of creation is left out.
  const parts = [...written.matchAll(/ (STARTS|ENDS) /gi)];
  const base = written.slice(0, parts[0]?.index);
  const clauses = parts.map((part, index) => ({
    name: part[1]?.toUpperCase() ?? '',
    value: written.slice(part.index + part[0].length, parts[index + 1]?.index).trim(),
  }));
  const literal = clauses.filter(({ value }) => /^(?:TIMESTAMP\s?)?'[^']+'$/i.test(value));
  const open = clauses.find(
    ({ name, value }) => name === 'STARTS' && !/^(?:TIMESTAMP\s?)?'/i.test(value),
  );
  const start = open && /^EVERY '?1'? DAY$/i.test(base) ? dailyStart(open.value) : undefined;
  return {
    schedule: {
      expression: [base, ...literal.map(({ name, value }) => `${name} ${value}`)].join(' '),
      timezone: '',
      scheduler: 'mysql',
      ...(start === undefined ? {} : { start }),
    },
    isStartOpen: open !== undefined && start === undefined,
  };
}

/** `CURRENT_DATE + INTERVAL 1 DAY + INTERVAL 2 HOUR`: every day at that time, whichever day it began. */
function dailyStart(value: string): string | undefined {
  const text = value
    .replace(/[()]/g, ' ')
    .replace(/\bTIMESTAMP\b/i, '')
    .trim();
  const rest =
    /^(?:CURRENT_DATE|CURDATE)((?:\s*\+\s*INTERVAL\s+'?\d{1,4}'?\s+(?:DAY|HOUR|MINUTE))*)\s*$/i.exec(
      text.replace(/\s+/g, ' ').replace(/(CURRENT_DATE|CURDATE) /i, '$1 '),
    )?.[1];
  if (rest === undefined) return undefined;
  let minutes = 0;
  for (const [, count, unit] of rest.matchAll(/INTERVAL\s+'?(\d{1,4})'?\s+(HOUR|MINUTE)/gi))
    minutes += Number(count) * (unit?.toUpperCase() === 'HOUR' ? 60 : 1);
  if (minutes >= 1_440) return undefined;
  const two = (part: number): string => String(part).padStart(2, '0');
  return `1970-01-01T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** What the event runs: a statement, or a block to its last END. */
function bodyOf({ text, tokens }: SqlTokens, from: number): string {
  const start = tokens[from];
  if (!start) return '';
  let depth = 0;
  for (let at = from; at < Math.min(tokens.length, from + 5_000); at++) {
    const token = tokens[at];
    if (!token) break;
    if (/^(?:begin|case|if|loop|while|repeat)$/.test(token.word) && tokens[at - 1]?.word !== 'end')
      depth++;
    else if (token.word === 'end') depth--;
    if (depth <= 0 && (token.text === ';' || token.word === 'end'))
      return text.slice(start.at, token.end);
  }
  return text.slice(start.at, start.at + 4_000);
}
