import { createHash } from 'node:crypto';
import { sortBy } from '../../order.ts';

/** What a text names → how its stand-in is written, with `#` for the number. */
const forms = {
  system: 'system-#',
  registration: 'row-#',
  code: 'job-#',
  file: 'file-#',
  host: 'host-#.example',
  alias: 'alias-#',
  object: 'object-#',
  domain: 'domain-#',
  team: 'team-#',
  person: 'person-#',
  site: 'site-#',
  type: 'type-#',
  tag: 'tag-#',
  lifecycle: 'lifecycle-#',
  contract: 'contract-#',
  table: 'table-#',
  route: '/route-#',
  account: 'account-#',
  protocol: 'protocol-#',
  environment: 'environment-#',
  schedule: 'schedule-#',
  repository: 'repository-#',
  commit: 'commit-#',
  source: 'source-#',
  collection: 'collection-#',
  task: 'task-#',
  thing: 'thing-#',
} as const;

/** What a text can name. */
export type Kind = keyof typeof forms;

/** A link as its key names it. */
interface KeyParts {
  readonly from: string;
  readonly to: string;
  readonly family: string;
}

/** Texts and what stands for them. The same text of the same kind always has the same stand-in. */
export interface StandIns {
  /** The stand-in of a text of a kind. */
  of(kind: Kind, text: string): string;
  /** The same; a text that is known as something more telling has the stand-in of that. */
  ofAny(fallback: Kind, text: string): string;
  /** What stands for a whole text of any kind, if it is one. */
  find(text: string): string | undefined;
  /** What stands for a link or a system, by its id or name. */
  findSystem(text: string): string | undefined;
  /** The longest name that begins with a word, in words. */
  lengthFrom(firstWord: string): number;
}

/** Learns all texts in a first pass; then `number` gives every one its stand-in. */
export class StandInRegistry implements StandIns {
  readonly #texts = new Map<Kind, Map<string, string>>();
  readonly #links: ReadonlyMap<string, KeyParts>;
  readonly #names: ReadonlyMap<string, string>;
  readonly #lengths = new Map<string, number>();
  #isNumbered = false;

  /**
   * @param links key → its parts
   * @param names name of a system → its id
   */
  constructor(links: ReadonlyMap<string, KeyParts>, names: ReadonlyMap<string, string>) {
    this.#links = links;
    this.#names = names;
  }

  of(kind: Kind, text: string): string {
    const texts = this.#texts.get(kind) ?? new Map<string, string>();
    this.#texts.set(kind, texts);
    if (!this.#isNumbered) {
      texts.set(text, '');
      return '';
    }
    const standIn = texts.get(text);
    if (standIn === undefined) throw new Error(`a ${kind} without a stand-in`);
    return standIn;
  }

  ofAny(fallback: Kind, text: string): string {
    if (!this.#isNumbered) return this.of(fallback, text);
    return this.find(text) ?? this.of(fallback, text);
  }

  findSystem(text: string): string | undefined {
    const link = this.#links.get(text);
    if (link)
      return `${this.of('system', link.from)}=>${this.of('system', link.to)}#${link.family}`;
    const system = this.#texts.get('system')?.get(text);
    if (system !== undefined) return system;
    const named = this.#names.get(text);
    return named === undefined ? undefined : this.#texts.get('system')?.get(named);
  }

  find(text: string): string | undefined {
    const system = this.findSystem(text);
    if (system !== undefined) return system;
    for (const kind of Object.keys(forms) as Kind[]) {
      const standIn = this.#texts.get(kind)?.get(text);
      if (standIn !== undefined) return standIn;
    }
    return undefined;
  }

  lengthFrom(firstWord: string): number {
    return this.#lengths.get(firstWord) ?? 0;
  }

  /**
   * Numbers what was learned. The order is that of a digest, not of the alphabet, which would tell
   * of the names.
   * @param salt another for every landscape, so that nobody can try names
   */
  number(salt: string): void {
    for (const [kind, texts] of this.#texts) {
      const width = String(texts.size).length;
      const ordered = sortBy(texts.keys(), (text) => digest(`${salt}\u0000${kind}\u0000${text}`));
      for (const [index, text] of ordered.entries()) {
        const number = String(index + 1).padStart(width, '0');
        texts.set(text, `${forms[kind].replace('#', number)}${kind === 'file' ? endOf(text) : ''}`);
      }
    }
    for (const texts of [this.#links, this.#names, ...this.#texts.values()])
      for (const text of texts.keys()) {
        const words = text.split(/\s+/);
        const [first = ''] = words;
        if (first !== '') this.#lengths.set(first, Math.max(this.lengthFrom(first), words.length));
      }
    this.#isNumbered = true;
  }
}

/** Endings that tell what kind of file it is, and nothing of whose. */
const endings = new Set(
  'csv tsv txt xlsx yaml yml json jsonl xml sh bash py pl rb ts js mjs sql java cs go php ps1 bat cmd conf cfg ini properties env log gz zst bz2 tf'.split(
    ' ',
  ),
);

function endOf(file: string): string {
  const [, ending = ''] = /\.([a-z0-9]{1,10})(?:#.*)?$/s.exec(file.slice(-200)) ?? [];
  return endings.has(ending) ? `.${ending}` : '';
}

/** A SHA-256 in hexadecimal digits. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
