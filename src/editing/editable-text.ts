import { InputError } from '../errors.ts';

/** A file's text in a form that can be added to without changing a byte of the rest. */
export interface EditableText {
  /** Without its byte order mark. */
  readonly text: string;
  /** `\r\n`, `\r` or `\n`, as the first line ends. */
  readonly lineEnd: string;
  /**
   * The bytes with a text inserted.
   * @param at an offset in `text`
   * @throws InputError where the file's encoding has no such character
   */
  insert(at: number, inserted: string): Uint8Array;
  /**
   * The bytes with parts of the text replaced.
   * @param edits in order and apart from each other, with offsets in `text`
   * @throws InputError where the file's encoding has no such character
   */
  replace(edits: readonly Edit[]): Uint8Array;
}

/** A part of a text, from an offset up to another, and what stands there instead. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Encoding {
  readonly name: string;
  readonly mark: number;
  decode(bytes: Uint8Array): string;
  /** Undefined where a character does not exist in it. */
  encode(text: string): Uint8Array | undefined;
}

const utf8: Encoding = {
  name: 'UTF-8',
  mark: 3,
  decode: (bytes) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
  encode: (text) => Buffer.from(text, 'utf8'),
};
const utf16: Encoding = {
  name: 'UTF-16',
  mark: 2,
  decode: (bytes) => new TextDecoder('utf-16le', { ignoreBOM: true }).decode(bytes),
  encode: (text) => Buffer.from(text, 'utf16le'),
};
const utf16be: Encoding = {
  name: 'UTF-16',
  mark: 2,
  decode: (bytes) => new TextDecoder('utf-16be', { ignoreBOM: true }).decode(bytes),
  encode: (text) => Buffer.from(text, 'utf16le').swap16(),
};
/** Windows-1252 agrees with Latin-1 but for 32 characters, which are refused. */
const windows1252: Encoding = {
  name: 'Windows-1252',
  mark: 0,
  decode: (bytes) => new TextDecoder('windows-1252').decode(bytes),
  encode: (text) =>
    /^[\0-\u007f\u00a0-\u00ff]*$/.test(text) ? Buffer.from(text, 'latin1') : undefined,
};

/** Reads a file that is to be added to, in the encoding that a scan reads it in. */
export function toEditable(bytes: Uint8Array, file: string): EditableText {
  const { encoding, mark } = findEncoding(bytes);
  const body = bytes.subarray(mark);
  const text = encoding.decode(body);
  const lineEnd = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
  const replace = (edits: readonly Edit[]): Uint8Array => {
    const pieces: Uint8Array[] = [bytes.subarray(0, mark)];
    let reached = { text: 0, byte: mark };
    const skipTo = (at: number): number =>
      reached.byte + byteLength(text.slice(reached.text, at), encoding);
    for (const { start, end, text: wanted } of edits) {
      const added = encoding.encode(wanted);
      if (!added)
        throw new InputError(
          `${file}: is ${encoding.name}, which has no character for what is to be added; save it as UTF-8 first.`,
        );
      const before = skipTo(start);
      pieces.push(bytes.subarray(reached.byte, before), added);
      reached = { text: start, byte: before };
      reached = { text: end, byte: skipTo(end) };
    }
    return Buffer.concat([...pieces, bytes.subarray(reached.byte)]);
  };
  return {
    text,
    lineEnd,
    insert: (at, inserted) => replace([{ start: at, end: at, text: inserted }]),
    replace,
  };
}

function findEncoding(bytes: Uint8Array): { encoding: Encoding; mark: number } {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return { encoding: utf16, mark: 2 };
  if (first === 0xfe && second === 0xff) return { encoding: utf16be, mark: 2 };
  const mark = first === 0xef && second === 0xbb && third === 0xbf ? 3 : 0;
  try {
    utf8.decode(bytes);
    return { encoding: utf8, mark };
  } catch {
    return { encoding: windows1252, mark: 0 };
  }
}

function byteLength(text: string, encoding: Encoding): number {
  if (encoding === windows1252) return text.length;
  return encoding === utf8 ? Buffer.byteLength(text, 'utf8') : 2 * text.length;
}

/** Where the line of an offset ends: behind its line end, or at the end of the text. */
export function endOfLine(text: string, offset: number): number {
  const found = /\r\n|\r|\n/g;
  found.lastIndex = offset;
  const match = found.exec(text);
  return match ? match.index + match[0].length : text.length;
}

/** The blanks that a line begins with, up to an offset in it. */
export function indentOf(text: string, offset: number): string {
  const start =
    Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return ' '.repeat(offset - start);
}
