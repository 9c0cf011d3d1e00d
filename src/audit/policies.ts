import { readersOfTraits, type SystemPattern } from '../checks/patterns.ts';
import type { Policy } from '../checks/policy.ts';
import type { Limits } from '../checks/rule.ts';
import type { Config } from '../config.ts';
import { ConfigError, didYouMean, formatPlace } from '../errors.ts';
import type { Landscape, System } from '../landscape.ts';
import { sortedUnique } from '../order.ts';

type Path = readonly (string | number)[];

/**
 * The policies with the places where they are written.
 * @throws ConfigError naming every text in them that no system has, for a policy that fits nothing
 * would say that all is well; a glob may wait for systems to come
 */
export function toPolicies(config: Config, landscape: Landscape): Policy[] {
  const problems =
    config.scope === 'member'
      ? []
      : listPatterns(config).flatMap(({ pattern, path }) =>
          findIdle(pattern, landscape.systems, path, config),
        );
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return config.policies.map((policy, index) => ({
    ...policy,
    origin: config.placeOf('policies', index),
  }));
}

/** The limits with the places where they are written. */
export function toLimits({ limits, placeOf }: Config): Limits {
  const { fanIn, saturation, cyclicGroup } = limits;
  return {
    ...(fanIn !== undefined && { fanIn }),
    ...(saturation !== undefined && { saturation }),
    ...(cyclicGroup !== undefined && { cyclicGroup }),
    placeOf: (limit) => placeOf('limits', limit),
  };
}

interface Placed {
  readonly pattern: SystemPattern;
  readonly path: Path;
}

function listPatterns({ policies, limits }: Config): Placed[] {
  const found: Placed[] = [];
  const add = (pattern: SystemPattern | undefined, ...path: Path): void => {
    if (pattern === undefined) return;
    found.push({ pattern, path });
    if (pattern.except) found.push({ pattern: pattern.except, path: [...path, 'except'] });
  };
  for (const [index, { forbid, allowOnly, require }] of policies.entries()) {
    add(forbid?.from, 'policies', index, 'forbid', 'from');
    add(forbid?.to, 'policies', index, 'forbid', 'to');
    add(allowOnly?.of, 'policies', index, 'allowOnly', 'of');
    add(allowOnly?.with, 'policies', index, 'allowOnly', 'with');
    add(require?.every, 'policies', index, 'require', 'every');
    add(require?.sendsTo, 'policies', index, 'require', 'sendsTo');
    add(require?.receivesFrom, 'policies', index, 'require', 'receivesFrom');
  }
  add(limits.fanIn?.except, 'limits', 'fanIn', 'except');
  return found;
}

/** Texts that people make up; kinds and criticalities are checked when the file is read. */
const free = ['id', 'name', 'type', 'domain', 'site', 'team', 'lifecycle', 'tags'] as const;

function findIdle(
  pattern: SystemPattern,
  systems: readonly System[],
  path: Path,
  config: Config,
): string[] {
  return free.flatMap((trait) => {
    const wanted = (pattern[trait] ?? []).filter((text) => !text.includes('*'));
    if (wanted.length === 0) return [];
    const values = sortedUnique(
      systems.flatMap((system) => readersOfTraits[trait](system).flatMap((value) => value ?? [])),
    );
    const known = new Set(values.map((value) => value.toLowerCase()));
    return wanted
      .filter((text) => !known.has(text.toLowerCase()))
      .map((text) => {
        const place = formatPlace(config.placeOf(...path, trait));
        const hint = didYouMean(text, values) || ' Write "*" at its end for what is still to come.';
        return `${place}: no system has the ${trait === 'tags' ? 'tag' : trait} "${text}".${hint}`;
      });
  });
}
