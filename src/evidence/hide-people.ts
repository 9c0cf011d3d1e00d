import { createHash } from 'node:crypto';
import type { Evidence } from '../evidence.ts';

/**
 * Evidence without the names of people. Each name becomes a short digest, so that one person stays
 * one, and two sources that name two still contradict each other. Who knows the names of all staff
 * can find out whose digest it is.
 */
export function hidePeople(item: Evidence): Evidence {
  switch (item.kind) {
    case 'system':
      return { ...item, fields: { ...item.fields, ...hideOwner(item.fields) } };
    case 'connection':
      return item.declared
        ? { ...item, declared: { ...item.declared, ...hideOwner(item.declared) } }
        : item;
    case 'ownership':
      return item.authors
        ? { ...item, authors: { ...item.authors, last: toDigest(item.authors.last) } }
        : item;
    case 'comment':
      return item.owner?.includes('@') ? { ...item, ...hideOwner({ owner: item.owner }) } : item;
    default:
      return item;
  }
}

/** Beside a team the owner is a person; alone only where it is an e-mail address. */
function hideOwner({ owner, team }: { readonly owner?: string; readonly team?: string }): {
  readonly owner?: string;
} {
  if (owner === undefined) return {};
  if (owner.includes('@')) return { owner: `${toDigest(owner.replace(/@hidden$/, ''))}@hidden` };
  return team === undefined ? {} : { owner: toDigest(owner) };
}

/** A short digest in place of a name; the digest of a digest is itself. */
export function toDigest(name: string): string {
  if (/^person-[0-9a-f]{8}$/.test(name)) return name;
  return `person-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}
