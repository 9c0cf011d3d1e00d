import type { Role } from '../log-format.ts';

/** The values of a line by role, as texts. */
export type Values = Readonly<Partial<Record<Role, string>>>;

const number = String.raw`[+-]?\d+(?:\.\d+)?`;

/** What a value of a role looks like; other roles may look like anything. */
const looks: Readonly<Partial<Record<Role, RegExp>>> = {
  time: /^(?:\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d|\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\d{9,19}(?:\.\d+)?$)/,
  date: /^\d{4}-\d\d-\d\d$/,
  clock: /^\d\d:\d\d:\d\d(?:\.\d+)?$/,
  status: /^(?:\d{3}|0|-1)(?:[ ,:]+(?:\d{3}|-))*$/,
  method:
    /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE|PRI|QUERY|PURGE|PROPFIND|PROPPATCH|MKCOL|COPY|MOVE|LOCK|UNLOCK|REPORT|SEARCH)$/,
  path: /^(?:\/|\*$|[a-z][a-z\d+.-]*:\/\/|[\w.-]+:\d+$)/i,
  address: /^[[\w:][\w[\]:.,% -]*$/,
  bytes: /^-?\d+$/,
  duration: new RegExp(`^${number}(?:(?:[ ,:]+(?:${number}|-))*|[a-zµ]{1,2})$`),
  'request-id': /^[\w+/=:.|~@-]{4,200}$/,
  host: /^[\w[\]:.*~-]+$/,
};

const anyOf: readonly Role[] = [
  'request',
  'path',
  'method',
  'status',
  'service',
  'upstream',
  'host',
  'bytes',
];

/** Whether the values of a line look like a call: a time, something called, and nothing odd. */
export function isPlausible(values: Values): boolean {
  if (values.time === undefined && (values.date === undefined || values.clock === undefined))
    return false;
  if (!anyOf.some((role) => values[role] !== undefined)) return false;
  return (Object.entries(values) as [Role, string][]).every(
    ([role, value]) => looks[role]?.test(value.slice(0, 4000)) ?? true,
  );
}
