import type { Role } from '../../gateway/log-format.ts';
import type { TableColumn } from '../table-columns.ts';
import type { Dialect } from './dialect.ts';

/** What is asked of a table. */
export interface CallQuery {
  /** As `FROM` names it, already written for the engine. */
  readonly table: string;
  readonly columns: ReadonlyMap<Role, TableColumn>;
  readonly where: readonly string[];
  /** Starts of user agents that `callers:` may map, the longest first. */
  readonly agents: readonly string[];
  /** Whether the host may decide what was called even where a row names the service. */
  readonly byHost: boolean;
  /** How many leading segments of a path may decide. */
  readonly literalSegments: number;
  /** Whether the proxy's configuration may need more of the path than its template. */
  readonly keepPaths: boolean;
  /** The most rows of the result. */
  readonly limit: number;
}

/** What the steps of a query are written with. */
export interface Writing {
  readonly query: CallQuery;
  readonly sql: Dialect;
  /** An empty text. */
  readonly none: string;
  has(role: Role): boolean;
  /** The column of a role as text, '' where there is none. */
  column(role: Role): string;
  /** The same, and '' for `-`, which logs write for nothing. */
  filled(role: Role): string;
}

/** The name of a step: no table has a column that begins like this. */
export function stepName(name: string): string {
  return `ls_${name}`;
}
