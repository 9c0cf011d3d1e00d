import { expect, test } from 'vitest';
import { measureOwnership } from '../../src/analyzers/ownership.ts';
import { auditFiles } from '../audit-files.ts';
import fc from '../fast-check.ts';

const staff = { today: '2026-11-02', owners: new Map<string, number>() };

const files = {
  'landscape.yaml':
    'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n  - cron: tab\n    host: b.example\n  - scripts: x\n    system: b\n',
  's.csv':
    'id,hosts,team,criticality\na,a.example,Red,mission-critical\nb,b.example,Blue,business-critical\nc,c.example,red ,operational\n',
  'l.csv':
    'id,from,to,protocol,team,contract\nL1,a,b,https,Green,\nL2,a,c,https,Red,\nL3,c,b,https,,\n',
  tab: '0 3 * * * etl /opt/x/pull.sh\n',
  'x/pull.sh': 'curl https://a.example/a\ncurl https://c.example/c\n',
};

test('the load of each team, and links that a team of neither end owns', async () => {
  const { ownership } = (await auditFiles(files)).analysis;
  expect(ownership.ownedElsewhere).toEqual(['a=>b#http']);
  // Two spellings of one team are one team, so a link between them crosses nothing.
  expect(ownership.acrossTeams).toEqual(['a=>b#http', 'c=>b#http']);
  expect(
    ownership.teams.map(({ team, systems, links, criticality, jobs }) => [
      team,
      systems,
      links,
      criticality['mission-critical'],
      criticality['business-critical'],
      jobs,
    ]),
  ).toEqual([
    ['Blue', ['b'], [], 0, 1, 1],
    ['Green', [], ['a=>b#http'], 0, 1, 1],
    ['Red', ['a', 'c'], ['a=>c#http'], 1, 0, 1],
  ]);
});

test('scripts of one author, with the teams that would have to ask somebody else', async () => {
  const audit = await auditFiles(files);
  const links = audit.links.map((link) => ({
    ...link,
    implementations: link.implementations.map((each) => ({
      ...each,
      authors: { count: 1, lastOn: '2020-01-01', leftOn: '2021-01-01' },
    })),
  }));
  expect(measureOwnership({ ...audit, links }, staff).soleAuthors).toEqual([
    {
      code: 'x/pull.sh',
      links: ['a=>b#http', 'c=>b#http'],
      teams: ['Blue', 'Green', 'red'],
      leftOn: '2021-01-01',
    },
  ]);
  const known = links.map((link) => ({
    ...link,
    implementations: link.implementations.map((each) => ({
      ...each,
      authors: { count: 2, lastOn: '2020-01-01' },
    })),
  }));
  expect(measureOwnership({ ...audit, links: known }, staff).soleAuthors).toEqual([]);
});

const teams = ['', 'Red', 'Blue'];
const drawn = fc.record({
  systems: fc.array(fc.nat(2), { minLength: 4, maxLength: 4 }),
  links: fc.uniqueArray(fc.tuple(fc.nat(3), fc.nat(3), fc.nat(2)), {
    minLength: 1,
    maxLength: 8,
    selector: ([from, to]) => `${from} ${to}`,
  }),
});
const gapsOf = async (
  systems: readonly number[],
  links: readonly (readonly number[])[],
  prefix = 's',
) => {
  const { ownership } = (
    await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n',
      's.csv': `id,team\n${systems.map((team, index) => `${prefix}${index},${teams[team]}`).join('\n')}\n`,
      'l.csv': `from,to,team\n${links.map(([from, to, team]) => `${prefix}${from},${prefix}${to},${teams[team ?? 0]}`).join('\n')}\n`,
    })
  ).analysis;
  const { systemsWithoutOwner, linksWithoutOwner, orphanedLinks, ownersGone } = ownership;
  return [systemsWithoutOwner, linksWithoutOwner, orphanedLinks, ownersGone].map(
    ({ length }) => length,
  );
};

test('naming an owner never adds a gap, and new names change none', async () => {
  await fc.assert(
    fc.asyncProperty(drawn, fc.nat(3), async ({ systems, links }, at) => {
      const before = await gapsOf(systems, links);
      const owned = systems.map((team, index) => (index === at && team === 0 ? 1 : team));
      const after = await gapsOf(owned, links);
      for (const [index, count] of after.entries())
        expect(count).toBeLessThanOrEqual(before[index] ?? 0);
      expect(await gapsOf(systems, links, 'zz')).toEqual(before);
    }),
    { numRuns: 30 },
  );
});
