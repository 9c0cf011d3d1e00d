/** A value of a JSON text that is looked for; without a text where it is too long to be read. */
export interface JsonPart {
  /** Where it stands: `$` is a whole value, `data.result[]` an item of that list. */
  readonly path: string;
  /** The line on which it begins, from 1. */
  readonly line: number;
  readonly text: string | undefined;
}

/** How a JSON text ended, told as the last part. */
export interface JsonEnd {
  readonly line: number;
  /** Why not all of it was read. */
  readonly broken: string | undefined;
}

const deepest = 200;
const longestKey = 64;
const [quote, backslash, comma, colon, newline] = [34, 92, 44, 58, 10];
const [openObject, closeObject, openArray, closeArray] = [123, 125, 91, 93];

interface Level {
  readonly isObject: boolean;
  readonly path: string;
  /** The key whose value comes next; of a list, nothing. */
  key: string;
  expectsKey: boolean;
}

/**
 * Cuts the objects and lists that stand at some paths out of JSON of any size; several values may
 * follow each other. Memory is bounded by the longest part that is kept; what stands elsewhere is
 * passed over.
 * @param wanted the paths, such as `resourceSpans[]`
 * @param mostBytes longer parts come without a text
 */
export async function* splitJson(
  chunks: AsyncIterable<Uint8Array>,
  wanted: ReadonlySet<string>,
  mostBytes: number,
): AsyncGenerator<JsonPart, JsonEnd> {
  const cutter = new JsonCutter(wanted, mostBytes);
  for await (const chunk of chunks) {
    yield* cutter.feed(chunk);
    if (cutter.broken !== undefined) break;
  }
  return cutter.end();
}

/** A part that is not closed yet. */
interface OpenPart {
  readonly path: string;
  readonly line: number;
  depth: number;
  bytes: number;
  pieces: Uint8Array[];
}

class JsonCutter {
  broken: string | undefined;
  readonly #wanted: ReadonlySet<string>;
  readonly #mostBytes: number;
  readonly #levels: Level[] = [];
  readonly #decoder = new TextDecoder('utf-8');
  #line = 1;
  #inString = false;
  #escaped = false;
  /** The key that is being read. */
  #key: number[] | undefined;
  /** The part that is being kept. */
  #part: OpenPart | undefined;

  constructor(wanted: ReadonlySet<string>, mostBytes: number) {
    this.#wanted = wanted;
    this.#mostBytes = mostBytes;
  }

  *feed(chunk: Uint8Array): Iterable<JsonPart> {
    let start = 0;
    for (let at = 0; at < chunk.length && this.broken === undefined; at++) {
      const byte = chunk[at] as number;
      if (byte === newline) this.#line++;
      if (this.#inString) {
        this.#inText(byte);
        continue;
      }
      if (byte === quote) this.#openText();
      else if (byte === openObject || byte === openArray) {
        if (this.#part) this.#part.depth++;
        else if (this.#open(byte === openObject)) start = at;
      } else if (byte === closeObject || byte === closeArray) {
        if (!this.#part) this.#close();
        else if (--this.#part.depth === 0) {
          this.#keep(chunk.subarray(start, at + 1));
          yield this.#finish(this.#part);
        }
      } else if (!this.#part) this.#between(byte);
    }
    if (this.#part) this.#keep(chunk.subarray(start));
  }

  end(): JsonEnd {
    if (this.broken === undefined && (this.#part || this.#levels.length > 0 || this.#inString))
      this.broken = 'it ends in the middle of a value';
    return { line: this.#line, broken: this.broken };
  }

  #inText(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === backslash) this.#escaped = true;
    else if (byte === quote) {
      this.#inString = false;
      const level = this.#levels.at(-1);
      if (this.#key && level) level.key = Buffer.from(this.#key).toString('utf8');
      this.#key = undefined;
      return;
    }
    if (this.#key && this.#key.length < longestKey) this.#key.push(byte);
  }

  #openText(): void {
    this.#inString = true;
    const level = this.#levels.at(-1);
    this.#key = !this.#part && level?.isObject && level.expectsKey ? [] : undefined;
  }

  /** @returns whether a part begins here */
  #open(isObject: boolean): boolean {
    const above = this.#levels.at(-1);
    const path =
      above === undefined
        ? '$'
        : above.isObject
          ? `${above.path === '$' ? '' : `${above.path}.`}${above.key}`
          : `${above.path}[]`;
    if (this.#wanted.has(path)) {
      this.#part = { path, line: this.#line, depth: 1, bytes: 0, pieces: [] };
      return true;
    }
    if (this.#levels.length >= deepest)
      this.broken = `it is nested more than ${deepest} levels deep`;
    this.#levels.push({ isObject, path: path.slice(0, 400), key: '', expectsKey: isObject });
    return false;
  }

  #close(): void {
    if (this.#levels.pop() === undefined) this.broken = 'a bracket closes what nothing opened';
  }

  #between(byte: number): void {
    const level = this.#levels.at(-1);
    if (!level?.isObject) return;
    if (byte === colon) level.expectsKey = false;
    else if (byte === comma) level.expectsKey = true;
  }

  #keep(piece: Uint8Array): void {
    const part = this.#part;
    if (!part) return;
    part.bytes += piece.length;
    if (part.bytes <= this.#mostBytes) part.pieces.push(piece.slice());
    else part.pieces = [];
  }

  #finish({ path, line, bytes, pieces }: OpenPart): JsonPart {
    this.#part = undefined;
    const isLong = bytes > this.#mostBytes;
    return { path, line, text: isLong ? undefined : this.#decoder.decode(Buffer.concat(pieces)) };
  }
}
