/**
 * Texts with holes. A hole stands for what one file alone does not say, and is written in braces:
 * `{env:NAME}` a setting from the environment or a configuration file, `{env:NAME?=default}` one
 * with a default, `{import:MODULE#name}` a name of another file, `{name:X.y}` a name that no
 * import explains, `{param:FUNCTION#0}` an argument of a function, and `{anything else}` unknown.
 */
export type Hole =
  | { readonly kind: 'env'; readonly name: string; readonly fallback?: string }
  | { readonly kind: 'import'; readonly module: string; readonly name: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'param'; readonly function: string; readonly index: number }
  | { readonly kind: 'unknown'; readonly text: string };

/** Writes a hole. */
export function writeHole(hole: Hole): string {
  switch (hole.kind) {
    case 'env':
      // The name itself may be an argument of a function: `{env:{param:getEnv#0}}`.
      return `{env:${isOpen(hole.name) ? balance(hole.name) : plain(hole.name)}${hole.fallback === undefined ? '' : `?=${balance(hole.fallback)}`}}`;
    case 'import':
      return `{import:${plain(hole.module)}#${plain(hole.name)}}`;
    case 'name':
      return `{name:${plain(hole.name)}}`;
    case 'param':
      return `{param:${plain(hole.function)}#${hole.index}}`;
    case 'unknown':
      return `{${hole.text.replace(/[{}/\s]+/g, ' ').trim()}}`;
  }
}

/** Takes a text apart: what is written out, and the holes in between. */
export function readOpenText(text: string): (string | Hole)[] {
  const parts: (string | Hole)[] = [];
  let written = '';
  for (let at = 0; at < text.length; at++) {
    const end = text[at] === '{' ? findClosing(text, at) : -1;
    if (end < 0) {
      written += text[at];
      continue;
    }
    if (written !== '') parts.push(written);
    written = '';
    parts.push(readHole(text.slice(at + 1, end)));
    at = end;
  }
  if (written !== '') parts.push(written);
  return parts;
}

/** Whether a text has a hole that another file, the environment or a caller may fill. */
export function isOpen(text: string): boolean {
  return /\{(?:env|import|name|param):/.test(text);
}

/** Fills the holes that `find` has a text for; the others stay. */
export function fillHoles(text: string, find: (hole: Hole) => string | undefined): string {
  if (!text.includes('{')) return text;
  return readOpenText(text)
    .map((part) => (typeof part === 'string' ? part : (find(part) ?? writeHole(part))))
    .join('');
}

/** An open text as people read it: `{env:HOST?=x}` as `{HOST}`. */
export function showOpenText(text: string): string {
  if (!isOpen(text)) return text;
  return readOpenText(text)
    .map((part) => (typeof part === 'string' ? part : `{${nameHole(part)}}`))
    .join('');
}

function nameHole(hole: Hole): string {
  switch (hole.kind) {
    case 'unknown':
      return hole.text;
    case 'param':
      return '…';
    default:
      return hole.name;
  }
}

function readHole(inner: string): Hole {
  const match = /^(env|import|name|param):([\s\S]*)$/.exec(inner);
  const [, kind, rest = ''] = match ?? [];
  if (kind === 'env') {
    const at = rest.indexOf('?=');
    return at < 0
      ? { kind, name: rest }
      : { kind, name: rest.slice(0, at), fallback: rest.slice(at + 2) };
  }
  const hash = rest.lastIndexOf('#');
  if (kind === 'import' && hash >= 0)
    return { kind, module: rest.slice(0, hash), name: rest.slice(hash + 1) };
  if (kind === 'name') return { kind, name: rest };
  if (kind === 'param' && hash >= 0)
    return { kind, function: rest.slice(0, hash), index: Number(rest.slice(hash + 1)) };
  return { kind: 'unknown', text: inner };
}

/** The brace that closes the one at `open`, or -1. Long or deep nests are no holes. */
function findClosing(text: string, open: number): number {
  let depth = 0;
  const last = Math.min(text.length, open + 2_000);
  for (let at = open; at < last; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return -1;
}

function plain(name: string): string {
  return name.replace(/[{}\s]+/g, ' ').trim();
}

/** A default may hold holes of its own, but no brace that is not closed. */
function balance(text: string): string {
  let depth = 0;
  for (const character of text) {
    if (character === '{') depth++;
    else if (character === '}' && --depth < 0) break;
  }
  return depth === 0 ? text : text.replace(/[{}]/g, '');
}
