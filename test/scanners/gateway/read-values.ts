import { memoryFiles } from '../../../src/files.ts';
import type {
  DurationUnit,
  Field,
  LogFormat,
  Role,
} from '../../../src/scanners/gateway/log-format.ts';
import { openReadTask, type TaskOptions } from '../../../src/scanners/gateway/read-task.ts';
import type { Called, CallGroup } from '../../../src/scanners/gateway/traffic/merge-calls.ts';
import { plainOptions, readOf } from './read-log.ts';

/**
 * Reads values of one role, each in a line of its own, and gives the group of each line: undefined
 * for one that is skipped or no call. Tabs and newlines end a value.
 */
export async function readEach(
  role: Role,
  values: readonly (string | Uint8Array)[],
  options: Partial<TaskOptions> = {},
  unit?: DurationUnit,
): Promise<(CallGroup<Called> | undefined)[]> {
  const field: Field = { role, ...(unit ? { unit } : {}) };
  const rest: Role = role === 'path' ? 'status' : 'path';
  const format: LogFormat = {
    kind: 'text',
    name: role,
    open: false,
    tokens: [
      { kind: 'field', role: 'service' },
      { kind: 'literal', text: '\t' },
      { kind: 'field', ...field },
      { kind: 'literal', text: '\t' },
      { kind: 'field', role: rest },
    ],
  };
  const parts = values.flatMap((value, index) => [
    Buffer.from(`s${index}\t`),
    Buffer.from(value),
    Buffer.from(role === 'path' ? '\t200\n' : '\t/\n'),
  ]);
  const bytes = Buffer.concat(parts);
  const read = openReadTask(memoryFiles({ a: bytes }), { ...plainOptions, ...options });
  const task = { file: 'a', format, prefix: 'none', layout: 'lines' } as const;
  const result = await read(
    { ...task, range: { start: 0, end: bytes.length, size: bytes.length } },
    () => {},
  );
  const groups = new Map(readOf(result).groups.map((group) => [group.callee.name, group]));
  return values.map((_, index) => groups.get(`s${index}`));
}

/** The group of one value. */
export async function readOne(
  role: Role,
  value: string | Uint8Array,
  options: Partial<TaskOptions> = {},
  unit?: DurationUnit,
): Promise<CallGroup<Called> | undefined> {
  const [group] = await readEach(role, [value], options, unit);
  return group;
}
