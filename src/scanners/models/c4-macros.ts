import { findKind } from './kind-of-text.ts';
import { readLabel } from './mermaid-labels.ts';
import type { Model, ModelElement, ModelRelation, Rank } from './model.ts';
import { findProtocol } from './protocol-of-text.ts';

const call = /^([A-Za-z_]{1,40})\s*\((.{0,4000})\)\s*(\{)?\s*$/;
const elementName = /^(Person|System|Container|Component)(Db|Queue)?(_Ext)?$/;
const boundaryName =
  /^(?:(Enterprise|System|Container)_)?Boundary$|^(?:Deployment_)?Node(?:_[LR])?$/;
const relationName = /^(Bi)?Rel(?:_(Back|Neighbor|Back_Neighbor|[UDLR]|Up|Down|Left|Right))?$/;
const quiet =
  /^(?:Update\w+|Lay_\w+|Layout\w*|LAYOUT_\w+|SHOW_\w+|HIDE_\w+|Show\w*|AddElementTag|AddRelTag|AddBoundaryTag|AddPersonTag|AddSystemTag|AddContainerTag|AddComponentTag|AddNodeTag|AddProperty|SetProperty\w*|WithoutPropertyHeader|SetDefaultLegendEntries|SetSketchStyle|increment|setIndex)$/;

/** Whether a line calls one of the macros that C4 diagrams are written in. */
export function isC4Call(line: string): boolean {
  const name = call.exec(line.trim())?.[1] ?? '';
  return (
    elementName.test(name) || boundaryName.test(name) || relationName.test(name) || quiet.test(name)
  );
}

interface Around {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
}

interface Call extends Arguments {
  readonly name: string;
  readonly opens: boolean;
  readonly line: number;
  readonly column: number;
}

/** Reads the macros of C4 diagrams, which PlantUML and Mermaid share: https://github.com/plantuml-stdlib/C4-PlantUML */
export function readC4(lines: readonly { text: string; line: number }[]): Model {
  const elements: ModelElement[] = [];
  const relations: ModelRelation[] = [];
  const skipped: { line: number; reason: string }[] = [];
  const around: Around[] = [];
  for (const { text, line } of lines) {
    const statement = text.trim();
    if (statement === '}') around.pop();
    const [, name = '', written = '', opens] = call.exec(statement) ?? [];
    const column = text.length - text.trimStart().length + 1;
    const called = { name, opens: opens !== undefined, line, column, ...cutArguments(written) };
    const found = readElement(called, around);
    if (found) elements.push(found);
    else if (relationName.test(name) || name === 'RelIndex') relations.push(readRelation(called));
    else if (name !== '' && !boundaryName.test(name) && !quiet.test(name))
      skipped.push({ line, reason: `"${name}" is no macro of C4 that is known` });
    if (called.opens && name !== '') around.push(toAround(called));
  }
  return { elements, relations, skipped };
}

function toAround({ name, values }: Call): Around {
  const [id = '', label = id] = values;
  return { id, kind: kindOfBlock(name), name: label };
}

function kindOfBlock(name: string): string {
  if (/^System/.test(name)) return 'system';
  if (/^Container/.test(name)) return 'container';
  return boundaryName.test(name) && !name.includes('Node') ? 'frame' : 'node';
}

function readElement(called: Call, around: readonly Around[]): ModelElement | undefined {
  const { name, line, column } = called;
  const [, level = '', store = ''] = elementName.exec(name) ?? [];
  const block = boundaryName.test(name) ? kindOfBlock(name) : '';
  const rank = block === 'system' ? 'system' : block === 'container' ? 'part' : ranks[level];
  return rank === undefined
    ? undefined
    : { ...toElement(called, { rank, isStore: store }, around), line, column };
}

function readRelation({ name, values, named, line, column }: Call): ModelRelation {
  const [from = '', to = '', label = '', technology] =
    name === 'RelIndex' ? values.slice(1) : values;
  const protocol =
    findProtocol(named.get('techn') ?? technology, true) ?? findProtocol(label, false);
  const isBack = name.includes('_Back');
  return {
    from: isBack ? to : from,
    to: isBack ? from : to,
    meaning: name.startsWith('Bi') ? 'both' : 'call',
    label,
    ...(protocol === undefined ? {} : { protocol }),
    line,
    column,
  };
}

const ranks: Readonly<Record<string, Rank>> = {
  Person: { leftOut: 'person' },
  System: 'system',
  Container: 'part',
  Component: 'inner',
};

function toElement(
  { values, named }: Arguments,
  { rank, isStore }: { readonly rank: Rank; readonly isStore: string },
  around: readonly Around[],
): Omit<ModelElement, 'line' | 'column'> {
  const [id = '', label = id, technology] = values;
  const whole = around.findLast(({ kind }) => kind === 'system' || kind === 'container');
  const frame = around.findLast(({ kind }) => kind === 'frame');
  const isPart = rank === 'part' || rank === 'inner';
  const said = named.get('techn') ?? (isPart ? technology : undefined);
  const kind =
    isStore === 'Db'
      ? findKind(said) === 'broker'
        ? 'broker'
        : 'database'
      : isStore === 'Queue'
        ? 'broker'
        : rank === 'part'
          ? findKind(said)
          : undefined;
  const [name = id] = readLabel(label);
  return {
    id,
    name,
    // A container that is drawn in no system stands by itself.
    rank: rank === 'inner' && whole === undefined ? 'part' : rank,
    ...(whole === undefined || !isPart ? {} : { whole: whole.id }),
    ...(frame === undefined ? {} : { domain: frame.name }),
    ...(kind === undefined ? {} : { kind }),
  };
}

interface Arguments {
  readonly values: readonly string[];
  readonly named: ReadonlyMap<string, string>;
}

/** The arguments of a macro; those with a `$name=` apart. */
function cutArguments(written: string): Arguments {
  const values: string[] = [];
  const named = new Map<string, string>();
  for (const match of written.matchAll(/\s*((?:"(?:\\.|[^"\\])*"|[^,"])+)(?:,|$)/g)) {
    const text = (match[1] ?? '').trim();
    const [, name, value = ''] = /^\$(\w{1,40})\s*=\s*(.*)$/.exec(text) ?? [];
    const plain = (name === undefined ? text : value).replace(/^"([\s\S]*)"$/, '$1');
    if (name === undefined) values.push(plain);
    else named.set(name, plain);
  }
  return { values, named };
}
