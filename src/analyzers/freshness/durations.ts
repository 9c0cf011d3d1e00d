import picomatch from 'picomatch';
import type { Link } from '../../landscape.ts';
import type { FreshnessOptions } from './options.ts';

/** How long a run of a link takes. */
export interface RunLength {
  /** In ms; 0 where nobody knows. */
  readonly ms: number;
  /** Neither measured nor declared. */
  readonly assumed: boolean;
}

/** Finds the lengths of runs: what people say comes before what a scheduler measured. */
export function openDurations(
  options: FreshnessOptions,
): (
  link: Link,
  code: { readonly id: string; readonly durationMs?: number } | undefined,
) => RunLength {
  const given = options.durations.map(({ name, ms }) => ({ fits: openName(name), ms }));
  return (link, code) => {
    const names = [link.key, ...link.registrations, ...(code ? [code.id] : [])];
    const found = given.find(({ fits }) => names.some(fits));
    const ms = found?.ms ?? code?.durationMs;
    return ms === undefined ? { ms: 0, assumed: true } : { ms, assumed: false };
  };
}

/** The names of durations that fit no link and no job. */
export function findUnusedDurations(
  { durations }: FreshnessOptions,
  links: readonly Link[],
): string[] {
  const names = links.flatMap(({ key, registrations, implementations }) => [
    key,
    ...registrations,
    ...implementations.map(({ id }) => id),
  ]);
  return durations.flatMap(({ name }) => (names.some(openName(name)) ? [] : [name]));
}

function openName(name: string): (candidate: string) => boolean {
  if (!/[*?[{]/.test(name)) return (candidate) => candidate === name;
  const matches = picomatch(name, { dot: true });
  return (candidate) => candidate === name || matches(candidate);
}
