import { describe, expect, test } from 'vitest';
import { type HubCase, weighHub } from '../../src/analyzers/hub.ts';
import { costsSchema, toCosts } from '../../src/config/costs.ts';
import { tellHub } from '../../src/renderers/hub-words.ts';
import { renderMarkdown } from '../../src/renderers/markdown.ts';
import { auditFiles } from '../audit-files.ts';
import fc from '../fast-check.ts';

/** Every pair of so many systems linked once. */
function drawMesh(size: number, costs = ''): Record<string, string> {
  const ids = Array.from({ length: size }, (_, index) => `s${index}`);
  const rows = ids.flatMap((from, index) => ids.slice(index + 1).map((to) => `${from},${to}`));
  return {
    'landscape.yaml': `sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n${costs}`,
    'systems.csv': `id\n${ids.join('\n')}\n`,
    'links.csv': `from,to\n${rows.join('\n')}\n`,
  };
}

const hubOf = async (contents: Record<string, string>) => (await auditFiles(contents)).analysis.hub;
const baseOf = ({ cases }: { cases: readonly HubCase[] }) =>
  cases.find(({ name }) => name === 'base') as HubCase;

test('the field report: a full mesh of five systems takes 750 hours a year', async () => {
  const hub = await hubOf(drawMesh(5));
  expect(hub).toMatchObject({ links: 10, adapters: 5 });
  // 5 × (15 + 16 / 3) + 10 × (5 + 8 / 3) + 400 + 160 / 3
  expect(baseOf(hub)).toMatchObject({ today: 750, hub: 631.67, saving: 118.33 });
  expect(hub.cases.map(({ today }) => today)).toEqual([500, 750, 1500]);
  expect(tellHub(hub).title).toBe(
    'Whether a hub pays depends on what a link costs: −97 to 568 hours a year',
  );
});

test('few systems stay point-to-point, many links pay for a platform', async () => {
  expect(tellHub(await hubOf(drawMesh(3))).title).toBe(
    'Stay point-to-point: a hub would cost about 312 hours a year more',
  );
  expect(tellHub(await hubOf(drawMesh(12))).title).toBe(
    'A hub would save about 3,747 hours a year: 12 adapters in place of 66 links',
  );
});

test('your own total decides the hours of a link and leaves one reading', async () => {
  const audit = await auditFiles(
    drawMesh(
      5,
      'costs:\n  totalHoursPerYear: 2000\n  adapterHoursPerYear: 20\n  platformLicencePerYear: 9000\n  hourlyRate: 90\n',
    ),
  );
  const { hub } = audit.analysis;
  // 5 × (20 + 16 / 3) + 10 × (5 + 8 / 3) + 400 + 160 / 3 + 100
  expect(baseOf(hub)).toMatchObject({ linkHoursPerYear: 200, today: 2000, hub: 756.67 });
  expect(tellHub(hub).rows).toHaveLength(1);
  expect(renderMarkdown(audit)).toContain('| base | 200 | 2,000 | 757 | 1,243 | 111,900 |');
});

test('what a platform already carries is no link that a hub replaces', async () => {
  const hub = await hubOf({
    'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n',
    'systems.csv': 'id,kind\na,application\nb,application\nbus,broker\n',
    'links.csv': 'from,to,via\na,b,bus\n',
  });
  expect(hub).toMatchObject({ links: 0, adapters: 0 });
  expect(tellHub(hub)).toMatchObject({ rows: [] });
});

const range = fc.integer({ min: 0, max: 500 });
const anyCosts = fc.record({
  linkHoursPerYear: range,
  adapterHoursPerYear: range,
  adapterBuildHours: range,
  routeHoursPerYear: range,
  routeBuildHours: range,
  platformBuildHours: range,
  platformHoursPerYear: fc.integer({ min: 0, max: 5000 }),
  years: fc.integer({ min: 1, max: 10 }),
});

test('break-even points are the first sizes at which a hub costs less', () => {
  const landscape = (systems: number, links: number) =>
    ({
      systems: Array.from({ length: systems }, (_, index) => ({ id: `${index}`, counted: true })),
      links: Array.from({ length: links }, (_, index) => ({
        from: `${index % systems}`,
        to: `${(index + 1) % systems}`,
        pointToPoint: true,
      })),
    }) as unknown as Parameters<typeof weighHub>[0];
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 12 }), anyCosts, (systems, given) => {
      const costs = toCosts(costsSchema.parse(given));
      const saving = (links: number, count = systems): number => {
        const adapter = given.adapterHoursPerYear + given.adapterBuildHours / given.years;
        const route = given.routeHoursPerYear + given.routeBuildHours / given.years;
        return (
          links * given.linkHoursPerYear -
          (count * adapter +
            links * route +
            given.platformHoursPerYear +
            given.platformBuildHours / given.years)
        );
      };
      const links = systems * 2;
      const one = baseOf(weighHub(landscape(systems, links), costs));
      expect(one.saving).toBeCloseTo(saving(links), 1);
      const first = (pays: (size: number) => boolean): number | null => {
        for (let size = 2; size < 3000; size++) if (pays(size)) return size;
        return null;
      };
      const near = 1e-6;
      const agree = (found: number | null, pays: (size: number) => number): void => {
        const wanted = first((size) => pays(size) > near);
        if (wanted !== null && (found === null || found < 3000)) {
          // On the very border, the last bits of a sum decide.
          expect(Math.abs((found ?? 0) - wanted)).toBeLessThanOrEqual(
            Math.abs(pays(wanted - 1)) < near ? 1 : 0,
          );
        } else if (wanted === null) expect(found === null || found >= 3000).toBe(true);
      };
      agree(one.breakEvenAsToday, (size) => saving(size * 2, size));
      agree(one.breakEvenAllPairs, (size) => saving((size * (size - 1)) / 2, size));
      if (one.breakEvenLinks !== null && one.breakEvenLinks > 1) {
        expect(saving(one.breakEvenLinks)).toBeGreaterThan(-near);
        expect(saving(one.breakEvenLinks - 1)).toBeLessThan(near);
      } else if (one.breakEvenLinks === null) expect(saving(1e9)).toBeLessThanOrEqual(saving(1));
    }),
    { numRuns: 300 },
  );
});

describe('what is wrong under costs: is refused with its line', () => {
  test.each([
    ['linkHourPerYear: 3', /landscape\.yaml:5.*unknown key "linkHourPerYear".*linkHoursPerYear/],
    ['linkHoursPerYear: -3', /landscape\.yaml:5.*linkHoursPerYear/],
    ['linkHoursPerYear: { low: 9, base: 3, high: 4 }', /landscape\.yaml:5.*rising order/],
    ['platformLicencePerYear: 100', /landscape\.yaml:5.*hourlyRate/],
    ['years: 0', /landscape\.yaml:5.*years/],
    ['hourlyRate: 0', /landscape\.yaml:5.*hourlyRate.*0\.01/],
  ])('%s', async (line, message) => {
    await expect(hubOf(drawMesh(2, `costs:\n  ${line}\n`))).rejects.toThrow(message);
  });
});
