import type { Audit } from '../audit.ts';
import { rules } from '../checks/index.ts';
import type { Config } from '../config.ts';
import { didYouMean, formatPlace, UsageError } from '../errors.ts';
import { toAddressReference } from '../evidence.ts';
import { type Finding, listJudgements } from '../finding.ts';
import type { Link, System, Unresolved } from '../landscape.ts';
import { sortedUnique } from '../order.ts';
import { buildIdentity } from '../reconcile/identity.ts';
import { foldName } from '../reconcile/names.ts';
import { listKnown } from './tell-candidates.ts';

/** What a person can ask about. */
export type Subject =
  | {
      readonly kind: 'system';
      readonly system: System;
      /** How the text came to the system, where it is none of its names. */
      readonly steps: readonly string[];
    }
  | { readonly kind: 'link'; readonly link: Link }
  | { readonly kind: 'code'; readonly id: string }
  | { readonly kind: 'finding'; readonly finding: Finding }
  | {
      readonly kind: 'unresolved';
      readonly reference: string;
      readonly items: readonly Unresolved[];
    };

/** A longer text names nothing that anybody would type. */
const longestText = 500;

/**
 * Finds which one thing of an audit a text means: a system by id, name, alias or host, a link by
 * key, row of the registry or `from to`, a finding by rule and subject or fingerprint, a reference
 * without a system, a script or job, or a place `file:line`. A part of a name is enough where it
 * fits one thing alone.
 * @throws UsageError where nothing or several things are meant, with the candidates
 */
export function findSubject(audit: Audit, config: Config, text: string): Subject {
  const wanted = text.trim().replace(/\s+/g, ' ');
  if (wanted === '' || wanted.length > longestText)
    throw new UsageError('Name a system, link, finding or reference, for example "erp".');
  for (const find of finders) {
    const [first, ...others] = find(audit, wanted, config);
    if (first && others.length === 0) return first;
    if (first) throw new UsageError(tellSeveral(wanted, [first, ...others]));
  }
  throw new UsageError(tellNone(audit, config, wanted));
}

type Find = (audit: Audit, wanted: string, config: Config) => Subject[];

/** The most specific first: the first that finds anything decides. */
const finders: readonly Find[] = [
  ({ links }, wanted) => toLinks(links.filter(({ key }) => key === wanted)),
  ({ systems }, wanted) => toSystems(systems.filter(({ id }) => id === wanted)),
  findRows,
  ({ systems }, wanted) => toSystems(findNamed(systems, wanted)),
  findPair,
  findOfRule,
  findReference,
  (audit, wanted) => listCode(audit).filter(({ id }) => id === wanted),
  findFingerprint,
  findPlace,
  resolveSystem,
  findParts,
];

function toLinks(links: readonly Link[]): Subject[] {
  return links.map((link) => ({ kind: 'link', link }));
}

function toSystems(systems: readonly System[]): Subject[] {
  return systems.map((system) => ({ kind: 'system', system, steps: [] }));
}

function findRows({ links }: Audit, wanted: string): Subject[] {
  const isWanted = (id: string): boolean => id.toLowerCase() === wanted.toLowerCase();
  return toLinks(links.filter(({ registrations }) => registrations.some(isWanted)));
}

/** By id, name, alias or host, whatever the case; ids before the others. */
function findNamed(systems: readonly System[], wanted: string): readonly System[] {
  const folded = foldName(wanted);
  const levels: readonly ((system: System) => readonly string[])[] = [
    ({ id }) => [id],
    ({ name }) => [name],
    ({ aliases }) => aliases,
    ({ hosts }) => hosts,
  ];
  for (const read of levels) {
    const found = systems.filter((system) =>
      read(system).some((name) => foldName(name) === folded),
    );
    if (found.length > 0) return found;
  }
  return [];
}

/** `from to`, `from -> to`, `from => to`, `from → to`, each end by any of its names. */
function findPair({ links, systems }: Audit, wanted: string): Subject[] {
  const [from, to] = splitPair(systems, wanted) ?? [];
  if (!from || !to) return [];
  const between = (one: System, other: System): Link[] =>
    links.filter((link) => link.from === one.id && link.to === other.id);
  const found = between(from, to);
  if (found.length > 0) return toLinks(found);
  const back = between(to, from).map(({ key }) => key);
  const other =
    back.length === 0
      ? ' None goes the other way either.'
      : ` The other way there is ${listKnown(back)}.`;
  throw new UsageError(`No link goes from ${from.id} to ${to.id}.${other}`);
}

function splitPair(
  systems: readonly System[],
  wanted: string,
): readonly [System, System] | undefined {
  const arrow = /^([^>→]+?) ?(?:=>|->|→) ?([^>→]+)$/.exec(wanted);
  const words = wanted.split(' ');
  const splits = arrow
    ? [[arrow[1] ?? '', arrow[2] ?? ''] as const]
    : words
        .slice(1)
        .map(
          (_, index) =>
            [words.slice(0, index + 1).join(' '), words.slice(index + 1).join(' ')] as const,
        );
  for (const [left, right] of splits) {
    const [[from, ...more], [to, ...others]] = [
      findNamed(systems, left),
      findNamed(systems, right),
    ];
    if (from && to && more.length === 0 && others.length === 0) return [from, to];
  }
  return undefined;
}

/** `no-owner`, or `no-owner quality`: the subject as findings write it, or any name of it. */
function findOfRule(audit: Audit, wanted: string, config: Config): Subject[] {
  const [rule = '', ...rest] = wanted.split(' ');
  if (!rules.some(({ name }) => name === rule)) return [];
  const ofRule = listJudgements(audit.findings).filter((finding) => finding.rule === rule);
  if (ofRule.length === 0) throw new UsageError(tellNoFinding(rule, config));
  if (rest.length === 0) return toFindings(ofRule);
  const about = rest.join(' ');
  const subjects = new Set(
    [about, ...listSubjects(audit, about)].map((name) => name.toLowerCase()),
  );
  const found = ofRule.filter(({ subject }) => subjects.has(subject.toLowerCase()));
  if (found.length > 0) return toFindings(found);
  const known = sortedUnique(ofRule.map(({ subject }) => subject));
  throw new UsageError(
    `${rule} found nothing about "${about}".${didYouMean(about, known) || ` It found something about ${listKnown(known)}.`}`,
  );
}

function tellNoFinding(rule: string, config: Config): string {
  return config.rules[rule] === 'off'
    ? `${rule} is switched off at ${formatPlace(config.placeOf('rules', rule))}, so it found nothing. docs/rules/${rule}.md tells what it looks for.`
    : `${rule} found nothing in this landscape. docs/rules/${rule}.md tells what it looks for.`;
}

/** The subjects of findings that a text may mean. */
function listSubjects({ links, systems }: Audit, text: string): string[] {
  const pair = splitPair(systems, text);
  return [
    ...findNamed(systems, text).map(({ id }) => id),
    ...links
      .filter(
        ({ from, to, registrations }) =>
          registrations.some((id) => id.toLowerCase() === text.toLowerCase()) ||
          (pair && from === pair[0].id && to === pair[1].id),
      )
      .map(({ key }) => key),
  ];
}

function toFindings(findings: readonly Finding[]): Subject[] {
  return findings.map((finding) => ({ kind: 'finding', finding }));
}

/** `$ORDER_URL/x` and `${ORDER_URL}/x` are how a source writes what is kept as `{ORDER_URL}/x`. */
function findReference({ unresolved }: Audit, wanted: string): Subject[] {
  const plain = (text: string): string => text.replace(/[${}]/g, '').toLowerCase();
  const items = unresolved.filter(({ reference }) => plain(reference) === plain(wanted));
  const [first] = items;
  return first ? [{ kind: 'unresolved', reference: first.reference, items }] : [];
}

type CodeSubject = Extract<Subject, { kind: 'code' }>;

/** Scripts and jobs that realise a link, or that a scheduler starts. */
function listCode({ links, analysis }: Audit): CodeSubject[] {
  const ids = links.flatMap(({ implementations }) => implementations.map(({ id }) => id));
  const jobs = analysis.safeguards.jobs.map(({ id }) => id);
  return sortedUnique([...ids, ...jobs]).map((id) => ({ kind: 'code', id }));
}

function findFingerprint({ findings }: Audit, wanted: string): Subject[] {
  const start = wanted.toLowerCase();
  if (!/^[0-9a-f]{4,16}$/.test(start)) return [];
  return toFindings(
    listJudgements(findings).filter(({ fingerprint }) => fingerprint.startsWith(start)),
  );
}

/** What a line of a source gives proof of. */
function findPlace({ links, systems, unresolved }: Audit, wanted: string): Subject[] {
  const match = /^(.+?):(\d{1,9})(?::\d{1,9})?$/.exec(wanted);
  if (!match) return [];
  const isThere = ({ file, line }: { file: string; line: number }): boolean =>
    file === match[1] && line === Number(match[2]);
  return [
    ...toSystems(systems.filter(({ origins }) => origins.some(isThere))),
    ...toLinks(links.filter(({ evidence }) => evidence.some(({ origin }) => isThere(origin)))),
    ...unresolved
      .filter(({ origins }) => origins.some(isThere))
      .map((item): Subject => ({ kind: 'unresolved', reference: item.reference, items: [item] })),
  ];
}

/** As references are resolved: by aliases of the configuration, address ranges and the like. */
function resolveSystem({ systems }: Audit, wanted: string, config: Config): Subject[] {
  if (wanted.includes(' ')) return [];
  const byId = new Map(systems.map((system) => [system.id, system]));
  const found = buildIdentity(byId, [], config).resolve(toAddressReference(wanted));
  const system = found.kind === 'system' ? byId.get(found.id) : undefined;
  return system ? [{ kind: 'system', system, steps: found.steps }] : [];
}

/** What a part of a name fits: one system, else one piece of code or reference, else one link. */
function findParts(audit: Audit, wanted: string): Subject[] {
  const part = wanted.toLowerCase();
  const holds = (name: string): boolean => name.toLowerCase().includes(part);
  const systems = audit.systems.filter(({ id, name, aliases, hosts }) =>
    [id, name, ...aliases, ...hosts].some(holds),
  );
  if (systems.length > 0) return toSystems(systems);
  const references = sortedUnique(audit.unresolved.map(({ reference }) => reference));
  const others = [
    ...listCode(audit).filter(({ id }) => holds(id)),
    ...references.filter(holds).flatMap((reference) => findReference(audit, reference)),
  ];
  return others.length > 0 ? others : toLinks(audit.links.filter(({ key }) => holds(key)));
}

const mostCandidates = 20;

/** Each candidate as it can be typed, and what it is. */
function tellSeveral(wanted: string, subjects: readonly Subject[]): string {
  const rows = subjects.slice(0, mostCandidates).map(nameSubject);
  const width = Math.min(40, Math.max(...rows.map(([name]) => name.length)));
  const more =
    subjects.length > mostCandidates ? [`  … and ${subjects.length - mostCandidates} more`] : [];
  return [
    `"${wanted}" may mean ${subjects.length} things; name one of them:`,
    ...rows.map(([name, says]) => `  ${name.padEnd(width)}  ${says}`),
    ...more,
  ].join('\n');
}

function nameSubject(subject: Subject): readonly [name: string, says: string] {
  switch (subject.kind) {
    case 'system':
      return [
        subject.system.id,
        `the ${subject.system.kind.replaceAll('-', ' ')} ${subject.system.name}`,
      ];
    case 'link':
      return [subject.link.key, `a link over ${subject.link.protocol ?? subject.link.family}`];
    case 'code':
      return [subject.id, 'a script or job'];
    case 'finding':
      return [
        subject.finding.fingerprint.slice(0, 8),
        `${subject.finding.rule} of ${subject.finding.subject}`,
      ];
    case 'unresolved':
      return [subject.reference, 'a reference without a system'];
    default:
      return subject satisfies never;
  }
}

function tellNone(audit: Audit, config: Config, wanted: string): string {
  const names = [
    ...audit.systems.flatMap(({ id, name, aliases, hosts }) => [id, name, ...aliases, ...hosts]),
    ...audit.links.flatMap(({ key, registrations }) => [key, ...registrations]),
    ...audit.unresolved.map(({ reference }) => reference),
    ...listCode(audit).map(({ id }) => id),
    ...rules.map(({ name }) => name),
  ];
  const known = listKnown(audit.systems.map(({ id }) => id));
  return `"${wanted}" is no system, link, finding, reference, script or job of ${config.name}.${didYouMean(wanted, names) || ` Known systems: ${known}.`}`;
}
