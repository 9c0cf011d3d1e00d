import { findImpact } from '../../../src/analyzers/impact/find-impact.ts';
import { indexLandscape, type ObjectFacts } from '../../../src/analyzers/impact/landscape-index.ts';
import type { Impact, Question } from '../../../src/analyzers/impact/model.ts';
import type { Implementation, Link, System } from '../../../src/landscape.ts';
import type { SystemKind } from '../../../src/vocabulary.ts';

const origin = { repository: '.', file: 'x', line: 1, column: 1 };

/** A system of which nothing but the given fields matters. */
export function makeSystem(id: string, fields: Partial<System> = {}): System {
  return {
    id,
    name: id,
    kind: 'application',
    counted: true,
    registered: true,
    criticality: 'operational',
    hosts: [],
    aliases: [],
    tags: [],
    origins: [],
    given: [],
    ...fields,
  };
}

/** A link that is pushed and answered, unless the fields say otherwise. */
export function makeLink(from: string, to: string, fields: Partial<Link> = {}): Link {
  const family = fields.family ?? 'http';
  return {
    key: `${from}=>${to}#${family}`,
    from,
    to,
    initiator: 'from',
    family,
    style: 'request-reply',
    via: [],
    mediation: 'direct',
    pointToPoint: true,
    registered: true,
    registrations: [],
    class: ['declared'],
    observable: 'no',
    objects: [],
    criticality: 'operational',
    schedules: [],
    safeguards: [],
    tags: [],
    implementations: [],
    evidence: [],
    ...fields,
  };
}

/** A script of a link. */
export function makeCode(id: string, fields: Partial<Implementation> = {}): Implementation {
  return {
    id,
    kind: 'script',
    origin,
    schedules: [],
    delivers: true,
    hosts: [],
    safeguards: [],
    ...fields,
  };
}

/** A landscape of links; its systems are their ends and what they pass. */
export interface Drawn {
  readonly links: readonly Link[];
  /** Of systems that are no applications. */
  readonly kinds?: Readonly<Record<string, SystemKind>>;
  readonly systems?: readonly System[];
  readonly objects?: readonly ObjectFacts[];
}

/** The systems of a landscape in the order of their ids. */
export function listSystems({ links, kinds = {}, systems = [] }: Drawn): System[] {
  const given = new Map(systems.map((system) => [system.id, system]));
  const ids = new Set([
    ...given.keys(),
    ...links.flatMap(({ from, to, via }) => [from, to, ...via]),
  ]);
  return [...ids]
    .sort()
    .map((id) => given.get(id) ?? makeSystem(id, { kind: kinds[id] ?? 'application' }));
}

/** Asks about a system by its id, or a link by its key. */
export function ask(
  drawn: Drawn,
  question: Question,
  about: string,
  reach: { readonly object?: string; readonly depth?: number } = {},
): Impact {
  const link = drawn.links.find(({ key }) => key === about);
  const index = indexLandscape(
    { systems: listSystems(drawn), links: drawn.links },
    drawn.objects ?? [],
  );
  const subject = link
    ? ({ kind: 'link', link } as const)
    : ({ kind: 'system', id: about } as const);
  return findImpact(index, question, subject, reach);
}

/** The hits as `b stale`, with a question mark where they are only possible. */
export function tell({ hits }: Impact): string[] {
  return hits.map(
    ({ system, kind, certainty }) => `${system} ${kind}${certainty === 'possible' ? '?' : ''}`,
  );
}
