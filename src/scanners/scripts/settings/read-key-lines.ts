import { toOpenValue } from './open-value.ts';
import type { Setting } from './setting.ts';

const mostLines = 50_000;
const longestLine = 10_000;

/** The lines of a text, without their ends. */
export function splitLines(text: string): string[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/, mostLines);
  return lines.map((line) => line.slice(0, longestLine));
}

/** `KEY=value` lines of an environment file; `export`, quotes, comments and several lines in quotes. */
export function readDotenv(text: string): Setting[] {
  const lines = splitLines(text);
  const settings: Setting[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const match =
      /^(\s*(?:export\s+|set\s+)?([A-Za-z_][\w.-]{0,200})\s*(?:=|:(?=\s))\s*)(.*)$/.exec(line);
    if (!match) continue;
    const [, before = '', key = '', written = ''] = match;
    const place = { line: index + 1, column: before.length + 1 };
    let value = written;
    const mark = /^["'`]/.exec(written)?.[0];
    if (mark && written.indexOf(mark, 1) < 0) {
      for (let more = 1; more <= 50 && index + more < lines.length; more++) {
        value += `\n${lines[index + more]}`;
        if (lines[index + more]?.includes(mark)) {
          index += more;
          break;
        }
      }
    }
    const plain = unquote(value);
    const syntax = { bare: mark !== "'" };
    settings.push({ key, value: toOpenValue(key, plain, syntax), ...place });
  }
  return settings;
}

/** What stands in quotes, or else the text up to a comment. */
export function unquote(written: string): string {
  const mark = /^["'`]/.exec(written)?.[0];
  if (!mark) return written.replace(/\s[#;].*$/, '').trim();
  const end = written.indexOf(mark, 1);
  return end < 0 ? written.slice(1) : written.slice(1, end);
}

/** A Java properties file: its separators, escapes and continued lines. */
export function readProperties(text: string): Setting[] {
  const lines = splitLines(text);
  const settings: Setting[] = [];
  for (let index = 0; index < lines.length; index++) {
    const first = index;
    let line = (lines[index] ?? '').trimStart();
    const indent = (lines[index] ?? '').length - line.length;
    if (line === '' || /^[#!]/.test(line)) continue;
    while (
      /(?:^|[^\\])(?:\\\\)*\\$/.test(line.slice(-50)) &&
      index + 1 < lines.length &&
      line.length < 8_000
    )
      line = line.slice(0, -1) + (lines[++index] ?? '').trimStart();
    const match = /^((?:\\.|[^\\=:\s]){1,300})(\s{0,100}[=:]\s{0,100}|\s{1,100}|$)/.exec(line);
    if (!match) continue;
    const key = unescapeJava(match[1] ?? '');
    settings.push({
      key,
      value: toOpenValue(key, unescapeJava(line.slice(match[0].length))),
      line: first + 1,
      column: indent + match[0].length + 1,
    });
  }
  return settings;
}

function unescapeJava(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, code?: string, sign?: string) => {
    if (code) return String.fromCharCode(Number.parseInt(code, 16));
    return { n: '\n', t: '\t', r: '\r', f: '\f' }[sign ?? ''] ?? sign ?? '';
  });
}

/** Sections of `key = value` lines. A key counts with its section and alone. */
export function readIni(text: string): Setting[] {
  const settings: Setting[] = [];
  let section = '';
  for (const [index, line] of splitLines(text).entries()) {
    const head = /^\s*\[([^\]]{1,200})\]\s*$/.exec(line)?.[1]?.trim();
    if (head !== undefined) {
      section = /^(?:default|global)$/i.test(head) ? '' : head.replace(/^(\w+)\s+"(.*)"$/, '$1.$2');
      continue;
    }
    const match = /^(\s*([A-Za-z_][\w.\- ]{0,120}?)\s*[=:]\s*)(\S.*)$/.exec(line);
    if (!match) continue;
    const [, before = '', key = '', written = ''] = match;
    const value = unquote(written);
    const place = { line: index + 1, column: before.length + 1 };
    if (section !== '') {
      const full = `${section}.${key}`;
      settings.push({ key: full, value: toOpenValue(full, value, {}), ...place });
    }
    settings.push({ key, value: toOpenValue(key, value, {}), ...place });
  }
  return settings;
}
