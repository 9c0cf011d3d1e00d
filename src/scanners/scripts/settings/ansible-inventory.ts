import { sortedUnique } from '../../../order.ts';
import type { Position } from '../program/program.ts';
import { findKnownImage } from './known-images.ts';
import { toOpenValue } from './open-value.ts';
import { toProfile } from './profiles.ts';
import { toService } from './service.ts';
import { type Service, type Setting, type SettingsReading, toSettingsReading } from './setting.ts';

/** A variable as it is written in an inventory. */
export interface Variable extends Position {
  readonly key: string;
  readonly value: string;
}

/** Machines under one name. */
export interface HostGroup extends Position {
  readonly name: string;
  readonly hosts: Set<string>;
  readonly children: Set<string>;
  readonly variables: Variable[];
}

/** An inventory of Ansible, whichever of its two forms it has. */
export interface AnsibleInventory {
  readonly groups: ReadonlyMap<string, HostGroup>;
  /** What each machine is given, by its name. */
  readonly hosts: ReadonlyMap<string, { readonly variables: readonly Variable[] } & Position>;
}

const mostHosts = 10_000;
const mostParents = 20;
const noSystem = /^(?:all|ungrouped)$/i;
/** How Ansible reaches a machine is no setting of what runs there; its address is. */
const reaching = /^ansible_/;

/**
 * An inventory as services: a group is what runs on its machines, and answers to their names and
 * addresses. What only puts groups together or is called like an environment is no system; a machine
 * in no other group is a host by itself.
 */
export function readAnsibleInventory(inventory: AnsibleInventory): SettingsReading {
  const systems = [...inventory.groups.values()].filter((group) => isSystem(group, inventory));
  const placed = new Set(systems.flatMap(({ hosts }) => [...hosts]));
  const alone = [...inventory.hosts].filter(([name]) => !placed.has(name)).slice(0, mostHosts);
  return toSettingsReading({
    services: [
      ...systems.map((group) => toGroupService(group, inventory)),
      ...alone.map(
        ([name, { variables, ...place }]): Service => ({
          ...toService(name, place, {
            hosts: [name, ...listAddresses(name, inventory)],
            settings: toSettings(variables, []),
          }),
          kind: 'host',
        }),
      ),
    ],
  });
}

function isSystem(group: HostGroup, { groups }: AnsibleInventory): boolean {
  const { name, hosts, children } = group;
  if (hosts.size === 0 || children.size > 0) return false;
  if (noSystem.test(name) || toProfile(name) !== undefined) return false;
  // All machines of a site or of an operating system: the groups inside say what they are for.
  let inside = 0;
  for (const other of groups.values()) {
    if (other === group || other.hosts.size === 0 || other.hosts.size >= hosts.size) continue;
    if ([...other.hosts].every((host) => hosts.has(host)) && ++inside > 1) return false;
  }
  return true;
}

function toGroupService(group: HostGroup, inventory: AnsibleInventory): Service {
  const { name, hosts, variables, line, column } = group;
  const machines = [...hosts].slice(0, mostHosts);
  const own = machines.flatMap((host) => [...(inventory.hosts.get(host)?.variables ?? [])]);
  const around = listParents(name, inventory).flatMap((parent) => parent.variables);
  const known = findKnownImage(name) ?? kindOfName(name);
  return {
    ...toService(
      name,
      { line, column },
      {
        hosts: sortedUnique(machines.flatMap((host) => [host, ...listAddresses(host, inventory)])),
        settings: toSettings([...own, ...variables], around),
      },
    ),
    ...(known?.kind === undefined ? {} : { kind: known.kind }),
    ...(known?.type === undefined ? {} : { type: known.type }),
    ...(known?.protocol === undefined ? {} : { protocol: known.protocol }),
  };
}

/** What people call machines with databases, and those before others. */
function kindOfName(name: string): Pick<Service, 'type' | 'protocol' | 'kind'> | undefined {
  if (/^(?:db|dbs|databases?|(?:db|database)[-_]?servers?)$/i.test(name))
    return { kind: 'database' };
  return /^(?:lbs?|lb[-_]?servers?|load[-_]?balancers?|(?:reverse[-_]?)?prox(?:y|ies))$/i.test(name)
    ? { kind: 'proxy' }
    : undefined;
}

/** The groups around a group, the nearest first, `all` last. */
function listParents(name: string, { groups }: AnsibleInventory): HostGroup[] {
  const found = new Set<HostGroup>();
  let names = new Set([name]);
  for (let depth = 0; depth < mostParents && names.size > 0; depth++) {
    const parents = [...groups.values()].filter(
      (group) => !found.has(group) && [...names].some((each) => group.children.has(each)),
    );
    for (const parent of parents) found.add(parent);
    names = new Set(parents.map((parent) => parent.name));
  }
  const all = groups.get('all');
  if (all && name !== 'all') {
    found.delete(all);
    found.add(all);
  }
  return [...found];
}

function listAddresses(host: string, { hosts }: AnsibleInventory): string[] {
  return (hosts.get(host)?.variables ?? [])
    .filter(({ key }) => key === 'ansible_host' || key === 'ansible_ssh_host')
    .map(({ value }) => value)
    .filter((value) => /^[\w.:-]{1,253}$/.test(value) && !/^(?:localhost|127\.|::1)/.test(value));
}

/**
 * Variables as settings, each once. What the groups around give fills what they refer to: that many
 * are given a value does not say who uses it.
 */
function toSettings(own: readonly Variable[], around: readonly Variable[]): Setting[] {
  const values = new Map<string, string>();
  for (const { key, value } of [...own, ...around])
    if (!values.has(key)) values.set(key, toOpenValue(key, value));
  const seen = new Set<string>();
  return own.flatMap(({ key, value, line, column }): Setting[] => {
    const id = `${key}\u0000${value}`;
    if (reaching.test(key) || seen.has(id)) return [];
    seen.add(id);
    return [{ key, value: fill(toOpenValue(key, value), values, 0), line, column }];
  });
}

function fill(text: string, values: ReadonlyMap<string, string>, depth: number): string {
  if (depth > 5 || text.length > 4_000) return text;
  return text.replace(/\{env:([\w.-]{1,100})\}/g, (hole, name: string) => {
    const value = values.get(name);
    return value === undefined || value === '***' ? hole : fill(value, values, depth + 1);
  });
}
