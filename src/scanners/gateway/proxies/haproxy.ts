import type { Place } from '../../../errors.ts';
import { type HaproxyLine, readHaproxyLines } from '../../proxies/haproxy-lines.ts';
import { type Acls, readCondition, readCriterion } from './haproxy-conditions.ts';
import { cleanAddress, toPort } from './proxy-address.ts';
import {
  type ProxyLog,
  type ProxyLogFormat,
  type ProxyReader,
  type ProxyRoute,
  type ProxyService,
  type ProxySite,
  toProxyConfig,
  type Unread,
} from './proxy-config.ts';
import type { Part } from './route-part.ts';

/** A section with its lines, those of the `defaults` before it first. */
interface Section {
  readonly kind: string;
  readonly name: string;
  readonly place: Place;
  readonly lines: readonly Line[];
}

interface Line {
  readonly words: readonly string[];
  readonly place: Place;
}

/** Reads HAProxy configurations: frontends, backends, ACLs, log formats; see docs.haproxy.org. */
export const readHaproxy: ProxyReader = (files) => {
  const sections = files.flatMap(({ file, text }) => toSections(readHaproxyLines(text), file));
  const unread: Unread[] = [];
  const services = sections
    .filter(({ kind }) => kind === 'backend' || kind === 'listen')
    .map(toService)
    .filter(({ targets }) => targets.length > 0);
  const byName = new Map(services.map((service) => [service.name, service]));
  // What passes TCP takes no part in where a call by HTTP goes.
  const entrances = sections.filter(
    (section) => /^(?:frontend|listen)$/.test(section.kind) && isHttp(section),
  );
  return toProxyConfig('haproxy', {
    sites: entrances.map((section) => toSite(section, byName, unread)),
    services,
    logFormats: sections.flatMap(readLogFormats),
    logs: entrances.flatMap(readLog),
    unread,
  });
};

function toSections(lines: readonly HaproxyLine[], file: string): Section[] {
  const sections: (Omit<Section, 'lines'> & { lines: Line[] })[] = [];
  let defaults: readonly Line[] = [];
  for (const { section: kind, name, isHead, words, line } of lines) {
    const place = { file, line, column: words[0]?.column ?? 1 };
    const current = sections.at(-1);
    if (isHead) {
      if (current?.kind === 'defaults') defaults = current.lines;
      const lines = /^(?:frontend|backend|listen)$/.test(kind) ? [...defaults] : [];
      sections.push({ kind, name, place, lines });
    } else current?.lines.push({ words: words.map(({ text }) => text), place });
  }
  return sections;
}

/** The last value of a directive, for the section's own lines stand behind the defaults. */
function last(section: Section, directive: string): Line | undefined {
  return section.lines.findLast(({ words }) => words[0] === directive);
}

function isHttp(section: Section): boolean {
  return last(section, 'mode')?.words[1] === 'http';
}

function toService(section: Section): ProxyService {
  const scheme = isHttp(section) ? 'http' : '';
  const targets = section.lines.flatMap(({ words }) => {
    const written =
      words[0] === 'server' ? words[2] : words[0] === 'server-template' ? words[3] : undefined;
    if (written === undefined || written === '') return [];
    const socket = /^(?:unix@)?(\/.*)$/.exec(written)?.[1];
    if (socket !== undefined) return [`unix:${socket}`];
    const address = cleanAddress(written.replace(/^(?:ipv4|ipv6|dns|tcp4?6?)@/, ''));
    return [scheme ? `${scheme}${words.includes('ssl') ? 's' : ''}://${address}` : address];
  });
  return { name: section.name, targets: [...new Set(targets)], place: section.place };
}

function toSite(
  section: Section,
  services: ReadonlyMap<string, ProxyService>,
  unread: Unread[],
): ProxySite {
  const acls: Acls = new Map();
  for (const { words } of section.lines)
    if (words[0] === 'acl' && words[1] !== undefined)
      acls.set(words[1], [...(acls.get(words[1]) ?? []), ...readCriterion(words.slice(2))]);
  const routes = section.lines.flatMap(({ words, place }): ProxyRoute[] => {
    const [directive, backend, ...condition] = words;
    if (directive !== 'use_backend' || backend === undefined) return [];
    return readCondition(condition, acls).map((part) =>
      toRoute(part, backend, place, services, unread),
    );
  });
  const rest = last(section, 'default_backend');
  const own = section.kind === 'listen' ? services.get(section.name) : undefined;
  if (rest?.words[1] !== undefined)
    routes.push(toRoute({}, rest.words[1], rest.place, services, unread));
  else if (own) routes.push(toRoute({}, own.name, section.place, services, unread));
  return { hosts: [], ports: readPorts(section), routes, place: section.place };
}

function toRoute(
  part: Part,
  backend: string,
  place: Place,
  services: ReadonlyMap<string, ProxyService>,
  unread: Unread[],
): ProxyRoute {
  const isComputed = backend.includes('%[');
  if (isComputed)
    unread.push({ place, reason: 'the backend is computed from the request and was not followed' });
  return {
    hosts: [],
    prefix: '',
    ...part,
    ...(isComputed
      ? { leadsTo: 'unknown', targets: [] }
      : {
          leadsTo: 'service',
          service: backend,
          targets: services.get(backend)?.targets ?? [],
        }),
    place,
  };
}

function readPorts(section: Section): number[] {
  const head = section.lines.filter(({ words }) => words[0] === 'bind');
  const ports = head.flatMap(({ words }) =>
    (words[1] ?? '').split(',').map((address) => toPort(/:(\d{1,5})$/.exec(address)?.[1])),
  );
  return [...new Set(ports.filter((port) => port !== undefined))];
}

function readLogFormats(section: Section): ProxyLogFormat[] {
  if (!/^(?:frontend|listen)$/.test(section.kind)) return [];
  const line = last(section, 'log-format');
  const format = line?.words.slice(1).join(' ');
  return line && format ? [{ name: section.name, format, place: line.place }] : [];
}

function readLog(section: Section): ProxyLog[] {
  const line = section.lines.findLast(
    ({ words: [directive, option] }) =>
      directive === 'log-format' ||
      (directive === 'option' && (option === 'httplog' || option === 'tcplog')),
  );
  if (!line) return [];
  const [directive, option, more] = line.words;
  const format =
    directive === 'log-format' ? section.name : more === 'clf' ? 'clf' : (option ?? '');
  return [{ file: 'syslog', format, hosts: [], place: line.place }];
}
