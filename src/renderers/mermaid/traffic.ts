import type { Audit } from '../../audit.ts';
import { groupBy, sortBy } from '../../order.ts';
import { clip, formatCount, formatPercent, plural } from '../wording.ts';
import type { Chart } from './chart.ts';
import { plainMermaid } from './escape-mermaid.ts';

/** More bands than this cannot be told apart. */
const mostPairs = 16;
const longestName = 34;

/**
 * Draws who sends how much to whom as a sankey, in calls a day of gateway logs. Senders stand left and
 * receivers right, each system on both sides where it does both: Mermaid draws no circles.
 */
export function drawTraffic({
  systems,
  links,
}: Pick<Audit, 'systems' | 'links'>): Chart | undefined {
  const names = new Map(systems.map(({ id, name }) => [id, name]));
  const calls = links.flatMap(({ from, to, traffic }) => {
    const perDay = traffic?.callsPerDay ?? 0;
    return perDay > 0 && from !== to ? [{ from, to, perDay }] : [];
  });
  const pairs = [...groupBy(calls, ({ from, to }) => JSON.stringify([from, to])).values()];
  const ranked = sortBy(
    pairs.flatMap((members) => {
      const [first] = members;
      return first ? [{ ...first, perDay: sum(members) }] : [];
    }),
    ({ perDay }) => -perDay,
    ({ from }) => from,
    ({ to }) => to,
  );
  const [busiest] = ranked;
  if (!busiest || ranked.length < 2) return undefined;
  const total = sum(ranked);
  const shown = ranked.slice(0, mostPairs);
  const nameOf = openNames(names);
  const rows = shown.map(
    ({ from, to, perDay }) =>
      `"${nameOf(from)}","to ${nameOf(to)}",${Math.max(0.1, Math.round(perDay * 10) / 10)}`,
  );
  const titleOf = (id: string): string => clip(names.get(id) ?? id, longestName);
  const title = `${titleOf(busiest.from)} → ${titleOf(busiest.to)} makes ${formatPercent(busiest.perDay / total)} of ${formatCount(total)} calls a day`;
  const rest = ranked.length - shown.length;
  return {
    title,
    text: [
      '---',
      `title: "${plainMermaid(title)}"`,
      'config:',
      // Bands that only darken what is below them cannot be seen on a dark ground.
      '  themeCSS: ".link { mix-blend-mode: normal !important; stroke-opacity: 0.45 !important; }"',
      '  sankey:',
      '    width: 800',
      '    height: 420',
      '    linkColor: source',
      '    nodeAlignment: justify',
      '---',
      'sankey-beta',
      ...rows,
      '',
    ].join('\n'),
    note: `Calls a day that gateway logs show, in the direction of the data.${rest > 0 ? ` ${plural(rest, 'further pair')} with ${formatCount(total - sum(shown))} calls a day left out.` : ''}`,
  };
}

function sum(items: readonly { readonly perDay: number }[]): number {
  return items.reduce((total, { perDay }) => total + perDay, 0);
}

/** A plain name for each system, with a number where two would be called the same. */
function openNames(names: ReadonlyMap<string, string>): (id: string) => string {
  const given = new Map<string, string>();
  const taken = new Set<string>();
  return (id) => {
    const known = given.get(id);
    if (known !== undefined) return known;
    const plain = toAscii(names.get(id) ?? id) || toAscii(id) || 'system';
    let name = plain;
    for (let number = 2; taken.has(name); number++) name = `${plain} (${number})`;
    taken.add(name);
    given.set(id, name);
    return name;
  };
}

/** Letters that Unicode does not take apart. */
const letters: Readonly<Record<string, string>> = {
  Æ: 'AE',
  æ: 'ae',
  Ø: 'O',
  ø: 'o',
  ß: 'ss',
  Ł: 'L',
  ł: 'l',
  Đ: 'D',
  đ: 'd',
  Þ: 'Th',
  þ: 'th',
  ð: 'd',
  '–': '-',
  '—': '-',
};

/** Mermaid's sankey knows only ASCII: letters lose their marks, and a name in another script is no name here. */
function toAscii(text: string): string {
  const plain = [
    ...plainMermaid(text)
      .normalize('NFKD')
      .replace(/\p{M}+/gu, ''),
  ]
    .map((character) => letters[character] ?? character)
    .join('')
    .replace(/[^ -~]+/g, ' ')
    .replace(/["\\]| +/g, ' ')
    .trim();
  if (!/[A-Za-z0-9]/.test(plain)) return '';
  return plain.length > longestName ? `${plain.slice(0, longestName - 2).trimEnd()}..` : plain;
}
