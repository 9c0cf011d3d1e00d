import { cleanHost } from './proxy-address.ts';
import { denyParts, escapePattern, joinParts, type Part, unsure } from './route-part.ts';

const mostParts = 200;
const deepest = 30;
const longestRule = 10_000;

interface Reader {
  readonly rule: string;
  at: number;
  depth: number;
}

/**
 * The ways to fulfil a rule of a Traefik router, of version 2 or 3: matchers with `&&`, `||`, `!` and
 * brackets. What no log shows (headers, queries, addresses) makes a way uncertain. Undefined for what is no such rule.
 */
export function readTraefikRule(rule: string): readonly Part[] | undefined {
  if (rule.length > longestRule) return undefined;
  const reader: Reader = { rule, at: 0, depth: 0 };
  const parts = readEither(reader);
  skipBlanks(reader);
  return parts && reader.at === rule.length ? parts : undefined;
}

function skipBlanks(reader: Reader): void {
  while (/\s/.test(reader.rule[reader.at] ?? '')) reader.at++;
}

function take(reader: Reader, sign: string): boolean {
  skipBlanks(reader);
  if (!reader.rule.startsWith(sign, reader.at)) return false;
  reader.at += sign.length;
  return true;
}

function readEither(reader: Reader): readonly Part[] | undefined {
  if (++reader.depth > deepest) return undefined;
  const ways: Part[] = [];
  do {
    const both = readBoth(reader);
    if (!both) return undefined;
    ways.push(...both);
  } while (take(reader, '||'));
  reader.depth--;
  return ways.slice(0, mostParts);
}

function readBoth(reader: Reader): readonly Part[] | undefined {
  let ways: readonly Part[] = [{}];
  do {
    const parts = readOne(reader);
    if (!parts) return undefined;
    ways = ways.flatMap((way) => parts.map((part) => joinParts(way, part))).slice(0, mostParts);
  } while (take(reader, '&&'));
  return ways;
}

function readOne(reader: Reader): readonly Part[] | undefined {
  let isNegated = false;
  while (take(reader, '!')) isNegated = !isNegated;
  if (take(reader, '(')) {
    const inside = readEither(reader);
    if (!inside || !take(reader, ')')) return undefined;
    return isNegated ? denyParts(inside) : inside;
  }
  const name = /^[A-Za-z]{1,40}/.exec(reader.rule.slice(reader.at, reader.at + 41))?.[0];
  if (name === undefined) return undefined;
  reader.at += name.length;
  const values = readValues(reader);
  if (!values) return undefined;
  const parts = toParts(name, values);
  return isNegated ? denyParts(parts) : parts;
}

/** `(`a`, "b")`: the values in quotes of any kind. */
function readValues(reader: Reader): string[] | undefined {
  if (!take(reader, '(')) return undefined;
  const values: string[] = [];
  while (!take(reader, ')')) {
    if (values.length > 0 && !take(reader, ',')) return undefined;
    skipBlanks(reader);
    const quote = reader.rule[reader.at];
    if (quote !== '`' && quote !== '"' && quote !== "'") return undefined;
    const end = reader.rule.indexOf(quote, reader.at + 1);
    if (end < 0 || values.length >= mostParts) return undefined;
    const value = reader.rule.slice(reader.at + 1, end);
    values.push(quote === '"' ? value.replace(/\\\\/g, '\\') : value);
    reader.at = end + 1;
  }
  return values;
}

function toParts(name: string, values: readonly string[]): readonly Part[] {
  switch (name.toLowerCase()) {
    case 'host':
    case 'hostheader':
      return values.some((value) => value.includes('{'))
        ? [unsure]
        : [{ hosts: values.map((value) => cleanHost(value).replace(/^\*\*\./, '*.')) }];
    case 'hostregexp':
      return [
        {
          hosts: values.map(
            (value) => `~${isTemplate(value) ? `^${fillTemplate(value, '[^.]+')}$` : value}`,
          ),
        },
      ];
    case 'path':
      return values.map((value) =>
        isTemplate(value)
          ? { pattern: `^${fillTemplate(value, '[^/]+')}$` }
          : { prefix: value, exact: true },
      );
    case 'pathprefix':
      return values.map((value) =>
        isTemplate(value) ? { pattern: `^${fillTemplate(value, '[^/]+')}` } : { prefix: value },
      );
    case 'pathregexp':
      return values.map((value) => ({ pattern: value }));
    case 'method':
    case 'methods':
      return [{ methods: values.map((value) => value.toUpperCase()) }];
    default:
      return [unsure];
  }
}

/** Version 2 writes `{name}` and `{name:regex}`. */
function isTemplate(value: string): boolean {
  return /\{[A-Za-z_]\w{0,60}[:}]/.test(value);
}

function fillTemplate(value: string, any: string): string {
  let pattern = '';
  for (let at = 0; at < value.length; ) {
    const end = value[at] === '{' ? closingOf(value, at) : -1;
    if (end < 0) pattern += escapePattern(value[at++] ?? '');
    else {
      const inside = value.slice(at + 1, end);
      const colon = inside.indexOf(':');
      pattern += colon < 0 ? any : `(?:${inside.slice(colon + 1)})`;
      at = end + 1;
    }
  }
  return pattern;
}

function closingOf(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return -1;
}
