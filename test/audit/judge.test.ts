import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { measureFanIn, measureHotspots } from '../../src/analyzers/hotspots.ts';
import { openMeasurements } from '../../src/analyzers/measurements.ts';
import { audit, judge } from '../../src/audit.ts';
import { parseConfig } from '../../src/config.ts';
import { nodeFiles } from '../../src/files.ts';
import type { Landscape } from '../../src/landscape.ts';
import { sortBy } from '../../src/order.ts';
import { sourceKinds } from '../../src/scanners/index.ts';
import { auditFiles, drawInventory } from '../audit-files.ts';
import fc from '../fast-check.ts';

describe('what is judged without an analysis', () => {
  test.each(['nordfisk', 'plant', 'webshop', 'hospital'])(
    '%s: is what the audit says',
    async (name) => {
      const folder = path.join('inventories', name);
      const files = nodeFiles(folder);
      const config = parseConfig(await files.text('landscape.yaml'), 'landscape.yaml', sourceKinds);
      const options = { today: '2026-11-02', strict: false };
      const { analysis: _analysis, ...rest } = await audit(config, files, options);
      expect(await judge(config, files, options)).toEqual(rest);
    },
  );
});

describe('measurements', () => {
  const untouched = new Proxy({} as Landscape, {
    get: (_target, key) => {
      throw new Error(`the landscape was looked at: ${String(key)}`);
    },
  });
  const options = {
    freshness: { asOf: '2026-11-02', objects: [], durations: [], readers: [] },
    staff: { today: '2026-11-02', owners: new Map() },
  } as unknown as Parameters<typeof openMeasurements>[1];

  test('are made when they are asked for', () => {
    const measured = openMeasurements(untouched, options);
    expect(() => measured.coupling).toThrow('the landscape was looked at');
  });

  test('and only once', async () => {
    const landscape = await auditFiles(drawInventory('a -> b; b -> c'));
    const measured = openMeasurements(landscape, options);
    for (const key of ['coupling', 'fanIn', 'ownership', 'observation'] as const)
      expect(measured[key]).toBe(measured[key]);
  });

  test('the fan-in is that of the hotspots', async () => {
    const pair = fc.tuple(fc.nat(6), fc.nat(6)).map(([from, to]) => `s${from} -> s${to}`);
    await fc.assert(
      fc.asyncProperty(fc.array(pair, { minLength: 1, maxLength: 15 }), async (links) => {
        const landscape = await auditFiles(drawInventory(links.join('; ')));
        const hotspots = measureHotspots(landscape).map(({ system, fanIn }) => ({ system, fanIn }));
        expect(measureFanIn(landscape)).toEqual(sortBy(hotspots, ({ system }) => system));
      }),
      { numRuns: 20 },
    );
  });
});
