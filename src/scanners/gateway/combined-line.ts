/** What one line of a common or combined access log says. */
export interface LogLine {
  readonly address: string;
  readonly user: string;
  /** ISO 8601 UTC, to the second. */
  readonly time: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly bytes: number;
  readonly agent: string;
}

const months = new Map(
  ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].map(
    (name, index) => [name, index] as const,
  ),
);

/**
 * Reads one line of the nginx and Apache combined format, or the common format without referrer and
 * agent: `address - user [time] "method path protocol" status bytes "referrer" "agent"`.
 * @returns undefined if the line is not in this form
 */
export function readCombinedLine(line: string): LogLine | undefined {
  const firstSpace = line.indexOf(' ');
  const open = line.indexOf(' [', firstSpace);
  const close = line.indexOf('] "', open);
  if (firstSpace <= 0 || open < 0 || close < 0) return undefined;
  const time = readTime(line.slice(open + 2, close));
  const identity = line.slice(firstSpace + 1, open);
  const identEnd = identity.indexOf(' ');
  const user = identity.slice(identEnd + 1);
  // An address in second place means that a virtual host or a proxy list stands before the caller.
  const ident = identity.slice(0, identEnd);
  if (!/^[\w.@+-]+$/.test(ident) || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(ident)) return undefined;
  const requestEnd = findQuote(line, close + 3);
  if (time === undefined || requestEnd < 0 || identEnd < 0) return undefined;

  const numbers = /^ (\d{3}) (\d+|-)(?= |$)/.exec(line.slice(requestEnd + 1, requestEnd + 40));
  if (!numbers) return undefined;
  const rest = requestEnd + 1 + numbers[0].length;
  const quoted = rest >= line.length ? [] : readQuoted(line, rest);
  if (quoted === undefined) return undefined;

  const [method = '', target = ''] = line.slice(close + 3, requestEnd).split(' ');
  // A forward proxy is asked for whole addresses; `CONNECT host:443` and `OPTIONS *` name no path.
  const path = target.replace(/^[a-z]{2,9}:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  return {
    address: line.slice(0, firstSpace),
    user,
    time,
    method,
    path: path.startsWith('/') ? path : '',
    status: Number(numbers[1]),
    bytes: numbers[2] === '-' ? 0 : Number(numbers[2]),
    agent: quoted[1] ?? '-',
  };
}

/** The index of the quote that ends a text, quotes behind a backslash aside; -1 if there is none. */
function findQuote(line: string, from: number): number {
  for (let at = line.indexOf('"', from); at >= 0; at = line.indexOf('"', at + 1)) {
    let slashes = 0;
    while (line[at - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return at;
  }
  return -1;
}

/** The quoted texts at the end of a line; undefined if a quote is not closed. */
function readQuoted(line: string, from: number): string[] | undefined {
  const texts: string[] = [];
  let at = from;
  while (line[at] === ' ' && line[at + 1] === '"') {
    const end = findQuote(line, at + 2);
    if (end < 0) return undefined;
    texts.push(line.slice(at + 2, end));
    at = end + 1;
  }
  return texts;
}

/** `10/Oct/2000:13:55:36 -0700` as ISO 8601 UTC. */
function readTime(text: string): string | undefined {
  const match =
    /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})$/.exec(text);
  const month = months.get(match?.[2] ?? '');
  if (!match || month === undefined) return undefined;
  const [day, year, hour, minute, second, zoneHour, zoneMinute] = [1, 3, 4, 5, 6, 8, 9].map(
    (group) => Number(match[group]),
  ) as [number, number, number, number, number, number, number];
  const daysInMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  if (day < 1 || day > daysInMonth || hour > 23 || minute > 59 || second > 60) return undefined;
  const offset = (zoneHour * 60 + zoneMinute) * (match[7] === '-' ? -1 : 1);
  const time = new Date(Date.UTC(year, month, day, hour, minute - offset, second));
  return time.getUTCFullYear() > 9999 ? undefined : `${time.toISOString().slice(0, 19)}Z`;
}
