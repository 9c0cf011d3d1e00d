import { scan } from '../scan.ts';

/** What a line says; the rest of it is always the same. */
export interface Call {
  readonly address?: string;
  readonly user?: string;
  readonly request?: string;
  readonly status?: number;
  readonly agent?: string;
  readonly time?: string;
}

/** One line in the combined format. */
export function line(call: Call = {}): string {
  const { address = '10.1.1.1', user = '-', request = 'GET /erp/x HTTP/1.1', status = 200 } = call;
  const { agent = 'curl/8', time = '02/Nov/2026:10:00:00 +0100' } = call;
  return `${address} - ${user} [${time}] "${request}" ${status} 100 "-" "${agent}"`;
}

/** `caller ARROW callee calls/errors` of each pair; the arrow shows where the data goes. */
export async function draw(lines: readonly string[], options = {}): Promise<string[]> {
  const { of } = await scan('gateway', { 'a.log': `${lines.join('\n')}\n` }, options);
  return of('connection').map(({ from, to, initiator, direction, traffic }) => {
    const [caller, callee] = initiator === 'to' ? [to, from] : [from, to];
    const arrow =
      direction === 'both'
        ? '<>'
        : direction === 'unknown'
          ? '??'
          : initiator === 'to'
            ? '<-'
            : '->';
    const name = (end: typeof from): string => (end.kind === 'address' ? end.host : end.value);
    return `${name(caller)} ${arrow} ${name(callee)} ${traffic?.calls}/${traffic?.errors}`;
  });
}
