/**
 * Writes the gateway logs of the sample landscapes from their description.
 *
 *   node inventories/generate-logs.mjs            all of inventories/<name>/logs/traffic.json
 *   node inventories/generate-logs.mjs nordfisk   one or more of them
 *
 * The same description always gives the same lines, on any machine.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const dayMs = 86_400_000;

const knownKeys = ['seed', 'from', 'to', 'timezone', 'files', 'flows', 'malformed'];
const knownFlowKeys = [
  'address',
  'user',
  'agent',
  'method',
  'path',
  'status',
  'bytes',
  'perDay',
  'hours',
  'minute',
  'weekdays',
];

/**
 * The log files that a traffic description stands for, as text, oldest first.
 *
 * - `from`, `to`: first and last day. All times are those of the log's own clock, `timezone`.
 * - `files`: how many files the days are spread over.
 * - `flows[]`: `perDay` calls (a fraction is a chance) from `hours[0]`:00 until `hours[1]`:00, at a
 *   given `minute` if there is one, on `weekdays` (1 = Monday … 7 or 0 = Sunday; default all).
 *   `status` is code → weight, `bytes` lowest and highest size. In `path`, `{n}` is a number and
 *   `{date}` the day.
 * - `malformed[]`: a `line` as it is, put in at the time `at`.
 *
 * @param {object} traffic the parsed `traffic.json`
 * @returns {string[]} the text of each file, lines ended by a line feed
 */
export function toLogFiles(traffic) {
  refuseUnknown(traffic, knownKeys, 'traffic.json');
  const first = toDay(traffic.from);
  const last = toDay(traffic.to);
  if (last < first) throw new Error(`"to" (${traffic.to}) is before "from" (${traffic.from}).`);

  const entries = traffic.flows.flatMap((flow, index) => {
    refuseUnknown(flow, knownFlowKeys, `flows[${index}]`);
    return toCalls(flow, index, traffic.seed ?? 1, first, last, traffic.timezone ?? '+0000');
  });
  for (const { at, line } of traffic.malformed ?? []) {
    entries.push({ time: Date.parse(`${at}Z`), line });
  }
  // Calls of one second stay in the order of the flows: the sort is stable.
  entries.sort((a, b) => a.time - b.time);

  const count = traffic.files ?? 1;
  const days = (last - first) / dayMs + 1;
  const files = Array.from({ length: count }, () => []);
  for (const { time, line } of entries) {
    const day = Math.floor((time - first) / dayMs);
    const file = files[Math.floor((day * count) / days)];
    if (!file) throw new Error(`"${line}" is not between ${traffic.from} and ${traffic.to}.`);
    file.push(line);
  }
  return files.map((lines) => lines.map((line) => `${line}\n`).join(''));
}

/** The calls of one flow. Each flow draws its own numbers, so a new flow does not change the others. */
function toCalls(flow, index, seed, first, last, timezone) {
  const random = toRandom(seed * 1_000 + index);
  const [open, close] = flow.hours ?? [0, 24];
  const span = Math.max(close - open, 1) * 3600;
  const weekdays = new Set((flow.weekdays ?? [1, 2, 3, 4, 5, 6, 7]).map((day) => day % 7));
  const calls = [];
  for (let day = first; day <= last; day += dayMs) {
    const count = Math.floor(flow.perDay) + (random() < flow.perDay % 1 ? 1 : 0);
    if (!weekdays.has(new Date(day).getUTCDay())) continue;
    for (let call = 0; call < count; call++) {
      // One call in each of `count` equal parts of the day: uneven, but without empty hours.
      let second = open * 3600 + Math.floor(((call + random()) / count) * span);
      if (flow.minute !== undefined) {
        second = Math.floor(second / 3600) * 3600 + flow.minute * 60 + Math.floor(random() * 5);
      }
      const time = day + second * 1000;
      calls.push({ time, line: toLine(flow, time, timezone, random) });
    }
  }
  return calls;
}

/** One line of nginx's `combined` format. */
function toLine(flow, time, timezone, random) {
  const stamp = new Date(time).toISOString();
  const [year, month, day] = stamp.slice(0, 10).split('-');
  const path = flow.path
    .replaceAll('{n}', () => String(40_000 + Math.floor(random() * 20_000)))
    .replaceAll('{date}', stamp.slice(0, 10));
  const status = pick(flow.status ?? { 200: 1 }, random);
  const [least, most] = flow.bytes ?? [0, 0];
  const size = least + Math.floor(random() * (most - least + 1));
  const sent = status === '204' || status === '304' ? 0 : size;
  return (
    `${flow.address} - ${flow.user ?? '-'} ` +
    `[${day}/${months[Number(month) - 1]}/${year}:${stamp.slice(11, 19)} ${timezone}] ` +
    `"${flow.method} ${path} HTTP/1.1" ${status} ${sent} "-" "${flow.agent ?? '-'}"`
  );
}

/** A key, as often as its weight says. */
function pick(weights, random) {
  const choices = Object.entries(weights);
  let rest = random() * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [choice, weight] of choices) {
    rest -= weight;
    if (rest < 0) return choice;
  }
  return choices[0][0];
}

/** Evenly spread numbers in [0, 1): a 32-bit counter through a mixing function, so no two machines differ. */
function toRandom(seed) {
  let counter = seed >>> 0;
  return () => {
    counter = (counter + 0x9e3779b9) >>> 0;
    let mixed = counter;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

function toDay(text) {
  const day = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(day)) throw new Error(`"${text}" is no day; write it as 2026-10-05.`);
  return day;
}

function refuseUnknown(object, known, where) {
  const unknown = Object.keys(object).find((key) => !known.includes(key));
  if (unknown)
    throw new Error(`${where}: unknown key "${unknown}". Known keys: ${known.join(', ')}.`);
}

/** Gzip without time and machine in its header, so that a file changes only when its lines do. */
function compress(text) {
  const packed = gzipSync(text, { level: 9 });
  packed.fill(0, 4, 8);
  packed[9] = 255;
  return packed;
}

function main(names) {
  const here = dirname(fileURLToPath(import.meta.url));
  const folders = names.length > 0 ? names : readdirSync(here).sort();
  for (const name of folders) {
    const logs = join(here, name, 'logs');
    const description = join(logs, 'traffic.json');
    if (!existsSync(description)) {
      if (names.length > 0) throw new Error(`${description} does not exist.`);
      continue;
    }
    let files;
    try {
      files = toLogFiles(JSON.parse(readFileSync(description, 'utf8')));
    } catch (error) {
      throw new Error(`${description}: ${error.message}`, { cause: error });
    }
    files.forEach((text, index) => {
      writeFileSync(join(logs, `access-${index + 1}.log.gz`), compress(text));
    });
    const lines = files.map((text) => text.split('\n').length - 1);
    console.log(`${name}: ${lines.join(' + ')} lines`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main(process.argv.slice(2));
