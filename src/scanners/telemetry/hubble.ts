import { protocolOfPort } from '../../vocabulary/protocol-of-port.ts';
import { type Mapping, toList, toMapping, toScalar } from '../scripts/settings/documents.ts';
import type { CallPlace, Party, Way } from './call.ts';
import type { TelemetryFormat, TelemetrySink } from './format.ts';

/** Flows of Cilium as `hubble observe -o jsonpb` or its exporter write them. */
export const hubbleFormat: TelemetryFormat = {
  name: 'Cilium Hubble flows (JSON)',
  matches: (sample) =>
    /"verdict"\s*:/.test(sample) && /"(?:l4|l7|IP|source|traffic_direction)"\s*:/.test(sample),
  paths: new Set(['$']),
  open: (sink) => ({
    read(value, _path, place) {
      const line = toMapping(value);
      const flow = toMapping(line['flow'] ?? line);
      sink.read();
      if (flow['verdict'] === undefined) sink.leaveOut('lines that tell of no flow');
      else readFlow(flow, place, sink);
    },
  }),
};

function readFlow(flow: Mapping, place: CallPlace, sink: TelemetrySink): void {
  const verdict = toScalar(flow['verdict']);
  if (verdict !== 'FORWARDED' && verdict !== 'REDIRECTED' && verdict !== 'TRACED') {
    sink.leaveOut('flows that were not let through');
    return;
  }
  const source = toEndpoint(toMapping(flow['source']), flow['source_names'], 'source', flow);
  const target = toEndpoint(
    toMapping(flow['destination']),
    flow['destination_names'],
    'destination',
    flow,
  );
  const l7 = toMapping(flow['l7']);
  const isReply = flow['is_reply'] === true || l7['type'] === 'RESPONSE';
  const tcp = toMapping(toMapping(flow['l4'])['TCP']);
  const flags = toMapping(tcp['flags']);
  const isRequest = l7['type'] === 'REQUEST';
  const opens = flags['SYN'] === true && flags['ACK'] !== true;
  if (isReply || (!isRequest && !opens)) {
    sink.leaveOut('packets of connections that are told already');
    return;
  }
  // Both nodes tell of a flow: the one of its source is taken where it can tell.
  if (flow['traffic_direction'] === 'INGRESS' && source?.kind === 'service' && !isRequest) {
    sink.leaveOut('packets of connections that are told already');
    return;
  }
  const port = Number(
    toScalar(
      tcp['destination_port'] ?? toMapping(toMapping(flow['l4'])['UDP'])['destination_port'],
    ),
  );
  if (port === 53 || l7['dns'] !== undefined) {
    sink.leaveOut('look-ups of names');
    return;
  }
  if (!source || !target) {
    sink.leaveOut('calls without a caller or a callee');
    return;
  }
  const at = Date.parse(toScalar(flow['time']) ?? '');
  const http = toMapping(l7['http']);
  const topic = toScalar(toMapping(l7['kafka'])['topic']);
  const method = toScalar(http['method'])?.toUpperCase();
  const way: Way =
    topic !== undefined
      ? toScalar(toMapping(l7['kafka'])['api_key']) === 'fetch'
        ? 'consume'
        : 'publish'
      : method === undefined
        ? 'unknown'
        : /^(?:GET|HEAD|OPTIONS)$/.test(method)
          ? 'read'
          : 'write';
  if (target.kind === 'service' && Number.isFinite(at)) sink.reports(target, at, place);
  sink.calls({
    caller: source,
    callee: target,
    way,
    protocol: method === undefined ? (protocolOfPort(port) ?? 'tcp') : 'http',
    ...(topic ? { topic } : {}),
    calls: 1,
    errors: 0,
    serverErrors: 0,
    ...(Number.isFinite(at) ? { firstMs: at, lastMs: at } : {}),
    place,
  });
}

const nameLabels = ['app.kubernetes.io/name', 'k8s-app', 'app', 'name'];

function toEndpoint(
  endpoint: Mapping,
  names: unknown,
  side: 'source' | 'destination',
  flow: Mapping,
): Party | undefined {
  const labels = new Map(
    toList(endpoint['labels']).flatMap((label) => {
      const [, key = '', value = ''] =
        /^(?:k8s:)?([^=]{1,200})=?(.{0,200})$/.exec(toScalar(label) ?? '') ?? [];
      return [[key, value] as const];
    }),
  );
  const workload = toScalar(toMapping(toList(endpoint['workloads'])[0])['name']);
  const pod = toScalar(endpoint['pod_name'])?.replace(
    /-[a-z0-9]{6,10}-[a-z0-9]{5}$|-\d{1,4}$|-[a-z0-9]{5}$/,
    '',
  );
  const name =
    nameLabels.map((key) => labels.get(key)).find((value) => value !== undefined && value !== '') ??
    workload ??
    pod;
  const namespace = toScalar(endpoint['namespace']);
  if (name)
    return { kind: 'service', name: name.slice(0, 200), ...(namespace ? { namespace } : {}) };
  const known = toScalar(toList(names)[0]);
  if (known) return { kind: 'address', address: known.replace(/\.$/, '') };
  // What Cilium itself asks of a node is no traffic of the business.
  const isOwn = [
    'reserved:health',
    'reserved:host',
    'reserved:remote-node',
    'reserved:kube-apiserver',
  ].some((label) => labels.has(label));
  if (isOwn) return undefined;
  const address = toScalar(toMapping(flow['IP'])[side]);
  return address === undefined ? undefined : { kind: 'address', address };
}
