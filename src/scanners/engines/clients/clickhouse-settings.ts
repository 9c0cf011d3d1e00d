import type { ClickHouseClient } from '@clickhouse/client';
import { EngineError } from '../engine.ts';

/** A setting with which a server answers with a part of the rows, and with no error. */
interface SilentSetting {
  readonly name: string;
  /** Its value that leaves nothing out. */
  readonly harmless: string;
  /** The limits that it decides about: where all are 0 it decides nothing. */
  readonly limits?: readonly string[];
}

/** A user who may not change settings cannot ask for others, so they are looked at. */
const silentSettings: readonly SilentSetting[] = [
  { name: 'skip_unavailable_shards', harmless: '0' },
  { name: 'limit', harmless: '0' },
  { name: 'offset', harmless: '0' },
  overflow('read', 'max_rows_to_read', 'max_bytes_to_read'),
  overflow('group_by', 'max_rows_to_group_by'),
  overflow('sort', 'max_rows_to_sort', 'max_bytes_to_sort'),
  overflow('result', 'max_result_rows', 'max_result_bytes'),
  overflow('timeout', 'max_execution_time'),
  {
    name: 'read_overflow_mode_leaf',
    harmless: 'throw',
    limits: ['max_rows_to_read_leaf', 'max_bytes_to_read_leaf'],
  },
  { name: 'timeout_overflow_mode_leaf', harmless: 'throw', limits: ['max_execution_time_leaf'] },
];

function overflow(what: string, ...limits: readonly string[]): SilentSetting {
  return { name: `${what}_overflow_mode`, harmless: 'throw', limits };
}

/**
 * Looks at the settings by which a user asks. Versions that do not know one do not have it either.
 * @throws EngineError where the server may leave rows out without a word
 */
export async function refuseSilentSettings(
  client: ClickHouseClient,
  signal: AbortSignal,
): Promise<void> {
  const names = silentSettings.flatMap(({ name, limits = [] }) => [name, ...limits]);
  const result = await client.query({
    query: `SELECT name, value FROM system.settings WHERE name IN (${names.map((name) => `'${name}'`).join(', ')})`,
    format: 'JSONEachRow',
    abort_signal: signal,
  });
  const rows = await result.json<{ name: string; value: string }>();
  const settings = new Map(rows.map(({ name, value }) => [name, value]));
  // Every version has this one.
  if (!settings.has('max_rows_to_read')) throw new Error('it tells no settings');
  const silent = silentSettings.filter(({ name, harmless, limits }) => {
    const decides = limits?.some((limit) => (settings.get(limit) ?? '0') !== '0') ?? true;
    return decides && (settings.get(name) ?? harmless) !== harmless;
  });
  if (silent.length === 0) return;
  const told = silent.map(({ name }) => `${name} = ${settings.get(name)}`).join(', ');
  throw new EngineError(
    `the profile of this user sets ${told}: the server would leave rows out and say nothing`,
    `have its administrator set ${silent.map(({ name, harmless }) => `${name} = ${harmless}`).join(', ')}`,
  );
}
