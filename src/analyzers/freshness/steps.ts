import type { Instants } from './instants.ts';

/**
 * What a system holds of one origin over time: from each time on, data that was born at the birth
 * beside it. Both rise strictly. Kept as stretches in which both rise by one `step`: many of them for
 * a job without rhythm, one for a job that runs every minute. In ms; a time may end in half a ms
 * (see `delayOf`).
 */
export interface Steps {
  readonly times: Float64Array;
  readonly births: Float64Array;
  readonly steps: Float64Array;
  readonly counts: Float64Array;
}

/** `fresh`: the origin itself, and what events keep equal to it. */
export type Holding = 'fresh' | Steps;

/** The same one by one. */
export interface OpenSteps {
  readonly times: Float64Array;
  readonly births: Float64Array;
}

/** Collects steps in ascending order; what brings nothing newer is passed over. */
interface StepsWriter {
  readonly add: (time: number, birth: number, step?: number, count?: number) => void;
  readonly finish: () => Steps;
}

function writeSteps(): StepsWriter {
  const times: number[] = [];
  const births: number[] = [];
  const steps: number[] = [];
  const counts: number[] = [];
  let newest = Number.NEGATIVE_INFINITY;
  return {
    add(time, birth, step = 0, count = 1) {
      if (birth <= newest) return;
      newest = birth + step * (count - 1);
      const last = times.length - 1;
      const known = counts[last] ?? 0;
      const gap = time - (times[last] ?? 0);
      const rhythm = known === 1 ? gap : (steps[last] ?? 0);
      const fits =
        known > 0 &&
        gap === rhythm * known &&
        birth - (births[last] ?? 0) === rhythm * known &&
        (count === 1 || step === rhythm);
      if (fits) {
        steps[last] = rhythm;
        counts[last] = known + count;
        return;
      }
      times.push(time);
      births.push(birth);
      steps.push(step);
      counts.push(count);
    },
    finish: () => ({
      times: Float64Array.from(times),
      births: Float64Array.from(births),
      steps: Float64Array.from(steps),
      counts: Float64Array.from(counts),
    }),
  };
}

/** Unpacks steps. */
export function openSteps({ times, births, steps, counts }: Steps): OpenSteps {
  const length = counts.reduce((sum, count) => sum + count, 0);
  const opened = { times: new Float64Array(length), births: new Float64Array(length) };
  let next = 0;
  for (let part = 0; part < times.length; part++) {
    const time = times[part] ?? 0;
    const birth = births[part] ?? 0;
    const step = steps[part] ?? 0;
    const count = counts[part] ?? 0;
    for (let index = 0; index < count; index++, next++) {
      opened.times[next] = time + index * step;
      opened.births[next] = birth + index * step;
    }
  }
  return opened;
}

/** How many of the sorted values are at most `value`. */
export function countUpTo(values: Float64Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** When the newest data was born at a time; -Infinity where there is none yet. */
export function findBirth({ times, births, steps, counts }: Steps, time: number): number {
  const part = countUpTo(times, time) - 1;
  const step = steps[part] ?? 0;
  const passed = step > 0 ? Math.floor((time - (times[part] ?? 0)) / step) : 0;
  const birth = births[part];
  if (birth === undefined) return Number.NEGATIVE_INFINITY;
  return birth + step * Math.min(passed, (counts[part] ?? 1) - 1);
}

/** When data of exactly this birth came; undefined where it never did. */
export function findArrival(
  { times, births, steps, counts }: Steps,
  birth: number,
): number | undefined {
  const part = countUpTo(births, birth) - 1;
  const past = birth - (births[part] ?? Number.NaN);
  const step = steps[part] ?? 0;
  const time = times[part];
  if (time === undefined || past > step * ((counts[part] ?? 1) - 1)) return undefined;
  return past === 0 || past % step === 0 ? time + past : undefined;
}

/**
 * When what a run read is there for others, counted from its start. A run of unknown duration takes
 * some time all the same: who looks or reads at the instant it starts is too early. Half a
 * millisecond says so and meets no other instant.
 */
export function delayOf(durationMs: number): number {
  return durationMs > 0 ? durationMs : 0.5;
}

/** When the data was born that each run reads, -Infinity where there is none. */
export function readBirths(runs: Float64Array, source: Holding): Float64Array {
  if (source === 'fresh') return runs;
  const { times, births } = openSteps(source);
  const read = new Float64Array(runs.length);
  let next = 0;
  for (let index = 0; index < runs.length; index++) {
    const run = runs[index] ?? 0;
    while (next < times.length && (times[next] ?? 0) <= run) next++;
    read[index] = next === 0 ? Number.NEGATIVE_INFINITY : (births[next - 1] ?? 0);
  }
  return read;
}

/**
 * What runs bring to their target, up to but without `until`. Takes time by what they bring, not by
 * how many there are: a run that reads nothing newer is never looked at.
 */
export function deliver(runs: Instants, delay: number, source: Holding, until: number): Steps {
  const writer = writeSteps();
  if (source === 'fresh') {
    for (const { first, step, count } of runs) {
      const inTime = step > 0 ? Math.ceil((until - delay - first) / step) : 1;
      if (first + delay < until) writer.add(first + delay, first, step, Math.min(count, inTime));
    }
    return writer.finish();
  }
  const { times, births, steps, counts } = source;
  let series = 0;
  for (let part = 0, index = 0; part < times.length; ) {
    // The first run that reads this step, or one after it.
    const wanted = (times[part] ?? 0) + index * (steps[part] ?? 0);
    let planned = runs[series];
    while (planned && planned.first + planned.step * (planned.count - 1) < wanted)
      planned = runs[++series];
    if (!planned) break;
    const number = wanted <= planned.first ? 0 : Math.ceil((wanted - planned.first) / planned.step);
    const run = planned.first + number * planned.step;
    if (run + delay >= until) break;
    // The newest step that it reads.
    while ((times[part + 1] ?? Number.POSITIVE_INFINITY) <= run) {
      part++;
      index = 0;
    }
    const time = times[part] ?? 0;
    const step = steps[part] ?? 0;
    const count = counts[part] ?? 1;
    if (step > 0) index = Math.max(index, Math.min(count - 1, Math.floor((run - time) / step)));
    // In one rhythm with the source, the runs that follow each read the next step.
    const inTime = Math.ceil((until - delay - run) / planned.step);
    const alike =
      planned.step === step ? Math.min(planned.count - number, count - index - 1, inTime) : 1;
    const taken = Math.max(1, alike);
    writer.add(run + delay, (births[part] ?? 0) + index * step, taken > 1 ? step : 0, taken);
    index += taken;
    if (index >= count) {
      part++;
      index = 0;
    }
  }
  return writer.finish();
}

/** What there is where both bring data: the newer of the two at any time. */
export function mergeSteps(a: Steps, b: Steps): Steps {
  if (a.times.length === 0) return b;
  if (b.times.length === 0) return a;
  const writer = writeSteps();
  const left = openSteps(a);
  const right = openSteps(b);
  for (let i = 0, j = 0; i < left.times.length || j < right.times.length; ) {
    const leftTime = left.times[i] ?? Number.POSITIVE_INFINITY;
    const rightTime = right.times[j] ?? Number.POSITIVE_INFINITY;
    const time = Math.min(leftTime, rightTime);
    let birth = Number.NEGATIVE_INFINITY;
    if (leftTime === time) birth = left.births[i++] ?? birth;
    if (rightTime === time) birth = Math.max(birth, right.births[j++] ?? birth);
    writer.add(time, birth);
  }
  return writer.finish();
}

/** Whether two holdings say the same; equal steps are packed alike only where they were made alike. */
export function areEqual(a: Holding, b: Holding): boolean {
  if (a === 'fresh' || b === 'fresh') return a === b;
  const left = openSteps(a);
  const right = openSteps(b);
  return (
    left.times.length === right.times.length &&
    left.times.every((time, index) => time === right.times[index]) &&
    left.births.every((birth, index) => birth === right.births[index])
  );
}
