import { z } from 'zod';
import type { Audit, Judged } from '../audit.ts';
import { InputError } from '../errors.ts';

/** As much of an audit as tells that it is one: the tool wrote the rest. */
const judgedShape = z.looseObject({
  version: z.number(),
  name: z.string(),
  asOf: z.string(),
  inputs: z.array(z.looseObject({ file: z.string(), sha256: z.string() })),
  systems: z.array(z.looseObject({ id: z.string(), name: z.string() })),
  links: z.array(
    z.looseObject({
      key: z.string(),
      from: z.string(),
      to: z.string(),
      class: z.array(z.string()),
      objects: z.array(z.string()),
      evidence: z.array(z.looseObject({ origin: z.looseObject({ file: z.string() }) })),
    }),
  ),
  findings: z.array(
    z.looseObject({ rule: z.string(), subject: z.string(), fingerprint: z.string() }),
  ),
  coverage: z.looseObject({ sources: z.array(z.looseObject({ kind: z.string() })) }),
});
const auditShape = judgedShape.extend({
  analysis: z.looseObject({ coupling: z.looseObject({}) }),
});

/**
 * Reads an `audit.json` of an earlier scan.
 * @throws InputError where it is none, or one of another version
 */
export function readAudit(text: string, file: string): Audit {
  return { tool: '', ...read<Omit<Audit, 'tool'>>(auditShape, text, file) };
}

/** Reads an audit that was kept without its analysis. @throws InputError as `readAudit` does */
export function readJudged(text: string, file: string): Judged {
  return read<Judged>(judgedShape, text, file);
}

function read<T>(shape: typeof judgedShape, text: string, file: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputError(
      `${file}: is no JSON; name an audit.json that "landscape scan" has written.`,
      { cause },
    );
  }
  const found = shape.safeParse(value);
  if (!found.success) {
    const [issue] = found.error.issues;
    throw new InputError(
      `${file}: is no audit: ${issue?.path.join('.') || 'it'} is not what a scan writes. Name an audit.json that "landscape scan" has written.`,
    );
  }
  if (found.data.version !== 1)
    throw new InputError(
      `${file}: is an audit of version ${found.data.version}, and this tool reads version 1; scan again with one tool.`,
    );
  return value as T;
}
