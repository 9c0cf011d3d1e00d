import type { Audit } from '../audit.ts';

/** The landscape in one sentence of plain words, the same in every report. */
export function writeHeadline(audit: Audit): string {
  const { systems, links, pointToPointLinks } = audit.analysis.coupling.all;
  if (links === 0)
    return `${count(systems, 'system')}, and no link between any two of them was found.`;
  const linked = audit.links.filter(
    ({ from, to }) => isCounted(audit, from) && isCounted(audit, to),
  );
  const unregistered = linked.filter(({ registered }) => !registered).length;
  const registry =
    audit.registrations.length === 0
      ? 'no registry was read'
      : unregistered === 0
        ? 'all of them are registered'
        : `${unregistered} of them nobody registered`;
  return `${count(systems, 'system')} ${systems === 1 ? 'is' : 'are'} wired by ${count(links, 'link')}; ${registry}; ${pointToPointLinks} ${pointToPointLinks === 1 ? 'goes' : 'go'} straight from one system to another.`;
}

/** Writes a count with its noun. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${formatNumber(number)} ${number === 1 ? noun : plural}`;
}

/** Digits in groups of three with a comma; never by the machine's locale. */
export function formatNumber(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** A share from 0 to 1 as a percentage without decimals. */
export function formatShare(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function isCounted(audit: Audit, id: string): boolean {
  return audit.systems.find((system) => system.id === id)?.counted ?? false;
}
