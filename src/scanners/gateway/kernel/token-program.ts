import type { JsonFormat, TextFormat, Token } from '../log-format.ts';
import { slotOf } from '../slots.ts';
import { programAt, programBytes, slotCount, slotsAt } from './assembly/layout.ts';
import * as nodes from './assembly/nodes.ts';
import * as steps from './assembly/steps.ts';

type FieldToken = Extract<Token, { kind: 'field' }>;

/** A program on its way to the kernel: written here, copied there as it is. */
export interface ProgramSpace {
  bytes: Uint8Array;
  view: DataView;
  /** The next free place, from the start of the program. */
  filled: number;
}

/** Room for a program; it grows up to what the kernel has for one. */
export function newProgramSpace(): ProgramSpace {
  const bytes = new Uint8Array(16 * 1024);
  return { bytes, view: new DataView(bytes.buffer), filled: 0 };
}

/** A place of zeros for so many bytes, counted from the start of the program. */
function take(space: ProgramSpace, length: number, alignment = 4): number {
  const at = Math.ceil(space.filled / alignment) * alignment;
  space.filled = at + length;
  if (space.filled > programBytes) throw new RangeError('no format is as long as this one');
  while (space.filled > space.bytes.length) {
    const bytes = new Uint8Array(2 * space.bytes.length);
    bytes.set(space.bytes);
    space.bytes = bytes;
    space.view = new DataView(bytes.buffer);
  }
  return at;
}

function write(space: ProgramSpace, text: Uint8Array): number {
  const at = take(space, text.length);
  space.bytes.set(text, at);
  return at;
}

/**
 * Writes the steps of a text format: data that the kernel goes through for each line.
 * @returns where the program begins, as the kernel counts
 */
export function writeSteps({ tokens, open }: TextFormat, space: ProgramSpace): number {
  const planned = planSteps(tokens, open);
  const start = take(space, planned.length * steps.stepBytes, 64);
  for (const [index, step] of planned.entries())
    writeStep(step, start + index * steps.stepBytes, space);
  return programAt + start;
}

interface Step {
  readonly kind: number;
  readonly field?: FieldToken;
  /** The literal behind the field. */
  readonly text?: Uint8Array;
  readonly flags?: number;
}

function planSteps(tokens: readonly Token[], open: boolean): Step[] {
  const planned: Step[] = emptied(tokens);
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] as Token;
    const next = tokens[index + 1];
    if (token.kind === 'may-end') planned.push({ kind: steps.mayEndStep });
    else if (token.kind === 'literal')
      planned.push({ kind: steps.literalStep, text: bytesOf(token.text) });
    else if (next === undefined && !open)
      return [...planned, { kind: steps.lastFieldStep, field: token }];
    else {
      planned.push(fieldStep(tokens, index, open));
      // The step of a field steps over the literal that stands right behind it.
      if (next?.kind === 'literal') index++;
    }
  }
  return [...planned, { kind: open ? steps.openEndStep : steps.endStep }];
}

function fieldStep(tokens: readonly Token[], index: number, open: boolean): Step {
  const field = tokens[index] as FieldToken;
  const before = tokens[index - 1];
  const after = tokens.slice(index + 1).find(({ kind }) => kind !== 'may-end');
  const text = after?.kind === 'literal' ? bytesOf(after.text) : Uint8Array.from(open ? [32] : []);
  const quoted = before?.kind === 'literal' && before.text.endsWith('"') && text[0] === 34;
  const list = field.list === true && text[0] === 32;
  const flags =
    (quoted ? steps.quotedFlag : 0) |
    (list ? steps.listFlag : 0) |
    (text.at(-1) === 32 ? steps.blankFlag : 0) |
    (tokens[index + 1]?.kind === 'literal' ? 0 : steps.aheadFlag);
  return { kind: steps.fieldStep, field, text, flags };
}

const slowFlags = steps.listFlag | steps.aheadFlag;
/** More bits than sixteen bytes have: no comparison gives them. */
const neverEqual = 0x10000;

function writeStep({ kind, field, text, flags = 0 }: Step, at: number, space: ProgramSpace): void {
  const set = (offset: number, value: number): void =>
    space.view.setInt32(at + offset, value, true);
  set(steps.stepKind, kind);
  set(steps.stepSlot, addressOf(field));
  set(steps.stepFlags, flags);
  if (text === undefined) return;
  set(steps.stepLength, text.length);
  // An empty literal is found at the end of the line only.
  space.bytes.fill(text[0] ?? 10, at + steps.stepWanted, at + steps.stepWanted + 16);
  space.bytes.set(text.subarray(0, 16), at + steps.stepPattern);
  set(steps.stepLiteral, programAt + write(space, text));
  const isSlow =
    (flags & slowFlags) !== 0 ||
    text.length === 0 ||
    text.length > 16 ||
    text.some((byte, index) => byte === 32 && text[index + 1] === 32);
  set(steps.stepMask, isSlow ? neverEqual : (1 << text.length) - 1);
}

/** Where a value is noted; one without a role goes where nobody looks. */
function addressOf(field: FieldToken | undefined): number {
  return slotsAt + 8 * (field?.role ? slotOf[field.role] : slotCount);
}

/** A line that ends early must not show the values of the line before. */
function emptied(tokens: readonly Token[]): Step[] {
  const early = tokens.findIndex(({ kind }) => kind === 'may-end');
  return tokens
    .slice(early < 0 ? tokens.length : early)
    .flatMap((token) =>
      token.kind === 'field' && token.role ? [{ kind: steps.clearStep, field: token }] : [],
    );
}

function bytesOf(text: string): Uint8Array {
  // A newline ends every line, whatever a format says.
  return new TextEncoder().encode(text.replace(/[\r\n]+/g, ' '));
}

/** The keys that a format looks at, as a tree; a leaf holds the address of its slot. */
interface Node {
  readonly children: Map<string, Node>;
  slot: number;
}

/** So many objects are remembered: of deeper ones each key is read anew. */
const mostRemembered = 24;

/**
 * Writes the tree of keys of a JSON format.
 * @returns where its root lies, as the kernel counts
 */
export function writeKeys({ fields }: JsonFormat, space: ProgramSpace): number {
  const root: Node = { children: new Map(), slot: 0 };
  for (const [path, { role }] of Object.entries(fields))
    if (role) plant(root, path, slotsAt + 8 * slotOf[role]);
  let remembered = 0;
  const writeNode = (node: Node): number => {
    const at = take(space, nodes.nodeBytes);
    const set = (offset: number, value: number): void =>
      space.view.setInt32(at + offset, value, true);
    const children = [...node.children].map(([key, child]) => [key, writeNode(child)] as const);
    const items = children.filter(([key]) => /^\d{1,3}$/.test(key));
    set(nodes.nodeSlot, node.slot);
    set(nodes.nodeKeys, children.length);
    set(nodes.nodeKeysAt, writeEntries(children, space));
    set(nodes.nodeItems, items.length);
    set(nodes.nodeItemsAt, writeItems(items, space));
    if (children.length > 0 && remembered++ < mostRemembered)
      set(nodes.nodeMemory, writeMemory(space));
    return programAt + at;
  };
  return writeNode(root);
}

function plant(root: Node, path: string, slot: number): void {
  let node = root;
  for (const key of path.split(/(?<!\\)\./)) {
    const name = key.replaceAll('\\.', '.');
    const child = node.children.get(name) ?? { children: new Map(), slot: 0 };
    node.children.set(name, child);
    node = child;
  }
  node.slot = slot;
}

type Child = readonly [key: string, address: number];

function writeEntries(children: readonly Child[], space: ProgramSpace): number {
  const at = take(space, children.length * nodes.keyBytes);
  for (const [index, [key, address]] of children.entries()) {
    const entry = at + index * nodes.keyBytes;
    const text = new TextEncoder().encode(key);
    space.view.setInt32(entry + nodes.keyLength, text.length, true);
    space.view.setInt32(entry + nodes.keyAt, programAt + write(space, text), true);
    space.view.setInt32(entry + nodes.keyNode, address, true);
  }
  return programAt + at;
}

function writeItems(items: readonly Child[], space: ProgramSpace): number {
  const at = take(space, items.length * nodes.itemBytes);
  for (const [index, [key, address]] of items.entries()) {
    const entry = at + index * nodes.itemBytes;
    space.view.setInt32(entry + nodes.itemIndex, Number(key), true);
    space.view.setInt32(entry + nodes.itemNode, address, true);
  }
  return programAt + at;
}

/** Room for what lines show; at first nothing follows the brace. */
function writeMemory(space: ProgramSpace): number {
  const at = take(space, (nodes.seenEntries + 1) * nodes.seenBytes, 64);
  space.view.setInt32(at + nodes.seenNext, programAt + at, true);
  space.view.setInt32(at + nodes.seenOther, programAt + at, true);
  space.view.setInt32(at + nodes.seenWanted, 1, true);
  return programAt + at;
}
