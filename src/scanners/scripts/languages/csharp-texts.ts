import type { Expression } from '../program/program.ts';
import { childrenOf, type Node } from '../tree-sitter.ts';

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The text of a literal without holes: plain, verbatim, raw, or a character. */
export function readLiteral(node: Node): string {
  if (node.type === 'verbatim_string_literal')
    return node.text.replace(/^@"|"(?:u8)?$/gi, '').replaceAll('""', '"');
  if (node.type === 'raw_string_literal') {
    const content = childrenOf(node).find(({ type }) => type === 'raw_string_content');
    return dedent(content?.text ?? '');
  }
  return childrenOf(node)
    .map((part) =>
      part.type === 'escape_sequence'
        ? readEscape(part.text)
        : part.type.endsWith('_content')
          ? part.text
          : '',
    )
    .join('');
}

/** The parts of `$"…"`; the written ones as texts, the others lowered by `lower`. */
export function readInterpolated(node: Node, lower: (part: Node) => Expression): Expression[] {
  const children = childrenOf(node);
  const start = children[0]?.text ?? '$';
  const isVerbatim = start.includes('@');
  const isRaw = children[1]?.type === 'interpolation_quote' && children[1].text.length >= 3;
  const parts: Expression[] = [];
  for (const child of children) {
    if (child.type === 'string_content') {
      const written = isRaw ? child.text : child.text.replaceAll('{{', '{').replaceAll('}}', '}');
      parts.push({ kind: 'text', text: isVerbatim ? written.replaceAll('""', '"') : written });
    } else if (child.type === 'escape_sequence') {
      parts.push({ kind: 'text', text: readEscape(child.text) });
    } else if (child.type === 'interpolation') {
      const inner = childrenOf(child).find(({ type }) => !/^interpolation_|^comment$/.test(type));
      if (inner) parts.push(lower(inner));
    }
  }
  return parts;
}

/**
 * `\\server\share\in` as the address it is, `smb://server/share/in`: so it can be told from the
 * path of a local file wherever it is used. Other texts stay as they are.
 */
export function joinParts(parts: readonly Expression[]): Expression {
  const merged = mergeTexts(parts);
  const start = merged[0];
  // Service discovery of .NET: either of the two, the first where there is one.
  if (start?.kind === 'text' && /^https?\+https?:/.test(start.text))
    merged[0] = { kind: 'text', text: start.text.replace(/^(https?)\+https?:/, '$1:') };
  const [first, second] = merged;
  if (first?.kind === 'text' && isNetworkPath(first.text, second)) {
    const [head, ...rest] = merged.map((part) =>
      part.kind === 'text' ? { ...part, text: part.text.replaceAll('\\', '/') } : part,
    );
    const all: Expression[] = [
      { kind: 'text', text: `smb:${head?.kind === 'text' ? head.text : ''}` },
      ...rest,
    ];
    return all.length === 1 && all[0] ? all[0] : { kind: 'join', parts: all };
  }
  if (merged.length === 0) return { kind: 'text', text: '' };
  return merged.length === 1 && first?.kind === 'text' ? first : { kind: 'join', parts: merged };
}

function isNetworkPath(text: string, next: Expression | undefined): boolean {
  if (text === '\\\\') return next !== undefined;
  return /^\\\\[A-Za-z0-9][\w.-]{1,80}(?:\\[\w$]|\\$)/.test(text) || isHostBefore(text, next);
}

/** `"\\server" + path` */
function isHostBefore(text: string, next: Expression | undefined): boolean {
  return next !== undefined && /^\\\\[A-Za-z0-9][\w.-]{1,80}$/.test(text);
}

function mergeTexts(parts: readonly Expression[]): Expression[] {
  const merged: Expression[] = [];
  for (const part of parts.flatMap((each) => (each.kind === 'join' ? each.parts : [each]))) {
    const last = merged.at(-1);
    if (part.kind === 'text' && last?.kind === 'text')
      merged[merged.length - 1] = { kind: 'text', text: last.text + part.text };
    else merged.push(part);
  }
  return merged;
}

function readEscape(text: string): string {
  const code = /^\\(?:u|U|x)([0-9a-fA-F]{1,8})$/.exec(text)?.[1];
  if (code !== undefined) {
    const point = Number.parseInt(code, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : '';
  }
  if (text === '{{' || text === '}}') return text.slice(1);
  const letter = text.slice(1);
  return Object.hasOwn(escapes, letter) ? (escapes[letter] ?? letter) : letter;
}

/** A raw text of several lines starts behind its first break and is moved left as far as its end. */
function dedent(content: string): string {
  const lines = content.split('\n');
  if (lines.length < 3) return content;
  const indent = /^[ \t]*$/.exec(lines.at(-1) ?? '')?.[0].length ?? 0;
  return lines
    .slice(1, -1)
    .map((line) =>
      line.replace(/\r$/, '').slice(Math.min(indent, /^[ \t]*/.exec(line)?.[0].length ?? 0)),
    )
    .join('\n');
}
