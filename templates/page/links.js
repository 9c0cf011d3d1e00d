// The table of links: by words, by what the address shows, by witnesses, by a system.
report.openLinks = () => {
  const { all, byId } = report;
  const links = all('tbody.link');
  const words = new Map(links.map((link) => [link, link.rows[0].textContent.toLowerCase()]));
  const input = byId('filter');
  const note = byId('filtered');
  const passes = (link, { show, of, class: set }) =>
    (!show || link.dataset.show.split(' ').includes(show)) &&
    (!set || link.dataset.class === set) &&
    (!of || link.dataset.from === of || link.dataset.to === of);

  const show = ({ state }) => {
    const wanted = (state.words ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const link of links) {
      const isShown = passes(link, state) && wanted.every((word) => words.get(link).includes(word));
      link.hidden = !isShown;
      if (isShown) count++;
      link.classList.toggle('open', state.link !== undefined && link.id === `link=${state.link}`);
    }
    if (input && document.activeElement !== input) input.value = state.words ?? '';
    for (const chip of all('.chips a')) {
      if (report.address.read(chip.hash).state.show === state.show && state.show)
        chip.setAttribute('aria-current', 'true');
      else chip.removeAttribute('aria-current');
    }
    if (note) note.textContent = count === links.length ? '' : `${count} of ${links.length} links`;
  };
  input?.addEventListener('input', () =>
    report.go({ words: input.value.trim() }, { place: 'links', isTyped: true, by: 'typing' }),
  );
  report.watch(show, ['show', 'of', 'class', 'words', 'link']);
  show(report.readState());
  return {
    countOf: (system) =>
      links.filter((link) => link.dataset.from === system || link.dataset.to === system).length,
    isHidden: (key) => byId(`link=${key}`)?.hidden ?? false,
  };
};
