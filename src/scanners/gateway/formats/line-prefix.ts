/** What a collector wrote before each line of a log. */
export type LinePrefix = 'none' | 'syslog' | 'cri' | 'compose' | 'pod';

const iso = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?`;

/** How each prefix looks; `skipPrefix` relies on what is said here. */
const looks: readonly (readonly [Exclude<LinePrefix, 'none'>, RegExp])[] = [
  // `2026-01-24T01:38:00.000000000+00:00 stdout F `
  ['cri', new RegExp(`^${iso} (?:stdout|stderr) [FP] `)],
  // RFC 5424: `<134>1 2019-02-25T16:19:38Z host app 7 - - `, with structured data or not.
  [
    'syslog',
    new RegExp(String.raw`^<\d{1,3}>1 (?:-|${iso}) \S{1,255} \S{1,48} \S{1,128} \S{1,32} [-[]`),
  ],
  // RFC 3164, and as rsyslog writes files: `<134>Feb 25 16:19:38 host haproxy[7]: `, host and `<134>` or not.
  [
    'syslog',
    new RegExp(
      String.raw`^(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|${iso}) (?:[^\s[]{1,255} )?[^\s:[\]]{1,64}(?:\[[^\s\]]{0,32}\])?: `,
    ),
  ],
  // `caddy-1  | `
  ['compose', /^[\w.-]{1,128} +\| /],
  // `[pod/web-5d5f/nginx] `, as kubectl logs --prefix writes it
  ['pod', /^\[pod\/[\w./-]{1,300}\] /],
];

/** The prefix that a line begins with. */
export function prefixOf(line: string): LinePrefix {
  const start = line.slice(0, 1000);
  return looks.find(([, look]) => look.test(start))?.[0] ?? 'none';
}

const newline = 10;
const blank = 32;

/**
 * Where the line itself begins, behind its prefix; a line without the prefix begins where it is.
 * @param bytes a chunk that ends in a newline
 */
export function skipPrefix(prefix: LinePrefix, bytes: Uint8Array, from: number): number {
  switch (prefix) {
    case 'none':
      return from;
    case 'cri':
      return behindWords(bytes, from, 3);
    case 'syslog':
      return isVersioned(bytes, from)
        ? behindStructured(bytes, from)
        : behind(bytes, from, 58, blank);
    case 'compose':
      return behind(bytes, from, 124, blank);
    case 'pod':
      return bytes[from] === 91 ? behind(bytes, from, 93, blank) : from;
    default:
      return prefix satisfies never;
  }
}

/** The place behind the first two bytes that follow one another; where there are none, the start. */
function behind(bytes: Uint8Array, from: number, first: number, second: number): number {
  for (let at = from; at < bytes.length && bytes[at] !== newline; at++)
    if (bytes[at] === first && bytes[at + 1] === second) return at + 2;
  return from;
}

function behindWords(bytes: Uint8Array, from: number, words: number): number {
  let left = words;
  for (let at = from; at < bytes.length && bytes[at] !== newline; at++)
    if (bytes[at] === blank && --left === 0) return at + 1;
  return from;
}

/** `<134>1 `: the version behind the priority tells RFC 5424. */
function isVersioned(bytes: Uint8Array, from: number): boolean {
  if (bytes[from] !== 60) return false;
  for (let at = from + 1; at < from + 5; at++)
    if (bytes[at] === 62) return bytes[at + 1] === 49 && bytes[at + 2] === blank;
  return false;
}

/** Behind six words and the structured data, which is `-` or stands in brackets. */
function behindStructured(bytes: Uint8Array, from: number): number {
  const data = behindWords(bytes, from, 6);
  if (data === from) return from;
  return bytes[data] === 91 ? behind(bytes, data, 93, blank) : behindWords(bytes, data, 1);
}
