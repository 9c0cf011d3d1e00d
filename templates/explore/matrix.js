// The matrix of systems: the address says the order and what is chosen; canvas, words and table follow.
const mostTableRows = 500;
const mostEvidence = 4;
const matrixSection = document.getElementById('matrix');

const startMatrix = () => {
  const { element, address } = report;
  const facts = explore.facts();
  const field = (name) => matrixSection.querySelector(`[name="${name}"]`);
  const stage = matrixSection.querySelector('.stage');
  const said = document.getElementById('matrix-said');
  const hint = matrixSection.querySelector('.hint');
  const legend = matrixSection.querySelector('.legend');
  const panel = matrixSection.querySelector('.panel');
  const table = matrixSection.querySelector('details');
  const places = (systems) => new Map(systems.map((system, at) => [system.id, at]));
  const pairs = explore.countPairs(
    facts,
    facts.systems.filter(({ isCounted }) => isCounted),
  );
  let shown;
  let made = '';

  const readMatrix = ({ state }) => {
    const first = facts.regions.length > 1 ? 'domain' : 'layers';
    const order = explore.matrixOrders.includes(state.order) ? state.order : first;
    const isHalf = state.half === 'yes';
    const form = `${order} ${isHalf}`;
    if (form !== made) {
      const { systems, groups } = explore.orderMatrix(facts, order);
      const cells = explore.fillMatrix(facts, systems, isHalf);
      shown = { systems, groups, cells, places: places(systems), order, isHalf };
    }
    const isOther = form !== made;
    made = form;
    let [row, column] = [shown.places.get(state.row), shown.places.get(state.column)];
    if (isHalf && row < column) [row, column] = [column, row];
    Object.assign(shown, { row, column: row === undefined ? undefined : column });
    return isOther;
  };
  const cellOf = (row, column) => shown.cells.get(row * shown.systems.length + column);
  const tell = (row, column) =>
    explore.tellCell(facts, shown.systems, row, column, cellOf(row, column), shown.isHalf);
  const go = (changes, how = {}) => report.go(changes, { place: 'matrix', by: 'matrix', ...how });
  const choose = ({ row, column }, how) => {
    if (row === column) column = undefined;
    const idOf = (at) => (at === undefined ? '' : shown.systems[at].id);
    go({ row: idOf(row), column: idOf(column) }, how);
    show(report.readState());
  };
  const picture = explore.openMatrixPicture(stage, {
    choose: (found) => choose(found),
    hover(found) {
      hint.textContent =
        found === undefined
          ? ''
          : found.column === undefined
            ? shown.systems[found.row].name
            : tell(found.row, found.column);
    },
  });

  // Without a canvas, the words and the table tell the same.
  if (!picture) matrixSection.classList.add('without-picture');

  const toLinkHref = ({ key, isListed }) =>
    isListed ? address.write('links', { link: key }) : address.write('explore', { link: key });
  const tellLinks = (links) =>
    links.flatMap((link, at) => [
      element('p', { class: 'one-link' }, element('bdi', {}, `${explore.tellLink(facts, link)}. `)),
      ...(at < mostEvidence ? explore.tellEvidence(link) : []),
      element(
        'p',
        {},
        element(
          'a',
          { href: toLinkHref(link) },
          link.isListed ? 'In the table' : 'In the explorer',
        ),
      ),
    ]);
  const tellPair = (row, column) => {
    const [a, b] = [shown.systems[row], shown.systems[column]];
    const all = [...a.sends, ...a.takes].filter(({ from, to }) => from === b || to === b);
    return [
      element('h3', {}, element('bdi', {}, `${a.name} and ${b.name}`)),
      element('p', {}, `${tell(row, column)}.`),
      ...tellLinks(all),
      element(
        'p',
        { class: 'ways' },
        ...[a, b].flatMap((each) => [
          element(
            'button',
            { type: 'button', onclick: () => choose({ row: shown.places.get(each.id) }) },
            element('bdi', {}, each.name),
          ),
          ' ',
        ]),
      ),
    ];
  };
  const tellRow = (row) => {
    const system = shown.systems[row];
    const partners = new Map();
    for (const link of [...system.takes, ...system.sends]) {
      const other = link.from === system ? link.to : link.from;
      if (other === system || !shown.places.has(other.id)) continue;
      partners.set(other, [...(partners.get(other) ?? []), link]);
    }
    const ranked = [...partners].sort(
      (a, b) => b[1].length - a[1].length || a[0].index - b[0].index,
    );
    const unused = shown.systems.length - 1 - ranked.length;
    return [
      element('h3', {}, element('bdi', {}, system.name)),
      element(
        'p',
        {},
        `${count(ranked.length, 'pair')} used of ${(shown.systems.length - 1).toLocaleString('en')}, ${unused.toLocaleString('en')} unused.`,
      ),
      element(
        'ul',
        { class: 'neighbours' },
        ranked.slice(0, mostNeighbours).map(([other, links]) =>
          element(
            'li',
            {},
            element(
              'button',
              {
                type: 'button',
                class: 'neighbour',
                onclick: () => choose({ row, column: shown.places.get(other.id) }),
              },
              element('bdi', {}, other.name),
            ),
            element(
              'span',
              { class: 'quiet' },
              ` ${count(links.length, 'link')}, ${facts.pairLabels[explore.judgePair(facts, links)]}`,
            ),
          ),
        ),
      ),
      ranked.length > mostNeighbours
        ? element(
            'p',
            { class: 'quiet' },
            `and ${count(ranked.length - mostNeighbours, 'more', 'more')}, in the table below`,
          )
        : '',
      element(
        'p',
        {},
        element('a', { href: address.write('explore', { focus: system.id }) }, 'What is near it'),
        ', ',
        element('a', { href: address.write('impact', { system: system.id }) }, 'who is hit'),
      ),
    ];
  };
  const tellWholeMatrix = () => [
    element('h3', {}, 'Every pair is a cell'),
    element('p', {}, explore.tellPairs(pairs)),
    element(
      'p',
      { class: 'quiet' },
      'The system of a row takes data from the system of a column. Choose a cell for its links and their evidence, a name for all that touches it.',
    ),
  ];

  // The same facts as rows, for keyboards, screen readers and spreadsheets.
  const showTable = () => {
    if (!table.open) return;
    const { cells, systems, row, column, isHalf } = shown;
    const all = [...cells.values()]
      .filter(
        (cell) =>
          row === undefined ||
          (column === undefined
            ? cell.row === row || cell.column === row
            : cell.row === row && cell.column === column),
      )
      .sort((a, b) => a.row - b.row || a.column - b.column);
    const heads = isHalf ? ['System', 'and'] : ['System', 'Takes data from'];
    const toCell = (at) => element('td', {}, element('bdi', {}, systems[at].name));
    const body = all
      .slice(0, mostTableRows)
      .map((cell) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, element('bdi', {}, systems[cell.row].name)),
          toCell(cell.column),
          element('td', { class: 'number' }, cell.links.length.toLocaleString('en')),
          element('td', {}, facts.pairLabels[cell.state]),
          element(
            'td',
            {},
            element(
              'a',
              { href: toLinkHref(cell.links[0]) },
              element('bdi', {}, cell.links[0].protocol),
            ),
            cell.links.length > 1 ? ` and ${count(cell.links.length - 1, 'more', 'more')}` : '',
          ),
        ),
      );
    const rest = all.length - body.length;
    const made = element(
      'table',
      {},
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          [...heads, 'Links', 'State', 'Evidence'].map((head) =>
            element('th', { scope: 'col', class: head === 'Links' ? 'number' : false }, head),
          ),
        ),
      ),
      element('tbody', {}, body),
    );
    const scroll = element(
      'div',
      { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Used cells of the matrix' },
      made,
    );
    table.replaceChildren(
      table.querySelector('summary'),
      element(
        'p',
        { class: 'quiet' },
        `${count(all.length, 'used cell')}${rest > 0 ? `, the first ${mostTableRows} here; find a system to see all of its own` : ''}. Every pair that is not listed is unused.`,
      ),
      scroll,
    );
    report.offerCsv(made);
  };

  const showKeys = (colours) => {
    const states = Object.keys(facts.pairLabels).filter((state) => pairs.counts.get(state) > 0);
    const sample = (state) => {
      const shapes = {
        unused: [
          ['path', { d: 'M5.5 7h3', stroke: explore.readTheme().edge, 'stroke-width': 1.5 }],
        ],
        unobserved: [
          [
            'rect',
            {
              x: 2.5,
              y: 2.5,
              width: 9,
              height: 9,
              fill: 'none',
              stroke: colours.unobserved,
              'stroke-width': 2,
            },
          ],
        ],
        unregistered: [
          ['rect', { x: 1, y: 1, width: 12, height: 12, fill: colours.unregistered }],
          ['path', { d: 'M4 10l6 -6', stroke: explore.readTheme().paper, 'stroke-width': 2 }],
        ],
      }[state] ?? [['rect', { x: 1, y: 1, width: 12, height: 12, fill: colours[state] }]];
      return explore.drawing(
        'svg',
        { width: 14, height: 14, 'aria-hidden': 'true' },
        ...shapes.map(([name, attributes]) => explore.drawing(name, attributes)),
      );
    };
    legend.replaceChildren(
      ...states.map((state) =>
        element(
          'li',
          {},
          sample(state),
          ` ${count(pairs.counts.get(state), 'pair')}: ${facts.pairLabels[state]}`,
        ),
      ),
    );
  };

  const show = (now) => {
    const isOther = readMatrix(now);
    const theme = explore.readTheme();
    const colours = explore.readPairColours();
    const { row, column, systems, order, isHalf } = shown;
    field('order').value = order;
    field('half').checked = isHalf;
    if (document.activeElement !== field('row')) field('row').value = systems[row]?.name ?? '';
    picture?.show({ ...shown, theme, colours }, isOther);
    if (row !== undefined) picture?.reveal(row, column ?? row);
    const parts =
      row === undefined
        ? tellWholeMatrix()
        : column === undefined
          ? tellRow(row)
          : tellPair(row, column);
    panel.replaceChildren(...parts.filter((part) => part !== ''));
    said.textContent =
      row === undefined
        ? 'Choose a cell or a name.'
        : `${column === undefined ? systems[row].name : tell(row, column)}.`;
    showKeys(colours);
    showTable();
  };

  for (const name of ['order', 'half'])
    field(name).addEventListener('change', ({ target }) => {
      go({ [name]: name === 'half' ? (target.checked ? 'yes' : '') : target.value });
      show(report.readState());
    });
  report.openFinder(
    field('row'),
    facts.systems.filter(({ isCounted }) => isCounted),
    (system) => choose({ row: shown.places.get(system.id) }),
  );
  const step = (down, right) => () => {
    const most = shown.systems.length - 1;
    const within = (at) => Math.max(0, Math.min(most, at));
    if (shown.row === undefined)
      return choose({ row: 0, column: Math.min(1, most) }, { isSmall: true });
    const at = {
      row: within(shown.row + down),
      column: within((shown.column ?? shown.row) + right),
    };
    // The diagonal is no pair: a step onto it goes on.
    if (at.row === at.column)
      Object.assign(at, { row: within(at.row + down), column: within(at.column + right) });
    return choose(at, { isSmall: true });
  };
  const keys = {
    ArrowUp: step(-1, 0),
    ArrowDown: step(1, 0),
    ArrowLeft: step(0, -1),
    ArrowRight: step(0, 1),
    '+': () => picture?.zoom(1.5),
    '=': () => picture?.zoom(1.5),
    '-': () => picture?.zoom(0.67),
    0: () => picture?.showAll(),
    Escape: () => choose({}),
  };
  stage.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  for (const button of matrixSection.querySelectorAll('[data-zoom]'))
    button.addEventListener('click', () => keys[button.dataset.zoom]());
  matrixSection.querySelector('[data-reset]').addEventListener('click', () => {
    choose({});
    picture?.showAll();
  });
  table.addEventListener('toggle', showTable);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () =>
    show(report.readState()),
  );
  report.watch(
    (now, _, by) => {
      if (by !== 'matrix') show(now);
    },
    ['order', 'half', 'row', 'column'],
  );
  show(report.readState());
};

if (matrixSection) explore.startNear(matrixSection, ({ place }) => place === 'matrix', startMatrix);
