import type { Link, Proof, Registration } from '../landscape.ts';
import { foldWriting, groupBy, sortedUnique } from '../order.ts';
import { kindOfProtocol } from '../vocabulary/protocol-kinds.ts';
import { familyOfProtocol } from '../vocabulary.ts';
import { listSome, openNaming } from './naming.ts';
import type { Judgement, Rule } from './rule.ts';

/** A registered link is not what its row says: another protocol of the same family, or other objects. */
export const driftedLink: Rule = {
  name: 'drifted-link',
  defaultSeverity: 'warn',
  needsWhole: false,
  check: ({ landscape }) => {
    const naming = openNaming(landscape);
    const byId = groupBy(landscape.registrations, ({ id }) => id);
    const registries = new Set(landscape.registrations.map(({ origin }) => origin.file));
    return landscape.links.flatMap((link): Judgement[] => {
      const rows = sortedUnique(link.registrations).flatMap((id) => byId.get(id) ?? []);
      if (rows.length === 0) return [];
      const arrow = naming.link(link);
      const places = rows.map(({ origin }) => origin);
      const named = listSome(sortedUnique(rows.map(({ id }) => id)), 3);
      const spoken = findOtherProtocols(link, rows);
      const carried = findOtherObjects(link, rows, registries);
      return [
        ...spoken.map(({ protocols, proofs }) => ({
          subject: link.key,
          message: `${arrow} is registered as ${listSome(sortedUnique(rows.flatMap((row) => row.protocol ?? [])))} (${named}), and its code uses ${listSome(protocols)}.`,
          remedy: 'Correct the protocol in the row, or bring the code back to what was approved.',
          evidence: [...proofs.map(({ origin }) => origin), ...places],
          detail: `protocol ${protocols.join(' ')}`,
        })),
        ...(carried.objects.length === 0
          ? []
          : [
              {
                subject: link.key,
                message: `${arrow} is registered for ${listSome(sortedUnique(rows.flatMap(({ objects }) => objects)))} (${named}), and another source says that it carries ${listSome(carried.objects)}.`,
                remedy: 'Add the objects to the row, or correct the other source.',
                evidence: [...carried.proofs.map(({ origin }) => origin), ...places],
                detail: 'objects',
              },
            ]),
      ];
    });
  },
};

/** Protocols of code that shares none with the rows. A row without one, or of a wide word, fits all. */
function findOtherProtocols(
  link: Link,
  rows: readonly Registration[],
): { protocols: readonly string[]; proofs: readonly Proof[] }[] {
  const agreed = rows.map(({ protocol }) => protocol && kindOfProtocol(protocol));
  if (agreed.includes(undefined)) return [];
  const spoken = link.evidence.flatMap((proof) => {
    const protocol = proof.access?.protocol;
    const kind = protocol === undefined ? undefined : kindOfProtocol(protocol);
    return protocol === undefined ||
      kind === undefined ||
      familyOfProtocol(protocol) !== link.family
      ? []
      : [{ protocol, kind, proof, code: nameCode(proof) }];
  });
  // What carries data from one side to the other may speak something else on one of them.
  const strange = [...groupBy(spoken, ({ code }) => code).values()].filter(
    (all) => !all.some(({ kind }) => agreed.includes(kind)),
  );
  const uses = strange.flat();
  if (uses.length === 0) return [];
  return [
    {
      protocols: sortedUnique(uses.map(({ protocol }) => protocol)),
      proofs: uses.map(({ proof }) => proof),
    },
  ];
}

function nameCode({ access, ends }: Proof): string {
  return (access?.end === 1 ? ends[0] : ends[1]).reference;
}

/** Objects that a model or contract names, and no approved row does. */
function findOtherObjects(
  link: Link,
  rows: readonly Registration[],
  registries: ReadonlySet<string>,
): { objects: readonly string[]; proofs: readonly Proof[] } {
  const proofs = link.evidence.filter(
    ({ witness, origin }) => witness === 'declared' && !registries.has(origin.file),
  );
  // A row that is only proposed stands in the registry itself, and is no other opinion.
  if (proofs.length === 0 || rows.some(({ objects }) => objects.length === 0))
    return { objects: [], proofs };
  const approved = new Set(rows.flatMap(({ objects }) => objects.map(foldObject)));
  return { objects: link.objects.filter((object) => !approved.has(foldObject(object))), proofs };
}

/** "Order" and "orders" are one. */
function foldObject(object: string): string {
  return foldWriting(object).replace(/s$/, '');
}
