import { childrenOf, type Node } from '../tree-sitter.ts';

/** A value and what stands in for it where there is none. */
export interface GoDefault {
  /** What gets the value; absent where it is returned. */
  readonly target?: Node;
  readonly value: Node;
  readonly fallback: Node;
  /** The statement behind the `if` is part of it. */
  readonly usesNext: boolean;
}

/**
 * Go has no operator for a default; it is written as
 * `if v := os.Getenv(k); v != "" { return v }; return d` or `if addr == "" { addr = d }`.
 */
export function findDefault(node: Node, next: Node | undefined): GoDefault | undefined {
  if (node.type !== 'if_statement') return undefined;
  const presence = readPresence(node.childForFieldName('condition'));
  const inside = onlyStatement(node.childForFieldName('consequence'));
  if (!presence || !inside) return undefined;
  const alternative = node.childForFieldName('alternative');
  if (inside.type === 'return_statement') {
    const other = alternative ? onlyStatement(alternative) : next;
    const own = returned(inside);
    const otherwise = other ? returned(other) : undefined;
    if (!own || !otherwise) return undefined;
    const [value, fallback] = presence.isPresent ? [own, otherwise] : [otherwise, own];
    return { value, fallback, usesNext: alternative === null };
  }
  if (inside.type !== 'assignment_statement' || alternative) return undefined;
  const target = only(inside.childForFieldName('left'));
  const given = only(inside.childForFieldName('right'));
  if (!target || !given) return undefined;
  if (!presence.isPresent && presence.subject === target.text)
    return { target, value: target, fallback: given, usesNext: false };
  return presence.isPresent && isOf(given, presence.subject)
    ? { target, value: given, fallback: target, usesNext: false }
    : undefined;
}

/** Whether a condition asks for a value, `v != ""`, or for none, `!ok`. */
function readPresence(
  condition: Node | null,
): { readonly subject: string; readonly isPresent: boolean } | undefined {
  const text = condition && condition.text.length < 200 ? condition.text : '';
  const compared = /^([\w.*[\]"]+)\s*(==|!=)\s*(?:""|``)$/.exec(text);
  if (compared) return { subject: compared[1] ?? '', isPresent: compared[2] === '!=' };
  const counted = /^len\(([\w.*[\]"]+)\)\s*(==|!=|>)\s*0$/.exec(text);
  if (counted) return { subject: counted[1] ?? '', isPresent: counted[2] !== '==' };
  const asked = /^(!?)(?:ok|exists|found|present|set|isSet)$/.exec(text);
  return asked ? { subject: '', isPresent: asked[1] === '' } : undefined;
}

/** `v` itself, or something made of it; any single name where only `ok` was asked. */
function isOf(given: Node, subject: string): boolean {
  return subject === '' ? given.type === 'identifier' : given.text.includes(subject);
}

function onlyStatement(block: Node | null): Node | undefined {
  const list = block?.type === 'block' ? block.namedChild(0) : null;
  return only(list?.type === 'statement_list' ? list : null);
}

/** The value that is returned, alone or with `nil` behind it. */
function returned(node: Node): Node | undefined {
  if (node.type !== 'return_statement') return undefined;
  const list = node.namedChild(0);
  const [value, ...rest] = list ? childrenOf(list) : [];
  return rest.every(({ type }) => type === 'nil' || type === 'true' || type === 'false')
    ? value
    : undefined;
}

function only(list: Node | null): Node | undefined {
  const children = list ? childrenOf(list).filter(({ type }) => type !== 'comment') : [];
  return children.length === 1 ? children[0] : undefined;
}
