import { describe, expect, test } from 'vitest';
import type { Audit } from '../../src/audit.ts';
import { renderHtml } from '../../src/renderers/html.ts';
import { listAssumptions } from '../../src/renderers/migration-plan/assumptions.ts';
import { tellBreakEven } from '../../src/renderers/migration-plan/break-even.ts';
import { layBars } from '../../src/renderers/migration-plan/lay-bars.ts';
import { indexPlan, type Plan } from '../../src/renderers/migration-plan/plan-index.ts';
import {
  tellMostDecisive,
  tellSensitivity,
} from '../../src/renderers/migration-plan/sensitivity.ts';
import { tellSteps } from '../../src/renderers/migration-plan/steps.ts';
import { tellTargets } from '../../src/renderers/migration-plan/targets.ts';
import { tellWave } from '../../src/renderers/migration-plan/tell-wave.ts';
import { renderMigrationPlan } from '../../src/renderers/migration-plan.ts';
import { renderPlanSummary } from '../../src/renderers/plan-summary.ts';
import { auditFiles } from '../audit-files.ts';
import { hostileNames } from './browser.ts';

/** Links of much upkeep over a platform that is there: all of them pay. */
const worthMoving =
  'costs: { linkHoursPerYear: { low: 20, base: 900, high: 1000 } }\nplan: { existing: [integration-platform] }\n';

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

function drawRing(names: readonly string[], settings = worthMoving): Record<string, string> {
  return {
    'landscape.yaml': `sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n${settings}`,
    'systems.csv': `id,name,team\n${names.map((name, at) => `s${at},${cell(name)},${cell(name)}`).join('\n')}\n`,
    'links.csv': `id,from,to,protocol,objects\n${names.map((name, at) => `L${at},s${at},s${(at + 1) % names.length},sftp,${cell(name)}`).join('\n')}\n`,
  };
}

const names = ['Orders & Co', 'Ledger', 'Depot', 'Shop', 'Mill', 'Bank', 'Fleet', 'Desk'];

/** The same audit with another plan. */
function change(found: Audit, plan: Partial<Plan>): Audit {
  return { ...found, analysis: { ...found.analysis, waves: { ...found.analysis.waves, ...plan } } };
}

/** The plan's section of the report as text, without pictures. */
async function readSection(found: Audit): Promise<{ html: string; text: string }> {
  const page = await renderHtml(found);
  const start = page.indexOf('<section id="plan">');
  const html = page.slice(start, page.indexOf('</section>', start));
  const text = html
    .replace(/<svg[\s\S]*?<\/svg>/g, '')
    .replace(/<[^>]*>/g, '')
    .replace(
      /&(amp|lt|gt|quot|#x27|#39|#x3D|#x60);/g,
      (_, name: string) =>
        ({ amp: '&', lt: '<', gt: '>', quot: '"', '#x3D': '=', '#x60': '`' })[name] ?? "'",
    );
  return { html, text };
}

describe('what both reports say of a wave', () => {
  test('is what the plan holds, each link with the way to its proof', async () => {
    const found = await auditFiles(drawRing(names));
    const index = indexPlan(found);
    expect(index.plan.waves.length).toBeGreaterThan(0);
    const { html, text } = await readSection(found);
    const markdown = renderMigrationPlan(found).replaceAll('\\', '').replaceAll('&amp;', '&');
    for (const wave of index.plan.waves) {
      const words = tellWave(index, wave, { rows: 100, elsewhere: '' });
      expect(words.moves.rows.map(({ link }) => link)).toEqual(wave.links);
      for (const { link, title } of words.moves.rows) {
        expect(html).toContain(`href="#link&#x3D;${encodeURIComponent(link)}"`);
        expect(markdown).toContain(`| ${title} |`);
      }
      const said = [
        words.heading,
        words.summary,
        ...words.checks,
        ...words.built.rows.map(({ what }) => what),
        ...words.told.rows.flatMap(({ object, from, to }) => [object, from, to]),
      ];
      for (const sentence of said) {
        expect(text).toContain(sentence);
        expect(markdown).toContain(sentence);
      }
      const hours = layBars(index.plan, wave).reduce((sum, bar) => sum + bar.hours, 0);
      expect(hours).toBe(wave.effortHours);
    }
    expect(text).not.toMatch(/\bs[0-7]\b/);
  });

  test('is cut where it is long', async () => {
    const found = await auditFiles(
      drawRing(
        Array.from({ length: 300 }, (_, at) => `System ${at}`),
        worthMoving.replace('plan: {', 'plan: { capacityHours: 1000000,'),
      ),
    );
    const [wave] = found.analysis.waves.waves;
    const { html, text } = await readSection(found);
    expect(wave?.links.length).toBeGreaterThan(100);
    expect(text).toContain(`And ${(wave?.links.length ?? 0) - 30} more in migration-plan.md.`);
    expect(html.length).toBeLessThan(150_000);
  });

  test('holds no markup of hostile names', async () => {
    const found = await auditFiles(drawRing(hostileNames));
    const { html, text } = await readSection(found);
    expect(found.analysis.waves.waves.length).toBeGreaterThan(0);
    expect(html).not.toMatch(/<(?:script|img|b)\b/);
    expect(text).toContain('<script>alert(1)</script>');
    const outside = renderMigrationPlan(found).replace(/```mermaid[\s\S]*?```/g, '');
    expect(outside).not.toMatch(/<(?:script|img|b)\b/);
    expect(`${html}${outside}`).not.toMatch(/undefined|NaN|\[object/);
  });
});

test('where nothing moves, a sentence stands in place of charts', async () => {
  const found = await auditFiles(drawRing(['a', 'b', 'c'], ''));
  expect(found.analysis.waves.waves).toEqual([]);
  const { html, text } = await readSection(found);
  expect(text).toContain('No link has to move');
  expect(text).toMatch(/3 links can stay as they are/);
  expect(html).not.toContain('<svg');
  expect(html).not.toContain('type="radio"');
  expect(text).not.toMatch(/paid for itself|undefined|NaN/);
  expect(renderMigrationPlan(found)).not.toMatch(/mermaid|What it hangs on|undefined|NaN/);
});

test('a large landscape has no targets and no assumptions varied, and says nothing of them', async () => {
  const found = change(await auditFiles(drawRing(names)), { targets: null, sensitivity: null });
  const { text } = await readSection(found);
  expect(text).not.toMatch(/Targets compared|would move first|null|undefined/);
  expect(renderMigrationPlan(found)).not.toMatch(/Where else it could go|What it hangs on/);
  expect(tellMostDecisive(found.analysis.waves)).toBe('');
});

describe('the day on which the plan has paid', () => {
  const tell = async (on: string | null) => {
    const found = await auditFiles(drawRing(names));
    const { simulation, ...plan } = found.analysis.waves;
    const points = [
      { on: '2026-11-02', years: 0, cost: 80, saved: 0 },
      { on: '2027-02-01', years: 0.25, cost: 120, saved: 10 },
      { on: '2029-11-02', years: 3, cost: 200, saved: 500 },
    ];
    return tellBreakEven({ ...plan, simulation: { ...simulation, breakEven: { on, points } } });
  };

  test.each([
    ['2027-10-11', 'After 11 months, on 2027-10-11, the plan has paid for itself'],
    ['2026-12-02', 'After 30 days, on 2026-12-02, the plan has paid for itself'],
    ['2026-11-02', 'The plan has paid for itself from its first day on'],
    [null, 'The plan does not pay for itself within 3 years'],
  ])('%s', async (on, title) => {
    expect((await tell(on)).title).toBe(title);
  });

  test('tells the most that is spent ahead', async () => {
    expect((await tell(null)).detail).toContain('110 hours are spent ahead');
  });
});

describe('other targets', () => {
  const tell = async (worths: Readonly<Record<string, number>>, misfits: number) => {
    const found = await auditFiles(drawRing(names));
    const targets = (found.analysis.waves.targets ?? []).map((target) => ({
      ...target,
      misfits,
      worth: worths[target.name] ?? -100,
    }));
    return tellTargets(change(found, { targets }));
  };

  test.each([
    [
      { mixed: 900, 'one-hub': 700 },
      0,
      /is worth 200 hours more than the next best target, all over one hub$/,
    ],
    [
      { mixed: 900, 'one-hub': 1062 },
      5,
      /^All over one hub would save 162 hours more, but does not fit 5 links$/,
    ],
    [{ mixed: 900, events: 1062 }, 0, /^All as events would save 162 hours more than the plan$/],
    [{ mixed: 900, events: 900 }, 0, /all as events is worth the same$/],
  ])('%j with %i misfits', async (worths, misfits, title) => {
    const words = await tell(worths, misfits);
    expect(words?.title).toMatch(title);
    expect(words?.rows.filter(({ isPlan }) => isPlan)).toHaveLength(1);
    expect(words?.rows.every(({ cells }) => cells.length === words.columns.length)).toBe(true);
  });
});

describe('what the plan hangs on', () => {
  const assumed = { low: 8, base: 15, high: 75 };
  const bar = (low: number, high: number) =>
    ({ figure: 'adapterHoursPerYear', assumed, low, high }) as const;
  const tell = async (
    sensitivity: NonNullable<Plan['sensitivity']>,
  ): Promise<ReturnType<typeof tellSensitivity>> =>
    tellSensitivity(indexPlan(change(await auditFiles(drawRing(names)), { sensitivity })));

  test.each([
    [
      bar(1095, -505),
      'The plan costs more than it saves if the upkeep of an adapter is 75 hours a year',
    ],
    [
      bar(-20, 500),
      'The plan costs more than it saves if the upkeep of an adapter is 8 hours a year',
    ],
    [bar(1095, 300), 'The plan is worth 300 to 1,095 hours, whichever single assumption is off'],
  ])('%j', async (one, title) => {
    const words = await tell({ bars: [one], withoutEffect: [], replanned: null });
    expect(words?.title).toBe(title);
    expect(words?.changes).toEqual([
      'A scan does not look for it: landscape plan does, and says which links would move first at other readings.',
    ]);
  });

  test('names the links that would leave or join the first wave, readings with one answer together', async () => {
    const scenario = {
      worth: 1,
      movedIn: ['s1=>s2#file'],
      movedOut: ['s0=>s1#file'],
    };
    const words = await tell({
      bars: [bar(1, 2)],
      withoutEffect: ['bridgeHours'],
      replanned: {
        scenarios: [
          { ...scenario, figure: 'capacityHours', reading: 'low' },
          { ...scenario, figure: 'adapterHoursPerYear', reading: 'high' },
          { figure: 'discountRate', reading: 'low', worth: 1, movedIn: [], movedOut: [] },
        ],
        unsolved: 2,
        robust: ['s2=>s3#file'],
      },
    });
    expect(words?.changes).toEqual([
      'The best plan begins with the same links in 1 of 3 other readings.',
      'With a quarter fewer hours in each wave or with the upkeep of an adapter at 75 hours a year: Orders & Co → Ledger would not move in the first wave, and Ledger → Depot would move in the first wave.',
      '1 of 8 links does the same in all of them: Depot → Shop.',
      'For 2 further readings no plan was proved to be best in time.',
    ]);
    expect(words?.withoutEffect).toContain('the build and removal of a bridge');
  });

  test('the terminal names the widest bar, and the day', async () => {
    const found = await auditFiles(drawRing(names));
    const text = renderPlanSummary(found, { color: false, width: 80, files: ['plan.json'] });
    const widest = found.analysis.waves.sensitivity?.bars[0];
    expect(widest?.figure).toBe('linkHoursPerYear');
    const flat = text.replace(/\s+/g, ' ');
    expect(flat).toMatch(
      /Most hangs on the upkeep of a link: at 20 hours a year the plan is worth −?[\d,]+ hours, at 1,000 it is worth/,
    );
    expect(flat).toContain(
      `on ${found.analysis.waves.simulation.breakEven.on}, the plan has paid for itself`,
    );
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });
});

test('steps have a row for today and for each wave, bridges only where there are any', async () => {
  const found = await auditFiles(drawRing(names));
  const index = indexPlan(found);
  const { columns, rows } = tellSteps(index);
  expect(rows).toHaveLength(1 + index.plan.waves.length);
  expect(columns).not.toContain('bridges');
  expect(rows.every((row) => row.length === columns.length)).toBe(true);
  const steps = index.plan.simulation.steps.map((step) => ({ ...step, bridges: 1 }));
  const simulation = { ...index.plan.simulation, steps };
  expect(tellSteps(indexPlan(change(found, { simulation }))).columns).toContain('bridges');
});

test('assumptions tell their sources, and which of them are your own', async () => {
  const found = await auditFiles(
    drawRing(
      names,
      'costs: { totalHoursPerYear: 1200, platforms: { event: { adapterBuildHours: 99 } }, hourlyRate: 90, currency: EUR }\n',
    ),
  );
  const { rows, lead } = listAssumptions(found);
  expect(rows.every((row) => (row[4] ?? '').length > 0)).toBe(true);
  expect(rows[0]).toEqual([
    'upkeep of a link, hours a year',
    '',
    '1,200 shared by all',
    '',
    'your own, from costs:',
  ]);
  expect(rows.at(-1)).toEqual([
    'build of an adapter, hours: event',
    '99',
    '99',
    '99',
    'your own, from costs:',
  ]);
  expect(lead).toMatch(/illustrative.*an hour costs 90 EUR/);
});
