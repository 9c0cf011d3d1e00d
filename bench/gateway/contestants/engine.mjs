/** The engine: the same calls as the gateway scanner makes, to the merged groups. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Formats as a configuration names them, where the name is another one. */
const formats = {
  nginx:
    '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $proxy_host $request_time',
  istio: 'istio-json',
};

/** What a collector wrote before each line. */
const prefixes = { haproxy: 'syslog' };

/** What a line calls a service, without what the format adds to it. */
const plainCallee = {
  // outbound|8080||orders.internal.example
  istio: (name) => name.split('|').at(-1),
  'vhost-combined': (name) => name.replace(/:\d+$/, ''),
  // prod-orders-8080
  'ingress-nginx': (name) => name.replace(/^prod-(.*)-8080$/, '$1'),
  traefik: (name) => name.replace('@docker', ''),
  'traefik-json': (name) => name.replace('@docker', ''),
  'aws-alb': (name) => name.split('/').at(-2) ?? name,
  haproxy: (name) => name.replace(/\/.*/, ''),
};

/** Percentiles are printed with three digits. */
const rounding = 0.005;

/** @returns {Promise<{ version: string, error: number, queries: Function, run: Function }>} */
export async function open({ threads, dist }) {
  const load = (file) => import(pathToFileURL(path.resolve(dist, file)).href);
  const { nodeFiles } = await load('files.js');
  const { latencyError, percentileMs } = await load('latency.js');
  const { readFormat } = await load('scanners/gateway/formats/read-format.js');
  const { readLogs } = await load('scanners/gateway/read-logs.js');
  const { CallMerger } = await load('scanners/gateway/traffic/merge-calls.js');

  return {
    version: `landscape on Node.js ${process.version}`,
    error: latencyError + rounding,
    queries: () => ['readLogs'],
    async run({ format, file, byRoute = true }) {
      const [layout] = readFormat(formats[format] ?? format);
      const files = nodeFiles(path.dirname(file));
      const merger = new CallMerger(
        (called) => called,
        ({ name, host }) => `${name}\t${host}`,
      );
      const prefix = prefixes[format] ?? 'none';
      let skipped = 0;
      await readLogs(
        [{ file: path.basename(file), format: layout, layout: 'lines', prefix }],
        files,
        { threads, callers: {}, byHost: false, literalSegments: 0, progress: () => {} },
        (result, name, linesBefore) => {
          skipped += result.skipped;
          merger.add(result, name, linesBefore);
        },
      );
      if (skipped > 0) throw new Error(`${skipped} lines were skipped`);
      const plain = plainCallee[format] ?? ((name) => name);
      const rows = [];
      for (const group of merger.groups()) {
        const { caller, callee, route, calls, clientErrors, serverErrors, bytes, latency } = group;
        rows.push([
          caller.value ?? '',
          plain(callee.name === '' ? callee.host : callee.name),
          route,
          calls,
          clientErrors + serverErrors,
          serverErrors,
          bytes,
          group.firstSeen,
          group.lastSeen,
          ...[0.5, 0.95, 0.99].map((share) => percentileMs(latency, share)),
        ]);
      }
      return byRoute ? rows : withoutRoutes(rows);
    },
  };
}

/** The engine always tells routes apart: here they are added up, without percentiles. */
function withoutRoutes(rows) {
  const groups = new Map();
  for (const [caller, callee, , calls, errors, serverErrors, bytes, first, last] of rows) {
    const key = `${caller}\t${callee}`;
    const sum = groups.get(key);
    if (!sum) {
      groups.set(key, [caller, callee, '', calls, errors, serverErrors, bytes, first, last]);
      continue;
    }
    sum[3] += calls;
    sum[4] += errors;
    sum[5] += serverErrors;
    sum[6] += bytes;
    sum[7] = Math.min(sum[7], first);
    sum[8] = Math.max(sum[8], last);
  }
  return [...groups.values()];
}
