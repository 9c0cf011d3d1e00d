// The hotspots: the first rows stand in the page, the others are written when somebody wants them.
const mostSpots = 30;
const spotDecimals = [0, 0, 0, 1, 3, 0, 0, 2];

report.openHotspots = (tables) => {
  const { all, byId, element } = report;
  const section = byId('hotspots');
  const input = section?.querySelector('[name="spots"]');
  if (!input) return;
  const sortable = tables.find(({ id }) => id === 'hotspots-1');
  const body = sortable.table.tBodies[0];
  const button = section.querySelector('[data-all-hotspots]');
  const note = byId('hotspots-shown');
  let isAll = false;
  let isWritten = false;

  const toRow = ({ system, role, isCutPoint, figures }) =>
    element(
      'tr',
      { id: `system=${system.id}`, 'data-system': system.id },
      element(
        'th',
        { scope: 'row' },
        element(
          'a',
          { href: report.address.write('map', { system: system.id }) },
          element('bdi', {}, system.name),
        ),
      ),
      element('td', {}, system.domain),
      figures.map((value, at) =>
        element(
          'td',
          { class: 'number', 'data-value': value },
          value.toLocaleString('en', {
            minimumFractionDigits: spotDecimals[at],
            maximumFractionDigits: spotDecimals[at],
          }),
        ),
      ),
      element(
        'td',
        {},
        role,
        isCutPoint ? element('span', { class: 'quiet under-line' }, ' cut point') : '',
      ),
    );
  const writeAll = () => {
    if (isWritten) return;
    isWritten = true;
    const written = new Set(all('tr', body).map((row) => row.dataset.system));
    const rest = report.facts().hotspots.filter(({ system }) => !written.has(system.id));
    sortable.add(rest.map(toRow));
  };

  const show = ({ state }) => {
    const words = (state.spots ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    const isAsked = state.system && !byId(`system=${state.system}`);
    if (isAll || words.length > 0 || isAsked) writeAll();
    let count = 0;
    for (const [at, row] of [...body.rows].entries()) {
      const isFound = words.every((word) => row.textContent.toLowerCase().includes(word));
      const isShown = isFound && (isAll || words.length > 0 || at < mostSpots);
      row.hidden = !isShown && row.dataset.system !== state.system;
      if (!row.hidden) count++;
    }
    button.hidden = isAll;
    const total = report.facts().hotspots.length.toLocaleString('en');
    note.textContent = `${count.toLocaleString('en')} of ${total} systems.`;
    if (document.activeElement !== input) input.value = state.spots ?? '';
  };
  input.addEventListener('input', () =>
    report.go({ spots: input.value.trim() }, { place: 'hotspots', isTyped: true, by: 'typing' }),
  );
  button.addEventListener('click', () => {
    isAll = true;
    show(report.readState());
    body.rows[mostSpots]?.querySelector('a')?.focus();
  });
  // An order is one of all systems, never of the first rows alone.
  sortable.table.addEventListener('sorted', () => {
    if (!isWritten) writeAll();
    else show(report.readState());
  });
  report.watch(show, ['spots', 'system']);
  const { state } = report.readState();
  if (state.spots || state.system || state.sort?.includes('hotspots-1')) show({ state });
};
