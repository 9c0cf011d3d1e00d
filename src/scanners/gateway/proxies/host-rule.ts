import { type FitsPattern, toLinearPattern } from './linear-pattern.ts';

/** Which hosts a rule names, and how closely: more is closer. */
export interface HostRule {
  readonly fits: FitsPattern;
  readonly rank: number;
}

const exactRank = 3_000;
const suffixRank = 2_000;
const prefixRank = 1_000;

/**
 * A host of a route or a site as a test. An exact name is closer than `*.example`, that is closer
 * than `www.*`, the longer the closer, and a regex (`~`) is the last. Undefined: a regex that can't be
 * run in linear time.
 */
export function toHostRule(written: string): HostRule | undefined {
  if (written.startsWith('~')) {
    const fits = toLinearPattern(written.slice(1), { ignoreCase: true });
    return fits && { fits, rank: 1 };
  }
  if (written === '*') return { fits: () => true, rank: 0 };
  const length = Math.min(written.length, 900);
  if (written.startsWith('*')) {
    const end = written.slice(1);
    return {
      fits: (host) => host.length > end.length && host.endsWith(end),
      rank: suffixRank + length,
    };
  }
  if (written.endsWith('*')) {
    const start = written.slice(0, -1);
    return {
      fits: (host) => host.length > start.length && host.startsWith(start),
      rank: prefixRank + length,
    };
  }
  return { fits: (host) => host === written, rank: exactRank };
}
