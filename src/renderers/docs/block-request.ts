import type { Audit } from '../../audit.ts';
import { didYouMean, formatPlace, InputError, type Place } from '../../errors.ts';
import type { System } from '../../landscape.ts';

/** What a marker in a Markdown file asks for. */
export interface BlockRequest {
  readonly kind: string;
  readonly options: ReadonlyMap<string, string>;
  /** Where the marker stands, for messages. */
  readonly place: Place;
}

/** An error about one option of a marker. */
export function refuseOption({ place }: BlockRequest, why: string): InputError {
  return new InputError(`${formatPlace(place)}: ${why}`);
}

/** The value of an option that is one of several; undefined where it is not given. @throws InputError */
export function readChoice<Value extends string>(
  request: BlockRequest,
  name: string,
  values: readonly Value[],
): Value | undefined {
  const given = request.options.get(name);
  if (given === undefined) return undefined;
  const found = values.find((value) => value === given);
  if (found === undefined)
    throw refuseOption(
      request,
      `${name}=${given.slice(0, 40)} is not known; write ${values.join(', ')}.${didYouMean(given, values)}`,
    );
  return found;
}

/** A whole number from 1; what stands in its place where it is not given. @throws InputError */
export function readNumber(request: BlockRequest, name: string, otherwise: number): number {
  const given = request.options.get(name);
  if (given === undefined) return otherwise;
  if (!/^[1-9]\d{0,5}$/.test(given))
    throw refuseOption(request, `${name}=${given.slice(0, 40)} is no whole number from 1.`);
  return Number(given);
}

/** The system that an option names by id, name or alias; undefined where it is not given. @throws InputError */
export function readSystem(
  request: BlockRequest,
  name: string,
  { systems }: Audit,
): System | undefined {
  const given = request.options.get(name)?.toLowerCase();
  if (given === undefined) return undefined;
  const found =
    systems.find(({ id }) => id.toLowerCase() === given) ??
    systems.find((system) => system.name.toLowerCase() === given) ??
    systems.find(({ aliases }) => aliases.some((alias) => alias.toLowerCase() === given));
  if (!found)
    throw refuseOption(
      request,
      `no system is called "${given.slice(0, 60)}".${didYouMean(
        given,
        systems.flatMap((system) => [system.id.toLowerCase(), system.name.toLowerCase()]),
      )}`,
    );
  return found;
}

/** The domain that an option names; undefined where it is not given. @throws InputError */
export function readDomain(
  request: BlockRequest,
  name: string,
  { systems }: Audit,
): string | undefined {
  const given = request.options.get(name);
  if (given === undefined) return undefined;
  const domains = [...new Set(systems.flatMap(({ domain }) => domain ?? []))];
  const found = domains.find((domain) => domain.toLowerCase() === given.toLowerCase());
  if (found === undefined)
    throw refuseOption(
      request,
      `no system is in the domain "${given.slice(0, 60)}".${didYouMean(given, domains)}`,
    );
  return found;
}
