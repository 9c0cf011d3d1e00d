import {
  type Reference,
  toAddressReference,
  toExpression,
  toSystemReference,
} from '../../evidence.ts';
import { redact } from '../../redact.ts';
import { digestOfKey, isDigestOfKey } from './key-digest.ts';
import type { Caller } from './traffic/merge-calls.ts';

/** Who called, as a reference and as a person reads it. */
export interface Calling {
  readonly reference: Reference;
  readonly label: string;
  readonly isMapped: boolean;
}

/** The caller of a group of calls. An API key is a secret: a digest of it tells one from another. */
export function toCalling(caller: Caller): Calling {
  switch (caller.kind) {
    case 'system':
      return { reference: toSystemReference(caller.value), label: caller.value, isMapped: true };
    case 'identity':
      return { reference: toSystemReference(caller.value), label: caller.value, isMapped: false };
    case 'key': {
      // An engine hands over digests alone.
      const label = isDigestOfKey(caller.value) ? caller.value : digestOfKey(caller.value);
      return { reference: toExpression(label), label, isMapped: false };
    }
    case 'certificate': {
      const label = nameInCertificate(caller.value);
      return { reference: toSystemReference(label), label, isMapped: false };
    }
    case 'address': {
      const { value, product } = caller;
      // Without brackets, what stands behind a colon of IPv6 would be a port.
      const reference = toAddressReference(value.includes(':') ? `[${value}]` : value);
      if (product === undefined) return { reference, label: value, isMapped: false };
      const name = redact(product);
      const named = reference.kind === 'address' ? { ...reference, name } : reference;
      return { reference: named, label: `${name} at ${value}`, isMapped: false };
    }
    case 'unknown':
      return {
        reference: toExpression('an unnamed caller'),
        label: 'an unnamed caller',
        isMapped: false,
      };
    default:
      return caller satisfies never;
  }
}

/**
 * The name in a certificate's subject (`CN=orders,OU=shop`), a SPIFFE id
 * (`spiffe://cluster.local/ns/shop/sa/orders`), or a header that holds either.
 */
function nameInCertificate(text: string): string {
  const spiffe = /(?:^|URI=|[;,])spiffe:\/\/[^/;,"\s]+\/ns\/[^/;,"\s]+\/sa\/([^/;,"\s]+)/.exec(
    text,
  );
  const subject = /(?:^|[/,;"\s])CN\s*=\s*([^/,;"]+)/i.exec(text);
  return (spiffe?.[1] ?? subject?.[1] ?? text).trim().slice(0, 120);
}
