import type { Link, System } from '../landscape.ts';

type Texts = readonly string[] | undefined;

/** What a system must have to fit; of each key that is given one value is enough. */
interface SystemTraits {
  readonly id?: Texts;
  readonly name?: Texts;
  readonly kind?: Texts;
  readonly type?: Texts;
  readonly domain?: Texts;
  readonly site?: Texts;
  readonly team?: Texts;
  readonly lifecycle?: Texts;
  readonly criticality?: Texts;
  readonly tags?: Texts;
}

/** Which systems a policy or limit is about. Texts are globs with `*`, without regard to case. */
export interface SystemPattern extends SystemTraits {
  readonly except?: SystemTraits | undefined;
}

/** Which links a policy is about. */
export interface LinkPattern {
  readonly protocol?: Texts;
  readonly family?: Texts;
  readonly style?: Texts;
  readonly mediation?: Texts;
  readonly criticality?: Texts;
  readonly tags?: Texts;
}

/** Each text that a pattern can name, and what a system has of it. */
export const readersOfTraits: Readonly<
  Record<keyof SystemTraits, (system: System) => readonly (string | undefined)[]>
> = {
  id: ({ id }) => [id],
  name: ({ name }) => [name],
  kind: ({ kind }) => [kind],
  type: ({ type }) => [type],
  domain: ({ domain }) => [domain],
  site: ({ site }) => [site],
  team: ({ owner }) => [owner?.team],
  lifecycle: ({ lifecycle }) => [lifecycle],
  criticality: ({ criticality }) => [criticality],
  tags: ({ tags }) => tags,
};

/** The systems that fit a pattern, by id; every system without one. */
export function findFitting(
  systems: readonly System[],
  pattern: SystemPattern | undefined,
): ReadonlySet<string> {
  return new Set(
    systems
      .filter((system) => pattern === undefined || fitsSystem(system, pattern))
      .map(({ id }) => id),
  );
}

function fitsSystem(system: System, { except, ...traits }: SystemPattern): boolean {
  return hasTraits(system, traits) && !(except !== undefined && hasTraits(system, except));
}

function hasTraits(system: System, traits: SystemTraits): boolean {
  return (Object.keys(readersOfTraits) as (keyof SystemTraits)[]).every((key) =>
    fitsAny(traits[key], readersOfTraits[key](system)),
  );
}

/** Whether something of a link fits: one protocol of several is enough. */
export function touchesLink(link: Link, pattern: LinkPattern): boolean {
  return hasOthers(link, pattern) && fitsAny(pattern.protocol, listProtocols(link));
}

/** Whether all of a link fits: every protocol that it is known to speak. */
export function keepsToLink(link: Link, pattern: LinkPattern): boolean {
  return (
    hasOthers(link, pattern) &&
    listProtocols(link).every((protocol) => fitsAny(pattern.protocol, [protocol]))
  );
}

function hasOthers(link: Link, { family, style, mediation, criticality, tags }: LinkPattern) {
  return (
    fitsAny(family, [link.family]) &&
    fitsAny(style, [link.style]) &&
    fitsAny(mediation, [link.mediation]) &&
    fitsAny(criticality, [link.criticality]) &&
    fitsAny(tags, link.tags)
  );
}

/** What the link is said to speak, and what its code speaks on either side of a carrier. */
function listProtocols({ protocol, evidence }: Link): string[] {
  const all = [protocol, ...evidence.map(({ access }) => access?.protocol)];
  return [...new Set(all.flatMap((each) => each ?? []))];
}

function fitsAny(globs: Texts, values: readonly (string | undefined)[]): boolean {
  if (globs === undefined) return true;
  return globs.some((glob) =>
    values.some(
      (value) => value !== undefined && fitsGlob(value.toLowerCase(), glob.toLowerCase()),
    ),
  );
}

/**
 * Whether a text fits a glob, in which `*` stands for any characters. Each part between two stars is
 * taken where it comes first, so it looks at each place of the text once for each part at most.
 */
export function fitsGlob(value: string, glob: string): boolean {
  const [first = '', ...rest] = glob.split('*');
  if (rest.length === 0) return value === glob;
  if (!value.startsWith(first)) return false;
  const last = rest.pop() ?? '';
  let at = first.length;
  for (const part of rest) {
    const found = value.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return value.length - last.length >= at && value.endsWith(last);
}
