import picomatch from 'picomatch';
import type { Judged } from '../audit.ts';
import type { Origin } from '../evidence.ts';
import type { Unresolved } from '../landscape.ts';
import { groupBy, sortBy, sortedUnique } from '../order.ts';
import { indexSystems, type SystemNames } from '../reconcile/suggest-system.ts';

/** A reference that no system stands for, with all that is known about it. */
export interface RankedReference {
  readonly reference: string;
  readonly reasons: readonly Unresolved['reason'][];
  readonly messages: readonly string[];
  /** Calls that traffic shows, and places that name it. */
  readonly calls: number;
  readonly places: number;
  readonly origins: readonly Origin[];
  /** The pattern that gives it a system under `aliases:`; absent where an alias cannot help. */
  readonly pattern?: string;
  readonly suggestion?: Suggestion;
}

/** The system that a reference may mean, and what speaks for it. */
export interface Suggestion {
  readonly system: string;
  readonly why: string;
}

/** Ten times the calls weigh as much as so many more places. */
const placesForTenfold = 5;

/** What has no system yet, the heaviest first: by the places that name it and by its traffic. */
export function rankUnresolved({ unresolved, systems }: Judged): RankedReference[] {
  const names = indexSystems(
    systems.map(({ id, kind, name, aliases, hosts }) => ({
      id,
      kind,
      names: [name, ...aliases],
      hosts,
    })),
  );
  const ranked = [...groupBy(unresolved, ({ reference }) => reference)].map(([reference, group]) =>
    toRanked(reference, group, names),
  );
  return sortBy(
    ranked,
    ({ calls, places }) => -(places + placesForTenfold * Math.log10(1 + calls)),
    ({ reference }) => reference,
  );
}

function toRanked(
  reference: string,
  group: readonly Unresolved[],
  names: SystemNames,
): RankedReference {
  const origins = new Map(
    group
      .flatMap((item) => item.origins)
      .map((origin) => [`${origin.file}:${origin.line}:${origin.column}`, origin]),
  );
  const reasons = sortedUnique(group.map(({ reason }) => reason)) as Unresolved['reason'][];
  const pattern = reasons.every((reason) => reason === 'half-link')
    ? undefined
    : toPattern(reference);
  const given = group.find((item) => item.suggestion !== undefined)?.suggestion;
  const suggestion = pattern === undefined ? undefined : suggest(reference, given, names);
  return {
    reference,
    reasons,
    messages: sortedUnique(group.map(({ message }) => message)),
    calls: group.reduce((sum, { calls }) => sum + calls, 0),
    places: origins.size,
    origins: [...origins.values()],
    ...(pattern === undefined ? {} : { pattern }),
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

/** References that stand for many, or for nobody. */
const collective = new Set(['public addresses', 'an unnamed caller']);

/** The glob that fits this reference; its own special characters are escaped where they would not. */
function toPattern(reference: string): string | undefined {
  // A text that was cut is not what evidence holds.
  if (collective.has(reference) || reference.endsWith('…')) return undefined;
  const escaped = reference.replace(/[\\*?[\](){}!+@|$^]/g, '\\$&');
  return [reference, escaped].find((pattern) => fitsReference(pattern, reference));
}

/** Whether an alias of this pattern stands for the reference, as reconciliation will see it. */
export function fitsReference(pattern: string, reference: string): boolean {
  return picomatch(pattern.toLowerCase(), { dot: true, nocase: true })(reference.toLowerCase());
}

const shortestNear = 5;

function suggest(
  reference: string,
  given: string | undefined,
  names: SystemNames,
): Suggestion | undefined {
  const part = names.within(reference);
  if (part !== undefined) return { system: part, why: 'its name is a part of it' };
  // Of short names, one letter is a third: `wms` is not nearly `qms`.
  const label = reference.split('.')[0] ?? reference;
  return given === undefined || label.length < shortestNear
    ? undefined
    : { system: given, why: 'its name is nearly the same' };
}
