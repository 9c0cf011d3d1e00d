import type { Position } from '../scripts/facts.ts';
import { childrenOf, type Node } from '../scripts/tree-sitter.ts';
import type { Output, Redirects } from './shell-run.ts';
import { readWord, type Values } from './shell-words.ts';

/** What the redirects of a statement say. */
interface Reading {
  redirects: Redirects;
  /** The text of a here-document. */
  input: string | undefined;
  /** What stands after `||` or `&&` on the line that begins a here-document. */
  next?: { readonly isOr: boolean; readonly node: Node };
  /** The pipe that stands there. */
  pipes?: Node;
  readonly targets: Node[];
}

/**
 * Reads the redirects of a statement from left to right, as the shell does.
 * @param outer those of the statement around it
 * @param placeOf where a part of the script is
 */
export function readRedirects(
  node: Node,
  outer: { readonly redirects: Redirects; readonly input: string | undefined },
  values: Values,
  placeOf: (node: Node) => Position,
): Reading {
  const reading: Reading = { redirects: outer.redirects, input: outer.input, targets: [] };
  const body = node.childForFieldName('body');
  for (const part of childrenOf(node)) {
    if (part.id === body?.id) continue;
    if (part.type === 'file_redirect') readFile(part, reading, values, placeOf);
    else if (part.type === 'heredoc_redirect') readDocument(part, reading, values, placeOf);
    else if (part.type === 'herestring_redirect') reading.input = part.text.slice(0, 5_000);
  }
  return reading;
}

function readFile(
  redirect: Node,
  reading: Reading,
  values: Values,
  placeOf: (node: Node) => Position,
): void {
  const target = redirect.childForFieldName('destination');
  const sign = redirect.children.find((child) => child && !child.isNamed)?.type ?? '>';
  if (!target || sign.startsWith('<')) return;
  const { out, error } = reading.redirects;
  const descriptor = redirect.childForFieldName('descriptor')?.text ?? '1';
  const copied = sign.endsWith('&') ? target.text : undefined;
  const output: Output | undefined =
    copied === '1'
      ? out
      : copied === '2'
        ? error
        : /^[0-9-]+$/.test(target.text)
          ? undefined
          : {
              ...placeOf(target),
              file: readWord(target, values),
              isAppended: sign.includes('>>'),
            };
  const isBoth = sign.startsWith('&') || (copied !== undefined && !/^[0-9-]+$/.test(copied));
  reading.redirects = {
    ...withOutput('out', isBoth || descriptor === '1' ? output : out),
    ...withOutput('error', isBoth || descriptor === '2' ? output : error),
  };
  reading.targets.push(target);
}

function withOutput(name: 'out' | 'error', output: Output | undefined): Redirects {
  return output === undefined ? {} : { [name]: output };
}

function readDocument(
  redirect: Node,
  reading: Reading,
  values: Values,
  placeOf: (node: Node) => Position,
): void {
  const operator = redirect.children.find((child) => /^(?:&&|\|\|)$/.test(child?.type ?? ''))?.type;
  for (const part of childrenOf(redirect)) {
    if (part.type === 'heredoc_body') reading.input = part.text.slice(0, 20_000);
    else if (part.type === 'file_redirect') readFile(part, reading, values, placeOf);
    else if (part.type === 'pipeline') reading.pipes = part;
    else if (operator !== undefined && !part.type.startsWith('heredoc_'))
      reading.next = { isOr: operator === '||', node: part };
  }
}
