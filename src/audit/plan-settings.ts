import type { PlanSettings } from '../assumptions.ts';
import type { Config } from '../config.ts';
import { ConfigError, didYouMean, formatPlace } from '../errors.ts';
import type { Landscape } from '../landscape.ts';
import { foldWriting } from '../order.ts';
import { foldName } from '../reconcile/names.ts';
import { openNames } from './open-names.ts';

/**
 * What `plan:` says, in the ids and domains of the landscape.
 * @throws ConfigError naming everything that fits nothing: a freeze or a choice that holds for nothing
 * would say that it was heard
 */
export function toPlanSettings(config: Config, landscape: Landscape): PlanSettings {
  const { plan } = config;
  const problems: string[] = [];
  const complain = (path: readonly (string | number)[], message: string): void => {
    if (config.scope === 'whole')
      problems.push(`${formatPlace(config.placeOf('plan', ...path))}: ${message}`);
  };
  const names = openNames(landscape);
  const find = <T extends string>(known: ReadonlyMap<string, T>, name: string): T | undefined =>
    known.get(foldName(name)) ?? known.get(foldWriting(name));
  const index = (of: readonly (string | undefined)[]): ReadonlyMap<string, string> =>
    new Map(of.flatMap((one) => (one === undefined ? [] : [[foldWriting(one), one]])));
  const domains = index(landscape.systems.map(({ domain }) => domain));
  const teams = index([...landscape.systems, ...landscape.links].map(({ owner }) => owner?.team));
  const objects = index(landscape.links.flatMap((link) => link.objects));
  const links = new Set(
    landscape.links.flatMap(({ key, registrations }) => [key, ...registrations]),
  );
  const resolve = (
    known: ReadonlyMap<string, string>,
    name: string,
    what: string,
    ...path: (string | number)[]
  ): string => {
    const found = find(known, name);
    if (found === undefined)
      complain(path, `there is no ${what} "${name}".${didYouMean(name, [...known.values()])}`);
    return found ?? name;
  };
  const settings: PlanSettings = {
    ...plan,
    teamHours: Object.fromEntries(
      Object.entries(plan.teamHours).map(([team, hours]) => [
        resolve(teams, team, 'team', 'teamHours', team),
        hours,
      ]),
    ),
    freezes: plan.freezes.map((freeze, at) => ({
      ...freeze,
      systems: freeze.systems.map((name) =>
        resolve(names, name, 'system', 'freezes', at, 'systems'),
      ),
      domains: freeze.domains.map((name) =>
        resolve(domains, name, 'domain', 'freezes', at, 'domains'),
      ),
    })),
    overrides: plan.overrides.map((one, at) => {
      if (one.link !== undefined && !links.has(one.link))
        complain(
          ['patterns', at, 'link'],
          `there is no link "${one.link}".${didYouMean(one.link, [...links]) || ' Write its key, such as "erp=>crm#http", or the id of its row in the registry.'}`,
        );
      return {
        ...one,
        ...(one.object !== undefined && {
          object: resolve(objects, one.object, 'object', 'patterns', at, 'object'),
        }),
        ...(one.domain !== undefined && {
          domain: resolve(domains, one.domain, 'domain', 'patterns', at, 'domain'),
        }),
        ...(one.system !== undefined && {
          system: resolve(names, one.system, 'system', 'patterns', at, 'system'),
        }),
      };
    }),
  };
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return settings;
}
