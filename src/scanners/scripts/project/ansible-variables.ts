import type { BackingService } from './modules.ts';

/**
 * Whose variables a file of Ansible holds: `group_vars/orders.yml` are those of the group `orders`,
 * `host_vars/web01/main.yml` those of what runs on that machine. What all machines are given is
 * nobody's; undefined for any other file.
 */
export function namesOfVariables(
  file: string,
  services: readonly BackingService[],
): string[] | undefined {
  const match = /(?:^|\/)(group|host)_vars\/([^/]+?)(?:\.ya?ml|\.json)?(?:\/.*)?$/.exec(file);
  const name = match?.[2];
  if (name === undefined) return undefined;
  if (match?.[1] === 'group') return name === 'all' || name === 'ungrouped' ? [] : [name];
  const own = services.filter((service) => service.hosts.includes(name));
  return own.length === 0 ? [name] : own.map((service) => service.name).slice(0, 1);
}
