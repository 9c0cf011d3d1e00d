import { type Platform, platforms, type SystemKind } from '../../vocabulary.ts';
import { pictureLinks } from '../diagram/picture-links.ts';
import { fitFlowchart } from '../mermaid/fit-flowchart.ts';
import { plural } from '../wording.ts';
import type { PlanIndex, Wave } from './plan-index.ts';

/** A picture of more links than this is read by nobody. */
const mostLinks = 40;

/** The shape in which each platform is drawn. */
const platformKinds: Readonly<Record<Platform, SystemKind>> = {
  'api-gateway': 'api-gateway',
  event: 'broker',
  'integration-platform': 'integration-platform',
  'shared-data-layer': 'data-platform',
  'data-pipeline': 'integration-platform',
};

/** Two flowcharts of what a wave moves: straight from system to system, and over the platforms. */
export function drawBeforeAfter({ audit, link, choice }: PlanIndex, wave: Wave): string {
  const ends = wave.links.flatMap((key) => {
    const moved = link(key);
    const pattern = choice(key)?.pattern;
    const platform = platforms.find((one) => one === pattern);
    return moved && platform ? [{ ...moved, platform }] : [];
  });
  // The platforms are no systems of the landscape yet, so no id of one may be theirs.
  const idOf = (platform: Platform): string => `platform\u0000${platform}`;
  const used = [...new Set(ends.map(({ platform }) => platform))].sort();
  const others = used.map((name) => ({ id: idOf(name), name, kind: platformKinds[name] }));
  const draw = (title: string, isAfter: boolean): { text: string; left: number } => {
    const { text, picture } = fitFlowchart((share) => {
      const shown = ends.slice(0, Math.floor(mostLinks * share));
      const before = shown.map(({ from, to, protocol, family }) => ({
        from,
        to,
        state: 'plain' as const,
        label: protocol ?? family,
      }));
      const after = new Map(
        shown.flatMap(({ from, to, platform }) =>
          [
            { from, to: idOf(platform), state: 'plain' as const, label: '' },
            { from: idOf(platform), to, state: 'plain' as const, label: '' },
          ].map((line) => [JSON.stringify(line), line] as const),
        ),
      );
      return pictureLinks(audit.systems, {
        title,
        lines: isAfter ? [...after.values()] : before,
        others,
        omitted: { systems: 0, links: ends.length - shown.length, shown: 'first links' },
      });
    });
    return { text: `\`\`\`mermaid\n${text}\`\`\``, left: picture.omitted.links };
  };
  const before = draw(`Before – ${plural(ends.length, 'link')} from system to system`, false);
  const after = draw(`After – over ${plural(used.length, 'platform')}`, true);
  const left = Math.max(before.left, after.left);
  return [
    before.text,
    after.text,
    ...(left > 0 ? [`The pictures leave out ${left} of ${wave.links.length} links.`] : []),
  ].join('\n\n');
}
