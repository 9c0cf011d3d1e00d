import {
  COLLECTION_STYLE,
  EVENT_ID,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
} from 'js-yaml';

/** A value of a YAML text and where it stands, as offsets. What was parsed once is expected. */
export interface YamlNode {
  readonly kind: 'mapping' | 'sequence' | 'scalar' | 'alias';
  /** Where it begins; -1 where nothing is written, as behind `key:`. */
  readonly start: number;
  /** Behind the last character of its last part; of a flow collection, before its bracket. */
  end: number;
  /** In brackets or braces. */
  readonly isFlow: boolean;
  /** It has an anchor or a tag. */
  readonly isMarked: boolean;
  readonly entries: { readonly key: string; readonly keyStart: number; readonly value: YamlNode }[];
  readonly items: YamlNode[];
}

interface Open {
  readonly node: YamlNode;
  key: { readonly text: string; readonly start: number; readonly end: number } | undefined;
}

/**
 * Where the parts of the first document of a text stand, for whoever inserts between them.
 * @returns undefined where the document is empty
 */
export function outlineYaml(text: string): YamlNode | undefined {
  let root: YamlNode | undefined;
  const stack: Open[] = [];
  const place = (node: YamlNode): void => {
    const parent = stack.at(-1);
    if (!parent) {
      root ??= node;
      return;
    }
    if (parent.node.kind === 'sequence') parent.node.items.push(node);
    else if (parent.key) {
      const { text: key, start: keyStart } = parent.key;
      parent.node.entries.push({ key, keyStart, value: node });
    }
  };
  /** Parents end where their last part does. */
  const close = (end: number): void => {
    const parent = stack.at(-1);
    if (!parent) return;
    parent.node.end = Math.max(parent.node.end, parent.key?.end ?? -1, end);
    parent.key = undefined;
  };
  for (const event of parseEvents(text, { maxDepth: 100 })) {
    const parent = stack.at(-1);
    switch (event.type) {
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE: {
        const node: YamlNode = {
          kind: event.type === EVENT_ID.MAPPING ? 'mapping' : 'sequence',
          start: event.start,
          end: event.start,
          isFlow: event.style === COLLECTION_STYLE.FLOW,
          isMarked: event.anchorStart >= 0 || event.tagStart >= 0,
          entries: [],
          items: [],
        };
        place(node);
        stack.push({ node, key: undefined });
        break;
      }
      case EVENT_ID.SCALAR: {
        if (parent?.node.kind === 'mapping' && !parent.key) {
          const end = endOf(event);
          parent.key = { text: getScalarValue(text, event), start: startOf(event), end };
          break;
        }
        const end = endOf(event);
        const isMarked = event.anchorStart >= 0 || event.tagStart >= 0;
        place(toLeaf('scalar', startOf(event), end, isMarked));
        close(end);
        break;
      }
      case EVENT_ID.ALIAS:
        place(toLeaf('alias', event.anchorStart, event.anchorEnd, true));
        close(event.anchorEnd);
        break;
      case EVENT_ID.POP: {
        const closed = stack.pop();
        if (closed) close(closed.node.end);
        else if (root) return root;
        break;
      }
      case EVENT_ID.DOCUMENT:
        break;
    }
  }
  return root;
}

function isQuoted({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
}

/** Where the value begins, its opening quote included. */
function startOf(event: ScalarEvent): number {
  return event.valueStart - (isQuoted(event) ? 1 : 0);
}

/** Behind the value, its closing quote, or the mark before an empty one. */
function endOf(event: ScalarEvent): number {
  return Math.max(event.valueEnd + (isQuoted(event) ? 1 : 0), event.anchorEnd, event.tagEnd);
}

function toLeaf(kind: 'scalar' | 'alias', start: number, end: number, isMarked: boolean): YamlNode {
  return { kind, start, end, isFlow: false, isMarked, entries: [], items: [] };
}
