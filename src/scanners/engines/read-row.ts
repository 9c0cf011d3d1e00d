import { z } from 'zod';
import { bucketCount, type LatencySketch } from '../../latency.ts';
import type { Row } from './engine.ts';

const text = z.union([z.string(), z.null(), z.undefined()]).transform((value) => value ?? '');

/** Engines and tools write whole numbers as numbers, texts or big integers. */
const whole = z
  .union([z.number(), z.bigint(), z.string().regex(/^\d{1,18}(?:\.0+)?$/)])
  .transform(Number)
  .pipe(z.int().min(0));

/** Rows whose moment is none are counted with whatever they hold, which may be before 1970. */
const signed = z
  .union([z.number(), z.bigint(), z.string().regex(/^-?\d{1,19}(?:\.0+)?$/)])
  .transform(Number)
  .pipe(z.number());

const moment = z
  .union([signed, z.null(), z.undefined(), z.literal('').transform(() => undefined)])
  .transform((value) => value ?? undefined);

const rowSchema = z.object({
  outcome: text.pipe(z.enum(['', 'other', 'no call'])),
  caller_kind: text.pipe(z.enum(['', 'consumer', 'api-key', 'certificate', 'user', 'address'])),
  caller: text,
  agent: text,
  callee_kind: text.pipe(z.enum(['', 'service', 'route', 'upstream'])),
  callee: text,
  host: text,
  template: text,
  path: text,
  calls: whole,
  client_errors: whole,
  server_errors: whole,
  reads: whole,
  writes: whole,
  bytes: whole,
  first_ms: moment,
  last_ms: moment,
  durations: text,
});

/** One group of calls as an engine counted it. */
export type CallRow = Omit<z.output<typeof rowSchema>, 'durations'> & {
  readonly durations: LatencySketch;
};

/** Reads one row of a result; a text says what is wrong with it. */
export function readRow(row: Row): CallRow | string {
  const read = rowSchema.safeParse(row);
  if (!read.success) {
    const [issue] = read.error.issues;
    return `its column "${String(issue?.path[0])}" is not what the query gives`;
  }
  const durations = readDurations(read.data.durations);
  if (!durations) return 'its column "durations" is not what the query gives';
  return { ...read.data, durations };
}

/** `bucket:count bucket:count …`; a bucket may come again. */
function readDurations(pairs: string): LatencySketch | undefined {
  const sketch: [number, number][] = [];
  for (const pair of pairs.split(' ')) {
    if (pair === '') continue;
    const [, bucket, count] = /^(\d{1,4}):(\d{1,10})$/.exec(pair) ?? [];
    if (bucket === undefined || Number(bucket) >= bucketCount) return undefined;
    sketch.push([Number(bucket), Number(count)]);
  }
  return sketch;
}
