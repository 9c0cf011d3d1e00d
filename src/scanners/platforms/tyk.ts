import {
  isMapping,
  type Mapping,
  type Path,
  toList,
  toMapping,
  toScalar,
} from '../scripts/settings/documents.ts';
import type { PlatformReader } from './platform.ts';
import { toEndReference } from './service-reference.ts';

/** API definitions of Tyk, classic and OpenAPI (`x-tyk-api-gateway`), alone or as a dashboard lists them. */
export const tykReader: PlatformReader = {
  name: 'Tyk API definitions',
  product: { id: 'tyk', kind: 'api-gateway' },
  matches: (_file, text) =>
    /"x-tyk-api-gateway"\s*:|^x-tyk-api-gateway:/m.test(text) ||
    (/"?listen_path"?\s*:/.test(text) && /"?target_url"?\s*:/.test(text)),
  read(files, sink) {
    for (const { file, trees } of files)
      for (const tree of trees())
        for (const { value, path } of listDefinitions(tree.value, [])) {
          const place = { file, ...tree.placeOf(path) };
          const extension = toMapping(value['x-tyk-api-gateway']);
          const info = toMapping(extension['info']);
          const proxy = toMapping(value['proxy']);
          const target =
            toScalar(proxy['target_url']) ?? toScalar(toMapping(extension['upstream'])['url']);
          const listen =
            toScalar(proxy['listen_path']) ??
            toScalar(toMapping(toMapping(extension['server'])['listenPath'])['value']);
          const name = toScalar(value['name']) ?? toScalar(info['name']) ?? listen ?? 'API';
          const active = value['active'] ?? toMapping(info['state'])['active'];
          const host =
            toScalar(value['domain']) ??
            toScalar(toMapping(toMapping(extension['server'])['customDomain'])['name']);
          if (active === false) sink.leaveOut('switched off');
          else if (target === undefined || target === '')
            sink.skip(place, `"${name}" has no target`);
          else
            sink.route({
              name,
              paths: listen === undefined || listen === '/' ? [] : [listen.replace(/\/?$/, '')],
              hosts: host ? [host] : [],
              target: toEndReference(target),
              protocol: target.startsWith('https') ? 'https' : 'http',
              place,
            });
        }
  },
};

function listDefinitions(value: unknown, path: Path): { value: Mapping; path: Path }[] {
  if (path.length > 4) return [];
  if (Array.isArray(value))
    return toList(value).flatMap((item, index) => listDefinitions(item, [...path, index]));
  if (!isMapping(value)) return [];
  if (value['x-tyk-api-gateway'] !== undefined || isMapping(value['proxy']))
    return [{ value, path }];
  return ['apis', 'api_definition'].flatMap((key) => listDefinitions(value[key], [...path, key]));
}
