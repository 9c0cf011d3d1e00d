import { z } from 'zod';
import { isMapping, type Path, toList, toScalar } from '../scripts/settings/documents.ts';
import { toCronSchedule } from './cron-schedule.ts';
import type { FlowEnd, PlatformFile, PlatformReader, PlatformSink } from './platform.ts';
import { toEndReference } from './service-reference.ts';

const path = z
  .string()
  .regex(/^\$?(?:\.?[\w-]+|\[\*\]|\.)*$/, 'expected a path such as $.routes[*] or source.name');

/** Where an export has what. Paths of fields begin at the record. */
export const fieldMapSchema = z.strictObject({
  /** The list of flows: `$.routes[*]`. */
  records: path,
  from: path,
  to: path,
  name: path.optional(),
  objects: path.optional(),
  protocol: path.optional(),
  /** A cron expression. */
  schedule: path.optional(),
  /** False, `no`, `disabled` and their like switch a flow off. */
  active: path.optional(),
});

type FieldMap = z.output<typeof fieldMapSchema>;

const mostRecords = 100_000;

/** Reads exports that no other reader knows by a map of their fields. */
export function toFieldReader(map: FieldMap): PlatformReader {
  return {
    name: 'platform by a map of its fields',
    product: { id: 'integration-platform', kind: 'integration-platform' },
    matches: () => true,
    read(files, sink, { timezone }) {
      for (const file of files) readFile(file, map, sink, timezone);
    },
  };
}

function readFile(file: PlatformFile, map: FieldMap, sink: PlatformSink, timezone: string): void {
  const records = file.trees().flatMap((tree) =>
    find(tree.value, map.records).map(({ value, path: at }) => ({
      value,
      place: { file: file.file, ...tree.placeOf(at) },
    })),
  );
  if (records.length === 0)
    sink.skip(
      { file: file.file, line: 1, column: 1 },
      `nothing stands at "${map.records}", where its records should be`,
    );
  for (const [index, { value, place }] of records.slice(0, mostRecords).entries()) {
    const texts = (field: string | undefined): string[] =>
      field === undefined
        ? []
        : find(value, field).flatMap((found) => {
            const text = toScalar(found.value)?.trim();
            return text ? [text] : [];
          });
    const name = texts(map.name)[0] ?? `flow ${index + 1}`;
    if (texts(map.active).some(isOff)) {
      sink.leaveOut('switched off');
      continue;
    }
    const [protocol] = texts(map.protocol);
    const toEnd = (written: string): FlowEnd => ({
      reference: toNamedReference(written),
      place,
      objects: texts(map.objects),
      ...(protocol === undefined ? {} : { protocol: protocol.toLowerCase() }),
    });
    const [sources, targets] = [texts(map.from), texts(map.to)];
    if (sources.length === 0 || targets.length === 0) {
      sink.skip(place, `"${sources.length === 0 ? map.from : map.to}" names no end`);
      continue;
    }
    sink.flow({
      name,
      place,
      schedules: texts(map.schedule).flatMap((text) => toCronSchedule(text, timezone) ?? []),
      passes: sources.flatMap((from) =>
        targets.map((to) => ({ from: toEnd(from), to: toEnd(to) })),
      ),
    });
  }
}

/** A URL or host is an address, any other text a name. */
function toNamedReference(written: string): FlowEnd['reference'] {
  return /:\/\/|^[\w-]+(?:\.[\w-]+)+(?::\d+)?$/.test(written)
    ? toEndReference(written)
    : { kind: 'system', value: written.slice(0, 200) };
}

function isOff(text: string): boolean {
  return /^(?:false|no|off|0|disabled|inactive|paused|stopped|draft)$/i.test(text);
}

/** The values at a path; `[*]` stands for each item of a list. */
function find(root: unknown, written: string): { value: unknown; path: Path }[] {
  const steps = written.replace(/^\$/, '').match(/[\w-]+|\[\*\]/g) ?? [];
  let found: { value: unknown; path: Path }[] = [{ value: root, path: [] }];
  for (const step of steps)
    found = found
      .flatMap(({ value, path: at }) => {
        if (step === '[*]')
          return toList(value).map((item, index) => ({ value: item, path: [...at, index] }));
        return isMapping(value) && Object.hasOwn(value, step)
          ? [{ value: value[step], path: [...at, step] }]
          : [];
      })
      .slice(0, mostRecords);
  return found.flatMap(({ value, path: at }) =>
    Array.isArray(value)
      ? value.map((item: unknown, index) => ({ value: item, path: [...at, index] }))
      : [{ value, path: at }],
  );
}
