// Sentences about what is shown.
const count = (number, noun, many = `${noun}s`) =>
  `${number.toLocaleString('en')} ${number === 1 ? noun : many}`;
explore.count = count;

explore.tellShown = (facts, state, shown, colouring) => {
  const all = facts.systems.length;
  const systems = shown.systems.length;
  if (shown.isCollapsed) return tellDomains(facts, shown, colouring.mark);
  const focus = facts.byId.get(state.focus);
  const part = focus ? `within ${count(state.depth, 'link')} of ${focus.name}` : '';
  return `${systems === all ? count(all, 'system') : `${systems.toLocaleString('en')} of ${count(all, 'system')}`}, ${shown.links.length.toLocaleString('en')} of ${count(facts.links.length, 'link')} shown${part && `, ${part}`}.`;
};

const tellDomains = (facts, shown, mark) => {
  const { bundles } = explore.bundle(facts, shown.links, mark);
  const drawn = explore.chooseBundles(bundles, facts.regions.length, shown.region?.index);
  const sum = (some) => [...some].reduce((total, bundle) => total + bundle.count, 0);
  const between = sum(bundles);
  const start = `${count(facts.regions.length, 'domain')}; ${count(between, 'link')} of ${facts.links.length.toLocaleString('en')} between them`;
  if (shown.region)
    return `${start}, ${sum(drawn).toLocaleString('en')} of these touch ${shown.region.name}. Choose a line for its links.`;
  if (drawn.size === bundles.length) return `${start}. Choose a domain or a line.`;
  const share = Math.round((100 * sum(drawn)) / between);
  return `${start}. Drawn strong: the ${drawn.size} widest of ${count(bundles.length, 'pair')}, with ${share} % of the links. Choose a domain for all of its own.`;
};

// One step of a way: who sends what to whom, and how.
explore.tellLink = (facts, link) => {
  const what = link.objects ? `sends ${link.objects} to` : 'sends data to';
  const standing = facts.standings[link.standing][1].toLowerCase();
  const via = link.via ? `, by way of ${link.via}` : '';
  return `${link.from.name} ${what} ${link.to.name} (${link.protocol}${via}, ${standing})`;
};

explore.tellWay = ({ from, to, way }, passes) => {
  if (from === to) return 'Both ends are the same system.';
  if (way)
    return `Data gets from ${from.name} to ${to.name} over ${count(way.length, 'link')}, the shortest way.`;
  const back = explore.findWay(to, from, passes);
  return `No data gets from ${from.name} to ${to.name}${back ? `; the other way it does, over ${count(back.length, 'link')}` : ', nor back'}.`;
};
