import { z } from 'zod';
import { criticalities, families, styles, systemKinds } from '../vocabulary.ts';

const text = z.string().trim().min(1).max(200);
const mostTexts = 200;

/** One value or a list of them; of a list, one is enough. */
function oneOrMore<T extends z.ZodType<string>>(value: T) {
  return z
    .union([value, z.array(value).min(1).max(mostTexts)], {
      error: (issue) => explainUnion(value, issue.input),
    })
    .transform((found): readonly z.output<T>[] => (Array.isArray(found) ? found : [found]));
}

/** What the one that is written should have been; a union alone says "invalid input". */
function explainUnion(value: z.ZodType<string>, input: unknown): string {
  const wrong = (Array.isArray(input) ? input : [input]).find(
    (each) => !value.safeParse(each).success,
  );
  const message = value.safeParse(wrong).error?.issues[0]?.message;
  return (
    message?.replace(/^Invalid (?:input|option): /, '') ?? 'expected a text, or a list of texts'
  );
}

const systemFields = {
  id: oneOrMore(text).optional(),
  name: oneOrMore(text).optional(),
  kind: oneOrMore(z.enum(systemKinds)).optional(),
  type: oneOrMore(text).optional(),
  domain: oneOrMore(text).optional(),
  site: oneOrMore(text).optional(),
  team: oneOrMore(text).optional(),
  lifecycle: oneOrMore(text).optional(),
  criticality: oneOrMore(z.enum(criticalities)).optional(),
  tags: oneOrMore(text).optional(),
};

/** Which systems: of each key that is given one value must fit, and `except` must not. */
export const systemPatternSchema = z
  .strictObject({ ...systemFields, except: z.strictObject(systemFields).optional() })
  .refine(saysSomething, 'expected at least one of id, name, kind, domain, tags and so on');

const linkFields = {
  protocol: oneOrMore(text).optional(),
  family: oneOrMore(z.enum(families)).optional(),
  style: oneOrMore(z.enum(styles)).optional(),
  mediation: oneOrMore(z.enum(['direct', 'gateway', 'decoupled'])).optional(),
  criticality: oneOrMore(z.enum(criticalities)).optional(),
  tags: oneOrMore(text).optional(),
};

const forbid = z
  .strictObject({
    from: systemPatternSchema.optional(),
    to: systemPatternSchema.optional(),
    ...linkFields,
    reachable: z.literal(true, 'expected true, or nothing').optional(),
  })
  .refine(saysSomething, 'would forbid every link; say which, by "from", "to", "protocol" …')
  .refine(
    ({ reachable, from, to }) =>
      reachable === undefined || (from !== undefined && to !== undefined),
    '"reachable" needs both "from" and "to"',
  )
  .refine(
    ({ reachable, from: _from, to: _to, ...rest }) =>
      reachable === undefined || !saysSomething(rest),
    '"reachable" follows every link, so it goes with "from" and "to" alone',
  );

const allowOnly = z.strictObject({
  of: systemPatternSchema,
  with: systemPatternSchema.optional(),
  ...linkFields,
});

const require = z
  .strictObject({
    every: systemPatternSchema,
    sendsTo: systemPatternSchema.optional(),
    receivesFrom: systemPatternSchema.optional(),
    ...linkFields,
    reachable: z.literal(true, 'expected true, or nothing').optional(),
  })
  .refine(
    ({ sendsTo, receivesFrom }) => (sendsTo === undefined) !== (receivesFrom === undefined),
    'expected either "sendsTo" or "receivesFrom"',
  )
  .refine(
    ({ reachable, every: _every, sendsTo: _to, receivesFrom: _from, ...rest }) =>
      reachable === undefined || !saysSomething(rest),
    '"reachable" follows every link, so no protocol, style or the like goes with it',
  );

const policy = z
  .strictObject({
    name: text,
    reason: text.max(500),
    forbid: forbid.optional(),
    allowOnly: allowOnly
      .refine(
        ({ of: _of, ...rest }) => saysSomething(rest),
        'allows everything; say "with" whom, or over which "protocol"',
      )
      .optional(),
    require: require.optional(),
  })
  .refine(
    (each) =>
      [each.forbid, each.allowOnly, each.require].filter((part) => part !== undefined).length === 1,
    'expected one of "forbid", "allowOnly" and "require"',
  );

/** What `policies:` holds: rules of the house about who may exchange data with whom, and how. */
export const policiesSchema = z
  .array(policy)
  .max(500)
  .superRefine((policies, context) => {
    const seen = new Set<string>();
    for (const [index, { name }] of policies.entries()) {
      if (seen.has(name))
        context.addIssue({
          code: 'custom',
          path: [index, 'name'],
          message: `two policies are called "${name}"`,
        });
      seen.add(name);
    }
  });

/** One entry under `policies:`. */
export type PolicyConfig = z.output<typeof policy>;

function saysSomething(pattern: object): boolean {
  return Object.values(pattern).some((value) => value !== undefined);
}
