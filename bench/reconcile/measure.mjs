/**
 * How long it takes, and how much memory, to make a landscape of a great deal of evidence. The same
 * numbers make the same evidence.
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

const families = { https: 'http', sftp: 'file', postgresql: 'database' };
const random = openRandom(Number(values.seed));
const pick = (list) => list[Math.floor(random() * list.length)];
const count = Number(values.systems);
const aliases = drawAliases();
const { evidence, links, unresolved } = drawEvidence();

globalThis.gc?.();
const before = process.memoryUsage().heapUsed;
const cpu = process.cpuUsage();
const start = performance.now();
const landscape = reconcile(evidence, { aliases, showPeople: false });
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(cpu);

const found = new Map(landscape.links.map((link) => [link.key, link]));
assert.equal(landscape.systems.length, count);
assert.equal(found.size, links.size);
for (const [key, { witnesses, pieces }] of links) {
  assert.deepEqual([...(found.get(key)?.class ?? [])].sort(), [...witnesses].sort(), key);
  assert.equal(found.get(key).evidence.length, pieces, key);
}
assert.deepEqual(new Set(landscape.unresolved.map(({ reference }) => reference)), unresolved);
const most = process.resourceUsage().maxRSS / 1024;
console.log(
  [
    `${evidence.length} pieces of evidence, ${count} systems, ${aliases.length} aliases`,
    `${landscape.links.length} links, ${unresolved.size} references without a system, as drawn`,
    `reconcile          ${seconds.toFixed(1)} s (${((user + system) / 1e6).toFixed(1)} s of processors)`,
    `the evidence       ${(before / 2 ** 20).toFixed(0)} MiB of objects`,
    `peak memory        ${most.toFixed(0)} MiB, the evidence included`,
  ].join('\n'),
);

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
function drawEvidence() {
  const evidence = [];
  const links = new Map();
  const unresolved = new Set();
  for (let index = 0; index < count; index++)
    evidence.push({
      kind: 'system',
      id: `s${index}`,
      registered: true,
      fields: {
        name: `System ${index}`,
        kind: 'application',
        hosts: [`host${index}.example`, `10.${index >> 8}.${index & 255}.0/24`],
      },
      ...at('systems.csv', index + 2, 'inventory', 'declared'),
    });
  const pairs = Array.from({ length: 10 * count }, () => {
    const from = Math.floor(random() * count);
    return [from, (from + 1 + Math.floor(random() * (count - 1))) % count];
  });
  const protocols = ['https', 'sftp', 'postgresql'];
  for (let index = evidence.length; index < Number(values.evidence); index++) {
    // The square makes few pairs busy.
    const [from, to] = pairs[Math.floor(random() ** 2 * pairs.length)];
    const witness = pick(['coded', 'coded', 'coded', 'observed', 'declared']);
    const file = witness === 'declared' ? 'links.csv' : `${witness}/${index % 997}.log`;
    const isLost = random() < 0.001;
    const lost = `lost${index % 500}.example`;
    const protocol = pick(protocols);
    const [source, target] =
      witness === 'declared'
        ? [toSystemReference(`s${from}`), toSystemReference(`System ${to}`)]
        : [nameOf(from), isLost ? toAddressReference(`https://${lost}/x`) : nameOf(to)];
    evidence.push({
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
    });
    if (isLost && witness !== 'declared') unresolved.add(lost);
    else note(links, `s${from}=>s${to}#${families[protocol]}`, witness);
  }
  // The order in which sources come must not matter; shuffled, it also costs what it may cost.
  for (let index = evidence.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    [evidence[index], evidence[other]] = [evidence[other], evidence[index]];
  }
  return { evidence, links, unresolved };
}

function note(links, key, witness) {
  const known = links.get(key) ?? { witnesses: new Set(), pieces: 0 };
  known.witnesses.add(witness);
  known.pieces++;
  links.set(key, known);
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

/** Mulberry32 by Tommy Ettinger, in the public domain. */
function openRandom(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
