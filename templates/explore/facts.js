// The facts of the page as objects: systems with their links, links with their ends.
const explore = {};

// The order of these is the order in which the page writes them.
const detailLabels = ['Type', 'Site', 'Part of', 'Lifecycle', 'Hosts', 'Also called', 'Tags'];

explore.readFacts = (raw) => {
  const text = (number) => raw.texts[number];
  const places = (rows) => rows.map(([file, line]) => `${text(file)}:${line}`);
  const systems = raw.systems.map((row, index) => {
    const [id, name, region, x, y, kind, criticality, flags, owner, details, origins, count] = row;
    return {
      index,
      id,
      name,
      region,
      domain: raw.regions[region][0],
      x,
      y,
      kind: raw.kinds[kind],
      criticality,
      isCounted: (flags & 1) > 0,
      isRegistered: (flags & 2) > 0,
      owner: text(owner),
      details: details.map((value, at) => [detailLabels[at], value]).filter(([, value]) => value),
      places: places(origins),
      placeCount: count,
      sends: [],
      takes: [],
    };
  });
  const links = raw.links.map((row, index) => {
    const [from, to, family, protocol, standing, witnesses, criticality, registered] = row;
    const [owner, via, objects, wave, proofCount, proofs, key] = row.slice(8);
    const link = {
      index,
      key: key ?? `${systems[from].id}=>${systems[to].id}#${raw.families[family]}`,
      from: systems[from],
      to: systems[to],
      family: raw.families[family],
      protocol: text(protocol) || raw.families[family],
      standing,
      witnesses,
      criticality,
      isRegistered: registered === 1,
      owner: text(owner),
      via: text(via),
      objects: text(objects),
      wave,
      proofCount,
      // Zero where the table of links holds the evidence.
      proofs: (proofs || []).map(([witness, file, line]) => ({
        witness: raw.witnesses[witness],
        place: `${text(file)}:${line}`,
      })),
      isListed: proofs === 0,
    };
    link.from.sends.push(link);
    link.to.takes.push(link);
    return link;
  });
  return {
    ...raw,
    regions: raw.regions.map(([name, x, y, radius], index) => ({
      index,
      name: name || 'No domain',
      x,
      y,
      radius,
      members: systems.filter(({ region }) => region === index),
    })),
    systems,
    links,
    byId: new Map(systems.map((system) => [system.id, system])),
    byKey: new Map(links.map((link) => [link.key, link])),
  };
};

// The names of a set of witnesses, `declared+coded`, as the rest of the page writes it.
explore.nameWitnesses = (facts, bits) =>
  facts.witnesses.filter((_, bit) => bits & (1 << bit)).join('+');
