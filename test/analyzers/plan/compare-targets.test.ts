import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Target } from '../../../src/analyzers/plan/compare-targets.ts';
import type { Audit } from '../../../src/audit.ts';
import { auditFiles } from '../../audit-files.ts';

/** Five systems, each linked with each other once. */
const ids = ['s0', 's1', 's2', 's3', 's4'];
const drawMesh = (config: string): Record<string, string> => ({
  'landscape.yaml': `sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n${config}`,
  'systems.csv': `id,team\n${ids.map((id) => `${id},A`).join('\n')}\n`,
  'links.csv': `from,to\n${ids.flatMap((from, at) => ids.slice(at + 1).map((to) => `${from},${to}`)).join('\n')}\n`,
});

async function compare(contents: Record<string, string>) {
  const { targets, certificate } = (await auditFiles(contents)).analysis.waves;
  const of = (name: Target['name']): Target => {
    const found = targets?.find((one) => one.name === name);
    if (!found) throw new Error(`no ${name}`);
    return found;
  };
  return { of, certificate };
}

test('a mesh of five by hand', async () => {
  const { of } = await compare(
    drawMesh('costs: { discountRate: 0, years: 2, growthPerYear: 0.1, hourlyRate: 100 }\n'),
  );
  expect(of('do-nothing')).toEqual({
    name: 'do-nothing',
    pointToPointLinks: 10,
    misfits: 0,
    connections: 0,
    adaptersToBuild: 0,
    platformsToSetUp: [],
    oneTimeHours: 0,
    hoursPerYear: 750,
    // 750 × (1.1 × 1.1)²
    hoursWithGrowth: { low: 1098.08, base: 1098.08, high: 1098.08 },
    worth: 0,
    worthInMoney: 0,
    propagationCost: 15 / 25,
  });
  const events = of('events');
  expect(events).toMatchObject({
    pointToPointLinks: 0,
    connections: 5,
    adaptersToBuild: 5,
    platformsToSetUp: ['event'],
    // 5 × 16 + 10 × 8 + 160
    oneTimeHours: 320,
    // 5 × 15 + 10 × 5 + 400
    hoursPerYear: 525,
    propagationCost: 5 / 25,
  });
  // 10 × 5 × 1.1⁴ + 5 × 15 × 1.1² + 400
  expect(events.hoursWithGrowth.base).toBeCloseTo(563.96, 2);
  expect(events.worthInMoney).toBeCloseTo(100 * events.worth, 0);
});

test('what is there is free, and the plan itself is one of the targets', async () => {
  const { of, certificate } = await compare(
    drawMesh('plan: { existing: [integration-platform] }\n'),
  );
  expect(of('one-hub')).toMatchObject({ platformsToSetUp: [], oneTimeHours: 160 });
  expect(of('one-hub').worth).toBeGreaterThan(of('events').worth);
  expect(of('mixed').worth).toBeCloseTo(certificate.objective, 2);
});

test('worth is what is saved after each wave, less what is paid at its beginning', async () => {
  // One wave is enough: adapters and routes at the start, 10 × 70 − 5 × 15 from the first quarter on.
  const { of } = await compare(
    drawMesh(
      'costs: { discountRate: 0, years: 2 }\nplan: { existing: [event], capacityHours: 500 }\n',
    ),
  );
  const quarter = 91 / 365.25;
  expect(of('events').worth).toBeCloseTo(700 * (2 - quarter) - 160 - 75 * 2, 1);
});

test('less capacity takes more waves than the plan has, and is worth less', async () => {
  const worthAt = async (capacity: number): Promise<Target> =>
    (
      await compare(
        drawMesh(
          `plan: { existing: [event], waves: 2, weeksPerWave: 4, capacityHours: ${capacity} }\n`,
        ),
      )
    ).of('events');
  const [slow, quick] = [await worthAt(24), await worthAt(500)];
  expect(slow.pointToPointLinks).toBe(0);
  expect(slow.worth).toBeLessThan(quick.worth);
  expect((await worthAt(1)).pointToPointLinks).toBeGreaterThan(0);
});

test('what nobody owns stays where it is in every target', async () => {
  const contents = drawMesh('');
  contents['systems.csv'] = 'id,team\ns0,\ns1,\ns2,A\ns3,A\ns4,A\n';
  const { of } = await compare(contents);
  for (const name of ['one-hub', 'events', 'shared-data-layer'] as const)
    expect(of(name).pointToPointLinks).toBe(1);
});

test('three systems that are best left alone lose by any platform', async () => {
  const { of } = await compare({
    'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n',
    'systems.csv': 'id,team\na,A\nb,B\nc,C\n',
    'links.csv': 'from,to\na,b\nb,c\nc,a\n',
  });
  for (const name of ['one-hub', 'events', 'shared-data-layer'] as const)
    expect(of(name).worth).toBeLessThan(0);
  expect(of('mixed')).toEqual({ ...of('do-nothing'), name: 'mixed' });
});

describe.each(['nordfisk', 'plant', 'webshop', 'hospital'])('%s', (name) => {
  const { analysis }: Audit = JSON.parse(readFileSync(`reports/${name}/audit.json`, 'utf8'));
  const { targets, simulation, certificate, waves, model } = analysis.waves;
  const of = (wanted: Target['name']) => targets?.find((one) => one.name === wanted);

  test('doing nothing and the plan are where the simulation begins and ends', () => {
    const fields = ['pointToPointLinks', 'propagationCost', 'hoursPerYear'] as const;
    for (const field of fields) {
      expect(of('do-nothing')?.[field]).toBe(simulation.steps[0]?.[field]);
      expect(of('mixed')?.[field]).toBe(simulation.steps.at(-1)?.[field]);
    }
    expect(of('do-nothing')?.worth).toBe(0);
    expect(of('mixed')?.worth).toBeCloseTo(certificate.objective, 2);
    expect(of('mixed')?.oneTimeHours).toBeCloseTo(
      waves.reduce((sum, { effortHours }) => sum + effortHours, 0),
      2,
    );
  });

  test('the plan sends no link where it does not fit, and each whole target sends some', () => {
    expect(of('mixed')?.misfits).toBe(0);
    for (const whole of ['one-hub', 'events', 'shared-data-layer'] as const) {
      expect(of(whole)?.misfits).toBeGreaterThan(0);
      expect(of(whole)?.pointToPointLinks).toBe(0);
    }
    expect(model.items.length).toBeGreaterThan(0);
  });
});
