import { expect, test } from 'vitest';
import type { TaskProgress } from '../../../src/analyzers/plan/carry-over.ts';
import type { MigrationPlan } from '../../../src/analyzers/plan/plan-migration.ts';
import { planShape } from '../../../src/verify/plan-shape.ts';
import { verifyPlan } from '../../../src/verify/verify-plan.ts';
import { auditFiles } from '../../audit-files.ts';

const contents = (plan: string) => ({
  'landscape.yaml': `asOf: 2026-11-02\nsources:\n  - inventory: systems.csv\n  - inventory: links.csv\nplan:\n  existing: [integration-platform, api-gateway]\n${plan}`,
  'systems.csv': 'id,team\na,A\nb,A\nc,A\nd,A\n',
  'links.csv':
    'from,to,protocol,objects\na,b,sftp,items\nb,c,sftp,items\nc,a,sftp,items\na,d,sftp,stock\nd,b,sftp,prices\n',
});

async function planFrom(
  config: string,
  earlier?: MigrationPlan,
  progress: readonly TaskProgress[] = [],
  today = '2026-11-02',
): Promise<MigrationPlan> {
  const { analysis } = await auditFiles(contents(config), {
    today,
    planning: {
      search: { timeLimit: 60 },
      ...(earlier && {
        earlier: {
          plan: { ...earlier, capacityHours: earlier.model.capacityHours },
          progress,
        },
      }),
    },
  });
  expect(verifyPlan(planShape.parse(JSON.parse(JSON.stringify(analysis.waves))))).toEqual([]);
  return analysis.waves;
}

const waveOf = ({ waves }: MigrationPlan, link: string): number =>
  waves.find(({ links }) => links.includes(link))?.number ?? 0;

/** The plan with a link in another wave: somebody had reasons. */
function shift(plan: MigrationPlan, link: string, to: number): MigrationPlan {
  const first = plan.waves[0] as MigrationPlan['waves'][number];
  const others = plan.waves.map((wave) => ({
    ...wave,
    links: wave.links.filter((key) => key !== link),
  }));
  const there = others.find(({ number }) => number === to);
  return {
    ...plan,
    waves: there
      ? others.map((wave) => (wave === there ? { ...wave, links: [...wave.links, link] } : wave))
      : [...others, { ...first, number: to, links: [link], adapters: [], bridges: [] }],
  };
}

test.each([
  ['0.2', 3],
  ['0', 1],
])('with a stability of %s a link that was planned late goes into wave %i', async (share, wave) => {
  const config = `  stability: ${share}\n`;
  const best = await planFrom(config);
  expect(waveOf(best, 'a=>d#file')).toBe(1);
  const again = await planFrom(config, shift(best, 'a=>d#file', 3));
  expect(waveOf(again, 'a=>d#file')).toBe(wave);
  // What is given up for steadiness is told.
  expect(again.certificate.bound).toBeCloseTo(best.certificate.objective, 3);
  if (wave === 3) expect(again.certificate.gap).toBeGreaterThan(0);
  else expect(again.changes).toEqual([{ link: 'a=>d#file', from: 3, to: 1 }]);
});

test('what has moved before is bridged to what has yet to', async () => {
  const best = await planFrom('');
  const after = await planFrom(
    '  capacityHours: 60\n',
    best,
    [{ task: 'move:a=>b#file', status: 'done' }],
    '2026-11-20',
  );
  const at = after.model.bridges.findIndex(({ object }) => object === 'items');
  expect(after.model.bridges[at]).toMatchObject({ begun: 0 });
  const last = Math.max(...['b=>c#file', 'c=>a#file'].map((link) => waveOf(after, link)));
  for (const { number, bridges } of after.waves)
    expect(bridges.includes(at), `wave ${number}`).toBe(number < last);
});

test('the simulation counts what had moved before', async () => {
  const best = await planFrom('');
  const after = await planFrom('', best, [{ task: 'move:a=>d#file', status: 'done' }]);
  expect(after.simulation.steps.at(-1)?.movedLinks).toBe(best.simulation.steps.at(-1)?.movedLinks);
});
