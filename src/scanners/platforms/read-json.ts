import type { Path, Tree } from '../scripts/settings/documents.ts';

const deepest = 200;
const [tab, lineFeed, carriageReturn, blank] = [9, 10, 13, 32];

/**
 * Reads strict JSON with the line of every object and list; of a value in it, the line of what it
 * stands in. Exports of platforms have tens of megabytes, which a YAML parser takes minutes for.
 * @returns undefined where it is no JSON, or nested more than 200 levels deep
 */
export function readJson(text: string): Tree | undefined {
  const reader = new JsonReader(text);
  try {
    const value = reader.readWhole();
    return { value, placeOf: (path) => placeOf(value, path, reader.lines) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function placeOf(
  value: unknown,
  path: Path,
  lines: WeakMap<object, number>,
): { line: number; column: number } {
  let [inner, line] = [value, 1];
  for (const key of ['', ...path]) {
    if (key !== '') inner = Object(inner)[key] as unknown;
    if (typeof inner !== 'object' || inner === null) break;
    line = lines.get(inner) ?? line;
  }
  return { line, column: 1 };
}

class JsonReader {
  readonly lines = new WeakMap<object, number>();
  readonly #text: string;
  #at = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  readWhole(): unknown {
    if (this.#text.charCodeAt(0) === 0xfeff) this.#at++;
    const value = this.#read(0);
    this.#skip();
    if (this.#at < this.#text.length) throw new SyntaxError('something follows the value');
    return value;
  }

  #read(depth: number): unknown {
    if (depth > deepest) throw new SyntaxError('too deep');
    this.#skip();
    const sign = this.#text[this.#at];
    if (sign === '{') return this.#readObject(depth);
    if (sign === '[') return this.#readList(depth);
    if (sign === '"') return this.#readText();
    const literal = /[-+\w.]{1,40}/y;
    literal.lastIndex = this.#at;
    const word = literal.exec(this.#text)?.[0] ?? '';
    this.#at += word.length;
    return JSON.parse(word) as unknown;
  }

  #readObject(depth: number): unknown {
    const object: Record<string, unknown> = {};
    this.lines.set(object, this.#line);
    this.#at++;
    for (let isFirst = true; !this.#closes('}', isFirst); isFirst = false) {
      this.#skip();
      const key = this.#readText();
      this.#skip();
      if (this.#text[this.#at++] !== ':') throw new SyntaxError('a key has no value');
      const value = this.#read(depth + 1);
      if (key === '__proto__') continue;
      object[key] = value;
    }
    return object;
  }

  #readList(depth: number): unknown {
    const list: unknown[] = [];
    this.lines.set(list, this.#line);
    this.#at++;
    for (let isFirst = true; !this.#closes(']', isFirst); isFirst = false)
      list.push(this.#read(depth + 1));
    return list;
  }

  /** Passes over the sign that closes, or the comma between two values. */
  #closes(sign: string, isFirst: boolean): boolean {
    this.#skip();
    if (this.#text[this.#at] === sign) {
      this.#at++;
      return true;
    }
    if (isFirst) return false;
    if (this.#text[this.#at++] !== ',') throw new SyntaxError('a comma is missing');
    return false;
  }

  #readText(): string {
    const start = this.#at;
    if (this.#text[start] !== '"') throw new SyntaxError('a text is missing');
    for (
      let end = this.#text.indexOf('"', start + 1);
      end > 0;
      end = this.#text.indexOf('"', end + 1)
    ) {
      let escapes = 0;
      while (this.#text[end - 1 - escapes] === '\\') escapes++;
      if (escapes % 2 === 1) continue;
      this.#at = end + 1;
      return JSON.parse(this.#text.slice(start, end + 1)) as string;
    }
    throw new SyntaxError('a text does not end');
  }

  #skip(): void {
    for (; ; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === lineFeed) this.#line++;
      else if (code !== blank && code !== tab && code !== carriageReturn) return;
    }
  }
}
