import type { Audit } from '../../../audit.ts';
import { sortBy } from '../../../order.ts';
import { families, styles } from '../../../vocabulary.ts';
import { openTexts, type Texts } from '../texts.ts';

/** Every link as far as an impact asks of it; `templates/page/impact-index.js` reads it back. */
export interface LinkFacts {
  /** What few links differ in: family, style, initiator, mediation, whether it has a schedule, protocol. */
  readonly shapes: readonly (readonly [number, number, number, number, number, number])[];
  readonly initiators: readonly string[];
  readonly mediations: readonly string[];
  readonly families: readonly string[];
  readonly styles: readonly string[];
  /** Lists of texts, by their numbers. */
  readonly lists: readonly (readonly number[])[];
  /** Scripts, jobs and routes: the id, and the list of its hosts. */
  readonly code: readonly (readonly [number, number])[];
  /** From, to, shape, lists of what it passes, carries and is made of; its key where that is not plain. */
  readonly links: readonly (readonly (number | string)[])[];
  readonly objects: Audit['analysis']['impact']['objects'];
}

/** With more links, the page grows beyond what opens at once; and a part of them gives wrong answers. */
const mostLinks = 40_000;

/** Whether a page has room for every link. */
export function isTellable({ links }: Pick<Audit, 'links'>): boolean {
  return links.length <= mostLinks;
}

const initiators = ['from', 'to', 'carrier', 'unknown'] as const;
const mediations = ['direct', 'gateway', 'decoupled'] as const;

/**
 * Tells all links of an audit, or none where there are too many.
 * @param places the position of each system
 */
export function tellLinkFacts(
  audit: Audit,
  places: ReadonlyMap<string, number>,
  texts: Texts,
): LinkFacts | null {
  if (!isTellable(audit)) return null;
  const { links, analysis } = audit;
  const shapes = openTexts();
  const lists = openTexts();
  const code = openTexts();
  const listOf = (items: readonly string[]): number =>
    items.length === 0 ? 0 : lists.numberOf(JSON.stringify(items.map(texts.numberOf)));
  const rows = sortBy(links, ({ key }) => key).map((link) => {
    const shape = shapes.numberOf(
      JSON.stringify([
        families.indexOf(link.family),
        link.style === undefined ? -1 : styles.indexOf(link.style),
        initiators.indexOf(link.initiator),
        mediations.indexOf(link.mediation),
        link.schedules.length > 0 ? 1 : 0,
        texts.numberOf(link.protocol ?? ''),
      ]),
    );
    const implementations = link.implementations.map(({ id, hosts }) =>
      code.numberOf(JSON.stringify([texts.numberOf(id), listOf(hosts)])),
    );
    const isPlain = link.key === `${link.from}=>${link.to}#${link.family}`;
    const row = [
      places.get(link.from) ?? 0,
      places.get(link.to) ?? 0,
      shape,
      listOf(link.via),
      listOf(link.objects),
      implementations.length === 0 ? 0 : lists.numberOf(JSON.stringify(implementations)),
      ...(isPlain ? [] : [link.key]),
    ];
    return row.slice(0, row.findLastIndex((each) => each !== 0) + 1);
  });
  return {
    shapes: readBack(shapes),
    initiators,
    mediations,
    families,
    styles,
    lists: readBack(lists),
    code: readBack(code),
    links: rows,
    objects: analysis.impact.objects,
  };
}

/** What was numbered as JSON; the first is what nothing has. */
function readBack<T>({ list }: Texts): T[] {
  return list.map((text) => JSON.parse(text === '' ? '[]' : text) as T);
}
