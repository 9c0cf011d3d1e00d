import type { Comparison } from '../../audit/compare-audits.ts';
import type { Audit } from '../../audit.ts';
import { sortBy } from '../../order.ts';
import { pictureLinks } from '../diagram/picture-links.ts';
import { formatCount, plural } from '../wording.ts';
import { fitFlowchart } from './fit-flowchart.ts';

/** Nobody reads more, and Mermaid refuses more than 500. */
const mostLinks = 150;

const signs = { added: '+', removed: '−', changed: '~' } as const;
const order = Object.keys(signs);

/** Only what changed, as a Mermaid flowchart: the links that are new, gone or changed. */
export function drawChange(
  { links }: Comparison,
  base: Pick<Audit, 'systems'>,
  head: Pick<Audit, 'systems'>,
): string {
  const changes = sortBy(
    links,
    ({ kind }) => order.indexOf(kind),
    ({ id }) => id,
  );
  const lines = changes.flatMap(({ kind, base: before, head: after }) => {
    const link = after ?? before;
    if (!link) return [];
    const { from, to, protocol, family } = link;
    return [{ from, to, state: kind, label: `${signs[kind]} ${protocol ?? family}` }];
  });
  const title = tellChange(changes);
  return fitFlowchart((share) => {
    const shown = lines.slice(0, Math.floor(mostLinks * share));
    return pictureLinks([...base.systems, ...head.systems], {
      title,
      lines: shown,
      omitted: {
        systems: 0,
        links: lines.length - shown.length,
        shown: 'new links, then those that are gone,',
      },
    });
  }).text;
}

function tellChange(links: Comparison['links']): string {
  const count = (kind: keyof typeof signs): number =>
    links.filter((one) => one.kind === kind).length;
  const [added, removed, changed] = [count('added'), count('removed'), count('changed')];
  if (links.length === 0) return 'No link has changed';
  return `${plural(added, 'new link')}, ${formatCount(removed)} gone, ${formatCount(changed)} changed`;
}
