import { z } from 'zod';
import type { Place } from '../../errors.ts';
import type { Evidence } from '../../evidence.ts';
import type { ScanContext } from '../scanner.ts';
import type { LoggedDays } from './logged-days.ts';

/** What a source says of who calls and what is behind the gateway, wherever its log is kept. */
export const mappingShape = {
  /** The system that wrote the log: an API gateway, or a proxy that changes nothing. */
  intermediary: z.string().min(1).optional(),
  /** Path prefix, host, host and path prefix, or name of a service → the system behind it. */
  routes: z.record(z.string().min(1), z.string()).default({}),
  /** Consumer, user, digest of a key, start of the user agent, IP or CIDR → system that calls. */
  callers: z.record(z.string().min(1), z.string()).default({}),
  /** The proxy's own configuration, which says where calls go and how logs are written. */
  config: z
    .union([
      z
        .string()
        .min(1)
        .transform((one) => [one]),
      z.array(z.string().min(1)),
    ])
    .default([]),
};

const mapping = z.object(mappingShape);

/** The same, as it is given. */
export type Mapping = z.output<typeof mapping>;

/** Each system that the mapping names must be known in the end. */
export function expectMappedSystems(given: Mapping, context: ScanContext): void {
  if (given.intermediary) context.expectSystem(given.intermediary, context.placeOf('intermediary'));
  for (const option of ['routes', 'callers'] as const) {
    for (const [key, system] of Object.entries(given[option])) {
      context.expectSystem(system, context.placeOf(option, key));
    }
  }
}

/** Beyond the bounds callers and paths are counted together, and a mapping keeps them apart. */
export function tellFolded(calls: number, place: Place, coverage: ScanContext['coverage']): void {
  coverage.flaw(
    place,
    `${calls} calls were counted for no caller or path of their own, for there are too many; map them under "callers:" and "routes:"`,
  );
}

/** The routes of the mapping, with the days on which calls by them would have been seen. */
export function* toRoutes(
  given: Mapping,
  days: ReturnType<LoggedDays['spans']>,
  context: ScanContext,
): Iterable<Evidence> {
  // Lines without a time are no reason to say that nothing was logged.
  const isSilent = context.coverage.parsed === 0;
  for (const [key, system] of Object.entries(given.routes)) {
    yield {
      kind: 'route',
      scanner: 'gateway',
      witness: 'declared',
      environment: context.environment,
      confidence: 1,
      origin: context.placeOf('routes', key),
      ...(given.intermediary === undefined ? {} : { intermediary: given.intermediary }),
      prefix: key,
      system,
      ...(days.length > 0 || isSilent ? { logged: days } : {}),
    };
  }
}
