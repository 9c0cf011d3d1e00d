import { InputError } from '../../errors.ts';
import { parseYaml, type YamlDocument } from '../../yaml.ts';

const mostDocuments = 20_000;

/** One document of a YAML file, and the line before its first. */
export interface PartDocument {
  readonly document: YamlDocument;
  readonly before: number;
}

/**
 * Reads the documents of a YAML file one by one, each within the bounds of a file of its own, so that
 * one that is no YAML takes none of the others with it.
 */
export function parseDocuments(
  text: string,
  file: string,
): { readonly documents: readonly PartDocument[]; readonly broken: readonly string[] } {
  const documents: PartDocument[] = [];
  const broken: string[] = [];
  const lines = text.split('\n');
  let start = 0;
  for (let at = 0; at <= lines.length && documents.length < mostDocuments; at++) {
    if (at < lines.length && !/^---(?:\s|$)/.test(lines[at] ?? '')) continue;
    // The blank lines keep the places of what follows.
    const part = lines.slice(start, at).join('\n');
    if (part.trim() !== '') {
      try {
        documents.push({ document: parseYaml(part, file), before: start });
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        broken.push(error.message);
      }
    }
    start = at + 1;
  }
  return { documents, broken };
}

/** The mapping that a value is; an empty one for anything else. */
export function toMapping(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

/** The items that a value has; none for what is no list. */
export function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The text that a value is, trimmed; undefined for anything else, and for an empty one. */
export function toText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text;
}
