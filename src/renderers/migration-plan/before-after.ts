import { escapeMermaid } from '../mermaid/escape-mermaid.ts';
import type { PlanIndex, Wave } from './plan-index.ts';

/** A picture of more links than this is read by nobody. */
const mostLinks = 40;
const longestName = 40;

/** Two flowcharts of what a wave moves: straight from system to system, and over the platforms. */
export function drawBeforeAfter(index: PlanIndex, wave: Wave): string {
  const keys = wave.links.slice(0, mostLinks);
  const ends = keys.flatMap((key) => {
    const link = index.link(key);
    const platform = index.choice(key)?.pattern;
    return link && platform
      ? [{ from: link.from, to: link.to, how: link.protocol ?? link.family, platform }]
      : [];
  });
  const systems = [...new Set(ends.flatMap(({ from, to }) => [from, to]))].sort();
  const platforms = [...new Set(ends.map(({ platform }) => platform))].sort();
  const node = (id: string): string => `s${systems.indexOf(id)}`;
  const hub = (name: string): string => `p${platforms.indexOf(name as (typeof platforms)[number])}`;
  const boxes = systems.map((id) => `  ${node(id)}["${label(index.nameOf(id))}"]`);
  const before = ends.map(
    ({ from, to, how }) => `  ${node(from)} -- "${label(how)}" --> ${node(to)}`,
  );
  const after = new Set(
    ends.flatMap(({ from, to, platform }) => [
      `  ${node(from)} --> ${hub(platform)}`,
      `  ${hub(platform)} --> ${node(to)}`,
    ]),
  );
  const hubs = platforms.map((name) => `  ${hub(name)}{{"${label(name)}"}}`);
  const draw = (lines: readonly string[]): string =>
    `\`\`\`mermaid\nflowchart LR\n${lines.join('\n')}\n\`\`\``;
  const left = wave.links.length - keys.length;
  return [
    'Before:',
    draw([...boxes, ...before]),
    'After:',
    draw([...boxes, ...hubs, ...after]),
    ...(left > 0 ? [`The pictures leave out ${left} of ${wave.links.length} links.`] : []),
  ].join('\n\n');
}

function label(name: string): string {
  const characters = [...name];
  return escapeMermaid(
    characters.length > longestName ? `${characters.slice(0, longestName - 1).join('')}…` : name,
  );
}
