// How far links reach, and the shortest way that data takes.

// The distance of every system within `depth` links of one, whichever way the data goes.
explore.reach = (start, depth, passes) => {
  const distances = new Map([[start, 0]]);
  let rim = [start];
  for (let distance = 1; distance <= depth && rim.length > 0; distance++) {
    const next = [];
    for (const system of rim)
      for (const link of [...system.sends, ...system.takes]) {
        const other = link.from === system ? link.to : link.from;
        if (distances.has(other) || !passes(link)) continue;
        distances.set(other, distance);
        next.push(other);
      }
    rim = next;
  }
  return distances;
};

// The links of a shortest way that data takes; the first by key where there are several.
explore.findWay = (from, to, passes) => {
  if (from === to) return [];
  const cameBy = new Map([[from, undefined]]);
  let rim = [from];
  while (rim.length > 0 && !cameBy.has(to)) {
    const next = [];
    for (const system of rim)
      for (const link of system.sends) {
        if (cameBy.has(link.to) || !passes(link)) continue;
        cameBy.set(link.to, link);
        next.push(link.to);
      }
    rim = next;
  }
  if (!cameBy.has(to)) return undefined;
  const way = [];
  for (let link = cameBy.get(to); link; link = cameBy.get(link.from)) way.unshift(link);
  return way;
};
