// Sentences about what is shown.
const count = (number, noun, many = `${noun}s`) =>
  `${number.toLocaleString('en')} ${number === 1 ? noun : many}`;
explore.count = count;

explore.tellShown = (facts, state, shown) => {
  const all = facts.systems.length;
  const systems = shown.systems.length;
  if (shown.isCollapsed)
    return `${count(facts.regions.length, 'domain')}; ${count(shown.links.length, 'link')} of ${facts.links.length.toLocaleString('en')}. Choose a domain.`;
  const focus = facts.byId.get(state.focus);
  const part = focus ? `within ${count(state.depth, 'link')} of ${focus.name}` : '';
  return `${systems === all ? count(all, 'system') : `${systems.toLocaleString('en')} of ${count(all, 'system')}`}, ${shown.links.length.toLocaleString('en')} of ${count(facts.links.length, 'link')} shown${part && `, ${part}`}.`;
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
