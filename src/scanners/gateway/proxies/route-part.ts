import type { Demand } from './proxy-config.ts';

/** What one way to fulfil a rule asks of a call; nothing at all is fulfilled by any call. */
export type Part = Partial<Demand>;

/** A demand on what no log shows. */
export const unsure: Part = { conditional: true };

/** Both parts at once. */
export function joinParts(way: Part, part: Part): Part {
  const isTwice =
    (way.hosts && part.hosts) || (way.methods && part.methods) || (hasPath(way) && hasPath(part));
  if (isTwice) return { ...way, and: [...(way.and ?? []), toDemand(part)] };
  const and = [...(way.and ?? []), ...(part.and ?? [])];
  return { ...way, ...part, ...(and.length === 0 ? {} : { and }) };
}

/** None of the ways to fulfil a rule. What can't be told from a log can't be denied either. */
export function denyParts(parts: readonly Part[]): readonly Part[] {
  if (parts.length === 0) return [{}];
  return [{ and: parts.map((part) => ({ ...toDemand(part), isNot: true })) }];
}

function toDemand(part: Part): Demand {
  return { hosts: [], prefix: '', ...part };
}

function hasPath({ prefix, pattern }: Part): boolean {
  return prefix !== undefined || pattern !== undefined;
}

/** A text as a regex that fits just it. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.|(){}+*?[\]]/g, '\\$&');
}
