import type { Evidence } from '../evidence.ts';
import type { Files } from '../files.ts';
import { sortBy } from '../order.ts';
import type { KnownSystem } from '../reconcile/suggest-system.ts';
import { type ProposedSource, toMinParsed } from './proposed-source.ts';
import { readAsSource } from './read-as-source.ts';
import type { RecognisedOf } from './recognised.ts';
import { toPatterns } from './to-patterns.ts';

/** Inventories as sources, and the systems that they describe. */
export interface ProposedInventories {
  readonly sources: readonly ProposedSource[];
  readonly systems: readonly KnownSystem[];
  readonly links: number;
  /** Files with the headers of one whose rows are mostly something else. */
  readonly rejected: readonly string[];
}

/** Less of an inventory is none. */
const leastParsed = 0.7;
const shownHeaders = 6;

/** Reads each inventory as a scan would, so that what is proposed is known to be read. */
export async function proposeInventories(
  found: readonly RecognisedOf<'inventory'>[],
  files: Files,
  all: readonly string[],
): Promise<ProposedInventories> {
  const sources: ProposedSource[] = [];
  const systems = new Map<string, KnownSystem>();
  const ends = new Set<string>();
  const rejected: string[] = [];
  let links = 0;
  // What systems there are is read first, by people too.
  const ordered = sortBy(
    found,
    ({ systems: rows }) => (rows > 0 ? 0 : 1),
    ({ file }) => file,
  );
  for (const { file, systems: rows, links: pairs, foreign } of ordered) {
    const { evidence, counter } = await readAsSource('inventory', [file], files);
    if (!evidence || counter.parsed === 0 || counter.parsed < leastParsed * counter.records) {
      rejected.push(file);
      continue;
    }
    links += pairs;
    for (const item of evidence) {
      if (item.kind === 'system') addSystem(systems, item);
      if (item.kind !== 'connection') continue;
      for (const end of [item.from, item.to]) if (end.kind === 'system') ends.add(end.value);
    }
    const what = [
      ...(rows > 0 ? [`${rows} ${rows === 1 ? 'system' : 'systems'}`] : []),
      ...(pairs > 0 ? [`${pairs} ${pairs === 1 ? 'link' : 'links'}`] : []),
    ];
    sources.push({
      kind: 'inventory',
      patterns: toPatterns([file], all),
      options: toMinParsed(counter.parsed, counter.records),
      because: `${what.join(' and ')}, by the headers`,
      hints: foreign.length === 0 ? [] : tellForeign(foreign),
      files: 1,
    });
  }
  // Without a list of systems, the ends of links are the systems.
  if (systems.size === 0)
    for (const id of ends) systems.set(id, { id, kind: 'application', names: [], hosts: [] });
  return { sources, systems: [...systems.values()], links, rejected };
}

function addSystem(
  systems: Map<string, KnownSystem>,
  { id, fields }: Extract<Evidence, { kind: 'system' }>,
): void {
  const known = systems.get(id);
  systems.set(id, {
    id,
    kind: fields.kind ?? known?.kind ?? 'application',
    names: [
      ...(known?.names ?? []),
      ...(fields.name ? [fields.name] : []),
      ...(fields.aliases ?? []),
    ],
    hosts: [...(known?.hosts ?? []), ...(fields.hosts ?? [])],
  });
}

function tellForeign(foreign: readonly string[]): string[] {
  const shown = foreign.slice(0, shownHeaders).map((header) => JSON.stringify(header.slice(0, 40)));
  const more = foreign.length > shown.length ? ` and ${foreign.length - shown.length} more` : '';
  const [first] = shown;
  return [
    `Headers that stand for no column: ${shown.join(', ')}${more}. Map them if they matter:`,
    `columns: { ${first}: owner }`,
  ];
}
