import type { Role } from './log-format.ts';

/** The roles in the order of their slots. */
export const slotRoles = [
  'consumer',
  'api-key',
  'certificate',
  'user',
  'agent',
  'address',
  'service',
  'route',
  'upstream',
  'host',
  'request',
  'method',
  'path',
  'status',
  'bytes',
  'duration',
  'time',
  'date',
  'clock',
  'request-id',
] as const satisfies readonly Role[];

/** Role → its slot: `2 * slot` holds where its value begins, `2 * slot + 1` where it ends. */
export const slotOf: Readonly<Record<Role, number>> = Object.fromEntries(
  slotRoles.map((role, slot) => [role, slot]),
) as Record<Role, number>;
