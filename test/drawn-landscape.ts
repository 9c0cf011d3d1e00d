import type { Audit } from '../src/audit.ts';
import { auditFiles } from './audit-files.ts';
import fc from './fast-check.ts';

/** Names as people give them, with signs that formats give a meaning to. */
const name = fc
  .array(
    fc.constantFrom(
      'ERP',
      'Web',
      'shop',
      'of Ålesund',
      '2',
      '(old)',
      '->',
      '{',
      'model',
      'A & B',
      '#1',
      'end',
      'x;y',
      '=',
      '//',
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((words) => words.join(' '));
/** A name without what formats may change of it. */
export const fold = (text: string): string => text.toLowerCase().replace(/[^a-zåäö0-9]+/g, '');

/** Small landscapes whose names are awkward. */
export const landscape = fc.record({
  names: fc
    .uniqueArray(name, { minLength: 2, maxLength: 6, selector: fold })
    .filter((names) => names.every((each) => fold(each) !== '')),
  kinds: fc.array(fc.constantFrom('application', 'database', 'broker', 'external-service'), {
    minLength: 6,
    maxLength: 6,
  }),
  ends: fc.array(
    fc.tuple(
      fc.nat(5),
      fc.nat(5),
      fc.constantFrom('https', 'sftp', 'kafka', 'jdbc', ''),
      fc.constantFrom('push', 'pull', ''),
      fc.constantFrom('orders', 'stock;items', ''),
    ),
    { minLength: 1, maxLength: 8 },
  ),
});
export type Landscape = typeof landscape extends fc.Arbitrary<infer T> ? T : never;

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Audits an inventory of it. */
export function auditLandscape({ names, kinds, ends }: Landscape): Promise<Audit> {
  const systems = names.map(
    (each, index) =>
      `sys-${index},${quote(each)},${kinds[index]},Domain ${index % 2},Team ${index % 3}`,
  );
  const links = ends
    .map(([from, to, ...rest]) => [from % names.length, to % names.length, ...rest] as const)
    .filter(([from, to]) => from !== to)
    .map(
      ([from, to, protocol, initiator, objects], index) =>
        `L${index},sys-${from},sys-${to},${protocol},${initiator},${objects}`,
    );
  return auditFiles({
    'landscape.yaml':
      'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n    optional: true\n',
    'systems.csv': `id,name,kind,domain,team\n${systems.join('\n')}\n`,
    'links.csv': `id,from,to,protocol,initiator,objects\n${links.join('\n')}\n`,
  });
}

/** What is said of systems and links, named as people name them. */
export function tell(
  { systems, links }: Audit,
  isPlain = false,
): { systems: string[]; links: string[] } {
  const names = new Map(systems.map((each) => [each.id, fold(each.name)]));
  const linked = new Set(links.flatMap(({ from, to }) => [from, to]));
  return {
    systems: systems
      .filter(({ id, kind }) => !isPlain || (linked.has(id) && kind !== 'unknown'))
      .map(({ name: called, kind, domain, owner }) =>
        isPlain ? fold(called) : [fold(called), kind, domain, owner?.team].join(' '),
      )
      .sort(),
    links: links
      .map(({ from, to, family, protocol, initiator, objects }) =>
        isPlain
          ? `${names.get(from)} → ${names.get(to)}`
          : [names.get(from), names.get(to), family, protocol, initiator, objects].join(' '),
      )
      .sort(),
  };
}
