import { z } from 'zod';
import type { Config } from '../config.ts';
import { formatPlace, InputError } from '../errors.ts';
import type { Files } from '../files.ts';
import type { Link } from '../landscape.ts';
import type { InputFile } from './scan-sources.ts';

/** As much of a `plan.json` as says which link is to have moved by when. */
const shape = z.looseObject({
  format: z.literal('landscape-plan'),
  version: z.literal(1),
  waves: z.array(z.looseObject({ last: z.iso.date(), links: z.array(z.string()) })),
});

/** The days that a plan has promised, by link. */
export interface HeldPlan {
  readonly retireBy: ReadonlyMap<string, string>;
  readonly inputs: readonly InputFile[];
}

/** Reads the plan that `plan.hold` names. @throws InputError where it is none */
export async function readHeldPlan({ hold, placeOf }: Config, files: Files): Promise<HeldPlan> {
  if (hold === undefined) return { retireBy: new Map(), inputs: [] };
  const place = formatPlace(placeOf('plan', 'hold'));
  let found: z.output<typeof shape>;
  try {
    found = shape.parse(JSON.parse(await files.text(hold)));
  } catch (cause) {
    const reason =
      cause instanceof InputError ? cause.message : `${hold}: is no plan of "landscape plan".`;
    throw new InputError(`${place}: ${reason}`, { cause });
  }
  return {
    retireBy: new Map(
      found.waves.flatMap(({ last, links }) => links.map((link) => [link, last] as const)),
    ),
    inputs: [{ file: hold, sha256: await files.digest(hold) }],
  };
}

/** A link that is to move is to be gone, as it is, by the end of its wave. A row's own day comes first. */
export function holdLinks(links: readonly Link[], { retireBy }: HeldPlan): readonly Link[] {
  if (retireBy.size === 0) return links;
  return links.map((link) => {
    const day = retireBy.get(link.key);
    return day === undefined || link.retireBy !== undefined || !link.pointToPoint
      ? link
      : { ...link, retireBy: day };
  });
}
