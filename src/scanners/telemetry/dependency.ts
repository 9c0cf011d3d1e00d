import { type Mapping, toScalar } from '../scripts/settings/documents.ts';
import type { CallPlace } from './call.ts';
import type { TelemetrySink } from './format.ts';

/** Reads one edge of the dependency graph of Jaeger or Zipkin. */
export function readDependency(item: Mapping, place: CallPlace, sink: TelemetrySink): void {
  const [parent, child] = [toScalar(item['parent']), toScalar(item['child'])];
  if (!parent || !child) {
    sink.skip(place, 'a dependency names no parent or no child');
    return;
  }
  sink.read();
  const errors = toCount(item['errorCount']);
  sink.calls({
    caller: { kind: 'service', name: parent.slice(0, 200) },
    callee: { kind: 'service', name: child.slice(0, 200) },
    way: 'unknown',
    protocol: 'http',
    calls: toCount(item['callCount']),
    errors,
    serverErrors: errors,
    place,
  });
}

function toCount(written: unknown): number {
  const count = Number(toScalar(written) ?? 0);
  return Number.isFinite(count) && count > 0 ? Math.min(Math.round(count), 1e15) : 0;
}
