// Who is hit if something happens to any system: reckoned here, by the modules of the command line.
const mostHitNames = 8;
const mostHitRows = 25;
const longest = 120;
const carrierTitles = {
  outage: 'Scripts and jobs that fail with it',
  'api-change': 'Scripts and jobs that must change, too',
};
const fateTitles = {
  rebuild: 'Links whose data must come from elsewhere',
  move: 'Links that need another way',
  drop: 'Links that can be dropped',
};
const codeTitles = {
  drop: 'Code that can go',
  change: 'Code that must change, for it does other work too',
  move: 'Code that needs another host',
};

report.openImpact = () => {
  const { all, byId, element } = report;
  const input = byId('impact-of');
  if (!input) return;
  const { clip, findImpact, groupHits, plural, questions, questionWords } = compiled;
  const answer = byId('impact-answer');
  const chips = byId('impact-questions');
  let index;
  let byName;
  const open = () => {
    if (index) return;
    const { systems, links, objects } = report.facts();
    index = compiled.indexLandscape({ systems, links }, objects);
    byName = new Map(systems.map((system) => [system.id, system]));
  };
  const nameOf = (id) => byName.get(id)?.name ?? clip(id, longest);
  const nameLink = (key) => {
    const link = index.links.find((each) => each.key === key);
    return link
      ? `${nameOf(link.from)} → ${nameOf(link.to)} over ${clip(link.protocol, longest)}`
      : clip(key, longest);
  };
  const write = (system, question) => report.address.write('impact', { system, question });
  const toAnchor = (id, question) =>
    element('a', { href: write(id, question) }, element('bdi', {}, nameOf(id)));

  // Long lists begin short; what they hold is written when somebody asks for it.
  const shorten = (items, most, toRow, list) => {
    list.append(...items.slice(0, most).map(toRow));
    const rest = items.length - most;
    if (rest <= 0) return [list];
    const more = element(
      'button',
      {
        type: 'button',
        class: 'plain-button',
        onclick: () => {
          list.append(...items.slice(most).map(toRow));
          more.remove();
        },
      },
      `Show ${compiled.formatCount(rest)} more`,
    );
    return [list, more];
  };
  const toList = (title, items) =>
    items.length === 0
      ? []
      : [
          element('h4', {}, `${title}: ${compiled.formatCount(items.length)}`),
          ...shorten(
            items,
            mostHitRows,
            (item) => element('li', {}, element('bdi', {}, clip(item, 2 * longest))),
            element('ul', { class: 'impact-list' }),
          ),
        ];

  const tellShort = (system, question) => {
    const impact = findImpact(index, question, { kind: 'system', id: system.id });
    const groups = groupHits(impact);
    return element(
      'div',
      {},
      element('h4', {}, questionWords[question].title),
      element('p', {}, compiled.tellImpact(impact, system.name)),
      groups.length === 0
        ? ''
        : element(
            'dl',
            {},
            groups.flatMap(({ title, hits }) => [
              element('dt', {}, title),
              element(
                'dd',
                {},
                hits
                  .slice(0, mostHitNames)
                  .flatMap((hit, at) => [at > 0 ? ', ' : '', toAnchor(hit.system, question)]),
                hits.length > mostHitNames
                  ? ` and ${compiled.formatCount(hits.length - mostHitNames)} more`
                  : '',
              ),
            ]),
          ),
      groups.length === 0 && !impact.retirement
        ? ''
        : element(
            'p',
            { class: 'in-full' },
            element('a', { href: write(system.id, question) }, 'By which way, and whom to talk to'),
          ),
    );
  };

  const toHitRow = (question) => (hit) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, toAnchor(hit.system, question)),
      element('td', {}, hit.criticality),
      element(
        'td',
        {},
        element('bdi', {}, clip(byName.get(hit.system)?.owner?.team ?? 'nobody', longest)),
      ),
      element('td', {}, element('bdi', {}, clip(compiled.tellObjects(hit), longest))),
      element(
        'td',
        {},
        element('bdi', {}, compiled.tellWay(hit, nameOf)),
        ...hit.also.map((text) => element('span', { class: 'quiet under-line' }, text)),
        hit.alsoFrom.length === 0
          ? ''
          : element(
              'span',
              { class: 'quiet under-line' },
              `gets the same from ${compiled.listNames(hit.alsoFrom.map(nameOf))} too`,
            ),
      ),
    );
  const tellGroup = ({ title, hits }, question) => [
    element('h4', {}, `${title}: ${plural(hits.length, 'system')}`),
    ...(() => {
      const body = element('tbody');
      const [, more] = shorten(hits, mostHitRows, toHitRow(question), body);
      const heads = ['System', 'Criticality', 'Owner', 'Data', 'Way'];
      const table = element(
        'table',
        { class: 'hits' },
        element(
          'thead',
          {},
          element(
            'tr',
            {},
            heads.map((head) => element('th', { scope: 'col' }, head)),
          ),
        ),
        body,
      );
      const scroll = element(
        'div',
        { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': title },
        table,
      );
      return [scroll, more ?? ''];
    })(),
  ];

  const tellRetirement = ({ links, code, isolated }) => [
    ...Object.entries(fateTitles).flatMap(([fate, title]) =>
      toList(
        title,
        links.filter((each) => each.fate === fate).map(({ link }) => nameLink(link)),
      ),
    ),
    ...Object.entries(codeTitles).flatMap(([fate, title]) =>
      toList(
        title,
        code.filter((each) => each.fate === fate).map(({ id }) => id),
      ),
    ),
    ...toList('Exchanges data with nothing else', isolated.map(nameOf)),
  ];

  const tellInFull = (system, question) => {
    const impact = findImpact(index, question, { kind: 'system', id: system.id });
    return [
      element(
        'h3',
        {},
        element('bdi', {}, `${system.name}: ${questionWords[question].title.toLowerCase()}`),
      ),
      element('p', {}, compiled.tellImpact(impact, system.name)),
      report.listFacts([
        ['Systems hit', compiled.tellSeverity(impact)],
        ['Talk to', clip(compiled.tellContacts(impact), 10 * longest)],
      ]),
      ...groupHits(impact).flatMap((group) => tellGroup(group, question)),
      ...(carrierTitles[question] ? toList(carrierTitles[question], impact.carriers) : []),
      ...(impact.retirement ? tellRetirement(impact.retirement) : []),
    ];
  };

  const say = (system, question) => {
    if (!system)
      return [element('p', { class: 'quiet' }, 'No system of this landscape is called so.')];
    if (question) return tellInFull(system, question);
    return [
      element('h3', {}, element('bdi', {}, system.name)),
      element(
        'div',
        { class: 'answers' },
        questions.map((each) => tellShort(system, each)),
      ),
    ];
  };
  const worst = input.dataset.first;
  let told = '';
  const show = ({ state }) => {
    const id = state.system || worst;
    const question = questions.includes(state.question) ? state.question : '';
    const asked = JSON.stringify([id, question]);
    if (asked === told) return;
    told = asked;
    open();
    const system = byName.get(id);
    if (document.activeElement !== input) input.value = system?.name ?? clip(id, longest);
    chips.replaceChildren(
      ...['', ...questions].map((each) =>
        element(
          'li',
          {},
          element(
            'a',
            {
              href: write(id, each),
              'data-clear': each === '' ? 'question' : false,
              'aria-current': each === question ? 'true' : false,
            },
            each === '' ? 'All four questions' : questionWords[each].title,
          ),
        ),
      ),
    );
    answer.replaceChildren(...say(system, question).filter((part) => part !== ''));
  };
  // A large landscape takes a moment: it waits until somebody comes near.
  let isNear = false;
  const showNear = (now) => {
    if (isNear) show(now);
  };
  const start = () => {
    if (isNear) return;
    isNear = true;
    watcher.disconnect();
    for (const still of all('[data-impact]')) still.hidden = true;
    report.openFinder(input, report.facts().systems, (system) =>
      report.go({ ...report.otherSubjects, system: system.id }, { place: 'impact' }),
    );
    show(report.readState());
  };
  const watcher = new IntersectionObserver(
    (entries) => {
      if (entries.some((entry) => entry.isIntersecting)) start();
    },
    { rootMargin: '600px' },
  );
  watcher.observe(byId('impact'));
  report.watch(
    (now) => {
      if (now.place === 'impact') start();
      showNear(now);
    },
    ['system', 'question'],
  );
  if (report.readState().place === 'impact') start();
};
