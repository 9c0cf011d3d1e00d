import type { Severity } from '../finding.ts';
import type { Landscape } from '../landscape.ts';
import { type Preset, presets } from './presets.ts';
import type { Rule } from './rule.ts';

/** Severities for a part of the landscape: all lists that are given must fit, one name of each is enough. */
export interface SeverityOverride {
  readonly domains?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly systems?: readonly string[] | undefined;
  /** Keys, or ids of rows of the registry. */
  readonly links?: readonly string[] | undefined;
  readonly rules: Readonly<Record<string, Severity>>;
}

/** How heavy findings are, from what holds for all to what holds for a part. */
export interface SeveritySettings {
  readonly preset: Preset;
  readonly severities: Readonly<Record<string, Severity>>;
  /** The last that fits counts. */
  readonly overrides: readonly SeverityOverride[];
}

/** What an override can name of a system or link. */
export type Facets = Readonly<Record<'domains' | 'tags' | 'systems' | 'links', readonly string[]>>;

/** How heavy a rule is on a subject, and whether it is anywhere. */
export interface SeverityTable {
  of(rule: Rule, subject: string): Severity;
  isOn(rule: Rule): boolean;
}

/** Looks severities up by rule and subject. */
export function openSeverities(
  { preset, severities, overrides }: SeveritySettings,
  landscape: Landscape,
): SeverityTable {
  const base = ({ name, defaultSeverity }: Rule): Severity =>
    severities[name] ?? presets[preset][name] ?? defaultSeverity;
  const facets = overrides.length === 0 ? new Map<string, Facets>() : listFacets(landscape);
  return {
    of(rule, subject) {
      const own = facets.get(subject);
      const fitting = own
        ? overrides.filter((override) => override.rules[rule.name] && fits(override, own))
        : [];
      return fitting.at(-1)?.rules[rule.name] ?? base(rule);
    },
    isOn: (rule) =>
      base(rule) !== 'off' || overrides.some(({ rules }) => (rules[rule.name] ?? 'off') !== 'off'),
  };
}

function fits(override: SeverityOverride, facets: Facets): boolean {
  return (['domains', 'tags', 'systems', 'links'] as const).every(
    (facet) => override[facet]?.some((name) => facets[facet].includes(name)) ?? true,
  );
}

/** Every system and link with the names that an override can give; a link has those of both ends. */
export function listFacets({ systems, links }: Landscape): Map<string, Facets> {
  const ofSystems = new Map(
    systems.map(({ id, domain, tags }): [string, Facets] => [
      id,
      { domains: domain === undefined ? [] : [domain], tags, systems: [id], links: [] },
    ]),
  );
  const ofLinks = links.map(({ key, from, to, tags, registrations }): [string, Facets] => {
    const ends = [ofSystems.get(from), ofSystems.get(to)];
    return [
      key,
      {
        domains: ends.flatMap((end) => end?.domains ?? []),
        tags: [...tags, ...ends.flatMap((end) => end?.tags ?? [])],
        systems: [from, to],
        links: [key, ...registrations],
      },
    ];
  });
  return new Map([...ofSystems, ...ofLinks]);
}
