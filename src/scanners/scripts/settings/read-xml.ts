/** An element of an XML file, flat, in the order of the text. */
export interface XmlElement {
  /** Without its prefix. */
  readonly name: string;
  /** The names of the elements around it, outermost first. */
  readonly path: readonly string[];
  /** The elements around it, as indexes into the list; -1 for none. */
  readonly parent: number;
  /** Without namespaces; of the schema's own attributes only `xsi:type`. */
  readonly attributes: ReadonlyMap<string, string>;
  /** The text directly inside it. */
  text: string;
  readonly line: number;
  readonly column: number;
}

const deepest = 100;

/** How much of an XML text is kept: files that hold scripts or thousands of jobs need more. */
export interface XmlBounds {
  readonly elements: number;
  /** Characters of the text of one element. */
  readonly text: number;
}

const usualBounds: XmlBounds = { elements: 50_000, text: 8_000 };

/** The elements of an XML text that need not be well formed. Entities of its own are not expanded. */
export function scanXml(text: string, bounds = usualBounds): XmlElement[] {
  const elements: XmlElement[] = [];
  const open: number[] = [];
  let line = 1;
  let lineStart = 0;
  let nextBreak = text.indexOf('\n');
  const moveTo = (at: number): void => {
    while (nextBreak >= 0 && nextBreak < at) {
      line++;
      lineStart = nextBreak + 1;
      nextBreak = text.indexOf('\n', lineStart);
    }
  };
  const addText = (written: string): void => {
    const element = elements[open.at(-1) ?? -1];
    if (element && element.text.length < bounds.text) element.text += written;
  };
  for (let at = 0; at < text.length && elements.length < bounds.elements; ) {
    const start = text.indexOf('<', at);
    if (start < 0) break;
    addText(decodeEntities(text.slice(at, Math.min(start, at + bounds.text))));
    const skipped = skipMarkup(text, start);
    if (skipped !== undefined) {
      if (text.startsWith('<![CDATA[', start))
        addText(text.slice(start + 9, Math.max(start + 9, skipped - 3)).slice(0, bounds.text));
      at = skipped;
      continue;
    }
    const end = tagEnd(text, start);
    if (end < 0) break;
    const tag = text.slice(start + 1, end);
    at = end + 1;
    if (tag.startsWith('/')) {
      const name = localName(tag.slice(1).trim());
      const match = open.findLastIndex((index) => elements[index]?.name === name);
      if (match >= 0) open.length = match;
      continue;
    }
    const name = /^[A-Za-z_][\w.:-]{0,200}/.exec(tag)?.[0];
    if (name === undefined) continue;
    moveTo(start);
    elements.push({
      name: localName(name),
      path: open.map((index) => elements[index]?.name ?? ''),
      parent: open.at(-1) ?? -1,
      attributes: readAttributes(tag.slice(name.length, name.length + 20_000)),
      text: '',
      line,
      column: start - lineStart + 1,
    });
    if (!tag.endsWith('/') && open.length < deepest) open.push(elements.length - 1);
  }
  return elements;
}

/** Where a comment, CDATA, instruction or DOCTYPE ends; undefined where a tag begins. */
function skipMarkup(text: string, start: number): number | undefined {
  const after = (mark: string, from: number): number => {
    const end = text.indexOf(mark, from);
    return end < 0 ? text.length : end + mark.length;
  };
  if (text.startsWith('<!--', start)) return after('-->', start + 4);
  if (text.startsWith('<![CDATA[', start)) return after(']]>', start + 9);
  if (text.startsWith('<?', start)) return after('?>', start + 2);
  if (!text.startsWith('<!', start)) return undefined;
  const end = after('>', start);
  const hasSubset = /^<!DOCTYPE[^<>[]{0,1000}\[/i.test(
    text.slice(start, Math.min(end, start + 1_100)),
  );
  return hasSubset ? after('>', after(']', start)) : end;
}

/** The `>` that ends the tag; one inside quotes does not. */
function tagEnd(text: string, start: number): number {
  let quote = '';
  const last = Math.min(text.length, start + 50_000);
  for (let at = start + 1; at < last; at++) {
    const sign = text[at] ?? '';
    if (quote !== '') {
      if (sign === quote) quote = '';
    } else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '>') return at;
  }
  return text.indexOf('>', start + 1);
}

function readAttributes(tag: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const match of tag.matchAll(
    /([A-Za-z_][\w.:-]{0,200})\s{0,50}=\s{0,50}(?:"([^"]{0,8000})"|'([^']{0,8000})')/g,
  )) {
    const [, name = '', double, single] = match;
    if (!/^xmlns\b|^xsi:(?!type$)/.test(name))
      attributes.set(name, decodeEntities(double ?? single ?? ''));
  }
  return attributes;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi,
    (whole, decimal, hex, name) => {
      const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined;
      if (code !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      return (
        { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[String(name).toLowerCase()] ?? whole
      );
    },
  );
}
