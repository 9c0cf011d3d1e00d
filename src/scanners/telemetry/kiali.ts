import { type Mapping, toList, toMapping, toScalar } from '../scripts/settings/documents.ts';
import type { Party } from './call.ts';
import type { TelemetryFormat } from './format.ts';

/** The graph that Kiali draws of a mesh, as its API gives it. */
export const kialiFormat: TelemetryFormat = {
  name: 'Kiali graph (JSON)',
  matches: (sample) =>
    /"elements"\s*:/.test(sample) && /"graphType"\s*:|"nodeType"\s*:/.test(sample),
  paths: new Set(['$']),
  open: (sink) => ({
    read(value, _path, place) {
      const graph = toMapping(value);
      const elements = toMapping(graph['elements']);
      const parties = new Map<string, Party | undefined>();
      for (const node of toList(elements['nodes'])) {
        const data = toMapping(toMapping(node)['data']);
        const party = toParty(data);
        parties.set(toScalar(data['id']) ?? '', party);
      }
      const seconds = toNumber(graph['duration']);
      const at = toNumber(graph['timestamp']) * 1000;
      const times = at > 0 ? { firstMs: at - seconds * 1000, lastMs: at } : {};
      for (const edge of toList(elements['edges'])) {
        const data = toMapping(toMapping(edge)['data']);
        const caller = parties.get(toScalar(data['source']) ?? '');
        const callee = parties.get(toScalar(data['target']) ?? '');
        sink.read();
        if (!caller || !callee) {
          sink.leaveOut('calls without a caller or a callee');
          continue;
        }
        const traffic = toMapping(data['traffic']);
        const protocol = toScalar(traffic['protocol']) ?? 'http';
        const rates = toMapping(traffic['rates']);
        const share = toNumber(rates[`${protocol}PercentErr`]) / 100;
        // Rates are of requests a second; of TCP, of bytes.
        const isBytes = protocol === 'tcp';
        const calls = Math.round(toNumber(rates[protocol]) * seconds);
        const errors = isBytes ? 0 : Math.round(calls * share);
        sink.calls({
          caller,
          callee,
          way: 'unknown',
          protocol,
          calls: isBytes ? 0 : calls,
          ...(isBytes ? { bytes: calls } : {}),
          errors,
          serverErrors: errors,
          ...times,
          place,
        });
        if (callee.kind === 'service' && at > 0) {
          sink.reports(callee, at - seconds * 1000, place);
          sink.reports(callee, at, place);
        }
      }
    },
  }),
};

/** A workload goes by the name of its application, so that its versions are one. */
function toParty(data: Mapping): Party | undefined {
  const text = (key: string): string | undefined => {
    const value = toScalar(data[key]);
    return value === '' || value === 'unknown' ? undefined : value?.slice(0, 200);
  };
  const service = text('service');
  if (data['isServiceEntry'] !== undefined && service?.includes('.'))
    return { kind: 'address', address: service };
  const name = text('app') ?? service ?? text('workload');
  const namespace = text('namespace');
  if (name === undefined) return undefined;
  return { kind: 'service', name, ...(namespace === undefined ? {} : { namespace }) };
}

function toNumber(written: unknown): number {
  const value = Number(toScalar(written) ?? 0);
  return Number.isFinite(value) && value > 0 ? value : 0;
}
