import { type Reference, toAddressReference, toExpression } from '../../evidence.ts';
import { knownServices } from '../../known-services/find-known-service.ts';
import { redact } from '../../redact.ts';

let hosts: ReadonlyMap<string, string> | undefined;

/**
 * The system behind a connector that is named after a product, such as `source-salesforce`: the
 * name that people gave it counts first, then the product, by the address of a well-known service.
 * @param product a word or two, without what all connectors have in their names
 * @param given what people call this one
 */
export function toServiceReference(product: string, given?: string): Reference {
  hosts ??= indexServices();
  const host = hosts.get(fold(product));
  const name = redact(given ?? product).slice(0, 200);
  if (host !== undefined) return { kind: 'address', value: name, host, name };
  return { kind: 'system', value: name, names: [product] };
}

/** An address as it is written, or what is left open in it. */
export function toEndReference(written: string): Reference {
  return /[${}<>]|^\s*=/.test(written) ? toOpenReference(written) : toAddressReference(written);
}

/** A host that is written out counts even where the rest is filled in later. */
function toOpenReference(written: string): Reference {
  const host =
    /^=?\s*[a-z][a-z0-9+.-]*:\/\/(?:[^/@\s]*@)?([a-z0-9][\w.-]*(?::\d{1,5})?)(?=[/?#]|$)/i.exec(
      written,
    )?.[0];
  return host === undefined ? toExpression(written) : toAddressReference(host.replace(/^=\s*/, ''));
}

function indexServices(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { name, class: kind, hosts: known } of knownServices) {
    const host = known.find((each) => !each.includes('*'));
    if (kind === 'tooling' || host === undefined) continue;
    for (const word of [name, host.split('.').at(-2) ?? ''])
      if (!found.has(fold(word))) found.set(fold(word), host);
  }
  return found;
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '');
}
