import { businessServices } from './business.ts';
import { cloudServices } from './cloud.ts';
import { commerceServices } from './commerce.ts';
import { documentServices } from './documents.ts';
import type { KnownService } from './known-service.ts';
import { managedServices } from './managed.ts';
import { operationServices } from './operations.ts';
import { publicServices } from './public.ts';
import { toolingServices } from './tooling.ts';

/** Every service that is known, by vendor. */
export const knownServices: readonly KnownService[] = [
  ...businessServices,
  ...commerceServices,
  ...cloudServices,
  ...managedServices,
  ...operationServices,
  ...publicServices,
  ...toolingServices,
  ...documentServices,
];

interface Pattern {
  readonly labels: readonly string[];
  readonly service: KnownService;
  /** How many characters are written out. */
  readonly weight: number;
}

let index: ReadonlyMap<string, readonly Pattern[]> | undefined;

/** The service that a host belongs to, by the most specific pattern; only whole labels count. */
export function findKnownService(host: string): KnownService | undefined {
  const labels = host.toLowerCase().replace(/\.$/, '').split('.');
  if (labels.length < 2 || labels.length > 30) return undefined;
  index ??= indexPatterns();
  let best: Pattern | undefined;
  for (const pattern of index.get(labels.at(-1) ?? '') ?? [])
    if ((best === undefined || pattern.weight > best.weight) && matchesHost(pattern, labels))
      best = pattern;
  return best?.service;
}

/** Patterns by their last label, which is never a wildcard. */
function indexPatterns(): ReadonlyMap<string, readonly Pattern[]> {
  const found = new Map<string, Pattern[]>();
  for (const service of knownServices)
    for (const host of service.hosts) {
      const labels = host.split('.');
      const last = labels.at(-1) ?? '';
      const pattern = { labels, service, weight: host.replace(/\*/g, '').length };
      found.set(last, [...(found.get(last) ?? []), pattern]);
    }
  return found;
}

/** A leading `*` needs one label or more; other labels are compared one by one from the end. */
function matchesHost({ labels: pattern }: Pattern, labels: readonly string[]): boolean {
  const isBelow = pattern[0] === '*';
  const own = isBelow ? pattern.slice(1) : pattern;
  const offset = labels.length - own.length;
  if (offset < (isBelow ? 1 : 0)) return false;
  return own.every((part, at) => matchesLabel(part, labels[offset + at] ?? ''));
}

function matchesLabel(pattern: string, label: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === label;
  const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return (
    label.length >= head.length + tail.length && label.startsWith(head) && label.endsWith(tail)
  );
}
