import { describe, expect, test } from 'vitest';
import { extendBaseline } from '../../src/audit/extend-baseline.ts';
import type { Audit } from '../../src/audit.ts';
import { writeBaselineText } from '../../src/cli/baseline-text.ts';
import { listJudgements } from '../../src/finding.ts';
import { tellAcceptance } from '../../src/renderers/acceptance.ts';
import { auditFiles } from '../audit-files.ts';

const loan = { owner: 'T', reason: 'for now', acceptedOn: '2026-11-01', expires: '2027-01-31' };

/** Systems `s0`, `s1` … of which so many send to `hub`, in a circle of so many, from so many scripts. */
function draw(count: number): Record<string, string> {
  const ids = Array.from({ length: 9 }, (_, at) => `s${at}`);
  const rows = ids.slice(0, count).map((id, at) => `F${at},${id},hub,https`);
  const ring = ids.slice(0, count).map((id, at) => `C${at},${id},${ids[(at + 1) % count]},sftp`);
  const copies = Array.from({ length: count }, (_, at) => [
    `scripts/${at}.sh`,
    'curl -T x https://hub.example/in\n',
  ]);
  return {
    'landscape.yaml':
      'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n  - scripts: scripts\n    system: s0\nlimits: { fanIn: 1, saturation: 0.01, cyclicGroup: 1 }\n',
    's.csv': `id,team,hosts\nhub,T,hub.example\n${ids.map((id) => `${id},T,`).join('\n')}\n`,
    'l.csv': `id,from,to,protocol\n${[...rows, ...ring].join('\n')}\n`,
    ...Object.fromEntries(copies),
  };
}

const numbered = ['fan-in-limit', 'saturation-limit', 'cyclic-dependency', 'duplicate-link'];

const numbersOf = ({ findings }: Audit) =>
  listJudgements(findings).filter(({ rule }) => numbered.includes(rule));

/** The baseline that accepts what is found. */
function accept(audit: Audit): string {
  const { entries } = extendBaseline(audit, [], {
    loan,
    rules: numbered,
    subjects: [],
    prune: false,
    renew: false,
  });
  return writeBaselineText(entries);
}

describe('a number that is accepted', () => {
  test('stays accepted where it falls, and counts again where it grows', async () => {
    const before = await auditFiles(draw(4));
    const baseline = accept(before);
    expect(numbersOf(before).map(({ rule, figure }) => [rule, figure])).toEqual([
      ['duplicate-link', 4],
      ['fan-in-limit', 4],
      ['saturation-limit', 17.8],
      ['cyclic-dependency', 4],
    ]);
    for (const [count, isAccepted] of [
      [3, true],
      [4, true],
      [5, false],
    ] as const) {
      const audit = await auditFiles({ ...draw(count), 'landscape-baseline.yaml': baseline });
      expect(numbersOf(audit)).toHaveLength(4);
      for (const { accepted, lapsed } of numbersOf(audit)) {
        expect(accepted !== undefined).toBe(isAccepted);
        expect(lapsed !== undefined).toBe(!isAccepted);
      }
    }
  });

  test('is told with what it was and what it is, and can be accepted again', async () => {
    const files = { ...draw(5), 'landscape-baseline.yaml': accept(await auditFiles(draw(4))) };
    const audit = await auditFiles(files);
    const [finding] = numbersOf(audit).filter(({ rule }) => rule === 'fan-in-limit');
    expect(finding && tellAcceptance(finding, '2026-11-02')).toBe(
      'was accepted by T until 2027-01-31 at 4, and is 5: for now',
    );
    const again = await auditFiles({ ...files, 'landscape-baseline.yaml': accept(audit) });
    expect(numbersOf(again).every(({ accepted }) => accepted)).toBe(true);
  });

  test('is not accepted by an entry that names none', async () => {
    const baseline = accept(await auditFiles(draw(4))).replace(/^ *figure:.*\n/gm, '');
    const audit = await auditFiles({ ...draw(4), 'landscape-baseline.yaml': baseline });
    expect(numbersOf(audit).filter(({ accepted }) => accepted)).toEqual([]);
    const [finding] = numbersOf(audit);
    expect(finding && tellAcceptance(finding, '2026-11-02')).toContain(
      'without a figure, and is 4',
    );
  });
});
