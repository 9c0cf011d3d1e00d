import type { Structure } from '../analyzers/structure.ts';
import { formatCount, formatPercent, plural } from './wording.ts';

/** The hidden structure in words, with the published cases beside it. */
export interface StructureWords {
  readonly title: string;
  readonly roles: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly caveat: string;
}

/** Tells what kind of structure a landscape has. */
export function tellStructure(structure: Structure, links: number): StructureWords {
  const core = structure.roles.find(({ role }) => role === 'core')?.share ?? 0;
  return {
    title: writeTitle(structure),
    roles: `${kinds[structure.architecture]}: ${structure.roles
      .filter(({ systems }) => systems > 0)
      .map(
        ({ role, systems, share }) => `${role} ${formatCount(systems)} (${formatPercent(share)})`,
      )
      .join(', ')}. ${explainView(structure)}`,
    columns: ['landscape', 'systems', 'links', 'propagation cost', 'core'],
    rows: [
      [
        'this one',
        formatCount(structure.systems),
        formatCount(links),
        formatPercent(structure.propagationCost),
        formatPercent(core),
      ],
      ...structure.published.map((one) => [
        one.name,
        formatCount(one.systems),
        formatCount(one.dependencies),
        formatPercent(one.propagationCost),
        formatPercent(one.coreShare),
      ]),
    ],
    caveat: `Propagation cost falls as systems are added, whatever the design, and rises with what a scan finds: compare it only between landscapes of like size and coverage. Others: ${structure.published.map(({ source }) => source).join('; ')}.`,
  };
}

/** The kinds of structure by their published names. */
const kinds = {
  'core-periphery': 'Core-periphery',
  'borderline core-periphery': 'Borderline core-periphery',
  'multi-core': 'Multi-core',
  hierarchical: 'Hierarchical',
} as const;

function writeTitle({ architecture, systems, ...sizes }: Structure): string {
  const { largestCyclicGroup: largest, nextCyclicGroup: next } = sizes;
  const share = systems === 0 ? 0 : largest / systems;
  const group = `${formatCount(largest)} of ${plural(systems, 'system')} (${formatPercent(share)})`;
  switch (architecture) {
    case 'core-periphery':
      return `${group} form a core in which each reaches every other`;
    case 'borderline core-periphery':
      return `Only ${group} form a core in which each reaches every other`;
    case 'multi-core':
      return `The largest groups in which each reaches every other have ${formatCount(largest)} and ${formatCount(next)} of ${plural(systems, 'system')}`;
    case 'hierarchical':
      return largest === 0
        ? 'Data never comes back to where it has been'
        : `Only ${group} reach each other both ways`;
  }
}

function explainView({ view }: Structure): string {
  return view === 'core'
    ? 'Shared: many need it. Control: it needs many. Both measured against the core.'
    : 'Without one dominant core, systems are held against the medians: core here means at or above both.';
}
