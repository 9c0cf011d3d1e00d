import { escapeXml } from '../escape-xml.ts';

/** An element with its children, or with text. Absent attributes are left out. */
export interface XmlElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string | undefined>>;
  readonly content?: string | Iterable<XmlElement>;
}

/** Writes one element and all below it, in pieces of a line each. */
export function* writeXml(root: XmlElement): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield* writeElement(root, '');
}

function* writeElement(
  { name, attributes = {}, content }: XmlElement,
  indent: string,
): Generator<string> {
  const written = Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escapeXml(value)}"`]))
    .join('');
  if (content === undefined) yield `${indent}<${name}${written}/>\n`;
  else if (typeof content === 'string')
    yield `${indent}<${name}${written}>${escapeXml(content)}</${name}>\n`;
  else {
    yield `${indent}<${name}${written}>\n`;
    for (const child of content) yield* writeElement(child, `${indent}  `);
    yield `${indent}</${name}>\n`;
  }
}
