import { ConfigError } from '../../../errors.ts';
import type { Field, LogFormat, Role, TextFormat, Token } from '../log-format.ts';
import { joinParts } from './join-parts.ts';
import type { Piece, Variable } from './variable.ts';

/**
 * Puts the pieces of a format string together to a format of text lines.
 * @param name how messages call the format
 * @param open whether more may follow behind the last piece
 * @throws ConfigError where the lines name no time, or neither who called nor who was called
 */
export function assembleText(
  name: string,
  pieces: readonly Piece[],
  open = false,
): TextFormat & LogFormat {
  const joined = joinParts(name, pieces);
  const kept = keepMostTelling(joined.flatMap((piece) => ('literal' in piece ? [] : [piece])));
  const tokens = joined.map((piece): Token => {
    if ('literal' in piece) return { kind: 'literal', text: piece.literal };
    const list = piece.list ? { list: true } : {};
    return { kind: 'field', ...list, ...(kept.has(piece) ? toField(piece) : {}) };
  });
  expectEnds(
    name,
    [...kept].map(({ role }) => role),
  );
  return { kind: 'text', name, tokens, open };
}

/** Of several variables with one role the one of the highest rank, of equals the first. */
export function keepMostTelling(variables: readonly Variable[]): ReadonlySet<Variable> {
  const best = new Map<Role, Variable>();
  for (const variable of variables) {
    if (!variable.role) continue;
    const other = best.get(variable.role);
    if (!other || (variable.rank ?? 0) > (other.rank ?? 0)) best.set(variable.role, variable);
  }
  return new Set(best.values());
}

/** What the line walker needs to know of a variable. */
export function toField({ role, unit }: Variable): Field {
  return { ...(role ? { role } : {}), ...(unit ? { unit } : {}) };
}

const whoCalled: readonly Role[] = [
  'consumer',
  'api-key',
  'certificate',
  'user',
  'agent',
  'address',
];
const whoWasCalled: readonly Role[] = ['service', 'route', 'upstream', 'host', 'request', 'path'];

/**
 * A log shows who called whom only where its lines say when, and one of the two ends.
 * @throws ConfigError that says what is missing
 */
export function expectEnds(name: string, roles: readonly (Role | undefined)[]): void {
  const has = (role: Role): boolean => roles.includes(role);
  if (!has('time') && !(has('date') && has('clock')))
    throw new ConfigError(`the log format "${name}" says no time: name the field that holds it`);
  if (!whoCalled.some(has) && !whoWasCalled.some(has))
    throw new ConfigError(
      `the log format "${name}" says neither who called nor who was called: name an address, a user or a path`,
    );
}
