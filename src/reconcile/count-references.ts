import { formatReference, type Reference } from '../evidence.ts';
import type { ReferenceCount } from '../landscape.ts';
import { type Witness, witnesses } from '../vocabulary.ts';

export interface ReferenceCounter {
  /**
   * Counts one end of a connection, each distinct reference of a witness once.
   * @param unresolvedAs what it is listed as where no system is behind it
   */
  note(reference: Reference, witness: Witness, unresolvedAs?: string): void;
  count(): ReferenceCount[];
}

/**
 * Counts how many of the references that evidence names lead to a system. A script or job is none:
 * it need not belong to a system. One that leads to a system here and not there is unresolved.
 */
export function openReferenceCounter(): ReferenceCounter {
  const named = new Map(witnesses.map((witness) => [witness, new Set<string>()]));
  const unresolved = new Map(witnesses.map((witness) => [witness, new Set<string>()]));
  return {
    note(reference, witness, unresolvedAs) {
      if (reference.kind === 'code') return;
      const text = unresolvedAs ?? formatReference(reference);
      named.get(witness)?.add(text);
      if (unresolvedAs !== undefined) unresolved.get(witness)?.add(text);
    },
    count: () =>
      witnesses.flatMap((witness) => {
        const references = named.get(witness)?.size ?? 0;
        const open = unresolved.get(witness)?.size ?? 0;
        return references > 0 ? [{ witness, references, resolved: references - open }] : [];
      }),
  };
}
