import { toList, toMapping, toScalar } from '../scripts/settings/documents.ts';
import type { PlatformReader } from './platform.ts';
import { toEndReference } from './service-reference.ts';

/** The configuration of KrakenD, as one JSON or YAML file. */
export const krakendReader: PlatformReader = {
  name: 'KrakenD configuration',
  product: { id: 'krakend', kind: 'api-gateway' },
  matches: (_file, text) => /"?endpoints"?\s*:/.test(text) && /"?url_pattern"?\s*:/.test(text),
  read(files, sink) {
    for (const { file, trees } of files)
      for (const tree of trees()) {
        const root = toMapping(tree.value);
        const shared = hostsOf(root['host']);
        for (const [index, item] of toList(root['endpoints']).entries()) {
          const endpoint = toMapping(item);
          const path = (toScalar(endpoint['endpoint']) ?? '').replace(/\/\{.*$/s, '');
          for (const [at, backend] of toList(endpoint['backend']).entries()) {
            const place = { file, ...tree.placeOf(['endpoints', index, 'backend', at]) };
            const own = hostsOf(toMapping(backend)['host']);
            const hosts = own.length > 0 ? own : shared;
            if (hosts.length === 0) sink.skip(place, 'a backend has no host');
            for (const host of hosts)
              sink.route({
                name: toScalar(endpoint['endpoint']) ?? 'endpoint',
                paths: path === '' || path === '/' ? [] : [path],
                hosts: [],
                target: toEndReference(host),
                protocol: host.startsWith('https') ? 'https' : 'http',
                place,
              });
          }
        }
      }
  },
};

function hostsOf(value: unknown): string[] {
  return [value].flat().flatMap((host) => toScalar(host) || []);
}
