import type { Reference } from '../evidence.ts';
import type { Identity, Resolution } from './identity.ts';

/** Resolves each reference once, however often sources name it. */
export function rememberResolutions(identity: Identity): Identity {
  const known = new Map<string, Resolution>();
  return {
    ...identity,
    resolve: (reference) => {
      const key = toKey(reference);
      const found = known.get(key);
      if (found) return found;
      const resolution = identity.resolve(reference);
      known.set(key, resolution);
      return resolution;
    },
  };
}

/** All that a resolution may depend on. */
function toKey(reference: Reference): string {
  if (reference.kind !== 'address') return JSON.stringify(reference);
  const { value, host, port = '', path = '', name = '' } = reference;
  return `${host}\u0000${port}\u0000${path}\u0000${name}\u0000${value}`;
}
