import { expect, test } from 'vitest';
import { auditFiles, drawInventory } from '../audit-files.ts';

const drawn = drawInventory('erp -> wms; wms -> erp');
const audit = (plan: unknown, today: string) =>
  auditFiles(
    {
      ...drawn,
      'landscape.yaml': `${drawn['landscape.yaml']}plan: { hold: plan.json }\n`,
      ...(plan === undefined ? {} : { 'plan.json': JSON.stringify(plan) }),
    },
    { today },
  );
const plan = {
  format: 'landscape-plan',
  version: 1,
  waves: [{ last: '2027-01-31', links: ['erp=>wms#other', 'gone=>long ago#file'] }],
};

test.each([
  ['2027-01-31', []],
  ['2027-02-01', ['erp=>wms#other']],
])('on %s links that should have moved are %j', async (today, late) => {
  const { findings, inputs } = await audit(plan, today);
  const found = findings.filter(({ rule }) => rule === 'past-retire-by');
  expect(found.map(({ subject }) => subject)).toEqual(late);
  expect(inputs.map(({ file }) => file)).toContain('plan.json');
});

test.each([
  [undefined, /landscape\.yaml:4.*plan\.json/],
  [{ waves: [] }, /landscape\.yaml:4.*plan\.json: is no plan/],
])('a plan that is none is refused: %j', async (given, message) => {
  await expect(audit(given, '2027-01-01')).rejects.toThrow(message);
});
