import { toEnd, withPort } from './addresses.ts';
import type { Found } from './found.ts';
import type { Token } from './tokens.ts';
import type { Unit } from './unit.ts';

/** What a line for psql or sqlcmd does: connects, runs a command, or runs another script. */
export function readClientLine(unit: Unit, token: Token): Found[] {
  const at = unit.place(token.at);
  const [, command = '', rest = ''] =
    /^(\\\w+|\\[!.]|!{1,2}|:!!|:\w+)\s*(.*)$/.exec(token.text) ?? [];
  switch (command.toLowerCase()) {
    case '\\!':
    case '!':
    case '!!':
    case ':!!':
      return [{ kind: 'command', command: rest, at }];
    case '\\c':
    case '\\connect':
      return readPsqlConnect(unit.values.fill(openClientNames(rest)), at);
    case '\\i':
    case '\\ir':
    case '\\include':
    case '\\include_relative':
    case '\\.':
    case ':r':
      return readIncluded(rest, at);
    case '\\copy': {
      const program = /\bprogram\s+'((?:[^']|'')*)'/i.exec(rest)?.[1];
      // Other files are those of the client, which is this script's own host.
      return program === undefined
        ? []
        : [{ kind: 'command', command: program.replaceAll("''", "'"), at }];
    }
    case '\\o':
    case '\\g':
      return rest.startsWith('|') ? [{ kind: 'command', command: rest.slice(1), at }] : [];
    case ':connect': {
      const host = /^(\S+)/.exec(rest)?.[1];
      const end =
        host === undefined ? undefined : toEnd(unit.values.fill(openClientNames(host)), 'mssql');
      return end ? [{ kind: 'direct', at, flow: 'unknown', by: 'connect', ...end }] : [];
    }
    default:
      return [];
  }
}

/** `\connect db user host port`, `\c "host=… dbname=…"`, `\c postgresql://…`. */
function readPsqlConnect(rest: string, at: number): Found[] {
  const words = rest.match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
  const first = (words[0] ?? '').replace(/^["']|["']$/g, '');
  const isSettings = /[=]|:\/\//.test(first);
  const host = isSettings ? first : words[2];
  if (host === undefined || host === '-') return [];
  const end = toEnd(host, 'postgresql');
  const port = isSettings ? undefined : words[3];
  return end
    ? [
        {
          kind: 'direct',
          at,
          flow: 'unknown',
          by: 'connect',
          ...end,
          address: withPort(end.address, port, 'postgresql'),
        },
      ]
    : [];
}

/** `:'host'` and `$(HOST)` in a line are filled in by the client. */
function openClientNames(text: string): string {
  return text.replace(/:(['"]?)(\w{1,80})\1(?![\w/]|\d)|\$\((\w{1,80})\)/g, (whole, _, a, b) =>
    /^\d+$/.test(a ?? '') ? whole : `{env:${a ?? b}}`,
  );
}

function readIncluded(rest: string, at: number): Found[] {
  const file = /^(?:'([^']+)'|"([^"]+)"|(\S+))/.exec(rest);
  const script = file?.[1] ?? file?.[2] ?? file?.[3];
  return script === undefined || /^[:$]/.test(script) ? [] : [{ kind: 'script', script, at }];
}

/**
 * Commands of SQL*Plus and the MySQL client stand among the statements: `@file`, `START file`,
 * `HOST command`, `CONNECT user@place`, `source file`.
 */
export function readClientCommand(unit: Unit, index: number): Found[] {
  const { tokens, text } = unit;
  const token = tokens[index];
  if (!token || !isFirst(unit, index)) return [];
  const at = unit.place(token.at);
  const line = text.slice(token.at, token.at + 1_000).split('\n', 1)[0] ?? '';
  const [, rest = ''] = /^\S+\s+(.*?);?\s*$/.exec(line) ?? [];
  const included = readIncludedFile(line);
  if (included !== undefined) return [{ kind: 'script', script: withExtension(included), at }];
  switch (token.word) {
    case 'host':
    case 'system':
      return /^[\w./-]+\s/.test(rest) && !/^=/.test(rest) && !rest.includes(',')
        ? [{ kind: 'command', command: rest, at }]
        : [];
    case 'start':
    case 'source':
      return /^[\w./\\:~-]+(?:\.\w+|\s|$)/.test(rest) &&
        !/^(?:with|transaction|slave|replica|group_replication)\b/i.test(rest)
        ? [{ kind: 'script', script: withExtension(/^\S+/.exec(rest)?.[0] ?? ''), at }]
        : [];
    case 'connect':
    case 'conn': {
      const place = /^[^@\s]{1,200}@"?([^\s"]{1,500})/.exec(rest)?.[1];
      const end =
        place === undefined
          ? undefined
          : toEnd(place.replace(/^&&?(\w+)\.?/, '{env:$1}'), 'oracle');
      return end ? [{ kind: 'direct', at, flow: 'unknown', by: 'connect', ...end }] : [];
    }
    default:
      return [];
  }
}

/** `@file`, `@@file.sql arguments`; a parameter of T-SQL has a type or a comma behind it. */
function readIncludedFile(line: string): string | undefined {
  const found = /^@@?\s*([\w./\\:~-]{1,400})\s*(;?\s*$|[^,=;]{1,200};?\s*$)/.exec(line.trimEnd());
  const [, file = '', rest = ''] = found ?? [];
  if (file === '') return undefined;
  const isPath = /\.\w{1,8}$|\//.test(file);
  return isPath || /^;?\s*$/.test(rest) ? file : undefined;
}

/** Whether a token begins a line, and the statement before it is over. */
function isFirst({ tokens, text }: Unit, index: number): boolean {
  const token = tokens[index];
  const before = tokens[index - 1];
  if (!token) return false;
  const lead = text.slice(Math.max(0, token.at - 80), token.at);
  if (!/(?:^|\n)[ \t]{0,80}$/.test(lead)) return false;
  return (
    before === undefined ||
    /^[;/]$/.test(before.text) ||
    before.kind === 'line' ||
    isClientLine(text, before)
  );
}

/** Lines of SQL*Plus end without `;`. */
function isClientLine(text: string, token: Token): boolean {
  const start = text.lastIndexOf('\n', token.at) + 1;
  const line = text.slice(start, start + 500).split('\n', 1)[0] ?? '';
  if (readIncludedFile(line.trimStart()) !== undefined) return true;
  return /^\s*(?:set|define|spool|whenever|conn|connect|host|start|source|prompt|use|column|undefine|exit|quit|delimiter|go)\b/i.test(
    text.slice(start, start + 40),
  );
}

function withExtension(file: string): string {
  return /\.\w{1,8}$/.test(file) ? file : `${file}.sql`;
}
