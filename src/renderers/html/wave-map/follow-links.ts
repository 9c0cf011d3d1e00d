import { type Platform, platforms } from '../../../vocabulary.ts';
import type { PlanIndex } from '../../migration-plan/plan-index.ts';
import type { Context } from '../context.ts';

/** What becomes of one link on the way from today to the end of the plan. */
export interface LinkCourse {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  /** The platform that it passes today; `null` where it goes straight. */
  readonly before: Platform | null;
  /** The platform that it passes in the end, or where it has gone. */
  readonly after: Platform | 'retired' | null;
  /** The step that changes it, as a place among the simulated steps; `null` where none does. */
  readonly step: number | null;
}

/** Follows each link between two counted systems through the waves of a plan, in the order of keys. */
export function followLinks(context: Context, { plan, choice }: PlanIndex): LinkCourse[] {
  const stepOf = new Map(plan.simulation.steps.map(({ wave }, step) => [wave, step]));
  const waveOf = new Map(
    plan.waves.flatMap(({ number, links }) => links.map((key) => [key, number] as const)),
  );
  // What is retired goes with the first wave there is.
  const retired = new Set(plan.simulation.steps.length > 1 ? plan.retired : []);
  const kinds = new Map(context.audit.systems.map(({ id, kind }) => [id, kind]));
  const passes = (via: readonly string[]): Platform => {
    const passed = new Set(via.map((id) => kinds.get(id)));
    if (passed.has('integration-platform')) return 'integration-platform';
    return passed.has('broker') ? 'event' : 'integration-platform';
  };
  return context.links.map(({ key, from, to, mediation, via }): LinkCourse => {
    const before =
      mediation === 'direct' ? null : mediation === 'gateway' ? 'api-gateway' : passes(via);
    const wave = waveOf.get(key);
    const pattern = platforms.find((one) => one === choice(key)?.pattern);
    if (retired.has(key)) return { key, from, to, before, after: 'retired', step: 1 };
    const step = wave === undefined ? undefined : stepOf.get(wave);
    return step === undefined || !pattern
      ? { key, from, to, before, after: before, step: null }
      : { key, from, to, before, after: pattern, step };
  });
}

/** The platform that a link passes at a step; `null` where it goes straight, `undefined` where it has gone. */
export function placeAt(course: LinkCourse, step: number): Platform | null | undefined {
  if (course.step === null || step < course.step) return course.before;
  return course.after === 'retired' ? undefined : course.after;
}
