// What of the landscape is to be seen, and what of it stands out.
const mostUncollapsed = 300;

explore.passes = (facts, state) => {
  const domain = facts.regions.find(({ name }) => name === state.domain)?.index;
  return (link) =>
    (state.domain === '' || link.from.region === domain || link.to.region === domain) &&
    (state.family === '' || link.family === state.family) &&
    (state.class === '' || explore.nameWitnesses(facts, link.witnesses) === state.class) &&
    (state.criticality === '' || facts.criticalities[link.criticality] === state.criticality) &&
    (!state.unregistered || !link.isRegistered);
};

const isFiltered = (state) =>
  state.family !== '' || state.class !== '' || state.criticality !== '' || state.unregistered;

explore.isCollapsed = (facts, state) => {
  if (state.focus || state.system || state.link || state.from || state.to) return false;
  if (facts.regions.length < 2) return false;
  if (state.collapse !== '') return state.collapse === 'yes';
  return facts.systems.length > mostUncollapsed && state.domain === '';
};

explore.chooseShown = (facts, state) => {
  const passes = explore.passes(facts, state);
  const focus = facts.byId.get(state.focus);
  const chosen = facts.byId.get(state.system) ?? focus;
  const link = facts.byKey.get(state.link);
  const from = facts.byId.get(state.from);
  const to = facts.byId.get(state.to);
  const way = from && to ? explore.findWay(from, to, passes) : undefined;
  const near = focus && explore.reach(focus, state.depth, passes);
  let links = facts.links.filter(passes);
  if (near)
    links = links.filter(
      (each) => Math.min(near.get(each.from) ?? 9, near.get(each.to) ?? 9) < state.depth,
    );
  const systems = new Set(links.flatMap((each) => [each.from, each.to]));
  if (!near && !isFiltered(state)) {
    const domain = facts.regions.find(({ name }) => name === state.domain);
    for (const system of domain?.members ?? facts.systems) systems.add(system);
  }
  for (const each of [focus, chosen, link?.from, link?.to, from, to]) if (each) systems.add(each);
  if (link && !links.includes(link)) links.push(link);
  const lit = new Set();
  if (way) for (const each of way) lit.add(each).add(each.from).add(each.to);
  if (from && to) lit.add(from).add(to);
  else if (link) lit.add(link).add(link.from).add(link.to);
  else if (chosen && !near) {
    lit.add(chosen);
    for (const each of [...chosen.sends, ...chosen.takes])
      if (passes(each)) lit.add(each).add(each.from).add(each.to);
  }
  return {
    isCollapsed: explore.isCollapsed(facts, state),
    systems: [...systems].sort((a, b) => a.index - b.index),
    links,
    lit,
    chosen,
    link,
    region: facts.regions.find(({ name }) => name === state.region),
    partner: state.region && facts.regions.find(({ name }) => name === state.partner),
    from,
    to,
    way,
  };
};
