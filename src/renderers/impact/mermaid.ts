import type { Impact } from '../../analyzers/impact/model.ts';
import type { Audit } from '../../audit.ts';
import { sortBy } from '../../order.ts';
import { pictureLinks } from '../diagram/picture-links.ts';
import { fitFlowchart } from '../mermaid/fit-flowchart.ts';
import { clip, formatCount, plural } from '../wording.ts';
import { questionWords } from './words.ts';

/** Nobody reads more, and Mermaid refuses more than 500. */
const mostLinks = 150;
const longestName = 40;

/** Only what is hit, and by which links, as a Mermaid flowchart: what is surely hit, and what perhaps. */
export function drawImpact(
  impacts: readonly Impact[],
  { systems, links }: Pick<Audit, 'systems' | 'links'>,
): string {
  const hits = sortBy(
    impacts.flatMap((impact) => impact.hits),
    ({ certainty }) => (certainty === 'certain' ? 0 : 1),
    ({ distance }) => distance,
    ({ system }) => system,
  );
  const keys = [...new Set(hits.flatMap(({ path }) => path))];
  const isSure = ({ certainty }: (typeof hits)[number]): boolean => certainty === 'certain';
  const sure = new Set(hits.filter(isSure).flatMap(({ path }) => path));
  const [first] = impacts;
  const focus = first?.subject === 'system' ? first.id : undefined;
  const byKey = new Map(links.map((link) => [link.key, link]));
  const title = tellHits(impacts, focus, new Map(systems.map(({ id, name }) => [id, name])));
  return fitFlowchart((share) => {
    const shown = keys.slice(0, Math.floor(mostLinks * share));
    const lines = sortBy(shown, (key) => key).flatMap((key) => {
      const link = byKey.get(key);
      if (!link) return [];
      const { from, to, via, protocol, family } = link;
      const isPassed = focus !== undefined && via.includes(focus) && focus !== from && focus !== to;
      const stops = isPassed ? [from, focus, to] : [from, to];
      const state = sure.has(key) ? ('certain' as const) : ('possible' as const);
      return stops.slice(1).map((stop, index) => ({
        from: stops[index] ?? '',
        to: stop,
        state,
        label: protocol ?? family,
      }));
    });
    // Several links may pass one broker on the same stretch.
    const once = new Map(lines.map((line) => [JSON.stringify(line), line]));
    return pictureLinks(systems, {
      title,
      lines: [...once.values()],
      ...(focus !== undefined && { focus }),
      omitted: {
        systems: 0,
        links: keys.length - shown.length,
        shown: 'links to what is surely hit, and near,',
      },
    });
  }).text;
}

/** Who is hit, in a few words; of several questions together. */
function tellHits(
  impacts: readonly Impact[],
  focus: string | undefined,
  names: ReadonlyMap<string, string>,
): string {
  const hits = impacts.flatMap((impact) => impact.hits);
  const sure = new Set(
    hits.filter(({ certainty }) => certainty === 'certain').map(({ system }) => system),
  );
  const perhaps = new Set(hits.map(({ system }) => system).filter((id) => !sure.has(id)));
  const asked = impacts.map(({ question }) => questionWords[question].title);
  const what = asked.length === 1 ? asked[0] : 'Whatever happens';
  const whose = focus === undefined ? 'a link' : clip(names.get(focus) ?? focus, longestName);
  const count = sure.size + perhaps.size;
  return count === 0
    ? `${what}, ${whose} – no other system is hit`
    : `${what}, ${whose} – ${plural(sure.size, 'system')} surely hit, ${formatCount(perhaps.size)} perhaps`;
}
