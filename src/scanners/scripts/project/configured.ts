import type { Evidence, OwnershipEvidence } from '../../../evidence.ts';
import { toAddressReference } from '../../../evidence.ts';
import { groupBy } from '../../../order.ts';
import { readEnvironment } from '../../../vocabulary/environment-words.ts';
import { type CodeSubject, type ConnectionFact, toEvidence } from '../facts.ts';
import { hostOfDsn } from '../program/addresses.ts';
import { type ConfiguredConnection, listConnections } from '../settings/connections.ts';
import { folderOf } from '../settings/paths.ts';
import { withoutProfile } from '../settings/profiles.ts';
import { foldKey, type Setting } from '../settings/setting.ts';
import { namesOfVariables } from './ansible-variables.ts';
import { shortenHost } from './cluster-hosts.ts';
import { openConfigRepository } from './config-repository.ts';
import { listDiscoveredRoutes } from './discovered-routes.ts';
import { fillLoopback, fillText, isLoopback } from './fill.ts';
import type { Module } from './modules.ts';
import type { Project, ProjectInput } from './project.ts';
import { isWeakReading } from './settings-scope.ts';
import type { FindUse } from './used-keys.ts';

/** The confidence of what no framework is known to connect by itself. */
const assumed = 0.4;

interface Group {
  /** The file, and the service in it where a descriptor holds several. */
  readonly id: string;
  readonly file: string;
  readonly settings: readonly Setting[];
  /** The file by which the code's own connections are looked up. */
  readonly owner: string;
  readonly names: readonly string[];
  /** What the settings hold for, where they do not hold for all. */
  readonly profile?: string | undefined;
}

/**
 * Connections that configuration alone shows: a data source that a framework opens by itself, a
 * route of a proxy, an address in a service's environment. What the code of the module was seen to
 * connect to is not told twice.
 */
export function* listConfigured(
  input: ProjectInput,
  project: Project,
  describeOwner: (file: string) => OwnershipEvidence,
  environment: string,
  isUsed: FindUse,
): Iterable<Evidence> {
  const hosts = project.serviceHosts;
  const drafts = [...listGroups(input, project)].flatMap((group) => {
    const root = project.modules.moduleOf(group.owner)?.root ?? group.id;
    const known = project.hostsSeenBy(group.owner);
    const own = new Set(group.names.map((name) => name.toLowerCase()));
    const isOwned = group.names.some((name) => hosts.has(name.toLowerCase()));
    const handed = new Set(group.settings.filter(({ isShared }) => isShared).map(({ key }) => key));
    const facts = listConnections(fillHanded(group, project), hosts)
      // What all services are given, and this one's code never asks for, connects it to nothing.
      .filter(
        ({ key, confidence }) =>
          confidence > assumed || !handed.has(key) || isUsed(key, group.owner) !== false,
      )
      // Routes from outside begin at no system of the source.
      .filter(
        ({ key }) =>
          !/^(?:Ingress|IngressRoute|HTTPRoute|VirtualService|ServiceProfile|Route)\b/.test(key),
      )
      .map((connection) => toFact(connection, group, isOwned, project))
      .filter((fact) => fact !== undefined)
      .filter(({ host }) => !known.has(host) && !own.has(host));
    return facts.map(({ fact, host }) => ({ group, root, fact, host }));
  });
  // `RATINGS_HOST=ratings` beside `proxy_pass http://ratings`: the one that tells more speaks.
  const told = new Set(
    drafts
      .filter(({ fact }) => fact.protocol !== undefined)
      .map(({ root, host }) => `${root} ${host}`),
  );
  const kept = drafts.filter(
    ({ fact, root, host }) => fact.protocol !== undefined || !told.has(`${root} ${host}`),
  );
  for (const own of groupBy(kept, ({ group }) => group.id).values()) {
    const [{ group } = { group: undefined }] = own;
    if (!group) continue;
    const subject: CodeSubject = {
      id: group.id,
      scanner: 'scripts',
      environment,
      toOrigin: ({ line, column }) => ({ file: group.file, line, column }),
    };
    const owner = describeOwner(group.owner);
    const names = [...new Set([...group.names, ...(owner.names ?? [])])];
    yield {
      ...owner,
      origin: { file: group.file, line: 1, column: 1 },
      script: group.id,
      ...(owner.system === undefined ? { names } : {}),
    };
    for (const { fact, group: each } of own) {
      // Of a source that is all for tests, the profiles inside say nothing.
      const named = environment === 'prod' ? readEnvironment(each.profile ?? '') : undefined;
      yield toEvidence(fact, named === undefined ? subject : { ...subject, environment: named });
    }
  }
}

function* listGroups(input: ProjectInput, project: Project): Iterable<Group> {
  const { modules, moduleOf } = project.modules;
  const keptBy = openKept(modules, moduleOf);
  const findKept = openConfigRepository(input.settings);
  const keeping = new Set(
    input.settings.flatMap(({ file }) => (keptBy(file) ? [folderOf(file)] : [])),
  );
  for (const reading of input.settings) {
    if (isWeakReading(reading) || reading.settings.length === 0) continue;
    const variables = namesOfVariables(reading.file, project.modules.services);
    if (variables) {
      if (variables.length > 0)
        yield {
          id: reading.file,
          file: reading.file,
          settings: reading.settings,
          owner: `${reading.file}#`,
          names: variables,
          profile: reading.profile,
        };
      continue;
    }
    const module = keptBy(reading.file) ?? moduleOf(reading.file);
    // What takes the variables of Terraform says who uses them.
    if (/\.tfvars(?:\.json)?$/.test(reading.file)) continue;
    // Variables that belong to no module show what there is, not who uses it.
    if (!module?.isDeployable && /(?:^|\/)\.env[^/]*$/.test(reading.file)) continue;
    // Beside the files of others, `application.yml` is what all of them share.
    if (/\/application[^/]*$/.test(reading.file) && keeping.has(folderOf(reading.file))) continue;
    const kept = module?.isDeployable ? undefined : findKept(reading.file);
    if (kept === 'all') continue;
    yield {
      id: reading.file,
      file: reading.file,
      settings: reading.settings,
      owner: keptBy(reading.file) && module ? ownerFile(module.root) : reading.file,
      // `prometheus.yml` is the configuration of the service `prometheus`.
      names: module?.isDeployable ? module.names : [kept ?? stemOf(reading.file)],
      profile: reading.profile,
    };
  }
  const ownerOf = (file: string): Module | undefined => keptBy(file) ?? moduleOf(file);
  for (const { module, file, settings } of listDiscoveredRoutes(modules, input.settings, ownerOf))
    yield {
      id: `${file}#routes`,
      file,
      settings,
      owner: ownerFile(module.root),
      names: module.names,
    };
  for (const module of modules) {
    const byFile = groupBy(module.settings, ({ file }) => file);
    for (const [file, settings] of byFile)
      yield {
        id: `${file}#${module.name}`,
        file,
        settings,
        owner: ownerFile(module.root),
        names: module.names,
      };
  }
  for (const service of project.modules.services) {
    const byFile = groupBy(service.settings, ({ file }) => file);
    for (const [file, settings] of byFile)
      yield {
        id: `${file}#${service.name}`,
        file,
        settings,
        owner: `${file}#`,
        names: [service.name],
      };
  }
}

/** Finds the other module whose configuration a server of configuration keeps: `config/…/orders.yml`. */
function openKept(
  modules: readonly Module[],
  moduleOf: (file: string) => Module | undefined,
): (file: string) => Module | undefined {
  const named = groupBy(
    modules
      .filter(({ isDeployable }) => isDeployable)
      .flatMap((module) =>
        [...new Set(module.names.map(foldKey))].map((name) => ({ name, module })),
      ),
    ({ name }) => name,
  );
  return (file) => {
    if (!/\.(?:ya?ml|properties)$/.test(file)) return undefined;
    const stem = stemOf(file);
    const found = named.get(foldKey(stem)) ?? named.get(foldKey(withoutProfile(stem)));
    const only = found?.length === 1 ? found[0]?.module : undefined;
    return only?.root === moduleOf(file)?.root ? undefined : only;
  };
}

/** Any file of a module, to find the module by. */
function ownerFile(root: string): string {
  return root === '' ? 'settings' : `${root}/settings`;
}

function stemOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\..*$/, '');
}

/** `- ORDERS_URL` hands a variable on from outside, with the value that it has there. */
function fillHanded({ settings, file, owner }: Group, { fillers }: Project): readonly Setting[] {
  const at = owner.endsWith('#') ? file : owner;
  return settings.map((setting) => {
    if (setting.value !== `{env:${setting.key}}`) return setting;
    return { ...setting, value: fillText(setting.value, at, fillers, 0).text };
  });
}

function toFact(
  connection: ConfiguredConnection,
  { file, owner }: Group,
  isOwned: boolean,
  project: Project,
): { fact: ConnectionFact; host: string } | undefined {
  const at = owner.endsWith('#') ? file : owner;
  const given = fillText(connection.address, at, project.fillers, 0);
  const filled = isLoopback(given.text) ? fillLoopback(given.text, at, project.fillers) : given;
  if (!filled) return undefined;
  const written = toAddressReference(hostOfDsn(filled.text));
  const target = shortenHost(written, project.serviceHosts);
  if (target.kind !== 'address') return undefined;
  const fact: ConnectionFact = {
    kind: 'connection',
    line: connection.line,
    column: connection.column,
    target,
    // What nobody owns moves no data from one end of its settings to another.
    flow: isOwned ? connection.flow : 'unknown',
    ...(connection.protocol === undefined ? {} : { protocol: connection.protocol }),
    ...(connection.style === undefined ? {} : { style: connection.style }),
    confidence: Math.min(connection.confidence, filled.confidence),
    summary: `setting ${connection.key} names ${target.value}`,
  };
  return { fact, host: target.host };
}
