import { AliasError, InputError } from '../../../errors.ts';
import { parseYaml } from '../../../yaml.ts';
import type { Position } from '../program/program.ts';

/** A path of keys and indexes into a parsed file. */
export type Path = readonly (string | number)[];

/** One parsed document, with the place of each of its values in the file. */
export interface Tree {
  readonly value: unknown;
  placeOf(path: Path): Position;
}

const mostDocuments = 500;

/** A mapping, where a file holds one. */
export type Mapping = Readonly<Record<string, unknown>>;

/** Whether a parsed value is a mapping. */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A parsed value as a mapping; anything else is an empty one. */
export function toMapping(value: unknown): Mapping {
  return isMapping(value) ? value : {};
}

/** A parsed value as a list; anything else is an empty one. */
export function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A parsed scalar as it was written; mappings, lists and nothing are undefined. */
export function toScalar(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** The mapping with what its merge keys (`<<`) bring; own keys win. */
export function mergeKeys(mapping: Mapping): Mapping {
  if (!Object.hasOwn(mapping, '<<')) return mapping;
  const { '<<': merged, ...own } = mapping;
  const sources = Array.isArray(merged) ? merged : [merged];
  let result: Mapping = own;
  for (const source of sources.slice(0, 20)) {
    if (!isMapping(source)) continue;
    const { '<<': deeper, ...rest } = source;
    result = { ...toMapping(deeper), ...rest, ...result };
  }
  return result;
}

/**
 * The documents of a YAML file. One that cannot be parsed whole gives its plain `key: value` lines.
 * @param refuse told of a document whose aliases grow beyond bounds: it is not read at all
 */
export function readYamlTrees(
  text: string,
  file: string,
  refuse: (reason: string) => void = () => {},
): Tree[] {
  return splitDocuments(text).flatMap(({ text: part, line }) => {
    const tree = readGrowing(part, file, refuse);
    if (!tree) return [];
    return tree.value === undefined || tree.value === null ? [] : [moveDown(tree, line)];
  });
}

function readGrowing(
  part: string,
  file: string,
  refuse: (reason: string) => void,
): Tree | undefined {
  try {
    return readTree(part, file) ?? readTree(repairYaml(part), file) ?? readPlainLines(part);
  } catch (error) {
    if (!(error instanceof AliasError)) throw error;
    refuse(error.message);
    return undefined;
  }
}

/** The one document of a JSON file with comments and trailing commas; undefined where it is none. */
export function readJsonTree(text: string, file: string): Tree | undefined {
  try {
    return readTree(blankComments(text), file);
  } catch (error) {
    // YAML in a file that is called JSON.
    if (error instanceof AliasError) return undefined;
    throw error;
  }
}

function readTree(text: string, file: string): Tree | undefined {
  try {
    return parseYaml(text, file);
  } catch (error) {
    if (error instanceof AliasError) throw error;
    if (error instanceof InputError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function moveDown(tree: Tree, lines: number): Tree {
  if (lines === 0) return tree;
  return {
    value: tree.value,
    placeOf(path) {
      const { line, column } = tree.placeOf(path);
      return { line: line + lines, column };
    },
  };
}

function splitDocuments(text: string): { text: string; line: number }[] {
  const documents: { text: string; line: number }[] = [];
  let start = 0;
  let line = 0;
  let lines = 0;
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    const next = end < 0 ? text.length : end + 1;
    const row = text.slice(at, Math.min(next, at + 5)).trimEnd();
    const isBreak = /^(?:---|\.\.\.)(?:$|[ \t#])/.test(row);
    lines++;
    if (isBreak && documents.length < mostDocuments) {
      documents.push({ text: text.slice(start, at), line });
      start = next;
      line = lines;
    }
    at = next;
  }
  documents.push({ text: text.slice(start), line });
  return documents.filter(({ text: part }) => part.trim() !== '');
}

/** Quotes and drops what strict YAML refuses but build tools put into such files. */
function repairYaml(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const row = line
        .replace(/\r$/, '')
        .replace(/^%.*$/, '')
        // A closing bracket below its key, which stands too far left.
        .replace(/^(\s*)(?=[\]}][\]},\s]*(?:#.*)?$)/, '$1  ')
        .replace(/^(\s*(?:- )?[^\s:#][^:#]{0,200}:|\s*-)(\s+)!{1,2}[\w./:-]{1,60}(?=\s|$)/, '$1$2')
        .replace(/^\t+/, (tabs) => '  '.repeat(tabs.length));
      const match = /^(\s*(?:- )?[^\s:#"'{[][^:]{0,200}:\s+)([^\s"'|>[&*].*)$/.exec(row);
      const value = match?.[2] ?? '';
      const isRisky = /^[@%`]|^\{\{|^[^{].*:\s/.test(value);
      return match && isRisky ? `${match[1]}${quote(value)}` : row;
    })
    .join('\n');
}

function quote(value: string): string {
  const [, text = '', comment = ''] = /^(.*?)(\s#.*)?$/.exec(value) ?? [];
  return `'${text.trimEnd().replaceAll("'", "''")}'${comment}`;
}

/** The `key: value` lines of a text that is no YAML as a whole, nested by their indentation. */
function readPlainLines(text: string): Tree {
  const root: Record<string, unknown> = {};
  const places = new Map<string, Position>();
  const open: { indent: number; path: string[]; mapping: Record<string, unknown> }[] = [
    { indent: -1, path: [], mapping: root },
  ];
  for (const [index, line] of text.split('\n').entries()) {
    const match = /^(\s{0,200})([A-Za-z_][\w.\-/]{0,200}):(?:\s+(.*))?$/.exec(line.trimEnd());
    if (!match) continue;
    const [, space = '', key = '', written = ''] = match;
    while (open.length > 1 && (open.at(-1)?.indent ?? -1) >= space.length) open.pop();
    const parent = open.at(-1);
    if (!parent || open.length > 50) continue;
    const path = [...parent.path, key];
    const value = written.replace(/\s#.*$/, '').trim();
    places.set(path.join('\u0000'), { line: index + 1, column: space.length + 1 });
    if (Object.hasOwn(parent.mapping, key)) continue;
    if (value === '') {
      const mapping: Record<string, unknown> = {};
      define(parent.mapping, key, mapping);
      open.push({ indent: space.length, path, mapping });
    } else define(parent.mapping, key, value.replace(/^(["'])(.*)\1$/, '$2'));
  }
  return {
    value: root,
    placeOf: (path) => places.get(path.join('\u0000')) ?? { line: 1, column: 1 },
  };
}

function define(mapping: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(mapping, key, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

/** Replaces comments, trailing commas and tabs of a JSON text by blanks, so that places stay. */
function blankComments(text: string): string {
  let result = '';
  for (let at = 0; at < text.length; ) {
    const end = tokenEnd(text, at);
    const token = text.slice(at, end);
    if (token.startsWith('//') || token.startsWith('/*')) result += token.replace(/[^\n]/g, ' ');
    else if (token === '\t') result += ' ';
    else if (token === ',' && /^[}\]]/.test(nextSign(text, end))) result += ' ';
    else result += token;
    at = end;
  }
  return result;
}

function tokenEnd(text: string, at: number): number {
  if (text[at] === '"') {
    for (let end = at + 1; end < text.length; end++) {
      if (text[end] === '\\') end++;
      else if (text[end] === '"') return end + 1;
      else if (text[end] === '\n') return end;
    }
    return text.length;
  }
  if (text.startsWith('//', at)) {
    const end = text.indexOf('\n', at);
    return end < 0 ? text.length : end;
  }
  if (text.startsWith('/*', at)) {
    const end = text.indexOf('*/', at + 2);
    return end < 0 ? text.length : end + 2;
  }
  return at + 1;
}

/** The next sign that is neither space nor comment, looked for within one page. */
function nextSign(text: string, from: number): string {
  const last = Math.min(text.length, from + 4_000);
  for (let at = from; at < last; ) {
    if (/\s/.test(text[at] ?? '')) at++;
    else if (text.startsWith('//', at) || text.startsWith('/*', at)) at = tokenEnd(text, at);
    else return text[at] ?? '';
  }
  return '';
}
