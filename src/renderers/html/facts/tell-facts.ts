import type { System } from '../../../landscape.ts';
import { criticalities, systemKinds } from '../../../vocabulary.ts';
import { clip } from '../../wording.ts';
import type { Context } from '../context.ts';
import { openTexts } from '../texts.ts';
import { type LinkFacts, tellLinkFacts } from './tell-link-facts.ts';

/** Longer names are cut: nobody reads them. */
const mostCharacters = 200;

/**
 * What the page's script reckons with, as JSON that is safe inside a script block: every system, the
 * figures of every hotspot, and what an impact goes along. Rows are lists, told apart by position.
 */
export function tellFacts(context: Context): string {
  const { audit } = context;
  const texts = openTexts();
  const places = new Map(audit.systems.map(({ id }, place) => [id, place]));
  const facts = {
    kinds: systemKinds,
    criticalities,
    systems: audit.systems.map((system) => [
      system.id,
      clip(context.nameOf(system.id), mostCharacters),
      systemKinds.indexOf(system.kind),
      criticalities.indexOf(system.criticality),
      texts.numberOf(nameContact(system)),
      texts.numberOf(clip(system.domain ?? '', mostCharacters)),
    ]),
    hotspots: audit.analysis.hotspots.map((spot) => [
      places.get(spot.system) ?? 0,
      texts.numberOf(spot.role),
      spot.isCutPoint ? 1 : 0,
      spot.fanIn,
      spot.fanOut,
      spot.dependents,
      round(spot.betweenness, 1),
      round(spot.pageRank, 3),
      spot.blastRadius,
      spot.exposure,
      round(spot.instability, 2),
    ]),
    impact: tellLinkFacts(audit, places, texts) satisfies LinkFacts | null,
    texts: texts.list,
  };
  return JSON.stringify(facts).replaceAll('<', '\\u003c');
}

/** As an answer about impact names whom to talk to. */
function nameContact({ owner }: System): string {
  return owner?.team ?? owner?.person ?? '';
}

function round(value: number, decimals: number): number {
  return Math.round(value * 10 ** decimals) / 10 ** decimals;
}
