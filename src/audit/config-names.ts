import type { Audit } from '../audit.ts';
import { presets } from '../checks/presets.ts';
import type { Config, Source } from '../config.ts';
import type { Place } from '../errors.ts';
import type { Severity } from '../finding.ts';
import { foldName } from '../reconcile/names.ts';

/** A line of the configuration that says which system something is. */
export interface ConfigName {
  readonly kind: 'alias' | 'caller' | 'route' | 'code';
  /** A pattern, an address range, a user, a path prefix, or a glob over scripts. */
  readonly value: string;
  readonly system: string;
  readonly place: Place;
}

/** What the configuration adds to an audit for people who ask why. */
export interface ConfigFacts {
  readonly file: string;
  readonly name: string;
  readonly names: readonly ConfigName[];
  /** How many patterns `naming:` has. */
  readonly namingPatterns: number;
  /** Rules that an entry under `overrides:` sets for a part of the landscape. */
  readonly overridden: readonly string[];
  /** Rules with a severity of their own. */
  readonly severities: Readonly<
    Record<string, { readonly severity: Severity; readonly place: Place }>
  >;
}

/** The lines of the configuration by which systems are told, each with the id of its system. */
export function collectConfigFacts(config: Config, { systems }: Audit): ConfigFacts {
  const ids = new Map([
    ...systems.flatMap(({ id, aliases }) => aliases.map((name) => [foldName(name), id] as const)),
    ...systems.map(({ id, name }) => [foldName(name), id] as const),
    ...systems.map(({ id }) => [foldName(id), id] as const),
  ]);
  const names = [
    ...config.aliases.map(
      ({ pattern, system, place }): ConfigName => ({
        kind: 'alias',
        value: pattern,
        system,
        place,
      }),
    ),
    ...config.sources.flatMap(listNames),
  ].map((name) => ({ ...name, system: ids.get(foldName(name.system)) ?? name.system }));
  return {
    file: config.file,
    name: config.name,
    names,
    namingPatterns: config.naming.length,
    severities: {
      ...Object.fromEntries(
        Object.entries(presets[config.extends ?? 'recommended']).map(([rule, severity]) => [
          rule,
          { severity, place: config.placeOf('extends') },
        ]),
      ),
      ...Object.fromEntries(
        Object.entries(config.rules).map(([rule, severity]) => [
          rule,
          { severity: severity as Severity, place: config.placeOf('rules', rule) },
        ]),
      ),
    },
    overridden: config.overrides.flatMap(({ rules }) => Object.keys(rules)),
  };
}

/** Option of a source → what its keys are. Its values are systems. */
const maps = { callers: 'caller', routes: 'route', owners: 'code' } as const;

function listNames(source: Source): ConfigName[] {
  return Object.entries(maps).flatMap(([option, kind]) => {
    const given = source.options[option];
    if (typeof given !== 'object' || given === null) return [];
    return Object.entries(given).flatMap(([value, system]): ConfigName[] =>
      typeof system === 'string'
        ? [{ kind, value, system, place: source.placeOf(option, value) }]
        : [],
    );
  });
}
