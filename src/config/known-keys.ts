import { z } from 'zod';

/** The keys that may stand at a path of what a schema describes; none where that is no fixed set. */
export function listKnownKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: unknown = schema;
  for (const part of path) {
    const open = unwrap(at);
    if (open instanceof z.ZodObject) at = open.shape[String(part)];
    else if (open instanceof z.ZodArray) at = open.element;
    else if (open instanceof z.ZodRecord) at = open.valueType;
    else return [];
  }
  const found = unwrap(at);
  return found instanceof z.ZodObject ? Object.keys(found.shape) : [];
}

/** What may be left out or is changed after it is read is described all the same. */
function unwrap(schema: unknown): unknown {
  let at = schema;
  for (;;)
    if (at instanceof z.ZodOptional || at instanceof z.ZodDefault || at instanceof z.ZodNullable)
      at = at.unwrap();
    else if (at instanceof z.ZodPipe) at = at.in;
    else return at;
}
