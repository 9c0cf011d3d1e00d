import type { JsonFormat } from '../log-format.ts';
import { findByte, findQuote } from './find-byte.ts';
import { noteValue, skipBlanks, skipValue } from './json-values.ts';
import { slotOf } from './slots.ts';
import type { Walk } from './walk.ts';

/** The keys that a format looks at, as a tree; a leaf holds the slot of its value. */
interface Node {
  readonly children: Map<string, Node>;
  slot: number | undefined;
}

/**
 * Compiles a format to a function that walks one JSON object a line. Like the walker of texts, its
 * source holds fixed phrases and numbers only. Text before the first brace is passed over: what a
 * container or syslog wrote there.
 */
export function compileJson(format: JsonFormat): Walk {
  const root: Node = { children: new Map(), slot: undefined };
  const slots = new Set<number>();
  for (const [path, { role }] of Object.entries(format.fields)) {
    if (!role) continue;
    slots.add(2 * slotOf[role]);
    plant(root, path, 2 * slotOf[role]);
  }
  const functions: string[] = [];
  const top = writeObject(root, functions);
  const source = [
    '"use strict";',
    ...functions,
    'return function walkLine(bytes, words, start, slots) {',
    ...[...slots].map((slot) => `slots[${slot}] = slots[${slot + 1}] = 0;`),
    'let at = findByte(words, start, 0x7b7b7b7b);',
    'if (bytes[at] === 10) return ~at;',
    `at = ${top}(bytes, words, at + 1, slots);`,
    'if (at < 0) return at;',
    'at = skipBlanks(bytes, at);',
    'if (bytes[at] === 44) at = skipBlanks(bytes, at + 1);',
    'if (bytes[at] === 10) return at + 1;',
    'return bytes[at] === 123 ? at : ~at;',
    '}',
  ].join('\n');
  const names = ['findByte', 'findQuote', 'skipBlanks', 'skipValue', 'noteValue'];
  const values = [findByte, findQuote, skipBlanks, skipValue, noteValue];
  return new Function(...names, source)(...values);
}

function plant(root: Node, path: string, slot: number): void {
  let node = root;
  for (const key of path.split(/(?<!\\)\./)) {
    const name = key.replaceAll('\\.', '.');
    const child = node.children.get(name) ?? { children: new Map(), slot: undefined };
    node.children.set(name, child);
    node = child;
  }
  node.slot = slot;
}

/** Writes the function that reads an object from behind its brace, and gives its name. */
function writeObject(node: Node, functions: string[]): string {
  const cases = [...byLength(node.children)].map(
    ([length, entries]) =>
      `case ${length}: ${entries
        .map(([key, child]) => `if (${equals(key)}) { ${readChild(child, functions)} continue; }`)
        .join('\n')} break;`,
  );
  const name = `object${functions.length}`;
  functions.push(
    [
      `function ${name}(bytes, words, at, slots) {`,
      'for (;;) {',
      'at = skipBlanks(bytes, at);',
      'if (bytes[at] === 44) { at++; continue; }',
      'if (bytes[at] === 125) return at + 1;',
      'if (bytes[at] !== 34) return ~at;',
      'const key = at + 1;',
      'at = findQuote(bytes, words, key);',
      'if (bytes[at] === 10) return ~at;',
      'const length = at - key;',
      'at = skipBlanks(bytes, at + 1);',
      'if (bytes[at] !== 58) return ~at;',
      'at = skipBlanks(bytes, at + 1);',
      `switch (length) { ${cases.join('\n')} }`,
      'at = skipValue(bytes, words, at);',
      'if (at < 0) return at;',
      '}',
      '}',
    ].join('\n'),
  );
  return name;
}

function writeArray(node: Node, functions: string[]): string {
  const reads = [...node.children].flatMap(([key, child]) =>
    /^\d{1,3}$/.test(key)
      ? [`if (index === ${Number(key)}) { ${readChild(child, functions)} continue; }`]
      : [],
  );
  const name = `array${functions.length}`;
  functions.push(
    [
      `function ${name}(bytes, words, at, slots) {`,
      'for (let index = -1; ; ) {',
      'at = skipBlanks(bytes, at);',
      'if (bytes[at] === 93) return at + 1;',
      'if (bytes[at] === 44) { at++; continue; }',
      'index++;',
      ...reads,
      'at = skipValue(bytes, words, at);',
      'if (at < 0) return at;',
      '}',
      '}',
    ].join('\n'),
  );
  return name;
}

/** Reads the value of a key that the format names. */
function readChild(node: Node, functions: string[]): string {
  const phrases: string[] = [];
  if (node.children.size > 0) {
    const object = writeObject(node, functions);
    phrases.push(`if (bytes[at] === 123) at = ${object}(bytes, words, at + 1, slots);`);
    const array = [...node.children.keys()].some((key) => /^\d{1,3}$/.test(key))
      ? writeArray(node, functions)
      : undefined;
    if (array)
      phrases.push(`else if (bytes[at] === 91) at = ${array}(bytes, words, at + 1, slots);`);
    phrases.push('else');
  }
  phrases.push(
    node.slot === undefined
      ? 'at = skipValue(bytes, words, at);'
      : `at = noteValue(bytes, words, at, slots, ${node.slot});`,
    'if (at < 0) return at;',
  );
  return phrases.join(' ');
}

function byLength(children: ReadonlyMap<string, Node>): Map<number, [number[], Node][]> {
  const groups = new Map<number, [number[], Node][]>();
  for (const [key, child] of children) {
    const bytes = [...new TextEncoder().encode(key)];
    groups.set(bytes.length, [...(groups.get(bytes.length) ?? []), [bytes, child]]);
  }
  return groups;
}

function equals(key: readonly number[]): string {
  return key.map((byte, index) => `bytes[key + ${index}] === ${byte}`).join(' && ') || 'true';
}
