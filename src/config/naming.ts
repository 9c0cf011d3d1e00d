import { z } from 'zod';

/** One entry under `naming:`: a pattern over hosts, and what stands at `{environment}`. */
export interface NamingEntry {
  readonly pattern: string;
  readonly environments: Readonly<Record<string, string>>;
}

/** `naming:` as it is written: pattern → what is written for an environment → the environment. */
export const namingSchema = z
  .record(
    z.string(),
    z
      .record(
        z.string(),
        z.string().regex(/^[a-z0-9-]{1,30}$/, 'expected an environment such as prod or test'),
      )
      .nullable(),
  )
  .superRefine((patterns, context) => {
    const refuse = (message: string, ...path: string[]): void =>
      context.addIssue({ code: 'custom', path, message });
    for (const [pattern, environments] of Object.entries(patterns)) {
      const fault = findFault(pattern);
      if (fault !== undefined) refuse(fault, pattern);
      for (const written of Object.keys(environments ?? {}))
        if (!/^[a-z0-9]{1,20}$/i.test(written))
          refuse('expected letters and digits, as hosts have them', pattern, written);
    }
  });

/** The patterns in the order they are written. */
export function toNaming(patterns: z.output<typeof namingSchema>): NamingEntry[] {
  return Object.entries(patterns).map(([pattern, environments]) => ({
    pattern,
    environments: environments ?? {},
  }));
}

const mostStars = 2;

/** A pattern that fits every host would give systems to hosts that have none. */
function findFault(pattern: string): string | undefined {
  const count = (part: string): number => pattern.split(part).length - 1;
  const rest = pattern.replaceAll('{system}', '').replaceAll('{environment}', '');
  if (count('{system}') !== 1) return 'a naming pattern needs {system} once';
  if (count('{environment}') > 1) return 'a naming pattern takes {environment} once at most';
  if (!/^[a-z0-9*._-]*$/i.test(rest))
    return 'a naming pattern holds letters, digits, ".", "-", "_", "*", {system} and {environment} alone';
  if (count('*') > mostStars) return `a naming pattern takes ${mostStars} "*" at most`;
  if (!/[a-z0-9]/i.test(rest))
    return 'a naming pattern needs a part that is written out, such as ".corp.example"';
  return undefined;
}
