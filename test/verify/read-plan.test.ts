import { expect, test } from 'vitest';
import { z } from 'zod';
import { planShape } from '../../src/verify/plan-shape.ts';
import { readPlan } from '../../src/verify/read-plan.ts';

test('the schema that ships is the one that plans are read by', async () => {
  const schema = {
    $id: 'landscape-plan-1',
    title: 'plan.json of landscape, version 1; docs/plan-model.md says what each field means',
    ...z.toJSONSchema(planShape, { io: 'input' }),
  };
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
    '../../docs/schemas/plan.schema.json',
  );
});

test.each([
  ['nonsense', /plan\.json: is no JSON; name a plan\.json/],
  ['{}', /plan\.json: waves: expected array.*\n.*kept/],
  ['[]', /plan\.json: it: expected object/],
  ['{"format":"landscape-bundle"}', /plan\.json: format: .*landscape-plan/],
])('what is no plan is refused: %s', (text, message) => {
  expect(() => readPlan(text, 'plan.json')).toThrow(message);
});
