import { closest, distance } from 'fastest-levenshtein';

/**
 * Bad input, bad configuration or bad flags: the user can mend it. The message is one sentence for
 * each problem, with file, line and remedy; the command line prints it without a stack and exits 2.
 */
export class LandscapeError extends Error {
  override name = 'LandscapeError';
}

/** `landscape.yaml` is not what it should be. */
export class ConfigError extends LandscapeError {
  override name = 'ConfigError';
}

/** A source cannot be read, or what was read cannot be trusted. */
export class InputError extends LandscapeError {
  override name = 'InputError';
}

/** A YAML file would grow beyond bounds if its aliases were written out. */
export class AliasError extends InputError {
  override name = 'AliasError';
}

/** A file is packed, and broken from some byte on. What came before was handed out. */
export class BrokenFileError extends InputError {
  override name = 'BrokenFileError';
  readonly place: Place;
  /** What is wrong, at which byte, and the remedy. */
  readonly reason: string;

  constructor(place: Place, reason: string) {
    super(`${formatPlace(place)}: ${reason}`);
    this.place = place;
    this.reason = reason;
  }
}

/** The command line was used wrongly. */
export class UsageError extends LandscapeError {
  override name = 'UsageError';
}

/** A place in a file, as messages and editors write it: `file:line:column`, both 1-based. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Writes a place as `file:line:column`. */
export function formatPlace(place: Place): string {
  return `${place.file}:${place.line}:${place.column}`;
}

/** Returns ` Did you mean "x"?` where a candidate is near the word, else the empty string. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const near = nearest(word, candidates);
  return near === undefined ? '' : ` Did you mean "${near}"?`;
}

/** The candidate nearest to the word by Levenshtein distance, if at most a third of it differs. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > 200) return undefined;
  const most = Math.max(1, Math.floor(word.length / 3));
  // What is that much longer or shorter cannot be near.
  const alike = candidates.filter(({ length }) => Math.abs(length - word.length) <= most);
  if (alike.length === 0) return undefined;
  const near = closest(word, alike);
  return distance(word, near) <= most ? near : undefined;
}
