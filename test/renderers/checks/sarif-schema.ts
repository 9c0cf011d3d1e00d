import { z } from 'zod';

/** What code scanning demands of a SARIF file, and nothing that SARIF 2.1.0 does not have. */
const text = z.strictObject({ text: z.string().min(1) });
const level = z.enum(['error', 'warning', 'note', 'none']);
/** A relative reference as in RFC 3986, without a query or fragment. */
const uri = z.string().regex(/^(?:[\w.~!$&'()*+,;=@/-]|%[0-9A-F]{2})+$/);
const location = {
  physicalLocation: z.strictObject({
    artifactLocation: z.strictObject({ uri, uriBaseId: z.literal('%SRCROOT%') }),
    region: z.strictObject({ startLine: z.int().min(1), startColumn: z.int().min(1) }),
  }),
};

export const sarifSchema = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z.tuple([
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.literal('landscape'),
          version: z.string().min(1).optional(),
          semanticVersion: z
            .string()
            .regex(/^\d+\.\d+\.\d+/)
            .optional(),
          informationUri: z.url().optional(),
          rules: z.array(
            z.strictObject({
              id: z.string().max(255),
              name: z.string().max(255),
              shortDescription: z.strictObject({ text: z.string().max(1024) }),
              fullDescription: z.strictObject({ text: z.string().max(1024) }),
              help: text,
              helpUri: z.url().optional(),
              defaultConfiguration: z.strictObject({ level }).optional(),
              properties: z.strictObject({ tags: z.array(z.string()).max(20) }),
            }),
          ),
        }),
      }),
      automationDetails: z.strictObject({ id: z.string().regex(/\/$/) }),
      invocations: z.tuple([
        z.strictObject({
          executionSuccessful: z.literal(true),
          toolExecutionNotifications: z
            .array(z.strictObject({ level, message: text }))
            .min(1)
            .optional(),
        }),
      ]),
      columnKind: z.literal('utf16CodeUnits'),
      results: z
        .array(
          z.strictObject({
            ruleId: z.string(),
            ruleIndex: z.int().min(0),
            level,
            message: text,
            locations: z.tuple([z.strictObject(location)]),
            relatedLocations: z
              .array(z.strictObject({ id: z.int().min(0), ...location, message: text }))
              .min(1)
              .max(1000)
              .optional(),
            partialFingerprints: z.strictObject({
              primaryLocationLineHash: z.string().min(1),
              'landscapeFingerprint/v1': z.string().min(1),
            }),
            suppressions: z
              .array(
                z.strictObject({
                  kind: z.literal('external'),
                  status: z.literal('accepted'),
                  justification: z.string().min(1),
                }),
              )
              .min(1)
              .optional(),
            properties: z.strictObject({ also: z.array(z.string()).min(1) }).optional(),
          }),
        )
        .max(5000),
    }),
  ]),
});
