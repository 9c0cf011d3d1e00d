/**
 * The calls that the generated logs tell of: about 200 callers, 60 services, 400 route templates and
 * 2,400 pairs of a caller and a template. The same seed always gives the same calls.
 */

/** Small fast counter (sfc32): 32 random bits a call, from a seed. */
export function toRandom(seed) {
  let a = seed | 0;
  let b = 0x9e3779b9;
  let c = 0x243f6a88;
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}

const [callerCount, serviceCount, templateCount, pairCount] = [200, 60, 400, 2_400];
const domains =
  'orders stock billing customers prices invoices shipments quality batches lots sensors catalogue'.split(
    ' ',
  );
const layers = ['api', 'core', 'read', 'sync', 'edge'];
const nouns =
  'items orders lines customers addresses pallets batches samples prices lots routes carriers invoices payments documents events'.split(
    ' ',
  );
const runtimes = [
  'Java/17.0.9 (Linux; amd64; OpenJDK 64-Bit Server VM) Apache-HttpClient/5.2.1',
  'okhttp/4.12.0 (Linux; Android 13; SM-G525F Build/TP1A.220624.014; wv)',
  'python-requests/2.31.0 CPython/3.11.6 Linux/5.15.0-91-generic x86_64 glibc/2.35',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)',
  'Go-http-client/2.0 (linux/amd64; go1.22.4) retryablehttp/0.7.5',
];
const statuses = {
  GET: [
    [200, 930],
    [304, 30],
    [404, 22],
    [401, 6],
    [500, 7],
    [503, 5],
  ],
  POST: [
    [201, 900],
    [202, 40],
    [400, 30],
    [409, 12],
    [500, 10],
    [504, 8],
  ],
};
/** Middle durations in milliseconds; a template has one of them. */
const medians = [3, 8, 15, 30, 60, 120, 300, 900];

/** Milliseconds drawn from a log-normal distribution around `median` (Box and Muller 1958). */
function drawDurations(median, random) {
  return Uint16Array.from({ length: 4096 }, () => {
    const [u, v] = [(random() + 1) / 2 ** 32, random() / 2 ** 32];
    const normal = Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
    return Math.min(60_000, Math.round(median * Math.exp(0.6 * normal)));
  });
}

/** Repeats each value as often as its weight says, to 1024 values, so that one look-up draws one. */
function spread(weighted) {
  const total = weighted.reduce((sum, [, weight]) => sum + weight, 0);
  let taken = 0;
  const values = weighted.flatMap(([value, weight]) => {
    const from = Math.round((taken / total) * 1024);
    taken += weight;
    return Array(Math.round((taken / total) * 1024) - from).fill(value);
  });
  return values;
}

function toCaller(index, random) {
  const name = `${domains[index % domains.length]}-${['sync', 'portal', 'etl', 'job', 'app'][index % 5]}-${index}`;
  const hex = random().toString(16).padStart(8, '0');
  const major = 1 + (random() % 9);
  return {
    consumer: name,
    consumerId: `${hex}-5c1f-4b7e-9d${hex.slice(0, 2)}-${hex}${hex.slice(0, 4)}`,
    address: `10.${1 + (index % 7)}.${random() % 256}.${1 + (index % 250)}`,
    agent: `${name}/${major}.${random() % 20}.${random() % 10} ${runtimes[index % runtimes.length]}`,
  };
}

function toService(index, random) {
  const name = `${domains[index % domains.length]}-${layers[Math.floor(index / domains.length)]}`;
  const hex = random().toString(16).padStart(8, '0');
  return {
    name,
    host: `${name}.internal.example`,
    id: `${hex}-90ab-4c1d-8e${hex.slice(0, 2)}-${hex}${hex.slice(4)}`,
    upstream: `10.20.${index}.${10 + (random() % 200)}:8080`,
  };
}

/** `pieces` and `ids` by turns make a path: `n` is a number, `u` a UUID. */
function toTemplate(index, services, random) {
  const service = services[index % serviceCount];
  const shape = ['', '', 'n', 'n', 'n', 'n', 'u', 'u', 'nn', 'un'][random() % 10];
  const pieces = [`/${service.name}/v${1 + (random() % 2)}/${nouns[index % nouns.length]}`];
  const first = Math.floor(index / serviceCount);
  if (shape === '') pieces[0] += `/${nouns[first % nouns.length]}-list`;
  for (let at = 0; at < shape.length; at++) {
    pieces[at] += '/';
    pieces.push(`/${nouns[(first + at * 3 + 1) % nouns.length]}`);
  }
  const method = ['GET', 'GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE'][random() % 7];
  return {
    service,
    method,
    pieces,
    ids: shape,
    query: random() % 6 === 0 ? '?expand=lines&limit=100&page=' : '',
    route: `${service.name}-${index}`,
    template: pieces.map((piece, at) => piece + (at < shape.length ? '{id}' : '')).join(''),
    statuses: spread(statuses[method] ?? statuses[method === 'DELETE' ? 'GET' : 'POST']),
    median: random() % medians.length,
    size: 100 << (random() % 8),
  };
}

/**
 * Makes a function that draws the next call into one record, which it gives again each time.
 * Times rise by 50 ms on average; a line is up to 2 s later than one that stands behind it, as
 * proxies write a line when the call has ended.
 * @param {{ seed?: number, start?: number }} options `start` in milliseconds since 1970
 */
export function toTraffic({ seed = 1, start = Date.UTC(2026, 0, 5, 6) } = {}) {
  const random = toRandom(seed);
  const callers = Array.from({ length: callerCount }, (_, index) => toCaller(index, random));
  const services = Array.from({ length: serviceCount }, (_, index) => toService(index, random));
  const templates = Array.from({ length: templateCount }, (_, index) =>
    toTemplate(index, services, random),
  );
  const durations = medians.map((median) => drawDurations(median, random));
  // Every caller and every template occurs; few pairs make most of the calls, as in life.
  const pairs = Array.from({ length: pairCount }, (_, index) => [
    callers[index % callerCount],
    templates[index < templateCount ? index : random() % templateCount],
  ]);
  const draws = Uint16Array.from({ length: 65_536 }, (_, index) =>
    index < pairCount ? index : Math.floor(pairCount * (random() / 2 ** 32) ** 2),
  );
  const hex = Array.from({ length: 65_536 }, (_, index) => index.toString(16).padStart(4, '0'));

  const toUuid = (next) => {
    const a = next();
    const b = next();
    return `${hex[a >>> 16]}${hex[a & 0xffff]}-${hex[b >>> 16]}-4${hex[b & 0xffff].slice(1)}-a${hex[(a ^ b) & 0xffff].slice(1)}-${hex[(a + b) & 0xffff]}${hex[(b >>> 7) & 0xffff]}${hex[(a >>> 5) & 0xffff]}`;
  };
  const requestRandom = toRandom(seed + 0x1d);
  const requestId = () => toUuid(requestRandom);
  const drawId = (kind) => (kind === 'u' ? toUuid(random) : String(1 + (random() % 9_999_999)));

  let clock = start;
  const call = {
    caller: callers[0],
    template: templates[0],
    path: '',
    query: '',
    target: '',
    status: 200,
    bytes: 0,
    port: 0,
    milliseconds: 0,
    time: 0,
    random: 0,
    requestId,
  };
  return function draw() {
    const bits = random();
    const [caller, template] = pairs[draws[bits & 0xffff]];
    const { pieces, ids } = template;
    let path = pieces[0];
    for (let at = 0; at < ids.length; at++) path += drawId(ids[at]) + pieces[at + 1];
    const more = random();
    clock += (more >>> 8) % 101;
    call.caller = caller;
    call.template = template;
    call.path = path;
    call.query = template.query === '' ? '' : template.query + (1 + (more & 63));
    call.target = path + call.query;
    call.status = template.statuses[(bits >>> 16) & 1023];
    call.bytes = template.size + (more % (template.size * 3));
    call.port = 32_768 + ((bits >>> 12) & 0x3fff);
    call.milliseconds = durations[template.median][(more >>> 16) & 4095];
    call.time = clock - (bits >>> 26 === 0 ? (more >>> 5) & 2047 : 0);
    call.random = more;
    return call;
  };
}
