import { findKind } from './kind-of-text.ts';
import { readTokens, type Token } from './likec4-tokens.ts';
import type { Model, ModelElement, ModelReader, ModelRelation, Rank, Spot } from './model.ts';
import { findProtocol } from './protocol-of-text.ts';
import { readElementProperties, readRelationProperties } from './read-properties.ts';

/** Reads models of LikeC4: https://likec4.dev/dsl/ */
export const likec4Reader: ModelReader = {
  name: 'LikeC4',
  matches: (file, text) =>
    /\.(?:c4|likec4|like-c4)$/i.test(file) ||
    (/^\s*specification\s*\{/m.test(text) && /^\s*model\s*\{/m.test(text)),
  read: (text) => new Likec4File(readTokens(text)).read(),
};

interface Draft extends Spot {
  readonly path: string;
  readonly kind: string;
  name: string;
  technology: string;
  readonly tags: string[];
  readonly whole: Draft | undefined;
  readonly depth: number;
  readonly properties: Map<string, string>;
}

interface Arrow extends Spot {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly isBoth: boolean;
  readonly around: Draft | undefined;
  label: string;
  technology: string;
  readonly tags: string[];
  readonly properties: Map<string, string>;
}

type Target = Pick<Draft, 'technology' | 'tags' | 'properties'> & { name?: string; label?: string };

const deepest = 60;
const detail = /^(?:title|summary|description|technology|notation|notes)$/;

class Likec4File {
  readonly #tokens: readonly Token[];
  readonly #elements = new Map<string, Draft>();
  /** The one path that ends with each name; empty where there are several. */
  readonly #ends = new Map<string, string>();
  readonly #arrows: Arrow[] = [];
  readonly #skipped: { line: number; reason: string }[] = [];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  read(): Model {
    while (this.#at < this.#tokens.length) {
      const word = this.#next()?.text;
      if (this.#peek()?.text !== '{') continue;
      if (word === 'model') this.#readBlock(undefined, 0);
      else this.#skipBlock();
    }
    return {
      elements: [...this.#elements.values()].map(toElement),
      relations: this.#arrows.map((arrow) => ({
        ...toRelation(arrow),
        from: this.#find(arrow.from, arrow.around) ?? arrow.from,
        to: this.#find(arrow.to, arrow.around) ?? arrow.to,
      })),
      skipped: this.#skipped,
    };
  }

  #peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#at + ahead];
  }

  #next(): Token | undefined {
    return this.#tokens[this.#at++];
  }

  #skipBlock(): void {
    let depth = 0;
    while (this.#at < this.#tokens.length) {
      const { text, isQuoted } = this.#next() as Token;
      if (isQuoted) continue;
      if (text === '{') depth++;
      if (text === '}' && --depth <= 0) return;
    }
  }

  /** The statements between braces; those of an element's block may describe it. */
  #readBlock(element: Draft | undefined, depth: number): void {
    this.#next();
    while (this.#at < this.#tokens.length) {
      const token = this.#peek() as Token;
      if (token.text === '}' && !token.isQuoted) {
        this.#next();
        return;
      }
      const before = this.#at;
      this.#readStatement(element, depth);
      if (this.#at === before) this.#next();
    }
  }

  #readStatement(element: Draft | undefined, depth: number): void {
    const first = this.#peek() as Token;
    const second = this.#peek(1);
    if (depth > deepest) this.#skipBlock();
    else if (element && this.#readDetail(element)) return;
    else if (isArrow(first) || (second && (isArrow(second) || /^\.\p{L}/u.test(second.text))))
      this.#readArrow(element);
    else if (first.text === 'extend') this.#readExtension(element, depth);
    else this.#readElement(element, depth);
  }

  #readExtension(element: Draft | undefined, depth: number): void {
    this.#next();
    const path = this.#next()?.text ?? '';
    if (this.#peek()?.text !== '{') return;
    const known = this.#elements.get(this.#find(path, element) ?? '');
    if (known) this.#readBlock(known, depth + 1);
    else this.#skipBlock();
  }

  #readElement(element: Draft | undefined, depth: number): void {
    const first = this.#peek() as Token;
    const isAssigned = this.#peek(1)?.text === '=';
    const [id, kind] = isAssigned
      ? [first, this.#peek(2)]
      : [this.#peek(1)?.isFirst ? undefined : this.#peek(1), first];
    if (!isName(id) || !isName(kind)) {
      if (first.isFirst)
        this.#skipped.push({
          line: first.line,
          reason: `"${first.text.slice(0, 40)}" begins no statement that is known here`,
        });
      this.#next();
      if (this.#peek()?.text === '{') this.#skipBlock();
      return;
    }
    this.#at += isAssigned ? 3 : 2;
    const [title, , technology] = this.#readTexts();
    const path = element ? `${element.path}.${id.text}` : id.text;
    const draft: Draft = {
      path,
      kind: kind.text,
      name: title || id.text,
      technology: technology ?? '',
      tags: [],
      whole: element,
      depth: element ? element.depth + 1 : 0,
      properties: new Map(),
      line: first.line,
      column: first.column,
    };
    this.#elements.set(path, draft);
    this.#ends.set(id.text, this.#ends.has(id.text) ? '' : path);
    if (this.#peek()?.text === '{') this.#readBlock(draft, depth + 1);
  }

  /** What a line says of the element or relationship around it. */
  #readDetail(target: Target): boolean {
    const { text, isQuoted } = this.#peek() as Token;
    const following = this.#peek(1);
    if (isQuoted) return false;
    if (/^#/.test(text)) {
      target.tags.push((this.#next() as Token).text.slice(1));
      return true;
    }
    if (detail.test(text) && (following?.isQuoted || following?.text === ':')) {
      this.#next();
      if (this.#peek()?.text === ':') this.#next();
      const value = this.#next()?.text ?? '';
      if (text === 'technology') target.technology = value;
      if (text === 'title' && target.name !== undefined) target.name = value;
      if (text === 'title' && target.label !== undefined) target.label = value;
      return true;
    }
    if (text === 'metadata' && following?.text === '{') {
      this.#at += 2;
      while (this.#at < this.#tokens.length && this.#peek()?.text !== '}') {
        const key = this.#next()?.text ?? '';
        if (this.#peek()?.text === ':') this.#next();
        if (this.#peek()?.text !== '}') target.properties.set(key, this.#next()?.text ?? '');
      }
      this.#next();
      return true;
    }
    if (following?.text === '{' && /^(?:style|navigateTo)$/.test(text)) {
      this.#next();
      this.#skipBlock();
      return true;
    }
    if (/^(?:link|icon|style|navigateTo)$/.test(text)) {
      this.#next();
      while (this.#peek() && !this.#peek()?.isFirst && this.#peek()?.text !== '}') this.#next();
      return true;
    }
    return false;
  }

  #readArrow(around: Draft | undefined): void {
    const start = this.#peek() as Token;
    const from = isArrow(start) ? 'this' : (this.#next() as Token).text;
    const sign = (this.#next() as Token).text;
    let kind = sign.startsWith('.') ? sign.slice(1) : '';
    if (sign === '-[') {
      kind = this.#next()?.text ?? '';
      if (this.#peek()?.text === ']->') this.#next();
    }
    const to = this.#next()?.text ?? '';
    const [label = '', second, third] = this.#readTexts();
    const technology = third ?? second ?? '';
    const arrow: Arrow = {
      from,
      to,
      kind,
      isBoth: sign === '<->',
      around,
      label,
      technology,
      tags: [],
      properties: new Map(),
      line: start.line,
      column: start.column,
    };
    this.#arrows.push(arrow);
    while (/^#/.test(this.#peek()?.text ?? '') && !this.#peek()?.isQuoted) this.#next();
    if (this.#peek()?.text !== '{') return;
    this.#next();
    while (this.#at < this.#tokens.length && this.#peek()?.text !== '}')
      if (!this.#readDetail(arrow)) {
        this.#next();
        if (this.#peek()?.text === '{') this.#skipBlock();
      }
    this.#next();
  }

  #readTexts(): string[] {
    const texts: string[] = [];
    while (this.#peek()?.isQuoted && texts.length < 4) texts.push((this.#next() as Token).text);
    return texts;
  }

  /** A name counts for what is nearest: inside the element around it first, then outwards. */
  #find(name: string, around: Draft | undefined): string | undefined {
    if (name === 'this' || name === 'it') return around?.path;
    for (let scope = around; scope; scope = scope.whole) {
      const inner = `${scope.path}.${name}`;
      if (this.#elements.has(inner)) return inner;
    }
    if (this.#elements.has(name)) return name;
    // Where only one element is called so, it is meant.
    return this.#ends.get(name) || undefined;
  }
}

function isName(token: Token | undefined): token is Token {
  return token !== undefined && !token.isQuoted && /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(token.text);
}

function isArrow({ text, isQuoted }: Token): boolean {
  return !isQuoted && (text === '->' || text === '<->' || text === '-[');
}

function toElement(draft: Draft): ModelElement {
  const { path, kind, name, technology, tags, whole, depth, properties, line, column } = draft;
  const found =
    findKind(kind) ??
    tags.map(findKind).find((each) => each !== undefined) ??
    (depth > 0 ? findKind(technology) : undefined);
  const said = readElementProperties(properties);
  return {
    id: path,
    name,
    rank: rankOf(kind, depth),
    ...(whole === undefined ? {} : { whole: whole.path }),
    ...(found === undefined ? {} : { kind: found }),
    tags,
    ...said,
    line,
    column,
  };
}

function rankOf(kind: string, depth: number): Rank {
  if (/^(?:actor|person|user|customer|role)$/i.test(kind)) return { leftOut: 'person' };
  if (depth === 0) return 'system';
  if (depth === 1) return 'part';
  return /system|service|container|app|database|store|queue/i.test(kind) ? 'part' : 'inner';
}

function toRelation(arrow: Arrow): ModelRelation {
  const { from, to, kind, isBoth, label, technology, tags, properties, line, column } = arrow;
  const protocol =
    findProtocol(technology, true) ?? findProtocol(kind, true) ?? findProtocol(label, false);
  return {
    from,
    to,
    meaning: isBoth ? 'both' : 'call',
    label,
    ...(protocol === undefined ? {} : { protocol }),
    tags,
    ...readRelationProperties(properties),
    line,
    column,
  };
}
