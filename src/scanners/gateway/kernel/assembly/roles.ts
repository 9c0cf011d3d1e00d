import { rolesAt, slotsAt } from './layout.ts';

// The numbers of the roles, as `slotRoles` has them.
export const apiKey: i32 = 1;
export const consumer: i32 = 0;
export const certificate: i32 = 2;
export const user: i32 = 3;
export const agent: i32 = 4;
export const address: i32 = 5;
export const service: i32 = 6;
export const route: i32 = 7;
export const upstream: i32 = 8;
export const host: i32 = 9;
export const request: i32 = 10;
export const method: i32 = 11;
export const path: i32 = 12;
export const status: i32 = 13;
export const bytes: i32 = 14;
export const duration: i32 = 15;
export const time: i32 = 16;
export const date: i32 = 17;
export const clock: i32 = 18;
export const requestId: i32 = 19;

/** Kinds of texts beside the roles: a mapped system, and the product of an agent. */
export const kindOfSystem: i32 = 100;

/** Where the value of a role begins in the line. */
export function fromOf(role: i32): usize {
  return load<u32>(slotsAt + 8 * role);
}

/** Where the value of a role ends; where it begins, if the line has none. */
export function endOf(role: i32): usize {
  return load<u32>(slotsAt + 8 * role, 4);
}

/** Whether the format has a role. */
export function hasRole(role: i32): bool {
  return ((load<i32>(rolesAt) >> role) & 1) != 0;
}
