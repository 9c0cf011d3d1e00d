import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import type { Audit } from '../../../src/audit.ts';
import { renderLinksCsv, renderSystemsCsv } from '../../../src/renderers/exchange/inventory-csv.ts';
import { auditFiles } from '../../audit-files.ts';
import { auditLandscape, landscape, tell } from '../../drawn-landscape.ts';
import fc from '../../fast-check.ts';
import { readSample } from '../../read-sample.ts';
import { hostileAudits } from './hostile-audit.ts';

const audits = await hostileAudits();

async function readBack(audit: Audit): Promise<Audit> {
  return auditFiles({
    'landscape.yaml':
      'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n    optional: true\n',
    'systems.csv': renderSystemsCsv(audit),
    'links.csv': renderLinksCsv(audit),
  });
}

test.each(['nordfisk', 'plant', 'webshop', 'hospital'])(
  'a scan reads back what was exported of %s',
  async (sample) => {
    const before = await readSample(sample);
    const after = await readBack(before);
    const systemFacts = ({ systems }: Audit) =>
      systems
        .filter(({ kind }) => kind !== 'unknown')
        .map(({ origins: _origins, given: _given, registered: _registered, owner, ...facts }) => ({
          ...facts,
          team: owner?.team,
        }));
    expect(systemFacts(after)).toEqual(systemFacts(before));
    const linkFacts = ({ links }: Audit) =>
      links.map((link) => ({
        key: link.key,
        initiator: link.initiator,
        objects: link.objects,
        via: link.via,
        mediation: link.mediation,
        registered: link.registered,
        registrations: link.registrations,
        criticality: link.criticality,
        team: link.owner?.team,
        tags: link.tags,
        contract: link.contract,
        schedule: link.schedules[0]?.expression,
      }));
    expect(linkFacts(after)).toEqual(linkFacts(before));
    expect(after.analysis.coupling.all).toEqual(before.analysis.coupling.all);
  },
);

test('any landscape that is exported is read back', async () => {
  await fc.assert(
    fc.asyncProperty(landscape, async (drawn) => {
      const written = await auditLandscape(drawn);
      const read = await readBack(written);
      expect(tell(read)).toEqual(tell(written));
      const approved = ({ links }: Audit) =>
        links.map(({ key, registered, registrations }) => [key, registered, registrations]);
      expect(approved(read)).toEqual(approved(written));
    }),
    { numRuns: 60 },
  );
});

test('no cell is a formula, no row a comment, and each system and link has its row', () => {
  fc.assert(
    fc.property(audits, (audit) => {
      for (const [csv, count] of [
        [renderSystemsCsv(audit), audit.systems.length],
        [renderLinksCsv(audit), audit.links.length],
      ] as const) {
        const rows = parse(csv) as string[][];
        expect(rows).toHaveLength(count + 1);
        for (const row of rows) {
          expect(row[0]).not.toMatch(/^#/);
          for (const cell of row) expect(cell).not.toMatch(/^[=+\-@\t\r\n]|[\p{Cc}\p{Cs}]/u);
        }
      }
    }),
    { numRuns: 30 },
  );
});
