import { outlineYaml, type YamlNode } from '../yaml/outline.ts';
import { parseYaml } from '../yaml.ts';
import { type EditableText, endOfLine, indentOf } from './editable-text.ts';
import { toYamlText } from './to-yaml-text.ts';

/** An alias as it stands in `landscape.yaml`. */
export interface NewAlias {
  readonly pattern: string;
  readonly system: string;
}

/** The lines of aliases, to be pasted under `aliases:`. */
export function toAliasLines(aliases: readonly NewAlias[]): string[] {
  return aliases.map(({ pattern, system }) => `${toKey(pattern)}: ${toYamlText(system)}`);
}

/**
 * Adds aliases to the text of a `landscape.yaml`, behind those that are there. Nothing else changes.
 * @returns the new bytes; undefined where the text is written in a way that cannot be added to
 */
export function addAliases(
  editable: EditableText,
  aliases: readonly NewAlias[],
  file: string,
): Uint8Array | undefined {
  const { text } = editable;
  const before = parseYaml(text, file).value;
  const edit = findEdit(editable, outlineYaml(text), aliases);
  if (!edit || !isPlainObject(before)) return undefined;
  const after = text.slice(0, edit.at) + edit.inserted + text.slice(edit.at);
  if (!isAsExpected(before, after, aliases, file)) return undefined;
  return editable.insert(edit.at, edit.inserted);
}

interface Edit {
  readonly at: number;
  readonly inserted: string;
}

function findEdit(
  { text, lineEnd }: EditableText,
  root: YamlNode | undefined,
  aliases: readonly NewAlias[],
): Edit | undefined {
  if (root?.kind !== 'mapping' || root.isFlow) return undefined;
  const lines = toAliasLines(aliases);
  const rootIndent = indentOf(text, root.entries[0]?.keyStart ?? 0);
  const entry = root.entries.find(({ key }) => key === 'aliases');
  const write = (indent: string): string =>
    lines.map((line) => `${indent}${line}${lineEnd}`).join('');
  if (!entry) {
    const own = `${rootIndent}aliases:${lineEnd}${write(`${rootIndent}  `)}`;
    return atLine(text, text.length, own, lineEnd);
  }
  const { value } = entry;
  if (value.kind === 'scalar' && value.start < 0 && !value.isMarked)
    return atLine(text, endOfLine(text, entry.keyStart), write(`${rootIndent}  `), lineEnd);
  if (value.kind !== 'mapping') return undefined;
  const [first] = value.entries;
  if (value.isFlow) {
    const joined = lines.join(', ');
    return first
      ? { at: value.end, inserted: `, ${joined}` }
      : { at: value.start + 1, inserted: joined };
  }
  if (!first) return undefined;
  const end = value.end;
  // A block text ends behind its line end.
  const at = /[\r\n]/.test(text[end - 1] ?? '') ? end : endOfLine(text, end);
  return atLine(text, at, write(indentOf(text, first.keyStart)), lineEnd);
}

/** An insertion between lines: a last line without an end gets one first. */
function atLine(text: string, at: number, inserted: string, lineEnd: string): Edit {
  const isOpen = at > 0 && !/[\r\n]/.test(text[at - 1] ?? '');
  return { at, inserted: isOpen ? `${lineEnd}${inserted}` : inserted };
}

/** Whether the new text says what the old one said, and these aliases behind the old ones. */
function isAsExpected(
  before: Record<string, unknown>,
  after: string,
  aliases: readonly NewAlias[],
  file: string,
): boolean {
  const known = isPlainObject(before['aliases']) ? Object.entries(before['aliases']) : [];
  const added = aliases.map(({ pattern, system }) => [pattern, system] as const);
  if (
    new Set([...known, ...added].map(([pattern]) => pattern)).size !==
    known.length + added.length
  )
    return false;
  let value: unknown;
  try {
    ({ value } = parseYaml(after, file));
  } catch {
    return false;
  }
  if (!isPlainObject(value) || !isPlainObject(value['aliases'])) return false;
  const { aliases: found, ...rest } = value;
  const { aliases: _old, ...old } = before;
  return (
    JSON.stringify(rest) === JSON.stringify(old) &&
    JSON.stringify(sorted(found)) ===
      JSON.stringify(sorted(Object.fromEntries([...known, ...added])))
  );
}

function sorted(record: unknown): unknown[] {
  return Object.entries(record as object).sort(([a], [b]) => (a < b ? -1 : 1));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A key may be any text; what could be taken for syntax stands in quotes. */
function toKey(pattern: string): string {
  return /^[A-Za-z_][\w.-]*$/.test(pattern) ? toYamlText(pattern) : JSON.stringify(pattern);
}
