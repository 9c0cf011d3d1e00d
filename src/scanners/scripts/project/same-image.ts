import { groupBy } from '../../../order.ts';
import { foldKey } from '../settings/setting.ts';
import { type FoundService, isDockerfile, isStore } from './found-service.ts';

/**
 * Services that are one: several descriptors run the same image under names of which one ends in the
 * other, as `auth` and `shop-auth`. An image that a descriptor runs twice tells no service from another.
 * @returns every service, alone or with those that are the same
 */
export function groupByImage(services: readonly FoundService[]): FoundService[][] {
  const named = groupBy(services, (service) => imageOf(service) ?? '');
  return [...named].flatMap(([image, group]) => {
    if (image === '' || !isOneEach(group)) return group.map((service) => [service]);
    const groups: FoundService[][] = [];
    const byLength = [...group].sort((a, b) => a.name.length - b.name.length);
    for (const service of byLength) {
      const same = groups.find((each) => each.some(({ name }) => endsIn(service.name, name)));
      if (same) same.push(service);
      else groups.push([service]);
    }
    return groups.map((each) => group.filter((service) => each.includes(service)));
  });
}

/** An image without its version. */
export function imageOf({ image }: FoundService): string | undefined {
  return image
    ?.replace(/@.*$/, '')
    .replace(/:[^/]*$/, '')
    .toLowerCase();
}

/** Whether each descriptor runs the image under one name only. */
function isOneEach(group: readonly FoundService[]): boolean {
  return [...groupBy(group, ({ file }) => file).values()].every(
    (own) => new Set(own.map(({ name }) => foldKey(name))).size === 1,
  );
}

function endsIn(long: string, short: string): boolean {
  const [name, end] = [long.toLowerCase(), short.toLowerCase()];
  return name === end || (name.endsWith(end) && /[-_.]$/.test(name.slice(0, -end.length)));
}

/**
 * Several services that are built from one folder whose image is a database or a broker are each one
 * of their own: `orders-db` and `users-db`, built from `postgres`.
 * @returns the services, those instances with what their image is; and the folders they are built from
 */
export function splitInstances(services: readonly FoundService[]): {
  readonly services: readonly FoundService[];
  readonly folders: ReadonlySet<string>;
} {
  const folders = new Set<string>();
  const split = [...groupBy(services, ({ build }) => build ?? '')].flatMap(([folder, group]) => {
    const image = group.find(({ file, kind }) => isDockerfile(file) && isStore(kind));
    const instances = group.filter(({ file }) => !isDockerfile(file));
    const names = new Set(instances.map(({ name }) => foldKey(name)));
    if (folder === '' || !image || names.size < 2) return group;
    folders.add(folder);
    const { kind = 'database', protocol } = image;
    return instances.map(({ build: _, ...service }) => ({
      ...service,
      kind,
      ...(protocol === undefined ? {} : { protocol }),
    }));
  });
  return { services: split, folders };
}
