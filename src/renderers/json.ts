import type { Audit } from '../audit.ts';

/** The audit itself, as `audit.json`. */
export function renderJson(audit: Audit): string {
  return `${JSON.stringify(audit, null, 2)}\n`;
}
