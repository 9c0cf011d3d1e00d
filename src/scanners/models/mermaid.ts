import { readC4 } from './c4-macros.ts';
import { joinModels } from './join-models.ts';
import { readArchitecture } from './mermaid-architecture.ts';
import { readFlowchart } from './mermaid-flowchart.ts';
import { readSequence } from './mermaid-sequence.ts';
import type { Model, ModelReader } from './model.ts';

interface Line {
  readonly text: string;
  readonly line: number;
}

const readers: readonly (readonly [RegExp, (lines: readonly Line[]) => Model])[] = [
  [/^(?:flowchart|flowchart-elk|graph)\b/, readFlowchart],
  [/^sequenceDiagram\b/, readSequence],
  [/^C4(?:Context|Container|Component|Dynamic|Deployment)\b/, readC4],
  [/^architecture(?:-beta)?\b/, readArchitecture],
];
const anyDiagram =
  /^(?:flowchart|flowchart-elk|graph|sequenceDiagram|C4\w{1,20}|architecture(?:-beta)?|classDiagram|stateDiagram|erDiagram|gantt|pie|journey|gitGraph|mindmap|timeline|quadrantChart|requirementDiagram|sankey|xychart|block|packet|kanban|zenuml|radar|treemap)\b/;
const fence = /^[ \t>]{0,20}(`{3,}|~{3,}|:{3,})[ \t]{0,5}\{?\.?[ \t]{0,5}mermaid\b/i;
const mostDiagrams = 2_000;

/** Reads diagrams of Mermaid, in files of their own and in the code blocks of Markdown. */
export const mermaidReader: ModelReader = {
  name: 'Mermaid',
  matches: (file, text) =>
    /\.(?:mmd|mermaid)$/i.test(file)
      ? /\S/.test(text)
      : /\.(?:md|mdx|markdown)$/i.test(file)
        ? text.split('\n').some((line) => fence.test(line))
        : anyDiagram.test(skipHead(toLines(text))[0]?.text.trim() ?? ''),
  read(text, file) {
    const blocks = /\.(?:md|mdx|markdown)$/i.test(file) ? findBlocks(text) : [toLines(text)];
    return joinModels(blocks.slice(0, mostDiagrams).map(readDiagram));
  },
};

function toLines(text: string): Line[] {
  return text.split(/\r\n|\r|\n/).map((each, index) => ({ text: each, line: index + 1 }));
}

/** The code blocks of a Markdown file that are written in Mermaid. */
function findBlocks(text: string): Line[][] {
  const blocks: Line[][] = [];
  let closing = '';
  for (const { text: line, line: number } of toLines(text)) {
    const opened = fence.exec(line);
    if (closing === '' && opened) {
      closing = opened[1] ?? '';
      blocks.push([]);
    } else if (closing !== '' && line.replace(/^[ \t>]+/, '').startsWith(closing)) closing = '';
    else if (closing !== '')
      blocks.at(-1)?.push({ text: line.replace(/^(?:[ \t]{0,20}>)+/, ''), line: number });
  }
  return blocks;
}

/** Without the settings in front, and without comments. */
function skipHead(lines: readonly Line[]): Line[] {
  const rest = lines.filter(({ text }) => !/^\s*%%/.test(text));
  while (rest[0]?.text.trim() === '') rest.shift();
  if (rest[0]?.text.trim() !== '---') return rest;
  const end = rest.findIndex(({ text }, index) => index > 0 && text.trim() === '---');
  const body = end < 0 ? [] : rest.slice(end + 1);
  while (body[0]?.text.trim() === '') body.shift();
  return body;
}

function readDiagram(block: readonly Line[]): Model {
  const [head, ...lines] = skipHead(block);
  const title = head?.text.trim() ?? '';
  const reader = readers.find(([pattern]) => pattern.test(title))?.[1];
  if (reader === undefined) {
    const kind = anyDiagram.exec(title)?.[0];
    if (kind === undefined && title !== '')
      return {
        elements: [],
        relations: [],
        skipped: [
          {
            line: head?.line ?? 1,
            reason: `"${title.slice(0, 40)}" is no diagram of Mermaid that is known`,
          },
        ],
      };
    return {
      elements: [],
      relations: [],
      leftOut: kind === undefined ? {} : { [`${kind} of Mermaid`]: 1 },
    };
  }
  // `graph LR; a-->b` has its first statement in the first line.
  const rest = /^(?:flowchart|graph)[^;]{0,30};(.*)$/.exec(title)?.[1];
  return reader(rest && head ? [{ text: rest, line: head.line }, ...lines] : lines);
}
