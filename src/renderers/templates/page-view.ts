import type { Audit } from '../../audit.ts';
import { formatPlace } from '../../errors.ts';
import type { Finding } from '../../finding.ts';
import type { Link, System } from '../../landscape.ts';
import { type Action, chooseActions } from '../html/actions.ts';
import { type Context, toContext } from '../html/context.ts';
import { type Headline, writeHeadline } from '../html/headline.ts';
import { revealHidden } from '../html/reveal-hidden.ts';
import { standings } from '../html/standing.ts';

/** A system as the pages of a user see it. What is not known is the empty text. */
export interface PageSystem {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly type: string;
  readonly domain: string;
  readonly site: string;
  readonly team: string;
  readonly criticality: string;
  readonly lifecycle: string;
  readonly counted: boolean;
  readonly registered: boolean;
}

/** A link as the pages of a user see it; its ends by their names. */
export interface PageLink {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly protocol: string;
  readonly standing: string;
  readonly witnesses: readonly string[];
  readonly objects: readonly string[];
  readonly team: string;
  readonly criticality: string;
  readonly mediation: string;
  readonly registered: boolean;
  readonly calls: number;
}

/** A finding as the pages of a user see it. Places are `file:line:column`. */
export interface PageFinding {
  readonly rule: string;
  readonly severity: string;
  readonly subject: string;
  readonly message: string;
  readonly remedy: string;
  readonly places: readonly string[];
  readonly fingerprint: string;
  readonly accepted: boolean;
}

/** What one team answers for, and what rules say of it. */
export interface PageTeam {
  readonly team: string;
  readonly systems: readonly PageSystem[];
  readonly links: readonly PageLink[];
  readonly findings: readonly PageFinding[];
}

/** What the pages of a user are written from. A release may add keys, and takes none away. */
export interface PageView {
  readonly name: string;
  readonly asOf: string;
  readonly today: string;
  readonly tool: string;
  readonly scope: string;
  readonly headline: Headline;
  readonly actions: readonly Action[];
  readonly systems: readonly PageSystem[];
  readonly links: readonly PageLink[];
  readonly findings: readonly PageFinding[];
  readonly teams: readonly PageTeam[];
  /** What no team answers for; its `team` is empty. */
  readonly nobody: PageTeam;
}

type KeysOf<T> = T extends readonly (infer Item)[]
  ? KeysOf<Item>
  : T extends object
    ? { [Key in keyof T & string]: Key | KeysOf<T[Key]> }[keyof T & string]
    : never;

/** Every key of the view, at any depth: what a template may name. */
export const pageKeys: Readonly<Record<KeysOf<PageView>, true>> = {
  accepted: true,
  actions: true,
  asOf: true,
  calls: true,
  counted: true,
  criticality: true,
  detail: true,
  domain: true,
  figures: true,
  findings: true,
  fingerprint: true,
  formula: true,
  from: true,
  headline: true,
  href: true,
  id: true,
  isBad: true,
  key: true,
  kind: true,
  label: true,
  lifecycle: true,
  links: true,
  mediation: true,
  message: true,
  name: true,
  nobody: true,
  note: true,
  objects: true,
  of: true,
  oldest: true,
  places: true,
  protocol: true,
  registered: true,
  remedy: true,
  rule: true,
  scope: true,
  sentence: true,
  severity: true,
  site: true,
  sources: true,
  standing: true,
  subject: true,
  systems: true,
  team: true,
  teams: true,
  title: true,
  to: true,
  today: true,
  tool: true,
  type: true,
  value: true,
  witnesses: true,
};

/** Turns an audit into what the pages of a user are written from. */
export function toPageView(audit: Audit): PageView {
  const context = toContext(revealHidden(audit));
  const shown = context.audit;
  const systems = shown.systems.map((system) => toPageSystem(system, context));
  const links = shown.links.map((link) => toPageLink(link, context));
  const findings = shown.findings.map(toPageFinding);
  const teamOf = new Map([
    ...systems.map(({ id, team }) => [id, team] as const),
    ...links.map(({ key, team }) => [key, team] as const),
  ]);
  const owned = {
    systems: groupBy(systems, ({ team }) => team),
    links: groupBy(links, ({ team }) => team),
    findings: groupBy(findings, ({ subject }) => teamOf.get(subject) ?? ''),
  };
  const toTeam = (team: string): PageTeam => ({
    team,
    systems: owned.systems.get(team) ?? [],
    links: owned.links.get(team) ?? [],
    findings: owned.findings.get(team) ?? [],
  });
  const teams = [...new Set(teamOf.values())].filter((team) => team !== '').sort();
  return {
    name: shown.name,
    asOf: shown.asOf,
    today: shown.today,
    tool: shown.tool,
    scope: shown.scope,
    headline: writeHeadline(context),
    actions: chooseActions(context),
    systems,
    links,
    findings,
    teams: teams.map(toTeam),
    nobody: toTeam(''),
  };
}

function toPageSystem(system: System, { nameOf }: Context): PageSystem {
  return {
    id: system.id,
    name: nameOf(system.id),
    kind: system.kind,
    type: system.type ?? '',
    domain: system.domain ?? '',
    site: system.site ?? '',
    team: system.owner?.team ?? '',
    criticality: system.criticality,
    lifecycle: system.lifecycle ?? '',
    counted: system.counted,
    registered: system.registered,
  };
}

function toPageLink(link: Link, { nameOf, standingOf }: Context): PageLink {
  return {
    key: link.key,
    from: nameOf(link.from),
    to: nameOf(link.to),
    protocol: link.protocol ?? link.family,
    standing: standings[standingOf(link)].label,
    witnesses: link.class,
    objects: link.objects,
    team: link.owner?.team ?? '',
    criticality: link.criticality,
    mediation: link.mediation,
    registered: link.registered,
    calls: link.traffic?.calls ?? 0,
  };
}

function toPageFinding(finding: Finding): PageFinding {
  return {
    rule: finding.rule,
    severity: finding.severity,
    subject: finding.subject,
    message: finding.message,
    remedy: finding.remedy,
    places: finding.evidence.map(formatPlace),
    fingerprint: finding.fingerprint,
    accepted: finding.accepted !== undefined,
  };
}

function groupBy<T>(items: readonly T[], toKey: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(toKey(item));
    if (group) group.push(item);
    else groups.set(toKey(item), [item]);
  }
  return groups;
}
