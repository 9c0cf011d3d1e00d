/**
 * How long each analysis takes on a large landscape. The same numbers draw the same landscape.
 *
 *   npm run bench:analysis
 *   npm run bench:analysis -- --systems 5000 --links 50000 --seed 1
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { openRandom } from '../open-random.mjs';

const { values } = parseArgs({
  options: {
    systems: { type: 'string', default: '5000' },
    links: { type: 'string', default: '50000' },
    seed: { type: 'string', default: '1' },
    dist: { type: 'string', default: '../../dist' },
  },
});
const load = (file) => import(`${values.dist}/analyzers/${file}.js`);
const { measureCoupling } = await load('coupling');
const { measureHotspots } = await load('hotspots');
const { measureOwnership } = await load('ownership');
const { findDuplicates } = await load('duplicates');
const { measureInventoryQuality } = await load('inventory-quality');
const { planMigration } = await load('plan/plan-migration');
const { measureStructure } = await load('structure');
const { compareCommunities } = await load('communities');
const { weighHub } = await load('hub');
const { measureContracts } = await load('contracts');
const { measureSafeguards } = await load('safeguards');
const { measureImpact } = await load('impact/measure-impact');

const { costsSchema } = await import(`${values.dist}/config/costs.js`);
const costs = costsSchema.parse({});
const settings = {
  waves: 4,
  weeksPerWave: 13,
  teamHours: {},
  existing: [],
  freezes: [],
  overrides: [],
};

const random = openRandom(Number(values.seed));
const landscape = drawLandscape(Number(values.systems), Number(values.links));
const times = [];
const took = async (name, work) => {
  const start = performance.now();
  const result = await work();
  times.push([name, (performance.now() - start) / 1000]);
  return result;
};
const coupling = await took('coupling', () => measureCoupling(landscape));
const hotspots = await took('hotspots', () => measureHotspots(landscape));
await took('structure', () => measureStructure(coupling.all, hotspots));
await took('communities', () => compareCommunities(landscape));
const ownership = await took('ownership', () =>
  measureOwnership(landscape, { today: '2026-11-02', owners: new Map() }),
);
await took('duplicates', () => findDuplicates(landscape));
await took('contracts', () => measureContracts(landscape));
await took('inventory quality', () => measureInventoryQuality(landscape));
await took('plan', () =>
  planMigration(
    {
      landscape,
      ownership,
      hotspots,
      cyclicGroups: coupling.all.cyclicGroups,
      freshness: [],
      incidentHours: new Map(),
      costs,
      settings,
      start: '2026-11-02',
    },
    'greedy',
  ),
);
await took('hub', () => weighHub(landscape, costs));
await took('safeguards', () => measureSafeguards(landscape));
await took('impact', () => measureImpact(landscape, []));

console.log(`${landscape.systems.length} systems, ${landscape.links.length} links`);
for (const [name, seconds] of times)
  console.log(`${name.padEnd(20)}${seconds.toFixed(2).padStart(8)} s`);
const all = times.reduce((sum, [, seconds]) => sum + seconds, 0);
console.log(`${'all'.padEnd(20)}${all.toFixed(2).padStart(8)} s`);
console.log(
  `${'peak memory'.padEnd(20)}${(process.resourceUsage().maxRSS / 1024).toFixed(0).padStart(8)} MiB`,
);

/** Few systems have many links: the ends are drawn by the square of a number. */
function drawLandscape(count, wanted) {
  const systems = Array.from({ length: count }, (_, index) => ({
    id: `s${String(index).padStart(6, '0')}`,
    name: `System ${index}`,
    kind: 'application',
    counted: true,
    registered: index % 10 !== 0,
    criticality: ['mission-critical', 'business-critical', 'operational'][index % 3],
    domain: `domain ${index % 40}`,
    ...(index % 7 && { owner: { team: `team ${index % 90}`, people: 1 } }),
    hosts: [],
    aliases: [],
    tags: [],
    origins: [],
  }));
  const links = new Map();
  while (links.size < wanted) {
    const from = Math.floor(random() ** 2 * count);
    const to =
      random() < 0.6
        ? (from + 40 * Math.ceil(random() * 20)) % count
        : Math.floor(random() ** 2 * count);
    if (from === to) continue;
    const key = `${systems[from].id}=>${systems[to].id}#http`;
    links.set(key, drawLink(key, systems[from].id, systems[to].id));
  }
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

function drawLink(key, from, to) {
  const mediation = random() < 0.7 ? 'direct' : 'gateway';
  return {
    key,
    from,
    to,
    initiator: random() < 0.5 ? 'from' : 'to',
    protocol: 'https',
    family: 'http',
    via: [],
    mediation,
    pointToPoint: mediation === 'direct',
    registered: random() < 0.8,
    registrations: [],
    class: ['declared'],
    observable: 'no',
    objects: [`object ${Math.floor(random() * 300)}`],
    criticality: 'operational',
    schedules: [],
    safeguards: [],
    tags: [],
    implementations: [],
    evidence: [],
  };
}
