import type { Audit } from '../../audit.ts';
import { sortBy } from '../../order.ts';
import { type SplitGroup, type SplitPart, tellUndrawn } from '../diagram/split-picture.ts';
import { tellOmitted } from '../diagram/tell-omitted.ts';
import { nameUniquely } from '../exchange/name-uniquely.ts';
import { escapeMarkdown } from '../markdown-text.ts';
import { clip, formatCount, listNames, plural } from '../wording.ts';
import type { SplitFlowchart } from './split-flowchart.ts';
import { writeFlowchart } from './write-flowchart.ts';

/** Pages of pictures, and the pictures that are files of their own, as Mermaid text. */
export interface DiagramPages {
  readonly pages: ReadonlyMap<string, string>;
  readonly images: ReadonlyMap<string, string>;
}

const longestName = 60;
const longestFile = 40;
const fileNames = {
  unfit: /[^a-zA-Z0-9]+/g,
  separator: '-',
  longest: longestFile,
  // The first is the index; the others are devices of Windows.
  reserved: new Set(['index', 'overview', 'con', 'prn', 'aux', 'nul', 'com1', 'lpt1']),
};

/**
 * Writes an index with the overview and what stands where, and a page of pictures for each group.
 * @param ending of files of pictures; without it, pictures are Mermaid text within the pages
 */
export function writeDiagramPages(
  { name, asOf }: Pick<Audit, 'name' | 'asOf'>,
  split: SplitFlowchart,
  ending?: string,
): DiagramPages {
  const { groups, overview } = split;
  // A domain may be called what those without one are called.
  const ids = new Map(groups.map((group, index) => [group, `${group.name} ${index + 1}`]));
  const names = groups.map(({ name: own }) => own);
  for (const group of groups)
    if (names.indexOf(group.name) === names.lastIndexOf(group.name)) ids.set(group, group.name);
  const files = nameUniquely([...ids.values()], fileNames);
  const fileOf = (group: SplitGroup): string => files.get(ids.get(group) ?? '') ?? '';
  const images = new Map<string, string>();
  const show = (file: string, title: string, text: string): string => {
    if (ending === undefined) return `\`\`\`mermaid\n${text}\`\`\``;
    images.set(`${file}.${ending}`, text);
    return `![${escapeMarkdown(title)}](${file}.${ending})`;
  };
  const pages = new Map<string, string>();
  const overviewText = show('overview', overview.picture.title, overview.text);
  pages.set('index.md', writeIndex(name, asOf, split, overviewText, fileOf));
  for (const group of groups)
    pages.set(
      `${fileOf(group)}.md`,
      writeGroup(group, (index, part) =>
        show(`${fileOf(group)}-${index + 1}`, part.picture.title, writeFlowchart(part.picture)),
      ),
    );
  return { pages, images };
}

function writeIndex(
  name: string,
  asOf: string,
  split: SplitFlowchart,
  overview: string,
  fileOf: (group: SplitGroup) => string,
): string {
  const { groups, drawn, overview: chart } = split;
  const pictures = groups.reduce((sum, { parts }) => sum + parts.length, 0);
  const left = [tellOmitted(chart.picture), tellUndrawn(split)].filter((note) => note !== '');
  const rows = groups.map(
    (group) =>
      `| [${toLabel(group.name)}](${fileOf(group)}.md) | ${[group.systems, group.inside, group.across, group.parts.length].map(formatCount).join(' | ')} |`,
  );
  return `${[
    `# ${escapeMarkdown(name)}: diagrams`,
    `As of ${asOf}. ${plural(drawn.systems, 'system')} and ${plural(drawn.links, 'link')} in ${plural(pictures, 'picture')}, by group. Every link stands in the pictures of the group of each of its ends, and arrows go the way the data goes.`,
    overview,
    ...left.map((note) => `${note}.`),
    `| group | systems | links inside | links with others | pictures |\n| --- | ---: | ---: | ---: | ---: |\n${rows.join('\n')}`,
    '## Where each system stands',
    `| system | id | group | pictures |\n| --- | --- | --- | --- |\n${listPlaces(groups, fileOf).join('\n')}`,
  ].join('\n\n')}\n`;
}

/** A row for each system, with the pictures that show all of its links. */
function listPlaces(
  groups: readonly SplitGroup[],
  fileOf: (group: SplitGroup) => string,
): string[] {
  const places = groups.flatMap((group) =>
    group.parts.flatMap(({ members }, index) =>
      members.map((system) => ({ system, group, number: index + 1 })),
    ),
  );
  const bySystem = new Map<string, typeof places>();
  for (const place of places) {
    const known = bySystem.get(place.system.id);
    if (known) known.push(place);
    else bySystem.set(place.system.id, [place]);
  }
  return sortBy(
    bySystem.values(),
    ([first]) => first?.system.name.toLowerCase() ?? '',
    ([first]) => first?.system.id ?? '',
  ).flatMap((all) => {
    const [first] = all;
    if (!first) return [];
    const links = all.map(({ group, number }) => `[${number}](${fileOf(group)}.md#p${number})`);
    const { system, group } = first;
    return [
      `| ${toLabel(system.name)} | ${toLabel(system.id)} | ${toLabel(group.name)} | ${links.join(', ')} |`,
    ];
  });
}

function writeGroup(
  { name, systems, inside, across, parts }: SplitGroup,
  show: (index: number, part: SplitPart) => string,
): string {
  return `${[
    `# ${toLabel(name)}`,
    `[All groups](index.md). ${plural(systems, 'system')}, ${plural(inside, 'link')} inside, ${formatCount(across)} with others.`,
    ...parts.flatMap((part, index) => [
      `<a id="p${index + 1}"></a>`,
      `## ${index + 1} of ${parts.length}: ${toLabel(listNames(part.members.map((each) => clip(each.name, longestName))))}`,
      show(index, part),
    ]),
  ].join('\n\n')}\n`;
}

function toLabel(text: string): string {
  return escapeMarkdown(clip(text, longestName));
}
