import { ConfigError, didYouMean } from '../../../errors.ts';
import type { DurationUnit, Field, JsonFormat, LogFormat, Role } from '../log-format.ts';
import { expectEnds } from './assemble.ts';

/** All roles; the type makes the table name each of them. */
const roleTable: Readonly<Record<Role, true>> = {
  consumer: true,
  'api-key': true,
  certificate: true,
  user: true,
  agent: true,
  address: true,
  service: true,
  route: true,
  upstream: true,
  host: true,
  request: true,
  method: true,
  path: true,
  status: true,
  bytes: true,
  duration: true,
  time: true,
  date: true,
  clock: true,
  'request-id': true,
};

/** What a field map may name, besides `records`. */
export const roles = Object.keys(roleTable) as readonly Role[];

const units: readonly DurationUnit[] = ['s', 'ms', 'us', 'ns'];

const maxPathLength = 300;

/**
 * Reads a field map of the configuration: role → path of keys, such as
 * `{ consumer: consumer.username, duration: latencies.request ms, time: started_at }`. A dot inside a
 * key is written `\.`, the first of an array is `0`; `records` names the array that holds the records.
 * @throws ConfigError that names every wrong entry, and what was meant
 */
export function readJsonMap(
  map: Readonly<Record<string, string>>,
  name = 'JSON fields',
): JsonFormat & LogFormat {
  const problems: string[] = [];
  const fields: Record<string, Field> = {};
  let records: string | undefined;
  for (const [key, value] of Object.entries(map)) {
    if (key === 'records') {
      records = value.trim();
      continue;
    }
    const problem = readEntry(key, value, fields);
    if (problem) problems.push(problem);
  }
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  expectEnds(
    name,
    Object.values(fields).map(({ role }) => role),
  );
  return { kind: 'json', name, fields, ...(records ? { records } : {}) };
}

/** Reads `role: path unit` into `fields`, or says what is wrong with it. */
function readEntry(key: string, value: string, fields: Record<string, Field>): string | undefined {
  const role = roles.find((known) => known === key);
  if (!role)
    return `the field map has no role "${key}".${didYouMean(key, [...roles, 'records'])} The roles are ${roles.join(', ')}, and "records"`;
  const [path = '', last, ...more] = value.trim().split(/\s+(?=(?:s|ms|us|ns)$)/);
  const unit = units.find((known) => known === last);
  if (more.length > 0 || path.length > maxPathLength || path.split(/(?<!\\)\./).includes(''))
    return `the field map gives "${role}" the path "${value.slice(0, maxPathLength)}": write keys with dots between them`;
  if (unit && role !== 'duration')
    return `the field map gives "${role}" the unit "${unit}": only "duration" has one`;
  const other = Object.hasOwn(fields, path) ? fields[path]?.role : undefined;
  if (other) return `the field map gives "${path}" to both "${other}" and "${role}"`;
  fields[path] = { role, ...(unit ? { unit } : {}) };
  return undefined;
}
