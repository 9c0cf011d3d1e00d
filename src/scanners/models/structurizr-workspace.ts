import type { Model, Rank, Spot } from './model.ts';
import {
  type Archetype,
  type ArrowDraft,
  type ElementDraft,
  elementTypes,
  toElement,
  toRelation,
} from './structurizr-drafts.ts';
import type { Statement } from './structurizr-tokens.ts';

type Block =
  | { readonly kind: 'element'; readonly element: ElementDraft }
  | { readonly kind: 'arrow'; readonly arrow: ArrowDraft }
  | { readonly kind: 'group'; readonly name: string }
  | { readonly kind: 'properties'; readonly of: Map<string, string> }
  | { readonly kind: 'archetypes' }
  | { readonly kind: 'archetype'; readonly archetype: Archetype }
  /** `workspace`, `model`, deployment environments: what stands inside is read. */
  | { readonly kind: 'open' }
  /** Views, styles and whatever is not known: what stands inside is not read. */
  | { readonly kind: 'closed' };

const closed: Block = { kind: 'closed' };
const open: Block = { kind: 'open' };
const openBlocks = new Set(['workspace', 'model', 'deploymentenvironment', 'enterprise']);
const closedBlocks = new Set(
  'views configuration perspectives styles branding terminology users themes animation'.split(' '),
);
const instances = new Set(['softwaresysteminstance', 'containerinstance', 'instanceof']);
/** What may be said of a workspace. */
const details = /^(?:name|description|deploymentgroup|url|healthcheck)$/;
const quiet = /^!(?:impliedrelationships|docs|adrs|decisions)$/;
const arrowWord = /^-(?:-(.+)-)?>$/;
const mostElements = 100_000;
const longestText = 10_000;

/** Takes the statements of a workspace one by one, and tells what it declares. */
export class StructurizrWorkspace {
  readonly #stack: Block[] = [];
  readonly #elements: ElementDraft[] = [];
  readonly #arrows: ArrowDraft[] = [];
  readonly #byId = new Map<string, ElementDraft>();
  readonly #archetypes = new Map<string, Archetype>();
  readonly #constants = new Map<string, string>();
  readonly #leftOut: Record<string, number> = {};
  readonly #skipped: { line: number; reason: string }[] = [];
  #isHierarchical = false;

  /** @returns a file whose statements stand here */
  take(statement: Statement, line: number): string | undefined {
    if (statement.closes) {
      if (this.#stack.pop() === undefined) this.skip(line, 'a brace closes no block; remove it');
      return undefined;
    }
    const words = statement.words.map((word) => this.#fill(word));
    const spot = { line, column: statement.column };
    const block = this.#takeInside(words) ?? this.#takeDirective(words);
    if (typeof block === 'string') return block;
    const begun =
      block ??
      this.#takeWord(words) ??
      this.#takeArrow(words, spot) ??
      this.#takeElement(words, spot);
    if (statement.opens) this.#stack.push(begun);
    const isExtension =
      words[0]?.toLowerCase() === 'workspace' && /^extends$/i.test(words[1] ?? '');
    return isExtension ? words[2] : undefined;
  }

  skip(line: number, reason: string): void {
    this.#skipped.push({ line, reason });
  }

  finish(): Model {
    if (this.#stack.length > 0)
      this.skip(1, `${this.#stack.length} blocks are not closed; add the braces`);
    return {
      elements: this.#elements.map(toElement),
      relations: this.#arrows.map((arrow) =>
        toRelation(arrow, this.#find(arrow.from, arrow.around), this.#find(arrow.to, arrow.around)),
      ),
      leftOut: this.#leftOut,
      skipped: this.#skipped,
    };
  }

  /** What stands inside of blocks that have words of their own. */
  #takeInside(words: readonly string[]): Block | undefined {
    const around = this.#stack.at(-1);
    const [first = '', second = '', third = ''] = words;
    switch (around?.kind) {
      case 'closed':
        return closed;
      case 'properties':
        around.of.set(first, words.slice(1).join(' '));
        return closed;
      case 'archetypes':
        return {
          kind: 'archetype',
          archetype: this.#defineArchetype(first, second === '=' ? third : first),
        };
      case 'archetype':
        describe(around.archetype, first, words.slice(1));
        return closed;
      case 'element':
      case 'arrow': {
        const target = around.kind === 'element' ? around.element : around.arrow;
        if (first.toLowerCase() === 'properties')
          return { kind: 'properties', of: target.properties };
        if (second === '=' || third === '=') return undefined;
        return describe(target, first, words.slice(1)) ? closed : undefined;
      }
      default:
        return undefined;
    }
  }

  /** Words that begin with `!`; a file to include is handed out. */
  #takeDirective(words: readonly string[]): Block | string | undefined {
    const [first = '', second = ''] = words;
    if (!first.startsWith('!')) return undefined;
    const name = first.toLowerCase();
    switch (name) {
      case '!include':
        return second;
      case '!const':
      case '!constant':
      case '!var':
        this.#constants.set(second, words.slice(2).join(' '));
        return closed;
      case '!identifiers':
        this.#isHierarchical = second.toLowerCase() === 'hierarchical';
        return closed;
      case '!element':
      case '!ref':
      case '!extend': {
        const element = this.#byId.get(second.toLowerCase());
        return element ? { kind: 'element', element } : closed;
      }
      default:
        if (!quiet.test(name)) this.#count(`${name} of the Structurizr DSL`);
        return closed;
    }
  }

  #takeWord(words: readonly string[]): Block | undefined {
    const isNamed = words[1] === '=';
    const name = (words[isNamed ? 2 : 0] ?? '').toLowerCase();
    if (isNamed && name !== 'deploymentenvironment') return undefined;
    if (openBlocks.has(name)) return open;
    if (closedBlocks.has(name)) return closed;
    if (name === 'archetypes') return { kind: 'archetypes' };
    if (name === 'properties') return { kind: 'properties', of: new Map() };
    return undefined;
  }

  #takeArrow(words: readonly string[], spot: Spot): Block | undefined {
    const rest = words[1] === '=' ? words.slice(2) : words;
    if (rest.includes('-/>')) {
      this.#count('relationship that a deployment takes away');
      return closed;
    }
    const at = rest.findIndex((word) => arrowWord.test(word));
    if (at !== 0 && at !== 1) return undefined;
    const archetype = this.#archetypes.get(
      arrowWord.exec(rest[at] ?? '')?.[1]?.toLowerCase() ?? '',
    );
    const [to = '', label = '', technology, tags] = rest.slice(at + 1);
    const arrow: ArrowDraft = {
      from: at === 0 ? 'this' : (rest[0] ?? ''),
      to,
      label,
      technology: technology || archetype?.technology || '',
      tags: joinTags(archetype?.tags, tags),
      around: this.#stack.flatMap((block) => (block.kind === 'element' ? [block.element] : [])),
      properties: new Map(),
      ...spot,
    };
    this.#arrows.push(arrow);
    return { kind: 'arrow', arrow };
  }

  #takeElement(words: readonly string[], spot: Spot): Block {
    const id = words[1] === '=' ? words[0] : undefined;
    const [word = '', ...rest] = id === undefined ? words : words.slice(2);
    const archetype = this.#archetypes.get(word.toLowerCase());
    const type = (archetype?.base ?? word).toLowerCase();
    if (type === 'group') return { kind: 'group', name: rest[0] ?? '' };
    const known = elementTypes[type];
    if (known && this.#elements.length < mostElements)
      return { kind: 'element', element: this.#define(id, known, rest, archetype, spot) };
    if (instances.has(type) || /^deploymentgroup$/.test(type)) {
      const element = this.#find(rest[0] ?? '', []);
      if (id !== undefined && element) this.#byId.set(id.toLowerCase(), element);
      this.#count('deployed instance');
      return element ? { kind: 'element', element } : closed;
    }
    if (!details.test(type))
      this.skip(
        spot.line,
        `"${(words[0] ?? '').slice(0, 40)}" begins no statement that is known here`,
      );
    return closed;
  }

  #define(
    id: string | undefined,
    { rank, fields }: { readonly rank: Rank; readonly fields: readonly string[] },
    words: readonly string[],
    archetype: Archetype | undefined,
    spot: Spot,
  ): ElementDraft {
    const said = new Map(fields.map((field, index) => [field, words[index] ?? '']));
    const around = this.#stack.findLast((block) => block.kind === 'element');
    const group = this.#stack.findLast((block) => block.kind === 'group');
    const whole = around?.kind === 'element' ? around.element : undefined;
    const element: ElementDraft = {
      key: `e${this.#elements.length}`,
      path: undefined,
      name: said.get('name') || id || 'unnamed',
      rank,
      whole,
      group: group?.kind === 'group' ? group.name : undefined,
      technology: said.get('technology') || archetype?.technology || '',
      tags: joinTags(archetype?.tags, said.get('tags')),
      properties: new Map(),
      ...spot,
    };
    this.#elements.push(element);
    if (id !== undefined) this.#name(element, id.toLowerCase());
    return element;
  }

  /** An identifier counts by itself, and behind that of the element around it. */
  #name(element: ElementDraft, id: string): void {
    const above = element.whole?.path;
    element.path = above === undefined ? id : `${above}.${id}`;
    this.#byId.set(element.path, element);
    if (!this.#isHierarchical || above === undefined) this.#byId.set(id, element);
  }

  #find(written: string, around: readonly ElementDraft[]): ElementDraft | undefined {
    const id = written.toLowerCase();
    if (id === 'this') return around.at(-1);
    for (const { path } of [...around].reverse()) {
      const found = path === undefined ? undefined : this.#byId.get(`${path}.${id}`);
      if (found) return found;
    }
    return this.#byId.get(id);
  }

  #defineArchetype(name: string, base: string): Archetype {
    const isArrow = base.startsWith('-');
    const parent = this.#archetypes.get(
      (isArrow ? (arrowWord.exec(base)?.[1] ?? '') : base).toLowerCase(),
    );
    const archetype: Archetype = {
      base: isArrow ? '->' : (parent?.base ?? base.toLowerCase()),
      technology: parent?.technology ?? '',
      tags: parent?.tags ?? '',
    };
    this.#archetypes.set(name.toLowerCase(), archetype);
    return archetype;
  }

  #fill(word: string): string {
    if (!word.includes('${')) return word;
    const filled = word.replace(
      /\$\{([^}]{1,100})\}/g,
      (all, name) => this.#constants.get(name) ?? all,
    );
    return filled.slice(0, longestText);
  }

  #count(what: string): void {
    this.#leftOut[what] = (this.#leftOut[what] ?? 0) + 1;
  }
}

/** A line that describes the element, relationship or archetype around it. */
function describe(
  target: { technology: string; tags: string },
  word: string,
  values: readonly string[],
): boolean {
  switch (word.toLowerCase()) {
    case 'technology':
      target.technology = values[0] ?? '';
      return true;
    case 'tag':
    case 'tags':
      target.tags = joinTags(target.tags, values.join(','));
      return true;
    case 'description':
    case 'url':
    case 'metadata':
    case 'instances':
    case 'healthcheck':
      return true;
    default:
      return false;
  }
}

function joinTags(...tags: readonly (string | undefined)[]): string {
  return tags
    .filter((each) => each !== undefined && each !== '')
    .join(',')
    .slice(0, longestText);
}
