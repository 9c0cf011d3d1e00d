import { childrenOf, type Node } from '../tree-sitter.ts';
import type { Expansion } from './expand.ts';

/** What flows in and out of a command. */
export interface Flow {
  readonly readsFrom: readonly string[];
  readonly writesTo: readonly string[];
  readonly input?: string;
}

export const noFlow: Flow = { readsFrom: [], writesTo: [] };

/** Reads the redirects of a statement. `next` is a command that the grammar hangs on a here-document. */
export function readRedirects(
  node: Node,
  outer: Flow,
  { expand }: Expansion,
  depth: number,
): { readonly flow: Flow; readonly next?: Node; readonly nextFlow?: Flow } {
  const reads = [...outer.readsFrom];
  const writes = [...outer.writesTo];
  let input = outer.input;
  let next: Node | undefined;
  const readRedirect = (redirect: Node): void => {
    if (redirect.type === 'file_redirect') {
      const target = redirect.childForFieldName('destination');
      if (!target || /^[0-9-]+$/.test(target.text) || target.text === '/dev/null') return;
      if (redirect.childForFieldName('descriptor')?.text === '2') return;
      const file = expand(target, depth).text;
      if (redirect.text.replace(/^\d/, '').startsWith('<')) reads.push(file);
      else writes.push(file);
    } else if (redirect.type === 'heredoc_redirect') {
      for (const part of childrenOf(redirect)) {
        if (part.type === 'heredoc_body') input = expand(part, depth).text;
        else if (part.type === 'pipeline' || part.type === 'command') next = part;
        else readRedirect(part);
      }
    } else if (redirect.type === 'herestring_redirect') {
      const [word] = childrenOf(redirect);
      if (word) input = expand(word, depth).text;
    }
  };
  const body = node.childForFieldName('body');
  for (const child of childrenOf(node)) if (!body || child.id !== body.id) readRedirect(child);
  const pipe = next ? [`pipe ${next.startIndex}`] : [];
  return {
    flow: {
      readsFrom: reads,
      writesTo: next ? pipe : writes,
      ...(input === undefined ? {} : { input }),
    },
    ...(next ? { next, nextFlow: { readsFrom: pipe, writesTo: writes } } : {}),
  };
}
