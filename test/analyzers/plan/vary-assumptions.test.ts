import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PlanSearch } from '../../../src/analyzers/plan/plan-migration.ts';
import type { PlannedCase } from '../../../src/analyzers/plan/planned-case.ts';
import { costFigures } from '../../../src/analyzers/plan/point-costs.ts';
import { solvePlan } from '../../../src/analyzers/plan/solve.ts';
import { varyAssumptions } from '../../../src/analyzers/plan/vary-assumptions.ts';
import type { Costs, PlanSettings } from '../../../src/assumptions.ts';
import { type Audit, audit } from '../../../src/audit.ts';
import { parseConfig } from '../../../src/config.ts';
import { nodeFiles } from '../../../src/files.ts';
import type { Landscape } from '../../../src/landscape.ts';
import { sourceKinds } from '../../../src/scanners/index.ts';
import { auditFiles } from '../../audit-files.ts';
import { drawProblem } from './draw-problem.ts';

/** Four systems, an integration platform to set up, and more work than one wave holds. */
const draw = (costs: string, plan = ''): Record<string, string> => ({
  'landscape.yaml': `sources:\n  - inventory: systems.csv\n  - inventory: links.csv\ncosts: { ${costs} }\nplan: { capacityHours: 250${plan} }\n`,
  'systems.csv': 'id,team\na,A\nb,B\nc,C\nd,D\n',
  'links.csv':
    'from,to,protocol\na,b,sftp\nb,c,sftp\nc,d,sftp\nd,a,sftp\na,c,sftp\nb,d,sftp\nc,a,sftp\nd,b,sftp\n',
});
const vary = async (contents: Record<string, string>, search: PlanSearch = { timeLimit: 60 }) => {
  const { waves } = (await auditFiles(contents, { planning: { search } })).analysis;
  if (!waves.sensitivity) throw new Error('not reckoned');
  return { ...waves, sensitivity: waves.sensitivity };
};

test('a figure that is sure has no bar, one that is not has', async () => {
  const { sensitivity } = await vary(
    draw('linkHoursPerYear: 300, routeHoursPerYear: { low: 1, base: 5, high: 9 }, discountRate: 0'),
    'greedy',
  );
  const figures = sensitivity.bars.map(({ figure }) => figure);
  expect(figures).toContain('routeHoursPerYear');
  const named = [...figures, ...sensitivity.withoutEffect];
  expect(named).not.toContain('linkHoursPerYear');
  expect(named).not.toContain('discountRate');
  // No licence by default, and no object that is split.
  expect(named).not.toContain('platformLicencePerYear');
  expect(sensitivity.withoutEffect).toContain('bridgeHours');
  expect(sensitivity.replanned).toBeNull();
});

test('a bar by hand: eight routes of four hours more or less, from the end of their waves on', async () => {
  const { sensitivity, certificate, waves } = await vary(
    draw(
      'linkHoursPerYear: 300, discountRate: 0, routeHoursPerYear: { low: 1, base: 5, high: 9 }',
      ', existing: [integration-platform]',
    ),
    'greedy',
  );
  expect(waves.map(({ links }) => links.length)).toEqual([8]);
  const bar = sensitivity.bars.find(({ figure }) => figure === 'routeHoursPerYear');
  const years = 3 - 91 / 365.25;
  expect(bar?.low).toBeCloseTo(certificate.objective + 8 * 4 * years, 1);
  expect(bar?.high).toBeCloseTo(certificate.objective - 8 * 4 * years, 1);
});

test('a platform with figures of its own is varied by these', async () => {
  const { sensitivity } = await vary(
    draw(
      'linkHoursPerYear: 600, adapterBuildHours: 16, platforms: { integration-platform: { adapterBuildHours: { low: 1, base: 2, high: 50 } } }',
    ),
    'greedy',
  );
  expect(sensitivity.bars.map(({ figure }) => figure)).toContain('adapterBuildHours');
});

describe('other plans', () => {
  test('all of a small landscape are found', async () => {
    const { sensitivity } = await vary(
      draw('linkHoursPerYear: { low: 200, base: 300, high: 400 }'),
    );
    expect(sensitivity.replanned?.unsolved).toBe(0);
    const tried = sensitivity.replanned?.scenarios.map(({ figure, reading }) => figure + reading);
    expect(tried?.slice(0, 2)).toEqual(['capacityHourslow', 'capacityHourshigh']);
    expect(tried).toHaveLength(new Set(tried).size);
    // No object is carried by two items, so bridges cost nothing in any plan.
    expect(tried?.join()).not.toContain('bridgeHours');
  });

  const sure = Object.fromEntries(
    costFigures.map((figure) => [figure, { low: 1, base: 1, high: 1 }]),
  ) as unknown as Costs;
  const costs = { ...sure, years: 3, platforms: {} };
  const problem = drawProblem(3, 6, 4);
  const planned = (items: readonly number[]): PlannedCase => ({
    draft: {
      landscape: { systems: [], links: [] } as unknown as Landscape,
      moving: [],
      risks: [],
      existing: new Set(),
      cyclicGroups: [],
      incidentHours: new Map(),
      settings: { waves: 4, weeksPerWave: 13 } as PlanSettings,
      start: '2027-01-01',
    },
    problem,
    decision: { items, adapters: [], platforms: [] },
    retired: [],
    linkHoursPerYear: 1,
  });

  test('what no time is left for is counted, and says nothing of links', async () => {
    const search = { timeLimit: 1, totalTime: 0 };
    expect(await varyAssumptions(planned([]), costs, 1, search)).toEqual({
      bars: [],
      withoutEffect: [],
      replanned: { scenarios: [], unsolved: 2, robust: [] },
    });
  });

  test('a link is robust where every plan does with it what this plan does', async () => {
    const best: (readonly number[])[] = [];
    for (const share of [0.75, 1.25]) {
      const cut = (hours: number): number => Math.round(hours * share * 10) / 10;
      const waves = problem.waves.map((slot) => ({
        ...slot,
        capacityHours: cut(slot.capacityHours),
        teamHours: { 'team 1': cut(slot.teamHours['team 1'] ?? 0) },
      }));
      const { decision } = await solvePlan({ ...problem, waves }, { timeLimit: 30 });
      best.push(decision.items);
    }
    const [low = [], high = []] = best;
    expect(low).not.toEqual(high);
    const search = { timeLimit: 30, totalTime: 90 };
    const { replanned } = await varyAssumptions(planned(low), costs, 1, search);
    const linksWhere = (holds: (at: number) => boolean): string[] =>
      problem.items.flatMap(({ links }, at) => (holds(at) ? links : [])).sort();
    const first = Math.min(...low.filter((wave) => wave >= 0));
    expect(replanned).toMatchObject({
      robust: linksWhere((at) => low[at] === high[at]),
      scenarios: [
        { figure: 'capacityHours', reading: 'low', movedIn: [], movedOut: [] },
        {
          figure: 'capacityHours',
          reading: 'high',
          movedIn: linksWhere((at) => high[at] === first && low[at] !== first),
          movedOut: linksWhere((at) => low[at] === first && high[at] !== first),
        },
      ],
    });
  });
});

describe.each(['nordfisk', 'plant'])('%s', (name) => {
  const { analysis }: Audit = JSON.parse(readFileSync(`reports/${name}/audit.json`, 'utf8'));
  const { sensitivity, certificate, waves, model } = analysis.waves;
  const { bars } = sensitivity ?? { bars: [] };
  const { objective } = certificate;
  // Reports wait for one plan alone, so the others are made here.
  let replanned: NonNullable<typeof sensitivity>['replanned'] = null;
  beforeAll(async () => {
    const files = nodeFiles(`inventories/${name}`);
    const config = parseConfig(await files.text('landscape.yaml'), 'landscape.yaml', sourceKinds);
    const found = await audit(config, files, {
      today: '2026-11-02',
      strict: false,
      planning: { search: { timeLimit: 60 } },
    });
    expect(found.analysis.waves.waves).toEqual(waves);
    replanned = found.analysis.waves.sensitivity?.replanned ?? null;
  }, 180_000);

  test('what is dearer is worth no more, and today being dearer is worth no less', () => {
    expect(bars.length).toBeGreaterThan(3);
    for (const { figure, low, high } of bars) {
      if (figure === 'linkHoursPerYear') expect(high).toBeGreaterThan(low);
      else expect(high).toBeLessThan(low);
      expect(Math.min(low, high)).toBeLessThanOrEqual(objective + 0.01);
      expect(Math.max(low, high)).toBeGreaterThanOrEqual(objective - 0.01);
    }
  });

  test('the widest bar comes first', () => {
    const spans = bars.map(({ low, high }) => Math.abs(high - low));
    expect(spans).toEqual([...spans].sort((a, b) => b - a));
  });

  test('the best plan of a reading is worth no less than this plan at that reading', () => {
    expect(replanned?.unsolved).toBe(0);
    for (const { figure, reading, worth } of replanned?.scenarios ?? []) {
      const bar = bars.find((one) => one.figure === figure);
      // Where building takes longer, this plan may not fit into its waves.
      const fits = reading === 'low' || !figure.includes('Build');
      if (bar && fits) expect(worth).toBeGreaterThanOrEqual(bar[reading] - 0.02);
      expect(worth).toBeGreaterThanOrEqual(-0.01);
    }
  });

  test('more hours in a wave never make the best plan worse', () => {
    const [low, high] = (['low', 'high'] as const).map(
      (reading) =>
        replanned?.scenarios.find(
          (one) => one.figure === 'capacityHours' && one.reading === reading,
        )?.worth ?? Number.NaN,
    );
    expect(low).toBeLessThanOrEqual(objective + 0.01);
    expect(high).toBeGreaterThanOrEqual(objective - 0.01);
  });

  test('links leave the first wave or join it, and what is robust does neither', () => {
    const first = new Set(waves[0]?.links);
    const known = new Set(model.items.flatMap(({ links }) => links));
    const robust = new Set(replanned?.robust);
    for (const link of robust) expect(known).toContain(link);
    for (const { movedIn, movedOut } of replanned?.scenarios ?? []) {
      for (const link of movedOut) expect(first).toContain(link);
      for (const link of movedIn) {
        expect(first).not.toContain(link);
        expect(known).toContain(link);
      }
      for (const link of [...movedIn, ...movedOut]) expect(robust).not.toContain(link);
    }
  });
});
