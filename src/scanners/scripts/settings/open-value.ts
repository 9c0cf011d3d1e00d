import { redact } from '../../../redact.ts';
import { readOpenText, writeHole } from '../program/open-text.ts';
import { isSecretKey } from './secret-keys.ts';

const longestValue = 4_000;
const longestPlaceholder = 600;
const deepestDefault = 4;

/** How files of one format write a reference to another setting, beside the forms all share. */
export interface PlaceholderSyntax {
  /** `$NAME` without braces. */
  readonly bare?: boolean;
}

/**
 * A written value as an open text without secrets: placeholders of all common tools become holes,
 * and whatever is or holds a password, a token or a key is hidden.
 */
export function toOpenValue(key: string, written: string, syntax: PlaceholderSyntax = {}): string {
  const text = written.trim().slice(0, longestValue);
  if (/^(?:ENC\(|\{cipher\}|\{\w{1,20}\}\$2|-----BEGIN |\$ANSIBLE_VAULT;)/.test(text)) return '***';
  const open = redact(hideLogins(dropLoginDefaults(openPlaceholders(text, syntax, 0)))).replace(
    /((?:account|instrumentation|shared)key\s{0,3}=\s{0,3})[^;\s{]{1,400}/gi,
    '$1***',
  );
  if (!isSecretKey(key) || open === '' || /^(?:true|false|null|\d{1,5})$/i.test(open)) return open;
  if (/^[a-z][a-z0-9+.-]{1,40}:\/\/[^?#]{1,400}$/i.test(open)) return open;
  const parts = readOpenText(open);
  const isReference = parts.every((part) => typeof part !== 'string' && part.kind !== 'unknown');
  if (!isReference) return '***';
  return parts
    .map((part) =>
      typeof part === 'string'
        ? part
        : writeHole(part.kind === 'env' ? { kind: 'env', name: part.name } : part),
    )
    .join('');
}

/** `user:password@host` and `user/password@host` without a scheme, as Go and Oracle write them. */
function hideLogins(text: string): string {
  return text
    .replace(/^(?!jdbc:)([^\s:/@{}]{1,100}:)(?!\/\/|\{)[^\s@]{1,200}(?=@[\w([{])/, '$1***')
    .replace(
      /^((?:jdbc:oracle:[a-z0-9]{1,10}:)?[^\s:/@{}]{1,100}\/)(?!\{)[^\s/@]{1,200}(?=@[\w([{/])/i,
      '$1***',
    );
}

/** A default inside the login of a URL is a password. */
function dropLoginDefaults(text: string): string {
  if (!text.includes('?=') || !text.includes('@')) return text;
  const login = /:\/\/[^/@\s]{1,300}@/.exec(text);
  if (!login) return text;
  const end = login.index + login[0].length;
  const hidden = login[0].replace(/\?=[^{}]{0,200}\}/g, '}');
  return text.slice(0, login.index) + hidden + text.slice(end);
}

function openPlaceholders(text: string, syntax: PlaceholderSyntax, depth: number): string {
  if (!/[$%#@<]|\{\{/.test(text)) return text;
  let result = '';
  for (let at = 0; at < text.length; ) {
    const found = readPlaceholder(text, at, syntax, depth);
    if (found) {
      result += found.hole;
      at = found.end;
    } else result += text[at++];
  }
  return result;
}

interface Placeholder {
  readonly hole: string;
  readonly end: number;
}

function readPlaceholder(
  text: string,
  at: number,
  syntax: PlaceholderSyntax,
  depth: number,
): Placeholder | undefined {
  switch (text[at]) {
    case '$':
      return readDollar(text, at, syntax, depth);
    case '#':
      return text[at + 1] === '{' ? readBraces(text, at, depth) : undefined;
    case '%':
      return readPercent(text, at);
    case '{':
      return text[at + 1] === '{' ? readMustache(text, at, depth) : undefined;
    case '<':
      return text.startsWith('<%', at) ? readErb(text, at, depth) : undefined;
    case '@':
      return readPattern(/@([A-Za-z][\w.-]{1,80})@/y, text, at);
    default:
      return undefined;
  }
}

function readDollar(
  text: string,
  at: number,
  syntax: PlaceholderSyntax,
  depth: number,
): Placeholder | undefined {
  if (text[at + 1] === '$') return { hole: '$', end: at + 2 };
  if (text[at + 1] === '{') return readBraces(text, at, depth);
  return (
    readPattern(/\$\(([A-Za-z_][\w.]{0,80})\)/y, text, at) ??
    (syntax.bare ? readPattern(/\$([A-Za-z_]\w{0,80})/y, text, at) : undefined)
  );
}

/** `%NAME%` of Windows, `%env(NAME)%` and `%name.of%` of Symfony, `%(name)s` of Python's ini files. */
function readPercent(text: string, at: number): Placeholder | undefined {
  return (
    readPattern(/%env\((?:[a-z_]{1,20}:){0,4}([A-Za-z_]\w{0,80})\)%/y, text, at) ??
    readPattern(/%\(([A-Za-z_][\w.]{0,80})\)s/y, text, at) ??
    readPattern(/%([A-Za-z_][A-Za-z0-9_]{2,80}(?:\.[A-Za-z0-9_]{1,40}){0,5})%/y, text, at)
  );
}

function readPattern(pattern: RegExp, text: string, at: number): Placeholder | undefined {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  const name = match?.[1];
  return match && name !== undefined
    ? { hole: writeHole({ kind: 'env', name }), end: at + match[0].length }
    : undefined;
}

/** `${NAME}`, `${NAME:-default}`, `${NAME:default}`, `${env:NAME, 'default'}`, `#{NAME}#`. */
function readBraces(text: string, at: number, depth: number): Placeholder | undefined {
  const close = findClosing(text, at + 1);
  if (close < 0) return undefined;
  const inner = text.slice(at + 2, close).trim();
  const end = text[at] === '#' && text[close + 1] === '#' ? close + 2 : close + 1;
  const match =
    /^(?:(?:env|opt|self|param|sys|config):|env\.)?\??\s*([A-Za-z_][\w./[\]]{0,120}?)(-(?=.)[\s\S]*|:[\s\S]*|,[\s\S]*|\?[\s\S]*|\+[\s\S]*)?$/.exec(
      inner,
    );
  const dashed = /^([a-z][\w.-]{0,120})(:[\s\S]*)?$/.exec(inner);
  const [, name, rest] = dashed?.[1]?.includes('-') ? dashed : (match ?? []);
  if (name === undefined)
    return { hole: writeHole({ kind: 'unknown', text: inner.slice(0, 80) }), end };
  if (name === 'ssm' || name === 'cf' || name === 'file')
    return { hole: writeHole({ kind: 'unknown', text: inner.slice(0, 80) }), end };
  return { hole: toHole(name, readDefault(rest), depth), end };
}

/** What stands behind `:-`, `-`, `:` or a comma; `:?` and `:+` give no default. */
function readDefault(rest: string | undefined): string | undefined {
  const match = /^(:-|-|:(?![?+])|,)\s*([\s\S]*)$/.exec(rest ?? '');
  if (!match) return undefined;
  const text = match[2] ?? '';
  return /^(["'])[\s\S]*\1$/.test(text) && text.length > 1 ? text.slice(1, -1) : text;
}

/** `{{ .Values.a.b | default "c" }}`, `{{ name | default('x') }}`. */
function readMustache(text: string, at: number, depth: number): Placeholder | undefined {
  const close = text.indexOf('}}', at + 2);
  if (close < 0 || close - at > longestPlaceholder) return undefined;
  const inner = text
    .slice(at + 2, close)
    .replace(/^-|-$/g, '')
    .trim();
  const fallback = /\bdefault\s{0,3}\(?\s{0,3}["']([^"']{0,200})["']/.exec(inner)?.[1];
  const called = /^(?:env|getenv|key)\s{1,3}"([^"]{1,100})"/.exec(inner)?.[1];
  const name =
    called ?? /^[.$]{0,2}(?:Values\.|env\.|vars\.)?([A-Za-z_][\w.-]{0,100})/.exec(inner)?.[1];
  return name === undefined
    ? { hole: writeHole({ kind: 'unknown', text: inner.slice(0, 80) }), end: close + 2 }
    : { hole: toHole(name, fallback, depth), end: close + 2 };
}

/** `<%= ENV['X'] %>`, `<%= ENV.fetch('X', 'd') %>`, `<%= ENV.fetch("X") { "d" } %>`, `<%= ENV['X'] || 'd' %>`. */
function readErb(text: string, at: number, depth: number): Placeholder | undefined {
  const close = text.indexOf('%>', at + 2);
  if (close < 0 || close - at > longestPlaceholder) return undefined;
  const inner = text.slice(at + 2, close);
  const match =
    /ENV(?:\.fetch)?\s{0,3}[[(]\s{0,3}["']([^"']{1,100})["']\s{0,3}[,\])]?[)\]\s{|,]{0,9}(?:["']([^"']{0,200})["'])?/.exec(
      inner,
    );
  return match?.[1] === undefined
    ? { hole: writeHole({ kind: 'unknown', text: inner.slice(0, 60) }), end: close + 2 }
    : { hole: toHole(match[1], match[2], depth), end: close + 2 };
}

function toHole(name: string, fallback: string | undefined, depth: number): string {
  if (fallback === undefined || isSecretKey(name) || depth >= deepestDefault)
    return writeHole({ kind: 'env', name });
  return writeHole({ kind: 'env', name, fallback: openPlaceholders(fallback, {}, depth + 1) });
}

/** The brace that closes the one at `open`, or -1. */
function findClosing(text: string, open: number): number {
  let depth = 0;
  const last = Math.min(text.length, open + longestPlaceholder);
  for (let at = open; at < last; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return -1;
}
