import { formatPlace, InputError } from '../../../errors.ts';

/** Where a value begins, 1-based. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * A value of HCL: a text, a list, or a mapping. An expression stands as `${…}` inside a text, as in
 * a template; `jsonencode(…)` is what it encodes; numbers and booleans are texts.
 */
export type HclValue = string | readonly HclValue[] | HclBody;

/** The attributes of a block, and its blocks by type, each a list. */
export interface HclBody {
  readonly [key: string]: HclValue;
}

export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: HclBody;
  readonly place: Place;
}

/** A parsed file. */
export interface HclFile {
  readonly blocks: readonly HclBlock[];
  /** Where the value of a key of a body begins; the place of the file's start for what was not written. */
  readonly placeOf: (body: object, key: string) => Place;
}

const deepest = 60;
const mostBlocks = 20_000;

/**
 * Reads the native syntax of HCL (Terraform, OpenTofu, Nomad, Packer). Nothing is evaluated.
 * Specification: HCL Native Syntax Specification of hashicorp/hcl.
 *
 * @throws InputError with the line where the text is none, or is nested deeper than 60
 */
export function parseHcl(text: string, file: string): HclFile {
  const places = new WeakMap<object, Map<string, Place>>();
  const parser = new Parser(text, file, places);
  const blocks = parser.readFile();
  return {
    blocks,
    placeOf: (body, key) => places.get(body)?.get(key) ?? { line: 1, column: 1 },
  };
}

class Parser {
  private readonly text: string;
  private readonly file: string;
  private readonly places: WeakMap<object, Map<string, Place>>;
  private at = 0;
  private line = 1;
  private lineStart = 0;
  private blocks = 0;
  private templates = 0;

  constructor(text: string, file: string, places: WeakMap<object, Map<string, Place>>) {
    this.text = text;
    this.file = file;
    this.places = places;
  }

  readFile(): HclBlock[] {
    const blocks: HclBlock[] = [];
    for (this.skip(true); this.at < this.text.length; this.skip(true)) {
      const item = this.readItem(0);
      if (item.kind === 'block') blocks.push(item.block);
    }
    return blocks;
  }

  private readItem(
    depth: number,
  ):
    | { kind: 'block'; block: HclBlock }
    | { kind: 'attribute'; key: string; value: HclValue; place: Place } {
    const start = this.place();
    const type = this.readName();
    this.skip(false);
    if (this.text[this.at] === '=' && this.text[this.at + 1] !== '=') {
      this.at++;
      this.skip(false);
      const place = this.place();
      return { kind: 'attribute', key: type, value: this.readValue(depth + 1, /[\n}]/), place };
    }
    const labels: string[] = [];
    while (this.text[this.at] !== '{') {
      labels.push(this.text[this.at] === '"' ? this.readQuoted() : this.readName());
      this.skip(false);
    }
    this.at++;
    if (++this.blocks > mostBlocks) throw this.error(`a file with more than ${mostBlocks} blocks`);
    return { kind: 'block', block: { type, labels, body: this.readBody(depth + 1), place: start } };
  }

  /** What stands between the braces of a block, the closing one included. */
  private readBody(depth: number): HclBody {
    this.checkDepth(depth);
    const body: Record<string, HclValue> = Object.create(null);
    const places = new Map<string, Place>();
    for (this.skip(true); this.text[this.at] !== '}'; this.skip(true)) {
      if (this.at >= this.text.length) throw this.error('a block that is not closed');
      const item = this.readItem(depth);
      if (item.kind === 'attribute') {
        body[item.key] = item.value;
        places.set(item.key, item.place);
      } else {
        const { type, labels, body: inner, place } = item.block;
        // `dynamic "env" { content { … } }` makes blocks of the type that it names.
        const key = type === 'dynamic' ? (labels[0] ?? type) : type;
        const content = type === 'dynamic' ? asList(inner['content'])[0] : inner;
        body[key] = [...asList(body[key]), content ?? inner];
        if (!places.has(key)) places.set(key, place);
      }
    }
    this.at++;
    this.places.set(body, places);
    return body;
  }

  /** A value up to a sign that ends it at its own level: a line break, a comma, a bracket. */
  private readValue(depth: number, end: RegExp): HclValue {
    this.checkDepth(depth);
    const start = this.at;
    const value = this.readPlain(depth);
    if (value !== undefined) {
      // Between brackets of a list or a call, line breaks mean nothing.
      this.skip(!end.test('\n'));
      if (this.at >= this.text.length || end.test(this.text[this.at] ?? '')) return value;
    }
    // What is more than one literal is an expression, and stays as it is written.
    this.moveTo(start);
    return `\${${this.readExpression(end, depth).trim()}}`;
  }

  /** A literal, a list, a mapping, or what `jsonencode` encodes; undefined for anything else. */
  private readPlain(depth: number): HclValue | undefined {
    const sign = this.text[this.at];
    if (sign === '"') return this.readQuoted();
    if (sign === '<' && this.text[this.at + 1] === '<') return this.readHeredoc();
    if (sign === '[' && !this.isComprehension()) return this.readList(depth);
    if (sign === '{' && !this.isComprehension()) return this.readObject(depth);
    const encoded = this.match(/(?:jsonencode|tostring|nonsensitive|sensitive)\(\s*/y);
    if (encoded !== undefined) {
      const value = this.readValue(depth + 1, /\)/);
      this.skip(true);
      if (this.text[this.at] !== ')') return undefined;
      this.at++;
      return value;
    }
    return this.match(/(?:true|false|null|-?\d[\d.eE+-]*)(?![\w.])/y);
  }

  private readList(depth: number): HclValue[] {
    const items: HclValue[] = [];
    this.at++;
    for (this.skip(true); this.text[this.at] !== ']'; this.skip(true)) {
      if (this.at >= this.text.length) throw this.error('a list that is not closed');
      items.push(this.readValue(depth + 1, /[,\]]/));
      this.skip(true);
      if (this.text[this.at] === ',') this.at++;
      else if (this.text[this.at] !== ']') throw this.error('a list without a comma');
    }
    this.at++;
    return items;
  }

  private readObject(depth: number): HclBody {
    const object: Record<string, HclValue> = Object.create(null);
    const places = new Map<string, Place>();
    this.at++;
    for (this.skip(true); this.text[this.at] !== '}'; this.skip(true)) {
      if (this.at >= this.text.length) throw this.error('an object that is not closed');
      const key =
        this.text[this.at] === '"'
          ? this.readQuoted()
          : this.readExpression(/[=:]/, depth)
              .trim()
              .replace(/^\(([\s\S]*)\)$/, (_, inner: string) => `\${${inner}}`);
      this.skip(false);
      if (!/[=:]/.test(this.text[this.at] ?? '')) throw this.error('a key without a value');
      this.at++;
      this.skip(false);
      places.set(key, this.place());
      object[key] = this.readValue(depth + 1, /[,\n}]/);
      this.skip(true);
      if (this.text[this.at] === ',') this.at++;
    }
    this.at++;
    this.places.set(object, places);
    return object;
  }

  /** `[for …]` and `{for …}` are computed. */
  private isComprehension(): boolean {
    return /^[[{]\s{0,200}for\s/.test(this.text.slice(this.at, this.at + 220));
  }

  /** Text up to a sign of `end` outside brackets and quotes. */
  private readExpression(end: RegExp, depth: number): string {
    const start = this.at;
    let open = 0;
    while (this.at < this.text.length) {
      const sign = this.text[this.at] ?? '';
      if (open === 0 && end.test(sign) && !this.isOperator(sign)) break;
      if (sign === '"') this.readQuoted();
      else if (this.skipComment()) continue;
      else {
        if (/[([{]/.test(sign)) {
          this.checkDepth(depth + ++open);
        } else if (/[)\]}]/.test(sign)) {
          if (open === 0) break;
          open--;
        }
        this.step();
      }
    }
    if (this.at === start) throw this.error('no value where one is expected');
    return this.text.slice(start, this.at);
  }

  /** `==`, `=>`, `!=` and their like are no ends. */
  private isOperator(sign: string): boolean {
    if (sign !== '=') return false;
    return /[=>]/.test(this.text[this.at + 1] ?? '') || /[=!<>]/.test(this.text[this.at - 1] ?? '');
  }

  /** A template in quotes, its escapes taken back and its `${…}` as written. */
  private readQuoted(): string {
    this.at++;
    let result = '';
    while (this.text[this.at] !== '"') {
      const sign = this.text[this.at];
      if (sign === undefined || sign === '\n') throw this.error('a text whose quotes do not close');
      if (sign === '\\') {
        const next = this.text[this.at + 1] ?? '';
        result += escapes.get(next) ?? next;
        this.at += 2;
      } else if (/[$%]/.test(sign) && this.text[this.at + 1] === '{') {
        const isEscaped = this.text[this.at - 1] === sign;
        const inner = this.readTemplate();
        // `$${` is the text `${`, and `%{` a directive: neither is a value.
        if (sign === '$' && !isEscaped) result += `\${${inner}}`;
      } else {
        result += sign;
        this.at++;
      }
    }
    this.at++;
    return result;
  }

  /** What stands between `${` and its `}`. */
  private readTemplate(): string {
    this.checkDepth(++this.templates);
    this.at += 2;
    const inner = this.text[this.at] === '}' ? '' : this.readExpression(/\}/, 0).trim();
    if (this.text[this.at] !== '}') throw this.error('a template that is not closed');
    this.at++;
    this.templates--;
    return inner;
  }

  private readHeredoc(): string | undefined {
    const mark = this.match(/<<-?\s{0,9}[A-Za-z_][\w-]{0,80}[ \t]*\r?\n/y);
    if (mark === undefined) return undefined;
    const word = mark.replace(/^<<-?\s*/, '').trim();
    const rows: string[] = [];
    this.line++;
    this.lineStart = this.at;
    while (this.at < this.text.length) {
      const end = this.text.indexOf('\n', this.at);
      const row = this.text.slice(this.at, end < 0 ? this.text.length : end);
      if (row.trim() === word) {
        this.at += row.trimEnd().length;
        return rows.join('\n');
      }
      rows.push(row);
      this.moveTo(end < 0 ? this.text.length : end + 1);
    }
    throw this.error(`a text that "${word}" does not end`);
  }

  private readName(): string {
    const name = this.match(/[A-Za-z_][\w-]{0,200}/y);
    if (name === undefined) throw this.error('no name where one is expected');
    return name;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  /** Passes over blanks and comments, and over line breaks if they mean nothing here. */
  private skip(isAcrossLines: boolean): void {
    while (this.at < this.text.length) {
      const sign = this.text[this.at] ?? '';
      if (sign === ' ' || sign === '\t' || sign === '\r' || sign === '\ufeff') this.at++;
      else if (sign === '\n' && isAcrossLines) this.step();
      else if (!this.skipComment()) return;
    }
  }

  private skipComment(): boolean {
    const two = this.text.slice(this.at, this.at + 2);
    if (two === '/*') {
      const end = this.text.indexOf('*/', this.at + 2);
      this.moveTo(end < 0 ? this.text.length : end + 2);
      return true;
    }
    if (two !== '//' && two[0] !== '#') return false;
    const end = this.text.indexOf('\n', this.at);
    this.at = end < 0 ? this.text.length : end;
    return true;
  }

  private step(): void {
    if (this.text[this.at] === '\n') {
      this.line++;
      this.lineStart = this.at + 1;
    }
    this.at++;
  }

  /** Goes to a place before or behind, and counts the lines anew from where that is shorter. */
  private moveTo(target: number): void {
    if (target < this.at) {
      for (let at = this.at - 1; at >= target; at--) if (this.text[at] === '\n') this.line--;
      this.at = target;
      this.lineStart = this.text.lastIndexOf('\n', target - 1) + 1;
    } else while (this.at < target) this.step();
  }

  private place(): Place {
    return { line: this.line, column: this.at - this.lineStart + 1 };
  }

  private checkDepth(depth: number): void {
    if (depth > deepest) throw this.error(`values nested deeper than ${deepest}`);
  }

  private error(found: string): InputError {
    const place = formatPlace({ file: this.file, ...this.place() });
    return new InputError(`${place}: ${found}; write what "terraform fmt" accepts`);
  }
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

function asList(value: HclValue | undefined): readonly HclValue[] {
  return Array.isArray(value) ? value : [];
}
