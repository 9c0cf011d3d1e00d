/**
 * The calls of a gateway, each worked out of its number by whole numbers alone. A database makes the
 * same rows of `toSelect` as `toRow` makes here, so a table and a log file tell of the same calls
 * though neither was made of the other.
 *
 * 40 callers, some known by name, some by address only and one a health check; 12 hosts; 48 ways to
 * call them, with numbers, codes, dates and UUIDs in their paths; durations with a long tail.
 */

/** Larger than any draw. A prime, as are the factors, so that draws do not repeat soon. */
const range = 1_000_003;
const factors = {
  caller: 7_919,
  way: 15_485,
  id: 32_452,
  status: 49_979,
  size: 67_867,
  wait: 86_028,
};

const domains = ['orders', 'stock', 'billing', 'customers', 'prices', 'shipments'];
const callers = Array.from({ length: 40 }, (_, index) => ({
  address: `10.${1 + (index % 4)}.${index}.17`,
  user: index < 28 ? `${domains[index % 6]}-${['sync', 'portal', 'job'][index % 3]}-${index}` : '-',
  agent: index === 39 ? 'kube-probe/1.29' : index % 2 ? 'okhttp/4.12.0' : 'Java/17.0.9',
}));

const ids = ['none', 'number', 'code', 'date', 'uuid'];
const ways = Array.from({ length: 48 }, (_, index) => {
  const id = ids[index % ids.length];
  const noun = ['items', 'lines', 'batches', 'samples'][index % 4];
  return {
    host: `${domains[index % 6]}${index % 12 < 6 ? '' : '-core'}.svc.example`,
    method: ['GET', 'GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'][index % 7],
    head: `/${index % 3 ? 'api/v1/' : ''}${noun}${id === 'none' ? '' : '/'}`,
    id: ids.indexOf(id),
    tail: ['', '/notes', '?page=2', '/notes?token=s3cr3t&x=%2F'][index % 4],
    /** The shortest wait in milliseconds. */
    wait: 2 + ((index * 13) % 90),
  };
});

/** How nginx was told to write the lines of `toLine`. */
export const logFormat =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "-" "$http_user_agent" $host $request_time';

/** The columns of the table, as ClickHouse of any version declares them. */
export const columns = `time DateTime('UTC'), address String, user String, method String, host String, path String, status UInt16, bytes UInt64, wait_ms UInt32, agent String`;

/** The first call, in seconds since 1970, and over how many seconds all of them are spread. */
const start = Date.UTC(2026, 0, 5, 6) / 1000;
const span = 14 * 86_400;

/**
 * One call.
 * @param {number} number from 0
 * @param {number} total how many there are; times rise with the number
 */
export function toRow(number, total) {
  const seed = (number * 16_807 + 7) % 2_147_483_647;
  const low = seed % 65_521;
  const draw = (factor) => (seed * factor + low * low) % range;
  const skewed = draw(factors.caller);
  const caller =
    callers[Math.floor((Math.floor((skewed * skewed) / range) * callers.length) / range)];
  const way = ways[draw(factors.way) % ways.length];
  const id = draw(factors.id);
  const written = [
    '',
    `${id}`,
    `ORD-${100_000 + id}`,
    `2026-01-${10 + (id % 20)}`,
    `69592b9e-b6da-44d4-af4a-${100_000_000_000 + id}`,
  ][way.id];
  const luck = draw(factors.status) % 1000;
  return {
    time: start + Math.floor((number * span) / total),
    address: caller.address,
    user: caller.user,
    method: way.method,
    host: way.host,
    path: way.head + written + way.tail,
    status: luck < 930 ? 200 : luck < 960 ? 304 : luck < 985 ? 404 : luck < 996 ? 500 : 503,
    bytes: 100 + (draw(factors.size) % 20_000),
    // Pareto's distribution: half of the calls take twice the shortest wait, one in a hundred 100 times.
    waitMs: Math.min(60_000, Math.floor((way.wait * range) / (range - draw(factors.wait)))),
    agent: caller.agent,
  };
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A call as a line of an access log, without the end of the line. */
export function toLine({ time, address, user, method, host, path, status, bytes, waitMs, agent }) {
  const iso = new Date(time * 1000).toISOString();
  const day = `${iso.slice(8, 10)}/${months[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}`;
  return `${address} - ${user} [${day}:${iso.slice(11, 19)} +0000] "${method} ${path} HTTP/1.1" ${status} ${bytes} "-" "${agent}" ${host} ${(waitMs / 1000).toFixed(3)}`;
}

/**
 * The query by which ClickHouse of any version makes the same calls, in the order of `columns`.
 * @param {{ total: number, shard?: number, shards?: number }} options of `shards` shards, the one
 *   numbered `shard` from 0 gets the calls whose number leaves that remainder
 */
export function toSelect({ total, shard = 0, shards = 1 }) {
  const count = Math.ceil((total - shard) / shards);
  const draw = (factor) => `(seed * ${factor} + low * low) % ${range}`;
  // An element of an array that is given as such would have the whole array copied for each row.
  const of = (list, key, index) => {
    const values = list.map((each) =>
      typeof each[key] === 'string' ? `'${each[key]}'` : each[key],
    );
    return `transform(${index}, [${list.map((_, at) => at).join(', ')}], [${values.join(', ')}], ${typeof list[0][key] === 'string' ? "''" : 0})`;
  };
  return `select toDateTime(${start} + intDiv(number * ${span}, ${total}), 'UTC') as time,
  ${of(callers, 'address', 'caller')} as address,
  ${of(callers, 'user', 'caller')} as user,
  ${of(ways, 'method', 'way')} as method,
  ${of(ways, 'host', 'way')} as host,
  concat(${of(ways, 'head', 'way')}, multiIf(kind = 0, '', kind = 1, toString(id), kind = 2, concat('ORD-', toString(100000 + id)), kind = 3, concat('2026-01-', toString(10 + id % 20)), concat('69592b9e-b6da-44d4-af4a-', toString(100000000000 + id))), ${of(ways, 'tail', 'way')}) as path,
  toUInt16(multiIf(luck < 930, 200, luck < 960, 304, luck < 985, 404, luck < 996, 500, 503)) as status,
  toUInt64(100 + ${draw(factors.size)} % 20000) as bytes,
  toUInt32(least(60000, intDiv(${of(ways, 'wait', 'way')} * ${range}, ${range} - ${draw(factors.wait)}))) as wait_ms,
  ${of(callers, 'agent', 'caller')} as agent
from (
  select number, seed, low,
    intDiv(intDiv(skewed * skewed, ${range}) * ${callers.length}, ${range}) as caller,
    ${draw(factors.way)} % ${ways.length} as way,
    ${of(ways, 'id', `(${draw(factors.way)} % ${ways.length})`)} as kind,
    ${draw(factors.id)} as id,
    ${draw(factors.status)} % 1000 as luck
  from (
    select number, seed, low, ${draw(factors.caller)} as skewed
    from (
      select number, seed, toUInt64(seed % 65521) as low
      from (
        select number, toUInt64((number * 16807 + 7) % 2147483647) as seed
        from (select number * ${shards} + ${shard} as number from numbers(${count}))
      )
    )
  )
)`;
}
