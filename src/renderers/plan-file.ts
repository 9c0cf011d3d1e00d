import type { Audit } from '../audit.ts';

/** The version of `plan.json`. */
const planVersion = 1;

/** A plan with all that it was decided by: `docs/schemas/plan.schema.json`. */
export function toPlanFile(audit: Audit) {
  return {
    format: 'landscape-plan',
    version: planVersion,
    tool: audit.tool,
    name: audit.name,
    asOf: audit.asOf,
    ...audit.analysis.waves,
    costs: audit.analysis.hub.costs,
  };
}

/** Renders `plan.json`. */
export function renderPlanFile(audit: Audit): string {
  return `${JSON.stringify(toPlanFile(audit), null, 2)}\n`;
}
