// What the matrix shows: the order of systems, the cells in it, and how many pairs are of which kind.
explore.matrixOrders = ['domain', 'layers', 'name', 'owner', 'fan-in'];

const countFanIn = (system) => new Set(system.takes.map(({ from }) => from)).size;
const byName = (a, b) => {
  const [one, other] = [a.name.toLowerCase(), b.name.toLowerCase()];
  return one < other ? -1 : one > other ? 1 : a.index - b.index;
};

// Systems in the chosen order, and the groups that they form in it.
explore.orderMatrix = (facts, order) => {
  const counted = facts.systems.filter(({ isCounted }) => isCounted);
  const roles = new Map(facts.layers.map(([system, role], at) => [system, { role, at }]));
  const layerOf = ({ index }) => roles.get(index) ?? { role: facts.roles.length, at: Infinity };
  const groupOf = {
    domain: ({ domain }) => domain || 'No domain',
    owner: ({ owner }) => owner || 'nobody',
    layers: (system) => facts.roles[layerOf(system).role] ?? '',
    name: () => '',
    'fan-in': () => '',
  }[order];
  const compare = {
    name: byName,
    'fan-in': (a, b) => countFanIn(b) - countFanIn(a) || byName(a, b),
    layers: (a, b) => layerOf(a).at - layerOf(b).at || byName(a, b),
  }[order];
  const isLast = (name) => name === 'No domain' || name === 'nobody';
  const compareGroups = (a, b) => {
    const [one, other] = [groupOf(a), groupOf(b)];
    if (one === other) return byName(a, b);
    return isLast(one) - isLast(other) || (one < other ? -1 : 1);
  };
  const systems = counted.sort(compare ?? compareGroups);
  const groups = [];
  systems.forEach((system, at) => {
    const name = groupOf(system);
    if (groups.at(-1)?.name === name) groups.at(-1).count++;
    else groups.push({ name, start: at, count: 1 });
  });
  return { systems, groups: groups.length > 1 ? groups : [] };
};

// As the triangle of pairs judges: one link that nobody registered is enough.
explore.judgePair = (facts, links) => {
  const standings = links.map(({ standing }) => facts.standings[standing][0]);
  if (standings.some((each) => each === 'unregistered' || each === 'shadow')) return 'unregistered';
  if (standings.every((each) => each === 'unobserved' || each === 'attested')) return 'unobserved';
  return standings.includes('registered') ? 'registered' : 'found';
};

// The row takes data from the column. Half of the matrix holds each pair once, whichever way.
explore.fillMatrix = (facts, systems, isHalf) => {
  const places = new Map(systems.map((system, at) => [system, at]));
  const cells = new Map();
  for (const link of facts.links) {
    const [from, to] = [places.get(link.from), places.get(link.to)];
    if (from === undefined || to === undefined || from === to) continue;
    const [row, column] = isHalf ? [Math.max(from, to), Math.min(from, to)] : [to, from];
    const key = row * systems.length + column;
    const cell = cells.get(key);
    if (cell) cell.links.push(link);
    else cells.set(key, { row, column, links: [link] });
  }
  for (const cell of cells.values()) cell.state = explore.judgePair(facts, cell.links);
  return cells;
};

// N(N-1)/2 pairs, by what their links come to.
explore.countPairs = (facts, systems) => {
  const counts = new Map();
  const pairs = explore.fillMatrix(facts, systems, true);
  for (const { state } of pairs.values()) counts.set(state, (counts.get(state) ?? 0) + 1);
  const possible = (systems.length * (systems.length - 1)) / 2;
  return { possible, used: pairs.size, counts: counts.set('unused', possible - pairs.size) };
};

explore.tellPairs = ({ possible, used, counts }) => {
  const unregistered = counts.get('unregistered') ?? 0;
  const by =
    unregistered === 0
      ? ''
      : `, ${unregistered.toLocaleString('en')} of them by a link nobody registered`;
  return `N(N−1)/2 = ${count(possible, 'pair')}: ${used.toLocaleString('en')} used${by}; ${(possible - used).toLocaleString('en')} unused.`;
};

explore.tellCell = (facts, systems, row, column, cell, isHalf) => {
  const [taker, sender] = [systems[row].name, systems[column].name];
  if (row === column) return taker;
  if (!cell)
    return isHalf
      ? `${taker} and ${sender}: unused`
      : `${taker} takes no data from ${sender} directly`;
  const what = `${count(cell.links.length, 'link')}, ${facts.pairLabels[cell.state]}`;
  return isHalf ? `${taker} and ${sender}: ${what}` : `${taker} takes data from ${sender}: ${what}`;
};
