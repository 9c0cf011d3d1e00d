import { isC4Call, readC4 } from './c4-macros.ts';
import { joinModels } from './join-models.ts';
import type { Model, ModelReader } from './model.ts';
import { readComponents } from './plantuml-components.ts';

interface Line {
  readonly text: string;
  readonly line: number;
}

const other: readonly (readonly [RegExp, string])[] = [
  [/^\s*(?:abstract\s+)?(?:class|enum|abstract)\s/m, 'class diagram'],
  [/^\s*(?:state\s|\[\*\]\s*-)/m, 'state diagram'],
  [/^\s*(?:start|:[^;\n]{1,500};)\s*$/m, 'activity diagram'],
  [/^\s*usecase\s/m, 'use case diagram'],
  [/^\s*(?:participant|activate|autonumber|boundary|control|entity)\b/m, 'sequence diagram'],
];
const block = /^\s*@start(\w{2,20})/;

/** Reads diagrams of PlantUML: components and deployments, and the macros of C4-PlantUML. */
export const plantumlReader: ModelReader = {
  name: 'PlantUML',
  matches: (file, text) =>
    /^\s*@startuml\b/m.test(text) && !/\.(?:md|mdx|java|py|ts|js|kt|cs)$/i.test(file),
  read: (text) => joinModels(findBlocks(text).map(readDiagram)),
};

function findBlocks(text: string): { kind: string; lines: Line[] }[] {
  const blocks: { kind: string; lines: Line[] }[] = [];
  let isOpen = false;
  let isComment = false;
  for (const [index, written] of text.split(/\r\n|\r|\n/).entries()) {
    const started = block.exec(written);
    if (started) blocks.push({ kind: started[1] ?? '', lines: [] });
    if (started || /^\s*@end/.test(written)) {
      isOpen = started !== null;
      continue;
    }
    if (/^\s*\/'/.test(written)) isComment = true;
    const isText = isOpen && !isComment && !/^\s*'/.test(written);
    if (isText) blocks.at(-1)?.lines.push({ text: written.slice(0, 10_000), line: index + 1 });
    if (/'\/\s*$/.test(written)) isComment = false;
  }
  return blocks;
}

function readDiagram({ kind, lines }: { kind: string; lines: readonly Line[] }): Model {
  const leave = (what: string): Model => ({
    elements: [],
    relations: [],
    leftOut: { [`${what} of PlantUML`]: 1 },
  });
  if (kind !== 'uml') return leave(`@start${kind}`);
  if (lines.some(({ text }) => isC4Call(text) && !/^\s*(?:LAYOUT|SHOW|HIDE)/.test(text)))
    return readC4(lines);
  const text = lines.map((line) => line.text).join('\n');
  const found = other.find(([pattern]) => pattern.test(text));
  return found ? leave(found[1]) : readComponents(lines);
}
