import type { Reference } from '../evidence.ts';
import type { Identity, Resolution } from './identity.ts';

/** Resolves each reference once, however many pieces of evidence share it. */
export function rememberResolutions(identity: Identity): Identity {
  const known = new Map<Reference, Resolution>();
  return {
    ...identity,
    resolve: (reference) => {
      const found = known.get(reference);
      if (found) return found;
      const resolution = identity.resolve(reference);
      known.set(reference, resolution);
      return resolution;
    },
  };
}
