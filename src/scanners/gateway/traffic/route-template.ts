/** The longest template; what is deeper or longer ends in `…`. */
export const maxTemplateBytes = 160;
export const maxSegments = 10;
/** What is longer is no name that anyone chose. */
export const maxNameBytes = 80;

const digit = 1;
const hexadecimal = 2;
const letter = 4;
const dash = 8;
const point = 16;
const other = 32;
const address = 64;
/** What ends a segment: `/`, `;`, `?`, `#` or a blank. */
const ending = 128;

/** Byte → the class of characters it is in. */
const classOf = new Uint8Array(256).map((_, byte) => {
  const char = String.fromCharCode(byte);
  if ('/;?# '.includes(char)) return ending;
  if (/[0-9]/.test(char)) return digit;
  if (/[a-f]/i.test(char)) return hexadecimal;
  if (/[a-z]/i.test(char)) return letter;
  if (char === '-') return dash;
  if (/[.,:+]/.test(char)) return point;
  return char === '@' ? address : other;
});

/** `{id}` as one word. */
const placeholder = 0x7d64697b;
const placeholderBytes = 4;
const cut = new TextEncoder().encode('…');

/** Where a template is written. */
export interface TemplateSpace {
  readonly bytes: Uint8Array;
  readonly words: DataView;
}

/** Room for one template. */
export function newTemplateSpace(): TemplateSpace {
  const bytes = new Uint8Array(maxTemplateBytes + 16);
  return { bytes, words: new DataView(bytes.buffer) };
}

/**
 * Writes the template of a path: segments that name one thing (numbers, UUIDs, hashes, dates,
 * addresses, long tokens) become `{id}`; the query, fragments and path parameters (`;a=b`) are left
 * out, and a blank ends the path.
 * @param words the same bytes; three beyond the end of the path are looked at
 * @param literalSegments how many leading segments stay as they are, because a route is mapped by them
 * @returns the length of the template in bytes, 1 for the root
 */
export function writeTemplate(
  bytes: Uint8Array,
  words: DataView,
  from: number,
  end: number,
  literalSegments: number,
  into: TemplateSpace,
): number {
  const template = into.words;
  let length = 0;
  let read = from;
  for (let segment = 0; ; segment++) {
    while (read < end && bytes[read] === 47) read++;
    if (read >= end || endsPath(bytes[read] as number)) break;
    const start = read;
    let classes = 0;
    let digits = 0;
    for (; read < end; read++) {
      const kind = classOf[bytes[read] as number] as number;
      if (kind === ending) break;
      classes |= kind;
      digits += kind & digit;
    }
    const size = read - start;
    const isPlaceholder =
      size > maxNameBytes ||
      ((digits > 0 || classes & address) &&
        segment >= literalSegments &&
        isIdentifier(classes, digits, size));
    const written = isPlaceholder ? placeholderBytes : size;
    if (segment === maxSegments || length + written > maxTemplateBytes - 8) {
      into.bytes.set(cut, length);
      return length + cut.length;
    }
    template.setInt8(length++, 47);
    if (isPlaceholder) template.setInt32(length, placeholder, true);
    else
      for (let at = 0; at < size; at += 4)
        template.setInt32(length + at, words.getInt32(start + at, true), true);
    length += written;
    // A path parameter (`;jsessionid=…`) names a session, not a place.
    if (bytes[read] === 59)
      while (read < end && bytes[read] !== 47 && !endsPath(bytes[read] as number)) read++;
  }
  if (length === 0) template.setInt8(length++, 47);
  return length;
}

/** Bounds a template whose segments are written already, as `writeTemplate` would have. */
export function cutTemplate(template: string): string {
  if (template.length < maxTemplateBytes / 4) return template;
  const ellipsis = template.endsWith('…') ? '…' : '';
  const segments = template.slice(1, template.length - ellipsis.length).split('/');
  let length = 0;
  for (const [index, segment] of segments.entries()) {
    const written = Buffer.byteLength(segment);
    if (index === maxSegments || length + written > maxTemplateBytes - 8)
      return `${segments
        .slice(0, index)
        .map((kept) => `/${kept}`)
        .join('')}…`;
    length += 1 + written;
  }
  return template;
}

/** `?`, `#` and a blank end a path. */
function endsPath(byte: number): boolean {
  return byte === 63 || byte === 35 || byte === 32;
}

/** Whether a segment names one thing among many. */
function isIdentifier(classes: number, digits: number, length: number): boolean {
  if (classes & address) return true;
  if (digits === 0) return false;
  // Numbers, dates, IP addresses.
  if ((classes & ~(digit | dash | point)) === 0) return true;
  // UUIDs and hashes.
  if ((classes & ~(digit | hexadecimal | dash)) === 0 && length >= 16) return true;
  // Codes such as `ORD-20391`.
  if (digits >= 4 && 2 * digits >= length) return true;
  // ULIDs and other random tokens: letters and digits in a row, too long for a word.
  if ((classes & ~(digit | hexadecimal | letter)) === 0 && length >= 20 && digits >= 3) return true;
  // JWTs and tokens with signs in them: what opens a door must not be told.
  return length >= 24 && digits >= 3;
}
