/**
 * How long freshness takes for a random landscape: from links and schedules to the oldest data, the
 * worst runs and collisions. The same numbers make the same landscape.
 *
 *   npm run bench:freshness
 *   npm run bench:freshness -- --jobs 2000 --systems 400 --horizon year --seed 1
 */
import { parseArgs } from 'node:util';
import { openRandom } from '../open-random.mjs';

const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '2000' },
    systems: { type: 'string', default: '400' },
    horizon: { type: 'string', default: 'year' },
    seed: { type: 'string', default: '1' },
    named: { type: 'string', default: '0.7' },
    dist: { type: 'string', default: '../../dist' },
  },
});
const { analyseSchedules } = await import(`${values.dist}/analyzers/freshness/schedules.js`);
const { toModel } = await import(`${values.dist}/analyzers/freshness/to-model.js`);
const { analyseFreshness } = await import(`${values.dist}/analyzers/freshness/freshness.js`);

const random = openRandom(Number(values.seed));
const pick = (list) => list[Math.floor(random() * list.length)];
const count = Number(values.systems);
const zones = ['Europe/Oslo', 'Europe/London', 'America/New_York', 'UTC'];
const objects = Array.from({ length: Math.max(5, count / 4) }, (_, index) => `object ${index}`);

const landscape = drawLandscape();
const options = {
  asOf: '2026-11-02',
  timezone: 'Europe/Oslo',
  objects: [],
  readers: Array.from({ length: Math.ceil(count / 10) }, (_, index) => ({
    system: `s${index * 10}`,
    ...(index % 2 ? { at: '0 6 * * 1-5' } : { from: '07:00', to: '17:00', days: 'mon-fri' }),
  })),
  durations: [],
  holidays: ['2026-12-25'],
  horizon: values.horizon === 'year' ? 'year' : Number(values.horizon),
  failures: 2,
};

const start = performance.now();
const { model } = toModel(landscape, options);
const modelled = performance.now();
const rows = analyseFreshness(model);
const analysed = performance.now();
const { freshness, schedules } = analyseSchedules(landscape, options);
const done = performance.now();
const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
console.log(
  [
    `${values.jobs} jobs, ${landscape.links.length} links, ${count} systems, horizon ${values.horizon}`,
    `to model           ${seconds(modelled - start)}  (${model.deliveries.length} deliveries, ${model.origins.length} origins)`,
    `freshness          ${seconds(analysed - modelled)}  (${rows.length} pairs of object and consumer)`,
    `all, from links on ${seconds(done - analysed)}  (${freshness.length} kept, ${schedules.sharedMinutes.length} collisions, ${schedules.failedRuns.length} runs told)`,
    `audit.json         ${(JSON.stringify({ freshness, schedules }).length / 1e6).toFixed(1)} MB`,
    `memory             ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`,
  ].join('\n'),
);

/** Jobs between neighbours in a chain of systems, a few of them far away; nightly ones are frequent. */
function drawLandscape() {
  const links = new Map();
  for (let job = 0; job < Number(values.jobs); job++) {
    const from = Math.floor(random() * count);
    const to =
      random() < 0.7 ? (from + 1 + Math.floor(random() * 5)) % count : Math.floor(random() * count);
    if (from === to) continue;
    const key = `s${from}=>s${to}#file`;
    const known = links.get(key) ?? {
      key,
      from: `s${from}`,
      to: `s${to}`,
      initiator: 'carrier',
      family: 'file',
      style: 'file',
      via: [],
      objects:
        random() < Number(values.named)
          ? [pick(objects), pick(objects)].slice(0, 1 + Math.floor(random() * 2))
          : [],
      class: ['coded'],
      registrations: [],
      schedules: [],
      implementations: [],
    };
    known.implementations.push({
      id: `jobs/job-${job}.sh`,
      kind: 'script',
      delivers: true,
      hosts: [`host${Math.floor(random() * 40)}`],
      schedules: [{ expression: drawCron(), timezone: pick(zones) }],
      ...(random() < 0.5 && { durationMs: Math.ceil(random() * 40) * 60_000 }),
    });
    links.set(key, known);
  }
  const systems = Array.from({ length: count }, (_, index) => ({
    id: `s${index}`,
    name: `System ${index}`,
  }));
  return {
    systems,
    links: [...links.values()],
    registrations: [],
    hops: [],
    unresolved: [],
    conflicts: [],
    credentials: [],
  };
}

function drawCron() {
  const minute = Math.floor(random() * 60);
  const hour = Math.floor(random() * 24);
  const kind = random();
  if (kind < 0.02) return '* * * * *';
  if (kind < 0.12) return `*/${pick([5, 10, 15])} * * * *`;
  if (kind < 0.2) return `*/10 6-18 * * 1-5`;
  if (kind < 0.3) return `${minute} * * * *`;
  if (kind < 0.7) return `${minute} ${hour} * * *`;
  if (kind < 0.88) return `${minute} ${hour} * * 1-5`;
  if (kind < 0.96) return `${minute} ${hour} * * ${Math.floor(random() * 7)}`;
  return `${minute} ${hour} 1 * *`;
}
