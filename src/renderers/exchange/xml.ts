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

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/**
 * Any text as text or attribute of XML 1.0. Line breaks are written as numbers, because a parser
 * makes blanks of them; what XML cannot hold at all becomes U+FFFD.
 */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"'\t\n\r]/g, (sign) => entities[sign] ?? sign);
}
