import type { Judged } from '../../audit.ts';
import type { Link, System } from '../../landscape.ts';
import { groupBy, sortBy, sortedUnique } from '../../order.ts';
import { joinList, labelLink, linkFields, readFields, systemFields } from './fields.ts';
import { nameUniquely } from './name-uniquely.ts';
import { writeYamlDocument, type YamlValue } from './yaml-document.ts';

/** Letters, digits, `-`, `_` and `.`, at most 63, unique whatever the case. https://backstage.io/docs/features/software-catalog/descriptor-format */
const naming = { unfit: /[^A-Za-z0-9]/g, separator: '-', longest: 63 };

/** Kinds that are software of their own; the others are resources. */
const componentKinds = new Set([
  'application',
  'data-platform',
  'external-service',
  'device',
  'unknown',
]);

/** Backstage wants an owner for everything. */
const nobody = 'unowned';

/** How an entity is named by another. */
type Refer = (kind: 'component' | 'resource', id: string) => string;

/** What a system offers over one family of protocols, and the links that use it. */
interface Interface {
  readonly provider: string;
  readonly family: Link['family'];
  readonly links: readonly Link[];
}

/**
 * Renders the landscape as entities of a Backstage catalog: a domain, its systems, each with its
 * component, databases and brokers as resources, and an API where one system calls another.
 */
export function* renderBackstage({ systems, links }: Judged): Generator<string> {
  const name = (ids: Iterable<string>): ReadonlyMap<string, string> =>
    nameUniquely(sortedUnique(ids), naming);
  const ids = name(systems.map(({ id }) => id));
  const domains = name(systems.flatMap(({ domain }) => domain || []));
  const teams = nameUniquely(sortedUnique(systems.flatMap(({ owner }) => owner?.team || [])), {
    ...naming,
    reserved: new Set([nobody]),
  });
  const byId = new Map(systems.map((system) => [system.id, system]));
  const isComponent = (id: string): boolean => componentKinds.has(byId.get(id)?.kind ?? '');
  const refer: Refer = (kind, id) => `${kind}:default/${ids.get(id)}`;
  const referTo = (id: string): string => refer(isComponent(id) ? 'component' : 'resource', id);
  const ownerOf = ({ owner }: System): string =>
    `group:default/${teams.get(owner?.team ?? '') ?? nobody}`;

  const interfaces = findInterfaces(links, isComponent);
  const apiNames = name(interfaces.map(nameInterface));
  const used = new Map<string, string[]>();
  const provided = new Map<string, string[]>();
  const covered = new Set<Link>();
  for (const found of interfaces) {
    const api = `api:default/${apiNames.get(nameInterface(found))}`;
    add(provided, found.provider, api);
    for (const link of found.links) {
      covered.add(link);
      add(used, link.from === found.provider ? link.to : link.from, api);
    }
  }
  const needed = new Map<string, string[]>();
  for (const link of links)
    if (!covered.has(link) && link.from !== link.to) add(needed, link.to, referTo(link.from));

  const outgoing = groupBy(links, ({ from }) => from);
  const groups = [...teams].map(([team, id]) => [id, team] as const);
  const hasUnowned = systems.some(({ owner }) => !owner?.team);
  for (const [id, title] of hasUnowned ? [...groups, [nobody, 'No team is known']] : groups)
    yield writeEntity('Group', { name: id as string, title }, { type: 'team', children: [] });
  for (const [domain, id] of domains)
    yield writeEntity(
      'Domain',
      { name: id, title: domain },
      {
        owner: findOwner(
          systems.filter((system) => system.domain === domain),
          ownerOf,
        ),
      },
    );
  for (const system of systems) {
    const metadata = { name: ids.get(system.id), title: titleOf(system) };
    const sent = outgoing.get(system.id) ?? [];
    const described = {
      ...metadata,
      annotations: { ...annotate(system), ...annotateLinks(sent, referTo) },
    };
    const owner = ownerOf(system);
    const lists = {
      dependsOn: listOf(needed, system.id),
      providesApis: listOf(provided, system.id),
      consumesApis: listOf(used, system.id),
    };
    if (!isComponent(system.id)) {
      yield writeEntity('Resource', described, {
        type: system.kind,
        owner,
        system:
          system.partOf !== undefined && isComponent(system.partOf)
            ? `system:default/${ids.get(system.partOf)}`
            : undefined,
        dependsOn: lists.dependsOn,
      });
      continue;
    }
    yield writeEntity('System', metadata, {
      owner,
      domain: system.domain ? `domain:default/${domains.get(system.domain)}` : undefined,
    });
    yield writeEntity('Component', described, {
      type: system.kind,
      lifecycle: system.lifecycle?.trim() || 'unknown',
      owner,
      system: `system:default/${ids.get(system.id)}`,
      ...lists,
    });
  }
  for (const found of interfaces) {
    const provider = byId.get(found.provider) as System;
    yield writeEntity(
      'API',
      { name: apiNames.get(nameInterface(found)), title: `${titleOf(provider)}: ${found.family}` },
      {
        type: found.family,
        lifecycle: provider.lifecycle?.trim() || 'unknown',
        owner: ownerOf(provider),
        system: `system:default/${ids.get(provider.id)}`,
        definition: found.links.map(defineLink).join('\n'),
      },
    );
  }
}

/** What is called, or published, between two components: who offers it and which links use it. */
function findInterfaces(links: readonly Link[], isComponent: (id: string) => boolean): Interface[] {
  const calls = links.flatMap((link) => {
    const isOffered = link.family === 'http' || link.family === 'messaging';
    if (!isOffered || link.from === link.to) return [];
    if (!isComponent(link.from) || !isComponent(link.to)) return [];
    // Who is called offers an interface; who publishes offers a stream.
    const provider = link.family === 'http' && link.initiator === 'from' ? link.to : link.from;
    return [{ provider, family: link.family, link }];
  });
  const groups = groupBy(calls, (call) => `${call.family}\u0000${call.provider}`);
  const interfaces = [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first
      ? [{ provider: first.provider, family: first.family, links: group.map(({ link }) => link) }]
      : [];
  });
  return sortBy(interfaces, nameInterface);
}

function nameInterface({ provider, family }: Interface): string {
  return `${provider} ${family}`;
}

function defineLink(link: Link): string {
  return `${link.key}: ${labelLink(link)} over ${link.protocol ?? link.family}, ${link.mediation}, ${link.registered ? 'registered' : 'unregistered'}, ${joinList(link.class)}`;
}

function annotate(system: System): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readFields(systemFields, system).map(([name, value]) => [`landscape/${name}`, String(value)]),
  );
}

/**
 * What a system sends, for whoever reads the file back: lists of names tell neither the way of the data
 * nor what it is.
 */
function annotateLinks(
  sent: readonly Link[],
  referTo: (id: string) => string,
): Readonly<Record<string, string>> {
  const written = sent.map((link) => ({
    to: referTo(link.to),
    ...Object.fromEntries(readFields(linkFields, link)),
  }));
  return { 'landscape/links': JSON.stringify(written) };
}

function titleOf({ name, id }: System): string {
  return name.trim() || id;
}

/** The team that answers for most of them; the first by name among equals. */
function findOwner(members: readonly System[], ownerOf: (system: System) => string): string {
  const groups = [...groupBy(members, ownerOf)];
  const [most] = sortBy(
    groups,
    ([owner]) => (owner.endsWith(`/${nobody}`) ? 1 : 0),
    ([, owned]) => -owned.length,
    ([owner]) => owner,
  );
  return most?.[0] ?? nobody;
}

function add(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function listOf(map: ReadonlyMap<string, string[]>, id: string): string[] | undefined {
  const list = map.get(id);
  return list && sortedUnique(list);
}

function writeEntity(
  kind: string,
  metadata: Readonly<Record<string, YamlValue>>,
  spec: Readonly<Record<string, YamlValue>>,
): string {
  return writeYamlDocument({ apiVersion: 'backstage.io/v1alpha1', kind, metadata, spec });
}
