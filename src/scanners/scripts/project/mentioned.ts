import { toAddressReference } from '../../../evidence.ts';
import type { ConnectionFact } from '../facts.ts';

/** Finds addresses of services around in the text of a program. */
export type FindMentions = (text: string, seen: ReadonlySet<string>) => ConnectionFact[];

const comment = /^\s*(?:\/\/|#|\*|\/\*|--|<!--|;|"""|''')/;
const longestLine = 2_000;
const mostMentions = 50;

/**
 * A URL or DSN of a service that the same source deploys is an address in use, whatever client it
 * is handed to: low in confidence, and only where no client is known to connect there.
 * @param hosts names that the services answer to, lower case
 */
export function openMentions(hosts: ReadonlySet<string>): FindMentions {
  return (text, seen) => {
    if (hosts.size === 0 || !text.includes('://')) return [];
    const found = new Map<string, ConnectionFact>();
    for (const [index, line] of text.split('\n').entries()) {
      if (line.length > longestLine || comment.test(line)) continue;
      for (const match of line.matchAll(
        /(?<![\w.])([a-z][a-z0-9+]{1,15}):\/\/(?:[^\s/@"'`]{1,100}@)?([a-z0-9][\w.-]{1,200})(?::\d{1,5})?(?![\w@.-])/gi,
      )) {
        const [address = '', scheme = '', host = ''] = match;
        const name = host.toLowerCase();
        if (!hosts.has(name) || seen.has(name) || found.has(name) || found.size >= mostMentions)
          continue;
        const protocol = scheme.toLowerCase();
        const target = toAddressReference(address);
        found.set(name, {
          kind: 'connection',
          line: index + 1,
          column: match.index + 1,
          target,
          flow: 'unknown',
          protocol: protocol === 'lb' ? 'http' : protocol,
          confidence: 0.4,
          summary: `names ${target.value}`,
        });
      }
    }
    return [...found.values()];
  };
}

/**
 * How many web addresses a script names whose hosts it connects to nowhere: links that a page shows,
 * namespaces, licences, documents.
 * @param seen the hosts that its module connects to
 */
export function countMentions(text: string, seen: ReadonlySet<string>): number {
  if (!text.includes('://')) return 0;
  let count = 0;
  for (const [, host = ''] of text.matchAll(/https?:\/\/([a-z0-9][\w.-]{0,200})/gi))
    if (!seen.has(host.toLowerCase())) count++;
  return count;
}
