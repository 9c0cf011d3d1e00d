import { z } from 'zod';
import { BrokenFileError } from '../../errors.ts';
import { familyOfProtocol } from '../../vocabulary.ts';
import type { ScanContext, Scanner } from '../scanner.ts';
import type { Party } from './call.ts';
import { CallTable } from './call-table.ts';
import type { TelemetryFormat, TelemetrySink } from './format.ts';
import { findTelemetryFormat, listTelemetryNames } from './formats.ts';
import { SpanJoiner } from './join-spans.ts';
import { readJsonParts, readSample, readTextParts } from './read-parts.ts';
import { isOwnHost, ReportingServices, toSecond, toTelemetryEvidence } from './to-evidence.ts';

const options = z.strictObject({});

/** Reads traces and what service meshes measure: the witness of what runs, where no gateway is. */
export const telemetryScanner: Scanner<typeof options> = {
  name: 'telemetry',
  options,
  async *scan(_given, context) {
    context.coverage.unit = 'records';
    const table = new CallTable();
    const services = new ReportingServices();
    const joiner = new SpanJoiner();
    const sink = toSink(table, services, joiner, context);
    for (const file of context.paths) await readFile(file, sink, context);
    for (const calls of joiner.finish()) sink.reported(calls);
    const { coverage } = context;
    coverage.leaveOut('spans inside a service', joiner.left.inside);
    coverage.leaveOut('calls whose caller does not report', joiner.left.entries);
    coverage.leaveOut('calls that do not say whom they go to', joiner.left.aimless);
    if (table.folded > 0)
      coverage.flaw(
        { file: context.paths[0] ?? '', line: 1, column: 1 },
        `${table.folded} calls were counted for no pair of their own, for there are too many`,
      );
    yield* toTelemetryEvidence(table.totals(), services, { environment: context.environment });
  },
};

function toSink(
  table: CallTable,
  services: ReportingServices,
  joiner: SpanJoiner,
  { coverage }: ScanContext,
): TelemetrySink {
  const calls: TelemetrySink['calls'] = (seen) => {
    const { caller, callee, firstMs, lastMs } = seen;
    for (const at of [firstMs, lastMs])
      if (at !== undefined && Number.isFinite(at)) coverage.seen(toSecond(at));
    if (isSame(caller, callee)) coverage.leaveOut('calls of a service to itself', seen.calls);
    else if (callee.kind === 'address' && isOwnHost(callee.address))
      coverage.leaveOut('calls to the own host', seen.calls);
    else table.add(seen);
  };
  // Whoever told of one call of a kind would have told of others.
  const reported: TelemetrySink['calls'] = (seen) => {
    const family = familyOfProtocol(seen.protocol);
    if (family !== 'other') services.addCaller(seen.caller, family, seen.firstMs, seen.place);
    calls(seen);
  };
  return {
    calls,
    span: (span) => {
      for (const seen of joiner.add(span)) reported(seen);
    },
    reported,
    reports: (service, at, place) => services.addCallee(service, at, place),
    read: (count) => coverage.read(count),
    skip: ({ file, line }, reason) => coverage.skip({ file, line, column: 1 }, reason),
    leaveOut: (kind, count) => coverage.leaveOut(kind, count),
  };
}

function isSame(caller: Party, callee: Party): boolean {
  return (
    caller.kind === 'service' &&
    callee.kind === 'service' &&
    caller.name === callee.name &&
    caller.namespace === callee.namespace
  );
}

async function readFile(file: string, sink: TelemetrySink, context: ScanContext): Promise<void> {
  const { files, coverage } = context;
  const total = await files.size(file);
  let done = 0;
  const progress = (bytes: number): void => {
    done += bytes;
    context.progress(file, { done, total });
  };
  context.progress(file);
  try {
    const sample = await readSample(file, files);
    if (sample.trim() === '') return;
    const format = findTelemetryFormat(sample);
    if (!format) {
      sink.skip({ file, line: 1 }, explainUnknown(sample));
      return;
    }
    coverage.detect(format.name, 1);
    await readParts(file, format, sample, sink, context, progress);
  } catch (error) {
    if (!(error instanceof BrokenFileError)) throw error;
    coverage.flaw({ file, line: 1, column: 1 }, error.message);
  }
}

async function readParts(
  file: string,
  format: TelemetryFormat,
  sample: string,
  sink: TelemetrySink,
  { files }: ScanContext,
  progress: (bytes: number) => void,
): Promise<void> {
  const reader = format.open(sink);
  const parts = format.paths
    ? readJsonParts(file, files, format.paths, sample, progress)
    : readTextParts(file, files, progress);
  for await (const part of parts)
    if ('fault' in part) sink.skip(part.place, part.fault);
    else reader.read(part.value, part.path, part.place);
  reader.finish?.();
}

function explainUnknown(sample: string): string {
  if (/"(?:resourceMetrics|resourceLogs)"\s*:/.test(sample))
    return 'it holds metrics or logs of OpenTelemetry, and only its spans tell who calls whom';
  return `it is no telemetry that is known; known are ${listTelemetryNames()}`;
}
