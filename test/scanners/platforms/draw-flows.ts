import { type Evidence, formatReference, type Reference } from '../../../src/evidence.ts';
import { type Scan, scan } from '../scan.ts';

/** What a platform's files say, each connection as `line from -> to protocol [topic] (objects)`. */
export async function drawFlows(
  contents: Readonly<Record<string, string>>,
  options: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly lines: string[]; readonly found: Scan }> {
  const found = await scan('platform', contents, options);
  return { lines: found.evidence.flatMap(drawOne), found };
}

function drawOne(item: Evidence): string[] {
  if (item.kind !== 'connection') return [];
  const { from, to, protocol = '-', resource, objects, origin, initiator } = item;
  const arrow = initiator === 'from' ? '->' : '<-';
  const topic = resource === undefined ? '' : ` [${resource}]`;
  const data = objects.length === 0 ? '' : ` (${objects.join()})`;
  return [`${origin.line} ${name(from)} ${arrow} ${name(to)} ${protocol}${topic}${data}`];
}

function name(reference: Reference): string {
  if (reference.kind === 'code') return 'job';
  if (reference.kind !== 'address') return formatReference(reference);
  return `${reference.host}${reference.port === undefined ? '' : `:${reference.port}`}`;
}
