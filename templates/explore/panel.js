// The panel: everything that is known of the chosen system, link, domain or way, in words.
const mostNeighbours = 40;

explore.openPanel = (panel, facts, go) => {
  const { element } = report;
  const heading = (text) => element('h3', { tabindex: '-1' }, element('bdi', {}, text));
  const button = (text, onclick) => element('button', { type: 'button', onclick }, text);
  const anchor = (href, text) => element('a', { href }, text);
  const toRow = (kind, value) => `#${kind}=${encodeURIComponent(value)}`;

  const listLinks = (title, links, other) => {
    if (links.length === 0) return [];
    const items = links.slice(0, mostNeighbours).map((link) => {
      const [standing, label] = facts.standings[link.standing];
      return element(
        'li',
        {},
        element(
          'button',
          { type: 'button', class: 'neighbour', onclick: () => go({ link: link.key }) },
          element('bdi', {}, other(link).name),
        ),
        element(
          'span',
          { class: 'quiet' },
          ` ${link.protocol}${link.objects ? `: ${link.objects}` : ''}, `,
          element('span', { class: `standing ${standing}` }, label.toLowerCase()),
        ),
      );
    });
    const rest = links.length - items.length;
    if (rest > 0)
      items.push(element('li', { class: 'quiet' }, `and ${count(rest, 'more', 'more')}`));
    return [element('h4', {}, title), element('ul', { class: 'neighbours' }, items)];
  };

  const listPlaces = (places, total) => [
    ...places.map((place) => element('li', {}, element('code', { class: 'place' }, place))),
    ...(total > places.length && places.length > 0
      ? [element('li', { class: 'quiet' }, `and ${total - places.length} more`)]
      : []),
  ];

  const tellSystem = (system, state, passes) => {
    const sends = system.sends.filter(passes);
    const takes = system.takes.filter(passes);
    const hidden = system.sends.length + system.takes.length - sends.length - takes.length;
    const isFocused = state.focus === system.id;
    const depth = element(
      'select',
      { 'aria-label': 'How many links away', id: 'explore-depth' },
      [1, 2, 3].map((each) =>
        element('option', { value: each, selected: each === state.depth }, count(each, 'link')),
      ),
    );
    depth.addEventListener('change', () => go({ focus: system.id, depth: Number(depth.value) }));
    return [
      heading(system.name),
      element(
        'p',
        {},
        `${system.isRegistered || !facts.hasRegistry ? '' : 'In no registry. '}Data comes in over ${count(system.takes.length, 'link')} and goes out over ${count(system.sends.length, 'link')}.`,
      ),
      element(
        'p',
        { class: 'ways' },
        isFocused
          ? [
              'Shown: what is within ',
              depth,
              ' ',
              button('Show all', () => go({ system: system.id })),
            ]
          : button('Show only what is near', () => go({ focus: system.id })),
        ' ',
        button('Way from here to …', () => go({ from: system.id, to: '' }, 'to')),
      ),
      report.listFacts([
        ['Kind', system.kind],
        ['Domain', facts.regions[system.region].name],
        ['Owner', system.owner || 'nobody'],
        ['Criticality', facts.criticalities[system.criticality]],
        ...system.details,
        ['Id', system.id],
      ]),
      ...listLinks('Gets data from', takes, ({ from }) => from),
      ...listLinks('Sends data to', sends, ({ to }) => to),
      hidden > 0 ? element('p', { class: 'quiet' }, `${count(hidden, 'link')} filtered out.`) : '',
      ...(system.places.length > 0
        ? [
            element('h4', {}, 'Described at'),
            element('ul', { class: 'places' }, listPlaces(system.places, system.placeCount)),
          ]
        : []),
      element(
        'p',
        {},
        anchor(toRow('of', system.id), 'Its links in the table'),
        ', ',
        anchor(report.address.write('impact', { system: system.id }), 'who is hit'),
        ', ',
        anchor(toRow('system', system.id), 'on the still map'),
      ),
    ];
  };

  const tellLink = (link) => {
    const [standing, label, meaning] = facts.standings[link.standing];
    const end = (system) =>
      button(element('bdi', {}, system.name), () => go({ system: system.id }));
    return [
      heading(`${link.from.name} → ${link.to.name}`),
      element('p', {}, `${explore.tellLink(facts, link)}.`),
      element('p', { class: 'ways' }, end(link.from), ' ', end(link.to)),
      report.listFacts([
        ['Protocol', link.protocol],
        ['Witnesses', explore.nameWitnesses(facts, link.witnesses).replaceAll('+', ', ')],
        ['Way', link.via ? `by way of ${link.via}` : 'straight'],
        ['Objects', link.objects],
        ['Owner', link.owner || 'nobody'],
        ['Criticality', facts.criticalities[link.criticality]],
        ['Wave', link.wave > 0 ? String(link.wave) : 'none'],
      ]),
      element('p', {}, element('span', { class: `standing ${standing}` }, label), `: ${meaning}.`),
      ...explore.tellEvidence(link),
      link.isListed ? element('p', {}, anchor(toRow('link', link.key), 'In the table')) : '',
    ];
  };

  // Bundles as buttons, the strongest first.
  const listBundles = (title, bundles, mark, nameOf, choose) =>
    bundles.length === 0
      ? []
      : [
          element('h4', {}, title),
          element(
            'ul',
            { class: 'neighbours' },
            bundles
              .slice(0, mostNeighbours)
              .map((bundle) =>
                element(
                  'li',
                  {},
                  element(
                    'button',
                    { type: 'button', class: 'neighbour', onclick: () => go(choose(bundle)) },
                    element('bdi', {}, nameOf(bundle)),
                  ),
                  element('span', { class: 'quiet' }, ` ${explore.tellBundle(bundle, mark)}`),
                ),
              ),
          ),
        ];
  const nameRegion = (at) => facts.regions[at].name;

  const tellDomain = (region, shown, mark) => {
    const { bundles, within } = explore.bundle(facts, shown.links, mark);
    const inside = within[region.index];
    const other = ({ a, b }) => nameRegion(a === region.index ? b : a);
    return [
      heading(region.name),
      element(
        'p',
        {},
        `${count(region.members.length, 'system')}, ${explore.tellBundle(inside, mark)} inside.`,
      ),
      element(
        'p',
        { class: 'ways' },
        button('Show its systems', () => go({ domain: region.name })),
      ),
      ...listBundles(
        'Exchanges data with',
        bundles.filter(({ a, b }) => a === region.index || b === region.index),
        mark,
        other,
        (bundle) => ({ region: region.name, partner: other(bundle) }),
      ),
    ];
  };

  const tellPartners = (region, partner, shown, mark) => {
    const between = (from, to) =>
      shown.links.filter((link) => link.from.region === from.index && link.to.region === to.index);
    const [there, back] = [between(region, partner), between(partner, region)];
    const sum = [...there, ...back];
    const marked = mark ? sum.filter(mark.test).length : 0;
    const name = ({ from, to }) => ({ name: `${from.name} → ${to.name}` });
    return [
      heading(`${region.name} ↔ ${partner.name}`),
      element('p', {}, `${explore.tellBundle({ count: sum.length, marked }, mark)}.`),
      element(
        'p',
        { class: 'ways' },
        ...[region, partner].flatMap((each) => [
          button(element('bdi', {}, each.name), () => go({ region: each.name })),
          ' ',
        ]),
      ),
      ...listLinks(`To ${partner.name}: ${there.length.toLocaleString('en')}`, there, name),
      ...listLinks(`To ${region.name}: ${back.length.toLocaleString('en')}`, back, name),
    ];
  };

  const tellDomains = (shown, mark) => {
    const { bundles } = explore.bundle(facts, shown.links, mark);
    return [
      element('h3', {}, bundles.length > 0 ? 'Most links' : 'No link between domains'),
      ...listBundles(
        'Between two domains',
        bundles.slice(0, 8),
        mark,
        ({ a, b }) => `${nameRegion(a)} ↔ ${nameRegion(b)}`,
        ({ a, b }) => ({ region: nameRegion(a), partner: nameRegion(b) }),
      ),
      element('p', { class: 'quiet' }, 'Choose a domain or a line for what is in it.'),
    ];
  };

  const tellWay = (state, shown, passes) => [
    heading(`${shown.from.name} → ${shown.to.name}`),
    element('p', {}, explore.tellWay(shown, passes)),
    element(
      'ol',
      { class: 'way' },
      (shown.way ?? []).map((link) =>
        element(
          'li',
          {},
          element(
            'a',
            {
              href: explore.writeAddress({ ...state, from: '', to: '', link: link.key }),
            },
            element('bdi', {}, explore.tellLink(facts, link)),
          ),
        ),
      ),
    ),
    element(
      'p',
      { class: 'ways' },
      button('The other way', () => go({ from: shown.to.id, to: shown.from.id })),
    ),
  ];

  const tellWhole = (state, passes) => {
    const missing = ['focus', 'system', 'from', 'to']
      .filter((name) => state[name] !== '' && !facts.byId.has(state[name]))
      .map((name) => state[name]);
    if (state.link !== '' && !facts.byKey.has(state.link)) missing.push(state.link);
    const ranked = [...facts.systems]
      .map((system) => ({
        system,
        links: [...system.sends, ...system.takes].filter(passes).length,
      }))
      .filter(({ links }) => links > 0)
      .sort((a, b) => b.links - a.links || a.system.index - b.system.index)
      .slice(0, 8);
    return [
      ...(missing.length > 0
        ? [
            element(
              'p',
              {},
              'Not in this landscape: ',
              element('bdi', {}, missing[0].slice(0, 200)),
            ),
          ]
        : []),
      element('h3', {}, ranked.length > 0 ? 'Most connected' : 'Nothing is shown'),
      element(
        'ol',
        { class: 'neighbours' },
        ranked.map(({ system, links }) =>
          element(
            'li',
            {},
            element(
              'button',
              { type: 'button', class: 'neighbour', onclick: () => go({ system: system.id }) },
              element('bdi', {}, system.name),
            ),
            element('span', { class: 'quiet' }, ` ${count(links, 'link')}`),
          ),
        ),
      ),
      element('p', { class: 'quiet' }, 'Choose a system or a link for all that is known of it.'),
    ];
  };

  return {
    show(state, shown, { mark }) {
      const passes = explore.passes(facts, state);
      const parts =
        shown.from && shown.to
          ? tellWay(state, shown, passes)
          : shown.link
            ? tellLink(shown.link)
            : shown.chosen
              ? tellSystem(shown.chosen, state, passes)
              : shown.partner && shown.partner !== shown.region
                ? tellPartners(shown.region, shown.partner, shown, mark)
                : shown.region
                  ? tellDomain(shown.region, shown, mark)
                  : shown.isCollapsed
                    ? tellDomains(shown, mark)
                    : tellWhole(state, passes);
      panel.replaceChildren(...parts.filter((part) => part !== ''));
      panel.scrollTop = 0;
    },
    focus: () => panel.querySelector('h3[tabindex]')?.focus({ preventScroll: true }),
  };
};
