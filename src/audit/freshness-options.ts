import { findUnusedDurations } from '../analyzers/freshness/durations.ts';
import type { FreshnessOptions } from '../analyzers/freshness/options.ts';
import { findReaderFault } from '../analyzers/freshness/read-readers.ts';
import type { Config } from '../config.ts';
import { ConfigError, didYouMean, formatPlace } from '../errors.ts';
import type { Landscape } from '../landscape.ts';
import { foldName } from '../reconcile/names.ts';
import { openNames } from './open-names.ts';

/**
 * What the configuration says of data, in the ids of the landscape.
 * @throws ConfigError naming everything under `freshness:` that fits nothing in the landscape, for a
 * limit or a reader that fits nothing would say that all is well
 */
export function toFreshnessOptions(
  config: Config,
  landscape: Landscape,
  asOf: string,
): FreshnessOptions {
  const { freshness } = config;
  const problems: string[] = [];
  const complain = (path: readonly (string | number)[], message: string): void => {
    problems.push(`${formatPlace(config.placeOf('freshness', ...path))}: ${message}`);
  };
  const resolve = openNames(landscape);
  const systemOf = (name: string, ...path: (string | number)[]): string => {
    const id = resolve.get(foldName(name));
    if (id === undefined)
      complain(
        path,
        `no source describes the system "${name}".${didYouMean(name, [...resolve.keys()]) || ' Add it to an inventory, or under "systems:".'}`,
      );
    return id ?? name;
  };
  const known = new Set([
    ...landscape.links.flatMap(({ objects }) => objects),
    ...freshness.objects.map(({ object }) => object),
  ]);
  const carried = new Set(landscape.links.flatMap(({ objects }) => objects));
  const sources = new Set(
    freshness.objects.flatMap(({ derivedFrom }) => derivedFrom.flatMap(({ from }) => from)),
  );
  const isWhole = config.scope === 'whole';
  const objects = freshness.objects.map(({ derivedFrom, origins, ...rest }) => {
    const { object } = rest;
    if (isWhole && !carried.has(object) && !sources.has(object))
      complain(
        ['objects', object],
        `no link carries "${object}".${didYouMean(object, [...carried]) || ' Name it under "objects" of a link in an inventory.'}`,
      );
    return {
      ...rest,
      origins: origins.map((name) => systemOf(name, 'objects', object, 'origin')),
      derivedFrom: derivedFrom.map(({ system, from }) => {
        for (const source of from)
          if (isWhole && !known.has(source))
            complain(
              ['objects', object, 'derivedFrom', system],
              `no link carries "${source}".${didYouMean(source, [...known])}`,
            );
        return { system: systemOf(system, 'objects', object, 'derivedFrom', system), from };
      }),
    };
  });
  const readers = freshness.readers.map((reader, index) => {
    const fault = findReaderFault(reader);
    if (fault) complain(['readers', index, fault.key], fault.message);
    return { ...reader, system: systemOf(reader.system, 'readers', index, 'system') };
  });
  const options = { ...freshness, asOf, objects, readers };
  if (isWhole)
    for (const name of findUnusedDurations(options, landscape.links))
      complain(
        ['durations', name],
        `"${name}" fits no link and no job; write the id of a row of the registry, the key of a link, or a glob over ids of jobs.`,
      );
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return options;
}
