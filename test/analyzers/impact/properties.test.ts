import { describe, expect, test } from 'vitest';
import { measureImpact } from '../../../src/analyzers/impact/measure-impact.ts';
import { type Hit, type Question, questions } from '../../../src/analyzers/impact/model.ts';
import type { Link } from '../../../src/landscape.ts';
import { groupHits } from '../../../src/renderers/impact/words.ts';
import fc from '../../fast-check.ts';
import { ask, listSystems, makeLink, makeSystem } from './make-landscape.ts';

const kinds = { m0: 'broker', m1: 'api-gateway', m2: 'file-store' } as const;

/** Systems s0 to s6, some of whose links pass a broker, a gateway or a store. */
const drawnLink: fc.Arbitrary<Link | undefined> = fc
  .record({
    from: fc.nat(6),
    to: fc.nat(6),
    family: fc.constantFrom('http', 'file', 'database'),
    initiator: fc.constantFrom('from', 'to', 'carrier', 'unknown'),
    style: fc.constantFrom(undefined, 'request-reply', 'batch', 'file', 'event', 'database'),
    via: fc.constantFrom([], [], ['m0'], ['m1'], ['m2']),
    objects: fc.subarray(['x', 'y', 'z']),
  } as const)
  .map(({ from, to, via, ...fields }) =>
    from === to
      ? undefined
      : makeLink(`s${from}`, `s${to}`, {
          ...fields,
          via,
          mediation: via[0] === 'm0' ? 'decoupled' : via[0] === 'm1' ? 'gateway' : 'direct',
        } as Partial<Link>),
  );

const drawnLinks = fc
  .array(drawnLink, { maxLength: 16 })
  .map((all) => [...new Map(all.flatMap((link) => (link ? [[link.key, link]] : []))).values()]);

const systems = ['s0', 's1', 's2', 's3', 's4', 's5', 's6', 'm0', 'm1', 'm2'];
const subject = fc.constantFrom(...systems);
const question = fc.constantFrom(...questions);
const rounds = { numRuns: 300 };

const worse: Readonly<Record<string, readonly string[]>> = {
  stale: ['stale', 'down'],
  queued: ['queued', 'down'],
  down: ['down'],
  'must-change': ['must-change', 'loses-data'],
  'loses-data': ['loses-data'],
};

/** Whether an answer says of a system what a hit says, or more. */
function isTold(hit: Hit, hits: readonly Hit[]): boolean {
  return hits.some(
    ({ system, kind, certainty }) =>
      system === hit.system &&
      worse[hit.kind]?.includes(kind) &&
      (certainty === 'certain' || hit.certainty === 'possible'),
  );
}

describe('who is hit', () => {
  test('a further link takes nobody out, and makes nothing less sure', () => {
    const asked = fc.constantFrom<Question>('outage', 'api-change', 'late');
    fc.assert(
      fc.property(drawnLinks, drawnLink, subject, asked, (links, more, about, what) => {
        if (!more || links.some(({ key }) => key === more.key)) return;
        const before = ask({ links, kinds }, what, about);
        const after = ask({ links: [...links, more], kinds }, what, about);
        for (const hit of before.hits) expect(isTold(hit, after.hits), hit.system).toBe(true);
      }),
      rounds,
    );
  });

  test('nobody, where a system has no link', () => {
    fc.assert(
      fc.property(drawnLinks, question, (links, what) => {
        const drawn = { links, kinds, systems: [makeSystem('alone')] };
        expect(ask(drawn, what, 'alone').hits).toEqual([]);
      }),
      rounds,
    );
  });

  test('does not hang on names', () => {
    const rename = (id: string): string => `t${9 - Number(id.slice(1))}${id.slice(0, 1)}`;
    fc.assert(
      fc.property(drawnLinks, subject, question, (links, about, what) => {
        const renamed = links.map(({ from, to, via, ...fields }) => {
          const { key: _, ...rest } = fields;
          return makeLink(rename(from), rename(to), { ...rest, via: via.map(rename) });
        });
        const otherKinds = Object.fromEntries(
          Object.entries(kinds).map(([id, kind]) => [rename(id), kind]),
        );
        const plain = ({ kind, certainty, distance, objects }: Hit, system: string) =>
          JSON.stringify({
            system,
            kind,
            certainty,
            distance,
            objects: certainty === 'certain' ? objects : [],
          });
        const before = ask({ links, kinds }, what, about).hits.map((hit) =>
          plain(hit, rename(hit.system)),
        );
        const after = ask({ links: renamed, kinds: otherKinds }, what, rename(about)).hits.map(
          (hit) => plain(hit, hit.system),
        );
        expect(after.sort()).toEqual(before.sort());
      }),
      rounds,
    );
  });

  test('does not hang on the order of links', () => {
    fc.assert(
      fc.property(drawnLinks, subject, question, (links, about, what) => {
        const drawn = { links, kinds };
        const turned = { links: links.toReversed(), kinds };
        expect(ask(turned, what, about)).toEqual(ask(drawn, what, about));
      }),
      rounds,
    );
  });

  test('is reached by a way of real links, each joined to the next, none twice with the same data', () => {
    fc.assert(
      fc.property(drawnLinks, subject, question, (links, about, what) => {
        const byKey = new Map(links.map((link) => [link.key, link]));
        for (const hit of ask({ links, kinds }, what, about).hits) {
          expect(hit.through[0]).toBe(about);
          expect(hit.through.at(-1)).toBe(hit.system);
          expect(hit.path).toHaveLength(hit.distance);
          expect(hit.through).toHaveLength(hit.distance + 1);
          // Where an object is named and followed, a link that names none may bring back another one.
          const isFollowed = hit.certainty === 'possible' && !/outage|late/.test(what);
          for (const key of hit.path)
            expect(hit.path.filter((each) => each === key).length).toBeLessThanOrEqual(
              isFollowed ? 4 : 1,
            );
          for (const [index, key] of hit.path.entries()) {
            const link = byKey.get(key);
            const ends = [link?.from, link?.to, ...(index === 0 ? (link?.via ?? []) : [])];
            expect(ends).toContain(hit.through[index]);
            expect(ends).toContain(hit.through[index + 1]);
          }
        }
      }),
      rounds,
    );
  });

  test('late data comes to whatever an independent search reaches, as near', () => {
    fc.assert(
      fc.property(drawnLinks, subject, (links, about) => {
        const distances = new Map<string, number>();
        let edge = new Set(
          links.flatMap(({ from, to, via }) => (from === about || via.includes(about) ? [to] : [])),
        );
        for (let step = 1; edge.size > 0; step++) {
          for (const id of edge) distances.set(id, step);
          edge = new Set(
            links.flatMap(({ from, to }) => (edge.has(from) && !distances.has(to) ? [to] : [])),
          );
        }
        distances.delete(about);
        const { hits } = ask({ links, kinds }, 'late', about);
        expect(new Set(hits.map(({ system }) => system))).toEqual(new Set(distances.keys()));
        for (const { system, certainty, distance } of hits)
          if (certainty === 'possible') expect(distance).toBe(distances.get(system));
          else expect(distance).toBeGreaterThanOrEqual(distances.get(system) ?? 0);
      }),
      rounds,
    );
  });

  test('as many as the audit counts for each system', () => {
    fc.assert(
      fc.property(drawnLinks, subject, (links, about) => {
        const drawn = { links, kinds };
        const { systems: counted } = measureImpact({ systems: listSystems(drawn), links }, []);
        const own = counted.find(({ system }) => system === about);
        const count = (what: Question, isDirect: boolean): number =>
          new Set(
            ask(drawn, what, about, isDirect ? { depth: 1 } : {}).hits.map(({ system }) => system),
          ).size;
        expect(own?.outage.direct.operational ?? 0).toBe(count('outage', true));
        expect(own?.outage.reach.operational ?? 0).toBe(count('outage', false));
        expect(own?.late.direct.operational ?? 0).toBe(count('late', true));
        expect(own?.late.reach.operational ?? 0).toBe(count('late', false));
        expect(own?.apiChange.direct.operational ?? 0).toBe(count('api-change', true));
      }),
      rounds,
    );
  });
});

test('told in groups, each system stands in one of them, and all that happens to it is told', () => {
  fc.assert(
    fc.property(drawnLinks, subject, question, (links, id, asked) => {
      const impact = ask({ links, kinds }, asked, id);
      const told = groupHits(impact).flatMap(({ hits }) => hits);
      const names = told.map(({ system }) => system);
      expect(names.toSorted()).toEqual(
        [...new Set(impact.hits.map(({ system }) => system))].toSorted(),
      );
      const facts = told.reduce((sum, { also }) => sum + 1 + also.length, 0);
      expect(facts).toBe(impact.hits.length);
    }),
    rounds,
  );
});
