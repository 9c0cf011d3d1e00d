import { describe, expect, test } from 'vitest';
import { auditFiles, drawInventory } from './audit-files.ts';
import fc from './fast-check.ts';

const seafood = drawInventory(`
  erp -> warehouse; warehouse -> erp; erp -> production; production -> quality
  production -> warehouse; warehouse -> transport; erp -> finance
  production -> data; warehouse -> data; quality -> data`);

const erpAndShop = drawInventory(
  'erp -> crm; erp -> wms; erp -> shop; crm -> wms; crm -> shop; wms -> shop',
);

describe('the published landscapes', () => {
  test('seafood: 7 systems, 10 links, 9 of 21 pairs', async () => {
    const { analysis } = await auditFiles(seafood);
    expect(analysis.coupling).toMatchObject({
      systems: 7,
      potentialConnections: 21,
      connectedPairs: 9,
      links: 10,
      saturation: 9 / 21,
      hubConnections: 7,
    });
  });

  test('ERP and shop: 4 systems, 6 of 6 pairs', async () => {
    const { analysis } = await auditFiles(erpAndShop);
    expect(analysis.coupling).toMatchObject({
      systems: 4,
      potentialConnections: 6,
      connectedPairs: 6,
      links: 6,
      saturation: 1,
      hubConnections: 4,
    });
  });

  test('a late batch from production reaches all six others', async () => {
    const { analysis } = await auditFiles(seafood);
    expect(analysis.hotspots.find(({ system }) => system === 'production')?.blastRadius).toBe(6);
  });

  test('three systems with three owned links are kept', async () => {
    const audit = await auditFiles({
      ...drawInventory('a -> b; b -> c; a -> c'),
      'systems.csv': 'id,team\na,Team A\nb,Team B\nc,Team C\n',
    });
    expect(audit.analysis.waves.waves).toEqual([]);
    expect(audit.analysis.waves.kept).toHaveLength(3);
    expect(audit.analysis.waves.patterns[0]?.reasons.join()).toContain('few');
  });
});

describe('for any inventory', () => {
  const inventory = fc.integer({ min: 1, max: 25 }).chain((size) =>
    fc.record({
      size: fc.constant(size),
      links: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 60 }),
    }),
  );

  const toFiles = ({ size, links }: { size: number; links: [number, number][] }) => ({
    'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n',
    'systems.csv': `id\n${Array.from({ length: size }, (_, index) => `n${index}`).join('\n')}\n`,
    'links.csv': `id,from,to\n${links.map(([from, to], index) => `L${index},n${from},n${to}`).join('\n')}\n`,
  });

  test('potential connections are N(N-1)/2, and no figure exceeds them', async () => {
    await fc.assert(
      fc.asyncProperty(inventory, async (given) => {
        const { coupling } = (await auditFiles(toFiles(given))).analysis;
        expect(coupling.systems).toBe(given.size);
        expect(coupling.potentialConnections).toBe((given.size * (given.size - 1)) / 2);
        expect(coupling.connectedPairs).toBeLessThanOrEqual(coupling.potentialConnections);
        const pairs = new Set(
          given.links.filter(([a, b]) => a !== b).map(([a, b]) => [a, b].sort().join()),
        );
        expect(coupling.connectedPairs).toBe(pairs.size);
        expect(coupling.propagationCost).toBeGreaterThanOrEqual(1 / given.size - 1e-12);
      }),
      { numRuns: 100 },
    );
  });

  test('every link between counted systems is in exactly one part of the plan', async () => {
    await fc.assert(
      fc.asyncProperty(inventory, async (given) => {
        const audit = await auditFiles(toFiles(given));
        const { waves, kept, retired, blocked } = audit.analysis.waves;
        const parts = [
          ...waves.flatMap((wave) => wave.links),
          ...kept,
          ...retired,
          ...blocked.map(({ link }) => link),
        ];
        expect(parts.sort()).toEqual(audit.links.map(({ key }) => key).sort());
      }),
      { numRuns: 50 },
    );
  });

  test('a second link between a pair never lowers propagation cost or a blast radius', async () => {
    await fc.assert(
      fc.asyncProperty(inventory, fc.nat(), fc.nat(), async (given, a, b) => {
        const before = (await auditFiles(toFiles(given))).analysis;
        const extra: [number, number] = [a % given.size, b % given.size];
        const after = (await auditFiles(toFiles({ ...given, links: [...given.links, extra] })))
          .analysis;
        expect(after.coupling.propagationCost).toBeGreaterThanOrEqual(
          before.coupling.propagationCost,
        );
        const radius = new Map(after.hotspots.map((spot) => [spot.system, spot.blastRadius]));
        for (const spot of before.hotspots) {
          expect(radius.get(spot.system)).toBeGreaterThanOrEqual(spot.blastRadius);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('nothing is falsely green', () => {
  const refused = (contents: Record<string, string>, strict = false) =>
    expect(auditFiles(contents, { strict })).rejects;

  test('a glob without a file', () =>
    refused({ 'landscape.yaml': 'sources:\n  - cron: cron.d/*\n' }).toThrow(
      /landscape\.yaml:2:5: cron\.d\/\*: names no file/,
    ));

  test('a missing file', () =>
    refused({ 'landscape.yaml': 'sources:\n  - inventory: systems.csv\n' }).toThrow(
      /landscape\.yaml:2:5: systems\.csv: no such file/,
    ));

  test('no system at all', () =>
    refused({ 'landscape.yaml': 'sources:\n  - inventory: a.csv\n', 'a.csv': 'id\n' }).toThrow(
      /no system/,
    ));

  test('no source at all', () =>
    refused({ 'landscape.yaml': 'name: x\n' }).toThrow(/names no source/));

  test('a log of which no line parses', () =>
    refused({
      'landscape.yaml': 'systems:\n  - id: a\nsources:\n  - gateway: a.log\n',
      'a.log': 'what is this\n',
    }).toThrow(/0 of 1 lines were understood/));

  test('a log that is empty is no error', async () => {
    const audit = await auditFiles({
      'landscape.yaml': 'systems:\n  - id: a\nsources:\n  - gateway: a.log\n',
      'a.log': '',
    });
    expect(audit.coverage.sources[0]).toMatchObject({ files: 1, records: 0 });
  });

  test('an optional source may be missing', async () => {
    const audit = await auditFiles({
      'landscape.yaml': 'systems:\n  - id: a\nsources:\n  - cron: cron.d/*\n    optional: true\n',
    });
    expect(audit.coverage.sources[0]).toMatchObject({ files: 0 });
  });

  test('a bad row of a registry: scan goes on, a gate names every one', async () => {
    const rows = Array.from({ length: 20 }, (_, index) => `a${index},Name ${index}`).join('\n');
    const contents = {
      'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n',
      'systems.csv': `id,name\n${rows}\n`,
      'links.csv': `id,from,to\nL1,a1,a2\nL2,a1,\n${Array.from({ length: 20 }, (_, index) => `M${index},a${index % 5},a7`).join('\n')}\nL3,,a2\n`,
    };
    const audit = await auditFiles(contents);
    expect(audit.coverage.sources.find(({ source }) => source === 'links.csv')?.skipped).toBe(2);
    await expect(auditFiles(contents, { strict: true })).rejects.toThrow(
      'links.csv:3:1: the link row has no "to"; fill it in\nlinks.csv:24:1: the link row has no "from"; fill it in',
    );
  });

  test('an option or alias that names no system, with every place', () =>
    refused({
      'landscape.yaml':
        'systems:\n  - id: warehouse\naliases:\n  old.example: wharehouse\nsources:\n  - scripts: s\n    system: warehous\n  - gateway: a.log\n    intermediary: gw\n    routes: { "/w/": warehouse }\n    callers: { "10.0.0.1": erp }\n',
      's/a.sh': '',
      'a.log': '',
    }).toThrow(
      'landscape.yaml:7:5: no source describes the system "warehous". Did you mean "warehouse"?\n' +
        'landscape.yaml:9:5: no source describes the system "gw". Add it to an inventory, or under "systems:".\n' +
        'landscape.yaml:11:17: no source describes the system "erp". Add it to an inventory, or under "systems:".\n' +
        'landscape.yaml:4:3: no source describes the system "wharehouse". Did you mean "warehouse"?',
    ));

  test('a rule that does not exist', () =>
    refused({ 'landscape.yaml': 'systems:\n  - id: a\nrules:\n  unregistered-lnk: off\n' }).toThrow(
      /landscape\.yaml:4:3: "unregistered-lnk" is no rule\. Did you mean "unregistered-link"\?/,
    ));
});
