import { formatReference } from '../../../src/evidence.ts';
import { type Scan, scan } from '../scan.ts';

/** Scans files as a source of models. */
export function scanModels(
  contents: Readonly<Record<string, string | Uint8Array>>,
  options: Readonly<Record<string, unknown>> = {},
): Promise<Scan> {
  return scan('model', contents, options);
}

/** Each connection as `line from ARROW to protocol [objects] by INITIATOR`; `->` where the way of the data is known. */
export function drawLinks({ of }: Scan): string[] {
  return of('connection').map(({ origin, from, to, direction, protocol, objects, initiator }) => {
    const arrow = { forward: '->', both: '<->', unknown: '--' }[direction];
    const over = protocol === undefined ? '' : ` ${protocol}`;
    const what = objects.length === 0 ? '' : ` [${objects.join(', ')}]`;
    const by = initiator === 'unknown' ? '' : ` by ${initiator}`;
    return `${origin.line} ${formatReference(from)} ${arrow} ${formatReference(to)}${over}${what}${by}`;
  });
}

/** Each system as `id kind domain team`, without what is not said. */
export function drawSystems({ of }: Scan): string[] {
  return of('system').map(({ id, fields: { kind, domain, team, partOf } }) =>
    [id, kind, domain && `in ${domain}`, team && `of ${team}`, partOf && `part of ${partOf}`]
      .filter((each) => each !== undefined)
      .join(', '),
  );
}
