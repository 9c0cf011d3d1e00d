/**
 * How long it takes, and how much memory, to make a landscape of a great deal of evidence. The same
 * numbers make the same evidence. It is drawn piece by piece, as scanners yield it, and what counts is
 * what a scan does with it: each piece is kept as a scan keeps it, then all are reconciled.
 *
 *   npm run bench:reconcile
 *   npm run bench:reconcile -- --evidence 1000000 --systems 5000 --aliases 20000 --seed 1
 *
 * Before it prints a time it asserts that the landscape is the one that was drawn: its links, their
 * witnesses, and what must stay unresolved.
 */
import assert from 'node:assert/strict';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { openRandom } from '../open-random.mjs';

const { values } = parseArgs({
  options: {
    evidence: { type: 'string', default: '1000000' },
    systems: { type: 'string', default: '5000' },
    aliases: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    dist: { type: 'string', default: '../../dist' },
  },
});
const { reconcile } = await import(`${values.dist}/reconcile/reconcile.js`);
const { toAddressReference, toSystemReference } = await import(`${values.dist}/evidence.js`);
const { drain } = await import(`${values.dist}/order.js`);
const { openSharing } = await import(`${values.dist}/evidence/share-parts.js`);

/** Pieces that are drawn at a time, so that drawing is not in the times. */
const batch = 10_000;
const families = { https: 'http', sftp: 'file', postgresql: 'database' };
const random = openRandom(Number(values.seed));
const pick = (list) => list[Math.floor(random() * list.length)];
const count = Number(values.systems);
const aliases = drawAliases();
/** Key → eight times its proofs, and one bit for each witness: small, for it counts in the memory. */
const links = new Map();
const unresolved = new Set();

const drawn = drawEvidence();
const evidence = [];
const keeping = time(function* () {
  const share = openSharing();
  for (let pieces = take(drawn); pieces.length > 0; pieces = take(drawn)) {
    yield;
    for (const piece of pieces) evidence.push(share(piece));
    yield;
  }
});
globalThis.gc?.();
const pieces = evidence.length;
const kept = process.memoryUsage().heapUsed;
let landscape;
const reconciling = time(function* () {
  yield;
  landscape = reconcile(drain(evidence), { aliases, showPeople: false });
  yield;
});

const witnesses = ['declared', 'coded', 'observed'];
const found = new Map(landscape.links.map((link) => [link.key, link]));
assert.equal(landscape.systems.length, count);
assert.equal(found.size, links.size);
for (const [key, tally] of links) {
  const { class: seen, evidence: proofs } = found.get(key) ?? assert.fail(key);
  const bits = seen.reduce((sum, witness) => sum + 2 ** witnesses.indexOf(witness), 0);
  assert.equal(proofs.length * 8 + bits, tally, key);
}
assert.deepEqual(new Set(landscape.unresolved.map(({ reference }) => reference)), unresolved);
const most = process.resourceUsage().maxRSS / 1024;
console.log(
  [
    `${pieces} pieces of evidence, ${count} systems, ${aliases.length} aliases`,
    `${landscape.links.length} links, ${unresolved.size} references without a system, as drawn`,
    `keep the evidence  ${tell(keeping)}`,
    `reconcile          ${tell(reconciling)}`,
    `evidence, kept     ${(kept / 2 ** 20).toFixed(0)} MiB of objects`,
    `peak memory        ${most.toFixed(0)} MiB, of the whole process`,
  ].join('\n'),
);

/** Measures what is done after each odd stop up to the next one. */
function time(work) {
  const spent = { seconds: 0, processors: 0 };
  const steps = work();
  while (!steps.next().done) {
    const cpu = process.cpuUsage();
    const start = performance.now();
    if (steps.next().done) break;
    spent.seconds += (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    spent.processors += (user + system) / 1e6;
  }
  return spent;
}

function tell({ seconds, processors }) {
  return `${seconds.toFixed(1)} s (${processors.toFixed(1)} s of processors)`;
}

function take(pieces) {
  const taken = [];
  while (taken.length < batch) {
    const { value, done } = pieces.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}

/** Some names for each system; one in 200 is a pattern. */
function drawAliases() {
  return Array.from({ length: Number(values.aliases) }, (_, index) => ({
    pattern: toAlias(index % 200 === 199 ? '*' : '1', index),
    system: `s${index % count}`,
    place: { file: 'landscape.yaml', line: index + 1, column: 1 },
  }));
}

function toAlias(member, index) {
  const name = `old${Math.floor(index / count)}-s${index % count}`;
  return index % 200 === 199 ? `${member}.${name}.example` : name;
}

/** Systems with hosts and a network each, and connections between pairs of which few are busy. */
function* drawEvidence() {
  const pairs = Array.from({ length: 10 * count }, () => {
    const from = Math.floor(random() * count);
    return [from, (from + 1 + Math.floor(random() * (count - 1))) % count];
  });
  // The order in which sources come must not matter; shuffled, it also costs what it may cost.
  const order = Uint32Array.from({ length: Number(values.evidence) }, (_, index) => index);
  for (let index = order.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    [order[index], order[other]] = [order[other], order[index]];
  }
  // The square makes few pairs busy.
  for (const index of order)
    yield index < count
      ? drawSystem(index)
      : drawConnection(index, pairs[Math.floor(random() ** 2 * pairs.length)]);
}

function drawSystem(index) {
  return {
    kind: 'system',
    id: `s${index}`,
    registered: true,
    fields: {
      name: `System ${index}`,
      kind: 'application',
      hosts: [`host${index}.example`, `10.${index >> 8}.${index & 255}.0/24`],
    },
    ...at('systems.csv', index + 2, 'inventory', 'declared'),
  };
}

function drawConnection(index, [from, to]) {
  const witness = pick(['coded', 'coded', 'coded', 'observed', 'declared']);
  const file = witness === 'declared' ? 'links.csv' : `${witness}/${index % 997}.log`;
  const isLost = random() < 0.001;
  const lost = `lost${index % 500}.example`;
  const protocol = pick(['https', 'sftp', 'postgresql']);
  const [source, target] =
    witness === 'declared'
      ? [toSystemReference(`s${from}`), toSystemReference(`System ${to}`)]
      : [nameOf(from), isLost ? toAddressReference(`https://${lost}/x`) : nameOf(to)];
  if (isLost && witness !== 'declared') unresolved.add(lost);
  else note(`s${from}=>s${to}#${families[protocol]}`, witness);
  return {
    kind: 'connection',
    from: source,
    to: target,
    initiator: 'from',
    direction: 'forward',
    protocol,
    objects: [],
    via: [],
    ...(witness === 'declared' && {
      declared: { id: `INT-${index}`, approved: true, safeguards: [], tags: [] },
    }),
    summary: `${protocol} in ${file}`,
    ...at(file, index + 1, 'bench', witness),
  };
}

function note(key, witness) {
  const bit = { declared: 1, coded: 2, observed: 4 }[witness];
  links.set(key, ((links.get(key) ?? 0) | bit) + 8);
}

/** A system by one of the many names that code and logs have for it. */
function nameOf(system) {
  const turn = random();
  if (turn < 0.4) return toAddressReference(`https://host${system}.example/api`);
  if (turn < 0.6)
    return toAddressReference(
      `10.${system >> 8}.${system & 255}.${1 + Math.floor(random() * 250)}:8443`,
    );
  if (turn < 0.8 && aliases.length >= count)
    return toAddressReference(
      `${toAlias(1 + Math.floor(random() * 8), system + count * Math.floor(random() * Math.floor(aliases.length / count)))}:22`,
    );
  return toSystemReference(`System ${system}`);
}

function at(file, line, scanner, witness) {
  return {
    origin: { file, line, column: 1 },
    scanner,
    witness,
    environment: 'prod',
    confidence: 1,
  };
}
