import type { Audit } from '../audit.ts';
import { formatCount, plural } from './wording.ts';

/** The landscape in one sentence of plain words, the same in every report. */
export function writeSentence(audit: Audit): string {
  const { systems, links, pointToPointLinks } = audit.analysis.coupling.all;
  if (systems === 0) return 'No system that counts was found, so there is nothing to wire.';
  if (links === 0) {
    return `${plural(systems, 'system')} ${systems === 1 ? 'stands' : 'stand'} alone: no link was found.`;
  }
  const direct =
    pointToPointLinks === 0
      ? 'none goes straight from one system to another'
      : `${formatCount(pointToPointLinks)} ${pointToPointLinks === 1 ? 'goes' : 'go'} straight from one system to another`;
  return `${plural(systems, 'system')} ${systems === 1 ? 'is' : 'are'} wired by ${plural(links, 'link')}; ${writeRegistered(audit)}; ${direct}.`;
}

function writeRegistered(audit: Audit): string {
  if (audit.registrations.length === 0) return 'nothing registers any of them';
  const counted = new Set(audit.systems.filter((system) => system.counted).map(({ id }) => id));
  const unregistered = audit.links.filter(
    ({ from, to, registered }) => !registered && counted.has(from) && counted.has(to),
  ).length;
  return unregistered === 0
    ? 'all of them are registered'
    : `${formatCount(unregistered)} of them nobody registered`;
}
