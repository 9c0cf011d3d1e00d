import { toOpenValue } from './open-value.ts';
import { splitLines } from './read-key-lines.ts';
import type { Setting } from './setting.ts';

const deepest = 60;

/** A text without its comment; a mark inside quotes begins none. */
function dropComment(line: string, marks: RegExp): string {
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const sign = line[at] ?? '';
    if (quote !== '') {
      if (sign === '\\' && quote === '"') at++;
      else if (sign === quote) quote = '';
    } else if (sign === '"' || sign === "'") quote = sign;
    else if (marks.test(line.slice(at, at + 2))) return line.slice(0, at);
  }
  return line;
}

/** The parts of a list or an inline table, cut at the commas of its own level. */
function splitParts(text: string): { text: string; at: number }[] {
  const parts: { text: string; at: number }[] = [];
  let quote = '';
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length && parts.length < 500; at++) {
    const sign = text[at] ?? '';
    if (quote !== '') {
      if (sign === '\\' && quote === '"') at++;
      else if (sign === quote) quote = '';
    } else if (sign === '"' || sign === "'") quote = sign;
    else if (/[[{(]/.test(sign)) depth++;
    else if (/[\]})]/.test(sign)) depth--;
    else if ((sign === ',' || sign === '\n') && depth === 0) {
      parts.push({ text: text.slice(start, at), at: start });
      start = at + 1;
    }
  }
  parts.push({ text: text.slice(start), at: start });
  return parts.filter((part) => part.text.trim() !== '');
}

function unquote(text: string): string {
  const trimmed = text.trim();
  const match = /^("""|'''|"|')([\s\S]*?)\1$/.exec(trimmed);
  if (!match) return trimmed;
  return match[1]?.startsWith('"')
    ? (match[2] ?? '').replace(/\\(["\\/])/g, '$1').replace(/\\[nt]/g, ' ')
    : (match[2] ?? '');
}

function joinKey(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('.');
}

/** `a."b.c".d` without its quotes. */
function plainKey(written: string): string {
  return written
    .trim()
    .replace(/["']/g, '')
    .replace(/\s*\.\s*/g, '.');
}

/** Tables, arrays of tables, inline tables and lists of a TOML file. */
export function readToml(text: string): Setting[] {
  const settings: Setting[] = [];
  const lines = splitLines(text);
  const counts = new Map<string, number>();
  let table = '';
  for (let index = 0; index < lines.length; index++) {
    const line = dropComment(lines[index] ?? '', /^#/);
    const head = /^\s*(\[\[?)\s*([^\]]{1,200}?)\s*\]\]?\s*$/.exec(line);
    if (head) {
      table = plainKey(head[2] ?? '');
      if (head[1] === '[[') {
        const count = counts.get(table) ?? 0;
        counts.set(table, count + 1);
        table = `${table}[${count}]`;
      }
      continue;
    }
    const match =
      /^(\s*((?:[\w-]{1,100}|"[^"]{1,100}"|'[^']{1,100}')(?:\s?\.\s?(?:[\w-]{1,100}|"[^"]{1,100}"|'[^']{1,100}')){0,20})\s*=\s*)(.*)$/.exec(
        line,
      );
    if (!match) continue;
    const place = { line: index + 1, column: (match[1] ?? '').length + 1 };
    let value = match[3] ?? '';
    const triple = /^("""|''')/.exec(value)?.[1];
    const isOpen = (): boolean =>
      triple ? value.indexOf(triple, 3) < 0 : /^\[/.test(value) && !isBalanced(value);
    for (
      let more = 0;
      more < 500 && isOpen() && index + 1 < lines.length && value.length < 20_000;
      more++
    )
      value += `\n${triple ? lines[++index] : dropComment(lines[++index] ?? '', /^#/)}`;
    addTomlValue(joinKey(table, plainKey(match[2] ?? '')), value.trim(), place, settings, 0);
  }
  return settings;
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const sign of text.replace(/"[^"\n]*"|'[^'\n]*'/g, '')) {
    if (sign === '[') depth++;
    else if (sign === ']') depth--;
  }
  return depth <= 0;
}

function addTomlValue(
  key: string,
  value: string,
  place: { line: number; column: number },
  settings: Setting[],
  depth: number,
): void {
  if (depth > 10) return;
  if (/^\{[\s\S]*\}$/.test(value)) {
    for (const part of splitParts(value.slice(1, -1))) {
      const at = part.text.indexOf('=');
      if (at < 0) continue;
      addTomlValue(
        joinKey(key, plainKey(part.text.slice(0, at))),
        part.text.slice(at + 1).trim(),
        place,
        settings,
        depth + 1,
      );
    }
    return;
  }
  if (/^\[[\s\S]*\]$/.test(value)) {
    const parts = splitParts(value.slice(1, -1));
    const isPlain = parts.every((part) => !/^\s*[[{]/.test(part.text));
    if (isPlain && parts.length > 1) {
      const joined = parts.map((part) => unquote(part.text)).join(',');
      settings.push({ key, value: toOpenValue(key, joined), ...place });
    }
    for (const [index, part] of parts.entries())
      addTomlValue(`${key}[${index}]`, part.text.trim(), place, settings, depth + 1);
    return;
  }
  settings.push({ key, value: toOpenValue(key, unquote(value)), ...place });
}

/**
 * The values of a HOCON file: blocks in braces, `=` or `:`. A later value of a key stands for an
 * earlier one, which is the default of `${?NAME}`.
 */
export function readHocon(text: string): Setting[] {
  const found = new Map<string, Setting>();
  const blocks: string[] = [];
  for (const [index, written] of splitLines(text).entries()) {
    const line = dropComment(written, /^(?:#|\/\/)/);
    const match = /^(\s*(["\w][\w.\-"]{0,200}?)\s*)(?:(\{)\s*$|[=:]\s*(.*)$|(\{.*\})\s*$)/.exec(
      line,
    );
    const [, before = '', name = '', opens, given, inline] = match ?? [];
    const assigned = given ?? inline;
    if (match && (opens !== undefined || assigned?.trim() === '{')) {
      if (blocks.length < deepest) blocks.push(plainKey(name));
      continue;
    }
    if (match && assigned !== undefined && assigned.trim() !== '') {
      const key = joinKey(...blocks, plainKey(name));
      const place = { line: index + 1, column: before.length + 1 };
      addHoconValue(key, assigned.trim().replace(/,$/, ''), place, found, 0);
    }
    if (/^\s*\}+\s*,?\s*$/.test(line)) for (const _ of line.match(/\}/g) ?? []) blocks.pop();
  }
  return [...found.values()];
}

function addHoconValue(
  key: string,
  written: string,
  place: { line: number; column: number },
  found: Map<string, Setting>,
  depth: number,
): void {
  if (/^\{.*\}$/.test(written) && depth < 10) {
    for (const part of splitParts(written.slice(1, -1))) {
      const match = /^\s*(["\w][\w.\-"]{0,200}?)\s*(?:[=:]\s*(.*)|(\{.*\}))$/s.exec(
        part.text.trim(),
      );
      const value = (match?.[2] ?? match?.[3])?.trim();
      if (match?.[1] && value)
        addHoconValue(joinKey(key, plainKey(match[1])), value, place, found, depth + 1);
    }
    return;
  }
  const optional = /^\$\{\?([\w.-]{1,200})\}$/.exec(written)?.[1];
  const earlier = found.get(key);
  if (optional && earlier) {
    const value = toOpenValue(key, `\${${optional}}`);
    const hole = /^\{env:([^{}]*)\}$/.exec(value)?.[1];
    const kept =
      earlier.value === '***' || hole === undefined ? value : `{env:${hole}?=${earlier.value}}`;
    found.set(key, { ...earlier, value: kept });
    return;
  }
  const isList = /^\[.*\]$/.test(written);
  const value = isList
    ? splitParts(written.slice(1, -1))
        .map((part) => unquote(part.text))
        .join(',')
    : unquoteJoined(written);
  found.set(key, { key, value: toOpenValue(key, value), ...place });
}

/** `"jdbc:x://"${HOST}"/db"` is one text. */
function unquoteJoined(written: string): string {
  return written.includes('"') ? written.replace(/"/g, '') : written;
}
