import type { Judged } from '../audit.ts';
import type { Origin } from '../evidence.ts';
import type { Proof, System } from '../landscape.ts';

/**
 * Why two audits differ: the landscape itself is another; sources came or went; the same files mean
 * something else, because aliases, inventories or options are others; or another version of the tool
 * read the same files.
 */
export const causes = ['method', 'resolution', 'sources', 'landscape'] as const;
export type Cause = (typeof causes)[number];

/** Tells causes apart by the files that stand behind systems and links. */
export interface CauseFinder {
  /** Why one audit has a system or link that the other lacks. @param owner whose it is */
  ofPlaces(owner: 'base' | 'head', places: readonly Placed[]): Cause;
  /** Why something that both have is not the same. */
  ofChange(before: readonly Placed[], after: readonly Placed[]): Cause;
}

/** A place that shows something, and the kind of source that read it. */
export interface Placed {
  readonly kind: string;
  readonly origin: Origin;
  /** What tells it from others of its file, lines aside. */
  readonly text: string;
}

/** The places that show a link. */
export function placesOfProofs(proofs: readonly Proof[]): readonly Placed[] {
  return proofs.map(({ scanner, origin, witness, summary }) => ({
    kind: scanner,
    origin,
    text: `${witness} ${summary}`,
  }));
}

/** The places that describe a system. */
export function placesOfSystem({ origins }: System): readonly Placed[] {
  return origins.map((origin) => ({ kind: '', origin, text: '' }));
}

/** Indexes the inputs of both audits. */
export function openCauses(base: Judged, head: Judged): CauseFinder {
  const sides = { base: toSide(base), head: toSide(head) };
  const sameFile: Cause = base.tool === head.tool ? 'resolution' : 'method';
  const causeOf = (owner: 'base' | 'head', { kind, origin }: Placed): Cause => {
    const [own, other] = owner === 'base' ? [sides.base, sides.head] : [sides.head, sides.base];
    const before = own.digests.get(origin.file);
    const after = other.digests.get(origin.file);
    if (before !== undefined && before === after) return sameFile;
    if (after !== undefined) return 'landscape';
    // The file is in one audit alone: it came or went with its source, or within one that both have.
    return other.hasSourceOf(kind, origin.file) ? 'landscape' : 'sources';
  };
  const strongest = (found: readonly Cause[]): Cause =>
    causes.findLast((cause) => found.includes(cause)) ?? sameFile;
  return {
    ofPlaces: (owner, places) => strongest(places.map((place) => causeOf(owner, place))),
    ofChange: (before, after) => {
      const known = new Set(before.map(toKey));
      const kept = new Set(after.map(toKey));
      const changed = [
        ...after.filter((place) => !known.has(toKey(place))).map((one) => causeOf('head', one)),
        ...before.filter((place) => !kept.has(toKey(place))).map((one) => causeOf('base', one)),
      ];
      // The same statements: then it is what stands around them, such as the status of a row.
      return strongest(changed.length > 0 ? changed : after.map((place) => causeOf('head', place)));
    },
  };
}

function toKey({ kind, origin, text }: Placed): string {
  return `${kind}\u0000${origin.file}\u0000${text}`;
}

interface Side {
  readonly digests: ReadonlyMap<string, string>;
  /** Whether a source of this kind, or of any where it is '', would have read a file of this name. */
  hasSourceOf(kind: string, file: string): boolean;
}

function toSide({ inputs, coverage }: Judged): Side {
  const sources = coverage.sources.map(({ kind, source }) => ({
    kind,
    // `a, b` where an entry has several patterns; up to the first wildcard the folder says enough.
    starts: source.split(', ').map((pattern) => pattern.replace(/[*?[{(!].*$/, '')),
  }));
  return {
    digests: new Map(inputs.map(({ file, sha256 }) => [file, sha256])),
    hasSourceOf: (kind, file) =>
      sources.some(
        (source) =>
          (kind === '' || source.kind === kind) &&
          source.starts.some((start) => start === '.' || file.startsWith(start)),
      ),
  };
}
