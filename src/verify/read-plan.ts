import { InputError } from '../errors.ts';
import { planShape, type WrittenPlan } from './plan-shape.ts';

/** @throws InputError where a text is no plan, with the first things that are wrong */
export function readPlan(text: string, file: string): WrittenPlan {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputError(
      `${file}: is no JSON; name a plan.json that "landscape plan" has written.`,
      { cause },
    );
  }
  const found = planShape.safeParse(value);
  if (found.success) return found.data;
  const problems = found.error.issues
    .slice(0, 5)
    .map(
      ({ path, message }) =>
        `${file}: ${path.join('.') || 'it'}: ${message.replace(/^Invalid input: /, '')}.`,
    );
  throw new InputError(
    `${problems.join('\n')}\nThis is no plan: name a plan.json that "landscape plan" has written.`,
  );
}
