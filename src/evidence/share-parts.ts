import type { ConnectionEvidence, Evidence, Origin, Reference } from '../evidence.ts';

const nothing: readonly never[] = [];

/** References that are written alike and are not the same: long addresses, which are cut. */
const mostAlike = 8;

/**
 * Lets pieces of evidence share what is equal in them: references, names of files, empty lists. A
 * source names the same ends on and on, so pieces become much smaller, and what is made of a reference
 * can be made once. Each piece comes out as it went in.
 */
export function openSharing(): (item: Evidence) => Evidence {
  const files = new Map<string, string>();
  const references = new Map<string, Reference[]>();
  const shareOrigin = (origin: Origin): Origin => {
    const file = files.get(origin.file) ?? origin.file;
    files.set(file, file);
    return { ...origin, file };
  };
  const shareReference = (reference: Reference): Reference => {
    const alike = references.get(reference.value);
    if (!alike) {
      references.set(reference.value, [reference]);
      return reference;
    }
    const known = alike.find((other) => isSame(other, reference));
    if (!known && alike.length < mostAlike) alike.push(reference);
    return known ?? reference;
  };
  const shareConnection = (item: ConnectionEvidence): ConnectionEvidence => ({
    ...item,
    origin: shareOrigin(item.origin),
    from: shareReference(item.from),
    to: shareReference(item.to),
    objects: item.objects.length === 0 ? nothing : item.objects,
    via: item.via.length === 0 ? nothing : item.via.map(shareReference),
  });
  return (item) => {
    switch (item.kind) {
      case 'connection':
        return shareConnection(item);
      case 'unresolved':
        return { ...item, connection: shareConnection(item.connection) };
      default:
        return item;
    }
  };
}

function isSame(one: Reference, other: Reference): boolean {
  if (one.kind !== 'address' || other.kind !== 'address')
    return JSON.stringify(one) === JSON.stringify(other);
  return (
    one.host === other.host &&
    one.port === other.port &&
    one.path === other.path &&
    one.name === other.name
  );
}
