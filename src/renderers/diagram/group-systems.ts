import type { System } from '../../landscape.ts';
import { formatOwner } from '../wording.ts';
import { type Drawable, withAnalysis } from './drawable.ts';
import type { Grouping } from './picture.ts';

/** What a system is put together by; the empty text where nobody says. */
export function nameGroup(audit: Drawable, grouping: Grouping): (system: System) => string {
  switch (grouping) {
    case 'domain':
      return ({ domain }) => domain ?? '';
    case 'owner':
      return ({ owner }) => formatOwner(owner);
    case 'site':
      return ({ site }) => site ?? '';
    case 'criticality':
      return ({ criticality }) => criticality;
    case 'wave':
      return nameWave(audit);
  }
}

/** The first wave that moves a link of a system. */
function nameWave(audit: Drawable): (system: System) => string {
  const { links, analysis } = withAnalysis(audit);
  const numbers = new Map(
    analysis.waves.waves.flatMap(({ number, links: keys }) =>
      keys.map((key) => [key, number] as const),
    ),
  );
  const first = new Map<string, number>();
  for (const { key, from, to } of links) {
    const number = numbers.get(key);
    if (number === undefined) continue;
    for (const end of [from, to]) first.set(end, Math.min(number, first.get(end) ?? number));
  }
  return ({ id }) => {
    const number = first.get(id);
    return number === undefined ? 'in no wave' : `wave ${number}`;
  };
}
