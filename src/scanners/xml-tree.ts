import { scanXml, type XmlElement } from './scripts/settings/read-xml.ts';

/** An element with what stands in it. */
export interface XmlNode {
  readonly name: string;
  readonly line: number;
  readonly column: number;
  readonly attributes: ReadonlyMap<string, string>;
  /** Its own text, trimmed. */
  readonly own: string;
  readonly children: readonly XmlNode[];
  readonly parent: XmlNode | undefined;
  child(name: string): XmlNode | undefined;
  /** The text of the element at this path below it. */
  text(...path: readonly string[]): string | undefined;
}

/** An XML file as a tree. */
export interface XmlTree {
  all(...names: readonly string[]): XmlNode[];
  /** All elements in the order of the text. */
  every(): readonly XmlNode[];
  /** Whether the file holds more elements than are read. */
  readonly isCut: boolean;
}

const bounds = { elements: 500_000, text: 400_000 };

/** Opens a text that need not be well formed; no entity is expanded that the file defines. */
export function openXmlTree(text: string): XmlTree {
  const elements = scanXml(text, bounds);
  const nodes: (XmlNode & { readonly children: XmlNode[] })[] = [];
  for (const element of elements) {
    const parent = nodes[element.parent];
    const node = toNode(element, parent);
    nodes.push(node);
    parent?.children.push(node);
  }
  return {
    every: () => nodes,
    all: (...names) => nodes.filter(({ name }) => names.includes(name)),
    isCut: elements.length >= bounds.elements,
  };
}

function toNode(
  element: XmlElement,
  parent: XmlNode | undefined,
): XmlNode & { readonly children: XmlNode[] } {
  const children: XmlNode[] = [];
  const child = (name: string): XmlNode | undefined => children.find((item) => item.name === name);
  return {
    name: element.name,
    line: element.line,
    column: element.column,
    attributes: element.attributes,
    own: element.text.trim(),
    children,
    parent,
    child,
    text(...path) {
      const [first, ...rest] = path;
      if (first === undefined) return element.text.trim();
      return child(first)?.text(...rest);
    },
  };
}
