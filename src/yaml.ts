import {
  constructFromEvents,
  EVENT_ID,
  type Event,
  getScalarValue,
  parseEvents,
  YAMLException,
} from 'js-yaml';
import { AliasError, InputError, type Place } from './errors.ts';

/** What a YAML (or JSON) file says, with the place of every key and value. */
export interface YamlDocument {
  readonly value: unknown;
  /** The place of a value by its path of keys and indexes, or of the nearest parent that exists. */
  placeOf(path: readonly (string | number)[]): Place;
}

/** Aliases are references in memory, but whoever walks the value pays for every copy. */
const maxExpandedNodes = 1_000_000;

/**
 * Parses one YAML document. An empty file gives `undefined`.
 * @throws InputError with file and line if the text is no YAML, or grows beyond bounds by aliases.
 */
export function parseYaml(text: string, file: string): YamlDocument {
  const lineStarts = findLineStarts(text);
  const placeAt = (offset: number): Place => toPlace(file, lineStarts, offset);
  const events = readEvents(text, file);
  const places = indexPlaces(events, text, file);
  return {
    value: construct(events, text, file),
    placeOf(path) {
      for (let length = path.length; length > 0; length--) {
        const offset = places.get(pathKey(path.slice(0, length)));
        if (offset !== undefined) return placeAt(offset);
      }
      return placeAt(places.get('') ?? 0);
    },
  };
}

function readEvents(text: string, file: string): Event[] {
  return explained(file, () => parseEvents(text, { filename: file, maxDepth: 100 }));
}

function construct(events: Event[], text: string, file: string): unknown {
  const documents = explained(file, () =>
    constructFromEvents(events, { source: text, maxAliases: 10_000 }),
  );
  if (documents.length > 1)
    throw new InputError(
      `${file}:1:1: holds ${documents.length} YAML documents, one was expected; split the file.`,
    );
  return documents[0];
}

function explained<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const line = (error.mark?.line ?? 0) + 1;
    const column = (error.mark?.column ?? 0) + 1;
    throw new InputError(
      `${file}:${line}:${column}: not valid YAML: ${error.reason}. Check indentation, quotes and brackets there.`,
    );
  }
}

function pathKey(path: readonly (string | number)[]): string {
  return path.join('\u0000');
}

interface Open {
  readonly path: readonly (string | number)[];
  readonly mapping: boolean;
  readonly anchor: string | undefined;
  key: string | undefined;
  index: number;
  weight: number;
}

/** Walks the events once; notes where each value begins and how much it weighs with aliases expanded. */
function indexPlaces(events: Event[], text: string, file: string): Map<string, number> {
  const places = new Map<string, number>();
  const weights = new Map<string, number>();
  const stack: Open[] = [];

  const begin = (offset: number): readonly (string | number)[] | undefined => {
    if (offset < 0) return undefined;
    const parent = stack.at(-1);
    if (!parent) {
      if (!places.has('')) places.set('', offset);
      return [];
    }
    if (parent.mapping && parent.key === undefined) return undefined;
    const path = [...parent.path, parent.mapping ? (parent.key ?? '') : parent.index];
    if (!places.has(pathKey(path))) places.set(pathKey(path), offset);
    return path;
  };
  const end = (weight: number): void => {
    const parent = stack.at(-1);
    if (!parent) return;
    parent.weight += weight;
    if (parent.weight > maxExpandedNodes) {
      throw new AliasError(
        `${file}:1:1: its aliases expand to more than ${maxExpandedNodes} values; write them out or remove them.`,
      );
    }
    if (!parent.mapping) parent.index++;
    else parent.key = undefined;
  };
  const anchorOf = (event: { anchorStart: number; anchorEnd: number }): string | undefined =>
    event.anchorStart < 0 ? undefined : text.slice(event.anchorStart, event.anchorEnd);

  for (const event of events) {
    const parent = stack.at(-1);
    switch (event.type) {
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE:
        stack.push({
          path: begin(event.start) ?? [],
          mapping: event.type === EVENT_ID.MAPPING,
          anchor: anchorOf(event),
          key: undefined,
          index: 0,
          weight: 1,
        });
        break;
      case EVENT_ID.SCALAR: {
        const anchor = anchorOf(event);
        if (anchor) weights.set(anchor, 1);
        if (parent?.mapping && parent.key === undefined) {
          parent.key = getScalarValue(text, event);
          // A key's own place serves until its value is seen, so that `key:` alone has one too.
          places.set(pathKey([...parent.path, parent.key]), event.valueStart);
        } else {
          begin(event.valueStart);
          end(1);
        }
        break;
      }
      case EVENT_ID.ALIAS:
        begin(event.anchorStart);
        end(weights.get(anchorOf(event) ?? '') ?? 1);
        break;
      case EVENT_ID.POP: {
        const closed = stack.pop();
        if (closed?.anchor) weights.set(closed.anchor, closed.weight);
        if (closed) end(closed.weight);
        break;
      }
      case EVENT_ID.DOCUMENT:
        break;
    }
  }
  return places;
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function toPlace(file: string, lineStarts: readonly number[], offset: number): Place {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { file, line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
}
