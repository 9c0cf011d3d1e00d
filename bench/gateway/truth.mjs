/** What a generated log says, told by the draws themselves and not by reading it. */
import { lineFormats } from './line-formats.mjs';
import { toTraffic } from './traffic.mjs';

const shares = [0.5, 0.95, 0.99];

/**
 * A row of an answer: `[caller, callee, route, calls, errors, serverErrors, bytes, firstMs, lastMs,
 * p50, p95, p99]`, percentiles in milliseconds. The route is empty where calls are not told apart by
 * it, the percentiles undefined where a format has no durations.
 */
const keyOf = ([caller, callee, route]) => `${caller}\t${callee}\t${route}`;
const figureNames = ['calls', 'errors', 'server errors', 'bytes', 'first seen', 'last seen'];

/**
 * The groups of a log of `calls` lines.
 * @param {{ format: string, calls: number, seed?: number, byRoute: boolean }} options
 * @returns {Map<string, { figures: number[], durations: number[] }>} durations in rising order
 */
export function tally({ format, calls, seed = 1, byRoute }) {
  const { caller, callee, precision } = lineFormats[format];
  const draw = toTraffic({ seed });
  const groups = new Map();
  /** Two look-ups by identity are faster than one by text. */
  const ofCallers = new Map();
  for (let count = 0; count < calls; count++) {
    const call = draw();
    const known = ofCallers.get(call.caller) ?? new Map();
    ofCallers.set(call.caller, known);
    let group = known.get(call.template);
    if (!group) {
      const { service, template } = call.template;
      const key = keyOf([caller(call.caller), callee(service), byRoute ? template : '']);
      group = groups.get(key) ?? { figures: [0, 0, 0, 0, Infinity, -Infinity], durations: [] };
      groups.set(key, group);
      known.set(call.template, group);
    }
    const { figures, durations } = group;
    const time = Math.floor(call.time / precision) * precision;
    figures[0]++;
    if (call.status >= 400) figures[1]++;
    if (call.status >= 500) figures[2]++;
    figures[3] += call.bytes;
    if (time < figures[4]) figures[4] = time;
    if (time > figures[5]) figures[5] = time;
    durations.push(call.milliseconds);
  }
  for (const { durations } of groups.values()) durations.sort((a, b) => a - b);
  return groups;
}

/**
 * Fails where an answer is not the truth: figures must be equal, percentiles within `error` (a share)
 * of the value at their rank. Definitions of a percentile differ by at most one rank, so both are
 * allowed.
 * @param {Map<string, { figures: number[], durations: number[] }>} truth
 * @param {unknown[][]} rows
 */
export function assertEqual(name, truth, rows, error) {
  const faults = [];
  const seen = new Set();
  for (const row of rows) {
    const key = keyOf(row);
    const known = truth.get(key);
    if (!known || seen.has(key)) {
      faults.push(`${known ? 'twice' : 'not in the log'}: ${key}`);
      continue;
    }
    seen.add(key);
    faults.push(...compareGroup(key, known, row, error));
  }
  for (const key of truth.keys()) if (!seen.has(key)) faults.push(`missing: ${key}`);
  if (faults.length > 0)
    throw new Error(
      `${name}: ${faults.length} answers differ:\n  ${faults.slice(0, 8).join('\n  ')}`,
    );
}

function compareGroup(key, { figures, durations }, row, error) {
  const faults = [];
  for (const [index, name] of figureNames.entries()) {
    if (Number(row[3 + index]) !== figures[index])
      faults.push(`${name} of ${key}: ${row[3 + index]} for ${figures[index]}`);
  }
  for (const [index, share] of shares.entries()) {
    if (row[9 + index] === undefined) continue;
    const last = durations.length - 1;
    const low = durations[Math.floor(share * last)] * (1 - error);
    const high = durations[Math.min(last, Math.floor(share * durations.length))] * (1 + error);
    const value = Number(row[9 + index]);
    if (!(value >= low - 1e-6 && value <= high + 1e-6))
      faults.push(`p${share * 100} of ${key}: ${value} outside ${low} to ${high}`);
  }
  return faults;
}
