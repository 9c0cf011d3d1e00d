import type { Hop, System } from '../landscape.ts';
import type { Exchange } from './exchanges.ts';

/**
 * Traces, metrics and logs that go to a monitoring system nobody registered are no exchange of
 * business data: they stay as hops, outside the links and every figure. A registry that lists the
 * monitoring system makes them links like any other.
 */
export function splitTelemetry(
  exchanges: readonly Exchange[],
  systems: ReadonlyMap<string, System>,
): { readonly exchanges: readonly Exchange[]; readonly telemetry: readonly Hop[] } {
  const watchers = new Set(
    [...systems.values()]
      .filter(({ type, registered }) => type === 'observability' && !registered)
      .map(({ id }) => id),
  );
  if (watchers.size === 0) return { exchanges, telemetry: [] };
  const isTelemetry = ({ from, to, evidence }: Exchange): boolean =>
    evidence.witness !== 'observed' && (watchers.has(from.id) || watchers.has(to.id));
  return {
    exchanges: exchanges.filter((exchange) => !isTelemetry(exchange)),
    telemetry: exchanges.filter(isTelemetry).map(toHop),
  };
}

function toHop({ from, to, evidence }: Exchange): Hop {
  return {
    from: from.id,
    to: to.id,
    ...(evidence.protocol === undefined ? {} : { protocol: evidence.protocol }),
    environment: evidence.environment,
    origin: evidence.origin,
    summary: evidence.summary,
  };
}
