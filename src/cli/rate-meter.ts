import type { ReadBytes } from '../scanners/scanner.ts';

/** How fast bytes are read. */
export interface Rate {
  readonly bytesPerSecond: number;
  /** Undefined where the total is not known. */
  readonly secondsLeft: number | undefined;
}

/** The weight of what was seen falls to 1/e in this time: even enough to read, and soon right again. */
const memorySeconds = 3;

/**
 * Opens a meter that is told how many bytes were read, and when in milliseconds. Its rate is an
 * exponentially weighted mean, so that a file read faster or slower than the last soon shows.
 * @returns undefined until two readings are known
 */
export function openRateMeter(): (bytes: ReadBytes, now: number) => Rate | undefined {
  let last: { readonly done: number; readonly at: number } | undefined;
  let weighted = 0;
  let weight = 0;
  return ({ done, total }, now) => {
    const seconds = last === undefined ? 0 : (now - last.at) / 1000;
    if (last === undefined) last = { done, at: now };
    else if (seconds > 0) {
      const kept = Math.exp(-seconds / memorySeconds);
      weighted = weighted * kept + ((done - last.done) / seconds) * (1 - kept);
      weight = weight * kept + (1 - kept);
      last = { done, at: now };
    }
    if (weight === 0) return undefined;
    const bytesPerSecond = Math.max(0, weighted / weight);
    const left = Math.max(0, total - done);
    const isKnown = total > 0 && bytesPerSecond > 0;
    return { bytesPerSecond, secondsLeft: isKnown ? left / bytesPerSecond : undefined };
  };
}
