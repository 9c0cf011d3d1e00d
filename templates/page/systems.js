// A chosen system: lit on the map and in the triangle with its neighbours.
report.openSystems = (links) => {
  const { all, byId } = report;
  const pictures = all('svg.map, svg:not(.sample).triangle');
  const light = (system) => {
    for (const picture of pictures) {
      picture.classList.toggle('choosing', system !== '');
      const lit = new Set([system]);
      for (const arrow of all('[data-from]', picture)) {
        const isLit = arrow.dataset.from === system || arrow.dataset.to === system;
        arrow.classList.toggle('lit', isLit);
        if (isLit) lit.add(arrow.dataset.from).add(arrow.dataset.to);
      }
      for (const shape of all('[data-system]', picture))
        shape.classList.toggle('lit', lit.has(shape.dataset.system));
    }
  };
  const onMap = new Set(all('svg.map [data-system]').map((shape) => shape.dataset.system));
  const line = byId('chosen');
  const toAnchor = (href, text) => {
    const anchor = document.createElement('a');
    anchor.href = href;
    anchor.textContent = text;
    return anchor;
  };
  const tellChosen = (system) => {
    if (!line) return;
    line.hidden = system === '';
    if (system === '') return;
    const own = links.countOf(system);
    const name = report.facts().systems.find(({ id }) => id === system)?.name ?? system;
    const show = toAnchor(
      report.address.write('links', { of: system }),
      `show ${own === 1 ? 'its link' : `its ${own} links`}`,
    );
    const clear = toAnchor('#map', 'show all systems');
    clear.dataset.clear = 'system';
    const near = toAnchor(report.address.write('explore', { focus: system }), 'explore it');
    const ways = byId('explore') ? [near, ', '] : [];
    line.replaceChildren(`${name}: `, show, ', ', ...ways, clear);
  };

  let chosen = '';
  const show = ({ state }) => {
    const system = state.system ?? '';
    chosen = onMap.has(system) ? system : '';
    light(chosen);
    tellChosen(chosen);
  };
  for (const shape of all('svg [data-system]')) {
    shape.addEventListener('pointerenter', () => light(shape.dataset.system));
    shape.addEventListener('pointerleave', () => light(chosen));
  }
  report.watch(show, ['system']);
  show(report.readState());
  return { isOnMap: (system) => onMap.has(system) };
};

// One subject takes the place of the one before, here and in the explorer.
report.otherSubjects = Object.freeze({
  focus: '',
  depth: '',
  region: '',
  partner: '',
  from: '',
  to: '',
  link: '',
  system: '',
});
