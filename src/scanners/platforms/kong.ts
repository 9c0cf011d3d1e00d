import { type Reference, toAddressReference } from '../../evidence.ts';
import { readKong } from '../gateway/proxies/kong.ts';
import { isMapping, toList, toMapping, toScalar } from '../scripts/settings/documents.ts';
import { toClient } from './kafka.ts';
import type { PlatformFile, PlatformReader } from './platform.ts';

/** Declarative configuration of Kong, as deck writes it. The gateway logs read it the same way. */
export const kongReader: PlatformReader = {
  name: 'Kong configuration (deck)',
  product: { id: 'kong', kind: 'api-gateway' },
  matches: (_file, text) =>
    /^["']?_format_version["']?\s*:|"_format_version"\s*:/m.test(text) ||
    (/^(?:services|routes|upstreams|consumers|consumer_groups|vaults|certificates|ca_certificates|custom_entities):/m.test(
      text,
    ) &&
      /^[ \t]{0,40}(?:-[ \t]+|[ \t])(?:name|host|url|username|custom_id|target|id|tags|paths|cert|type|- name):/m.test(
        text,
      ) &&
      !/^[ \t]{0,40}(?:apiVersion|image):/m.test(text)),
  read(files, sink) {
    for (const file of files) {
      const config = readKong([file]);
      for (const { place, reason } of config.unread) sink.flaw(place, reason);
      const routes = config.sites.flatMap((site) => site.routes);
      const allowed = listAllowed(file);
      for (const service of config.services) {
        const own = routes.filter((route) => route.service === service.name);
        const places = own.map(({ prefix, pattern }) => (pattern === undefined ? prefix : ''));
        for (const target of service.targets) {
          const reference = toAddressReference(
            target.replace(/\$\{\{\s*env\s+"([^"]*)"\s*\}\}/g, '{$1}'),
          );
          sink.route({
            name: `service ${service.name}`,
            paths: places.filter((path) => path !== '' && path !== '/'),
            hosts: own.flatMap(({ hosts }) => hosts),
            target: reference,
            protocol: /^grpcs?:/.test(target) ? 'grpc' : /^https:/.test(target) ? 'https' : 'http',
            place: service.place,
            callers: allowed.get(service.name) ?? [],
          });
        }
        if (service.targets.length === 0) sink.leaveOut('services without an address');
      }
      sink.read(config.consumers.length + config.logs.length);
      if (config.services.length + config.consumers.length === 0)
        sink.leaveOut('files of a gateway without a service');
    }
  },
};

/** The consumers that an access list lets reach a service, by the groups of both. */
function listAllowed(file: PlatformFile): ReadonlyMap<string, readonly Reference[]> {
  const found = new Map<string, Reference[]>();
  for (const tree of file.trees()) {
    const root = toMapping(tree.value);
    const members = new Map<string, Reference[]>();
    for (const consumer of toList(root['consumers']).filter(isMapping)) {
      const name = toScalar(consumer['username']) ?? toScalar(consumer['custom_id']);
      if (name === undefined) continue;
      for (const entry of toList(consumer['acls'])) {
        const group = toScalar(toMapping(entry)['group']) ?? '';
        members.set(group, [...(members.get(group) ?? []), toClient(name)]);
      }
    }
    if (members.size === 0) continue;
    const add = (service: string | undefined, plugins: unknown): void => {
      for (const plugin of toList(plugins).filter(isMapping)) {
        const of =
          service ?? toScalar(plugin['service']) ?? toScalar(toMapping(plugin['service'])['name']);
        if (plugin['name'] !== 'acl' || of === undefined || plugin['enabled'] === false) continue;
        for (const group of toList(toMapping(plugin['config'])['allow']))
          found.set(of, [...(found.get(of) ?? []), ...(members.get(toScalar(group) ?? '') ?? [])]);
      }
    };
    for (const service of toList(root['services']).filter(isMapping)) {
      const name = toScalar(service['name']);
      add(name, service['plugins']);
      for (const route of toList(service['routes'])) add(name, toMapping(route)['plugins']);
    }
    add(undefined, root['plugins']);
  }
  return found;
}
