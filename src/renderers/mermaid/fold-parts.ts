import { escapeMarkdown } from '../markdown-text.ts';
import { clip, formatCount, listNames, plural } from '../wording.ts';
import type { SplitFlowchart } from './split-flowchart.ts';
import { writeFlowchart } from './write-flowchart.ts';

const longestName = 60;

/** Each picture of a landscape in parts as Markdown, behind a line that says what it shows. */
export function foldParts({ groups }: Pick<SplitFlowchart, 'groups'>): string[] {
  return groups.flatMap(({ name, systems, inside, across, parts }) =>
    parts.map(({ members, picture }, index) => {
      const what =
        parts.length === 1
          ? `${plural(systems, 'system')}, ${plural(inside, 'link')} inside, ${formatCount(across)} with others`
          : `${index + 1} of ${parts.length}, ${listNames(members.map((each) => clip(each.name, longestName)))}`;
      return [
        `<details>\n<summary>${toLabel(clip(name, longestName))}: ${toLabel(what)}</summary>`,
        `\`\`\`mermaid\n${writeFlowchart(picture)}\`\`\``,
        '</details>',
      ].join('\n\n');
    }),
  );
}

/** Text within HTML, where Markdown is none. */
function toLabel(text: string): string {
  return escapeMarkdown(text).replace(
    /\\(.)/g,
    (_escaped, sign: string) => `&#${sign.codePointAt(0)};`,
  );
}
