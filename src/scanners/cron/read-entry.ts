import { cronDialects } from '../../schedule/cron-dialects.ts';
import {
  dayField,
  type Field,
  hourField,
  minuteField,
  monthField,
  readField,
  weekdayField,
} from '../../schedule/fields.ts';
import { findCronError } from '../../schedule.ts';

/** A line of a crontab that runs a command. */
export interface CronEntry {
  readonly expression: string;
  readonly user: string | undefined;
  readonly command: string;
  /** What the command reads: the text behind its first `%`. */
  readonly input: string | undefined;
}

/** Why the daemon takes a line for no job, in our words around its own. */
export interface Refusal {
  readonly reason: string;
}

/** MAX_COMMAND of cronie's src/macros.h, less the zero byte at the end. */
export const longestLine = 131_071;

/** The five fields, and what the daemon says of a bad one. */
const fieldErrors: readonly (readonly [string, Field])[] = [
  ['bad minute', minuteField],
  ['bad hour', hourField],
  ['bad day-of-month', dayField],
  ['bad month', monthField],
  ['bad day-of-week', weekdayField],
];

/**
 * Reads a job line as load_entry() of cronie's src/entry.c does, and refuses what it refuses.
 * @param line without blanks at its ends
 * @param form whether a user stands before the command
 * @param owner whose crontab it is; only root may keep cron from logging a run
 */
export function readEntry(
  line: string,
  form: 'system' | 'user',
  owner: string | undefined,
): CronEntry | Refusal {
  if (line.length > longestLine)
    return refuse('bad command', `the line is longer than ${longestLine} characters`);
  if (line.includes('\0')) return refuse('bad command', 'the line holds a NUL character');
  const isSilent = line.startsWith('-');
  if (isSilent && form === 'user' && owner !== undefined && owner !== 'root')
    return refuse('bad option', 'only root may begin a line with "-"');
  const timed = readTime(isSilent ? line.slice(1) : line);
  if ('reason' in timed) return timed;
  let { rest } = timed;
  let user = owner;
  if (form === 'system') {
    const named = /^(\S+)(?:[ \t]+(.*))?$/s.exec(rest);
    if (!named?.[1] || !named[2])
      return refuse(
        'bad command',
        'expected a user before the command; set "user:" if this is a user\'s crontab',
      );
    [, user, rest] = named;
    if (user === undefined || rest === undefined || !isUserName(user))
      return refuse(
        'bad username',
        `"${shorten(user ?? '')}" is no user name; a system crontab has a user before the command`,
      );
  }
  const plain = skipOptions(rest);
  if (typeof plain !== 'string') return plain;
  return { expression: timed.expression, user, ...splitInput(plain) };
}

/** Whether a word can name a user, as useradd(8) and directories with dots in names allow. */
export function isUserName(word: string): boolean {
  return word.length <= 256 && /^[A-Za-z_][\w.@-]*\$?$/.test(word);
}

function readTime(line: string): { readonly expression: string; readonly rest: string } | Refusal {
  if (line.startsWith('@')) {
    const [, expression = '', rest = ''] = /^(@\S*)(?:[ \t]+(.*))?$/s.exec(line) ?? [];
    const error = findCronError(expression);
    if (error !== undefined) return refuse('bad time specifier', shorten(error));
    return rest === ''
      ? refuse('bad command', 'nothing follows the nickname')
      : { expression, rest };
  }
  const fields: string[] = [];
  let rest = line;
  for (const [error, form] of fieldErrors) {
    const field = /^[^ \t]*/.exec(rest)?.[0] ?? '';
    if (field === '') return refuse(error, 'expected five fields and a command');
    const read = readField(field, form, cronDialects.cron);
    if ('error' in read) return refuse(error, shorten(read.error));
    fields.push(field);
    rest = rest.slice(field.length).replace(/^[ \t]+/, '');
  }
  if (rest === '') return refuse('bad command', 'nothing follows the five fields');
  // Cron takes a sixth star for a typing error.
  if (rest.startsWith('*')) return refuse('bad command', 'a sixth field begins with "*"');
  return { expression: fields.join(' '), rest };
}

/** `-n` before the command asks for mail only after a failure; no other option is known. */
function skipOptions(command: string): string | Refusal {
  if (!command.startsWith('-')) return command;
  const rest = /^-n[ \t]+(.+)$/s.exec(command)?.[1];
  return rest === undefined || rest.startsWith('-')
    ? refuse('bad option', 'before a command cron knows only "-n"')
    : rest;
}

/** `%` ends the command and begins its input, where it ends lines; `\%` is a percent sign. */
function splitInput(text: string): Pick<CronEntry, 'command' | 'input'> {
  const [command = '', ...lines] = text
    .split(/(?<!\\)%/)
    .map((part) => part.replaceAll('\\%', '%'));
  return { command: command.trimEnd(), input: lines.length === 0 ? undefined : lines.join('\n') };
}

function refuse(error: string, why: string): Refusal {
  return { reason: `cron refuses it with "${error}": ${why}` };
}

function shorten(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
