import type { ConfigFacts } from '../../audit/config-names.ts';
import type { Audit } from '../../audit.ts';
import type { Origin } from '../../evidence.ts';
import type { System } from '../../landscape.ts';
import { formatOrigin } from '../html/links.ts';
import type { Page } from './page.ts';

/** What every explanation is made of. */
export interface ExplainContext {
  readonly audit: Audit;
  readonly facts: ConfigFacts;
  readonly systems: ReadonlyMap<string, System>;
}

/** An answer for programs and for people. */
export interface Explanation {
  readonly data: Readonly<Record<string, unknown>>;
  readonly page: Page;
}

/** The name of a system, or the id where it is none. */
export function nameOf({ systems }: Pick<ExplainContext, 'systems'>, id: string): string {
  return systems.get(id)?.name ?? id;
}

/** The name with the id, where they differ: how a system is first mentioned. */
export function introduce(context: Pick<ExplainContext, 'systems'>, id: string): string {
  const name = nameOf(context, id);
  return name === id ? id : `${name} (${id})`;
}

/** Places as `file:line`, the first few of them. */
export function listPlaces(origins: readonly Origin[], most = 3): string {
  const places = [...new Set(origins.map(formatOrigin))];
  const more = places.length - most;
  return more > 1
    ? `${places.slice(0, most).join(', ')} and ${more} more`
    : places.slice(0, most + 1).join(', ');
}
