import type { Service, Setting, SettingGroup } from './setting.ts';

/**
 * The objects of one manifest as services: the names of a Service join the workloads that its
 * selector finds, and the ConfigMaps that a workload names become its environment.
 */
export function joinServices(
  services: readonly Service[],
  groups: readonly SettingGroup[],
): Service[] {
  const byGroup = new Map(groups.map((group) => [group.name, group.settings] as const));
  const doors = services.filter(({ selector }) => selector !== undefined);
  const found = new Set<Service>();
  const workloads = services
    .filter(({ selector }) => selector === undefined)
    .map((service) => {
      const own = doors.filter((door) => isSelected(service, door));
      for (const door of own) found.add(door);
      const given = service.groups.flatMap((name) => byGroup.get(name) ?? []);
      return {
        ...service,
        hosts: [...new Set([...service.hosts, ...own.flatMap(({ hosts }) => hosts)])],
        ports: [...new Set([...service.ports, ...own.flatMap(({ ports }) => ports)])],
        settings: addMissing(service.settings, given),
      };
    });
  return [...workloads, ...doors.filter((door) => !found.has(door))];
}

/** Whether the selector of a Service finds a workload. */
export function isSelected(workload: Service, door: Service): boolean {
  const labels = workload.labels ?? {};
  const wanted = Object.entries(door.selector ?? {});
  return (
    wanted.length > 0 &&
    shareNamespace(workload, door) &&
    wanted.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value)
  );
}

/** A selector finds nothing beyond its namespace; many descriptors leave theirs to whoever applies them. */
function shareNamespace(a: Pick<Service, 'namespace'>, b: Pick<Service, 'namespace'>): boolean {
  return a.namespace === undefined || b.namespace === undefined || a.namespace === b.namespace;
}

/** Settings whose keys are not there yet join the others; a reference to a group's entry is filled. */
function addMissing(own: readonly Setting[], more: readonly Setting[]): Setting[] {
  const values = new Map(more.map(({ key, value }) => [key, value] as const));
  const filled = own.map((setting) => {
    const key = /^\{env:([^{}?]+)\}$/.exec(setting.value)?.[1];
    const value = key === undefined ? undefined : values.get(key);
    return value === undefined ? setting : { ...setting, value };
  });
  const known = new Set(own.map(({ key }) => key));
  return [...filled, ...more.filter(({ key }) => !known.has(key))];
}
