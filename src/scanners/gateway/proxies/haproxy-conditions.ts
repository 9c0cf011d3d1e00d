import { cleanHost } from './proxy-address.ts';
import { denyParts, escapePattern, joinParts, type Part, unsure } from './route-part.ts';

/** Named ACLs → the ways to fulfil each. */
export type Acls = Map<string, readonly Part[]>;

const mostParts = 200;

const predefined: Readonly<Record<string, readonly Part[]>> = {
  TRUE: [{}],
  FALSE: [],
  HTTP: [{}],
  HTTP_1_0: [unsure],
  METH_GET: [{ methods: ['GET', 'HEAD'] }],
  ...Object.fromEntries(
    ['CONNECT', 'DELETE', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'TRACE'].map((method) => [
      `METH_${method}`,
      [{ methods: [method] }],
    ]),
  ),
};

/** What a sample of a call is taken from; all else is not in a log. */
const samples: Readonly<Record<string, 'path' | 'host' | 'method' | 'base'>> = {
  path: 'path',
  url: 'path',
  pathq: 'path',
  base: 'base',
  method: 'method',
  'hdr(host)': 'host',
  'req.hdr(host)': 'host',
  'req.fhdr(host)': 'host',
  ssl_fc_sni: 'host',
  'req.ssl_sni': 'host',
  req_ssl_sni: 'host',
};

/** The ways to fulfil a criterion such as `path_beg -i /api /v2` or `hdr(host),lower -m end .shop`. */
export function readCriterion(words: readonly string[]): readonly Part[] {
  const [fetch = '', ...rest] = words;
  const match =
    /^([a-z_.]+?)(?:_(beg|end|reg|sub|dir|dom|len|bin|ip))?(\([a-z-]+(?:,[\d-]+)?\))?((?:,[a-z]+(?:\([^)]*\))?)*)$/.exec(
      fetch.toLowerCase(),
    );
  const [, name = '', suffix, argument = '', converters = ''] = match ?? [];
  const sample = samples[`${name}${argument.replace(/,[\d-]+\)$/, ')')}`];
  if (!match || sample === undefined || !/^(?:,(?:lower|host_only|url_dec))*$/.test(converters))
    return [unsure];
  let way = suffix ?? 'str';
  let ignoreCase = converters.includes('lower');
  const values: string[] = [];
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index] ?? '';
    if (word === '-i') ignoreCase = true;
    else if (word === '-m') way = rest[++index] ?? '';
    else if (word === '--') continue;
    else if (/^-[fMun]$/.test(word)) return [unsure];
    else values.push(word);
  }
  if (values.length === 0) return [unsure];
  if (sample === 'method') return [{ methods: values.map((value) => value.toUpperCase()) }];
  if (sample === 'host') {
    const hosts = values.map((value) => toHosts(value, way));
    return hosts.includes(undefined) ? [unsure] : [{ hosts: hosts.flatMap((host) => host ?? []) }];
  }
  if (sample === 'base') return values.map((value) => toBase(value, way));
  return values.map((value) => toPath(value, way, ignoreCase));
}

function toHosts(value: string, way: string): string[] | undefined {
  const host = cleanHost(value);
  switch (way) {
    case 'str':
      return [host];
    case 'beg':
      return [host, `${host}*`];
    case 'end':
      return [host, `*${host}`];
    case 'sub':
      return [`~${escapePattern(host)}`];
    case 'dom':
      return [`~(?:^|\\.)${escapePattern(host)}(?:\\.|$)`];
    case 'reg':
      return [`~${value}`];
    default:
      return undefined;
  }
}

function toPath(value: string, way: string, ignoreCase: boolean): Part {
  const folded = ignoreCase ? { ignoreCase: true as const } : {};
  const text = escapePattern(value);
  switch (way) {
    case 'str':
      return { prefix: value, exact: true, ...folded };
    case 'beg':
      return { prefix: value, ...folded };
    case 'end':
      return { pattern: `${text}$`, ...folded };
    case 'sub':
      return { pattern: text, ...folded };
    case 'dir':
      return { pattern: `(?:^|/)${text.replace(/^\/|\/$/g, '')}(?:/|$)`, ...folded };
    case 'reg':
      return { pattern: value, ...folded };
    default:
      return unsure;
  }
}

/** The host and the path in one text. */
function toBase(value: string, way: string): Part {
  const slash = value.indexOf('/');
  if (slash < 0 || (way !== 'beg' && way !== 'str')) return unsure;
  return { hosts: [cleanHost(value.slice(0, slash))], ...toPath(value.slice(slash), way, false) };
}

/**
 * The ways to fulfil `if a b or !c { path /x }`: blanks are "and". No words: always.
 * What can't be told from a log makes a way uncertain.
 */
export function readCondition(words: readonly string[], acls: Acls): readonly Part[] {
  const [keyword, ...rest] = words;
  if (keyword === undefined) return [{}];
  if (keyword === 'unless') return denyParts(readCondition(['if', ...rest], acls));
  if (keyword !== 'if') return [unsure];
  const ways: Part[] = [];
  let all: readonly Part[] = [{}];
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index] ?? '';
    if (word === 'or' || word === '||') {
      ways.push(...all);
      all = [{}];
      continue;
    }
    const isNegated = word.startsWith('!');
    const name = isNegated ? word.slice(1) || (rest[++index] ?? '') : word;
    let factor: readonly Part[] | undefined;
    if (name === '{') {
      const end = rest.indexOf('}', index);
      factor = readCriterion(rest.slice(index + 1, end < 0 ? rest.length : end));
      index = end < 0 ? rest.length : end;
    } else factor = acls.get(name) ?? predefined[name];
    const parts = !factor ? [unsure] : isNegated ? denyParts(factor) : factor;
    all = all.flatMap((way) => parts.map((part) => joinParts(way, part))).slice(0, mostParts);
  }
  return [...ways, ...all].slice(0, mostParts);
}
