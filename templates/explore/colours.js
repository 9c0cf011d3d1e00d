// Which colour stands for what; every colour has a shape, a dash, a size or a word beside it.
const maxGroups = 7;

const readVariable = (name) =>
  getComputedStyle(document.getElementById('explore')).getPropertyValue(name).trim();

const toChannels = (colour) => {
  const hex = colour.replace('#', '');
  const full = hex.length === 3 ? hex.replace(/./g, '$&$&') : hex;
  return [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16));
};

// A colour as it looks through the paper: the picture itself has no transparency.
explore.fade = (colour, paper, share) => {
  const under = toChannels(paper);
  const mixed = toChannels(colour).map((value, at) =>
    Math.round(value * share + under[at] * (1 - share)),
  );
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
};

explore.readTheme = () => ({
  paper: readVariable('--paper'),
  ink: readVariable('--ink'),
  soft: readVariable('--soft'),
  edge: readVariable('--edge'),
  wash: readVariable('--wash'),
  rule: readVariable('--rule'),
  accent: readVariable('--accent-line'),
  node: readVariable('--explore-node'),
  other: readVariable('--explore-other'),
  groups: Array.from({ length: maxGroups }, (_, at) => readVariable(`--explore-${at + 1}`)),
});

explore.readPairColours = () =>
  Object.fromEntries(
    ['registered', 'unregistered', 'unobserved', 'found'].map((state) => [
      state,
      readVariable(`--${state}`),
    ]),
  );

// Width in pixels, and a dash: on, off. As on the still map.
const standingLines = {
  unregistered: { width: 2.5, dash: [0, 0] },
  shadow: { width: 2.5, dash: [2, 5] },
  unobserved: { width: 2, dash: [7, 4] },
  attested: { width: 1.5, dash: [12, 4] },
  registered: { width: 1.25, dash: [0, 0] },
  found: { width: 1.25, dash: [0, 0] },
};

// The groups that have a colour of their own: the largest, then by name.
const rankGroups = (items, nameOf) => {
  const sizes = new Map();
  for (const item of items) {
    const name = nameOf(item);
    if (name !== '') sizes.set(name, (sizes.get(name) ?? 0) + 1);
  }
  return [...sizes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
};

const groupNames = {
  domain: (facts) => (system) => facts.regions[system.region].name,
  owner: () => (system) => system.owner,
};

// Which links a bundle of links is coloured by the share of.
const toMark = (facts, state, theme) => {
  switch (state.colour) {
    case 'standing':
      return facts.hasRegistry
        ? {
            label: 'nobody registered',
            test: ({ isRegistered }) => !isRegistered,
            colour: readVariable('--unregistered'),
          }
        : undefined;
    case 'owner':
      return { label: 'without an owner', test: ({ owner }) => owner === '', colour: theme.accent };
    case 'criticality':
      return {
        label: 'mission- or business-critical',
        test: ({ criticality }) => criticality < 2,
        colour: theme.groups[5],
      };
    case 'wave':
      return {
        label: 'in a wave of the plan',
        test: ({ wave }) => wave > 0,
        colour: theme.groups[0],
      };
    default:
      return undefined;
  }
};

// What the chosen colouring gives a system, a link, a bundle of links, and the legend.
explore.toColouring = (facts, state, theme) => ({
  ...toSingleColouring(facts, state, theme),
  mark: toMark(facts, state, theme),
});

const toSingleColouring = (facts, state, theme) => {
  const standingOf = (link) => facts.standings[link.standing][0];
  const lineOf = (link) => standingLines[standingOf(link)];
  const toStanding = (link) => ({
    ...lineOf(link),
    colour: readVariable(`--${standingOf(link)}`),
  });
  const plainSystem = () => ({ colour: theme.node, word: '' });
  const plainLink = (link) => ({ ...lineOf(link), colour: theme.edge });
  const usedStandings = facts.standings.filter((_, at) =>
    facts.links.some(({ standing }) => standing === at),
  );
  const standingLegend = usedStandings.map(([id, label, meaning]) => ({
    label,
    meaning,
    line: { ...standingLines[id], colour: readVariable(`--${id}`) },
  }));
  if (state.colour === 'standing') {
    const known = new Map(
      facts.standings.map(([id], at) => [at, toStanding({ standing: at, id })]),
    );
    return {
      system: plainSystem,
      link: (link) => known.get(link.standing),
      legend: standingLegend,
    };
  }
  if (state.colour === 'wave') {
    const colourOf = (wave) => (wave > 0 ? theme.groups[(wave - 1) % maxGroups] : theme.edge);
    const used = Array.from({ length: facts.waves }, (_, at) => at + 1);
    return {
      system: plainSystem,
      link: ({ wave }) => ({
        width: wave > 0 ? 2.5 : 1.25,
        dash: wave > 0 ? [0, 0] : [3, 3],
        colour: colourOf(wave),
        word: wave > 0 ? `wave ${wave}` : '',
      }),
      legend: [
        ...used.map((wave) => ({
          label: `Wave ${wave}`,
          meaning: `${count(facts.links.filter((link) => link.wave === wave).length, 'link')} move`,
          line: { width: 2.5, dash: [0, 0], colour: colourOf(wave) },
        })),
        {
          label: 'In no wave',
          meaning: 'kept, retired or blocked',
          line: { width: 1.25, dash: [3, 3], colour: theme.edge },
        },
      ],
    };
  }
  if (state.colour === 'criticality') {
    const colours = [theme.groups[5], theme.groups[1], theme.groups[0], theme.other];
    return {
      system: ({ criticality }) => ({
        colour: colours[criticality],
        word: '',
        grow: [1.45, 1.2, 1, 0.8][criticality],
      }),
      link: (link) => ({ ...lineOf(link), colour: theme.edge }),
      legend: facts.criticalities.map((label, at) => ({
        label,
        meaning: count(facts.systems.filter((each) => each.criticality === at).length, 'system'),
        spot: { colour: colours[at], grow: [1.45, 1.2, 1, 0.8][at] },
      })),
    };
  }
  const nameOf = groupNames[state.colour](facts);
  const ranked = rankGroups(facts.systems, nameOf);
  const colourOf = (name) => theme.groups[ranked.indexOf(name)] ?? theme.other;
  const rest = ranked.length - maxGroups;
  const nobody = facts.systems.filter((system) => nameOf(system) === '').length;
  return {
    // Regions name domains already; other groups are named beside the system.
    system: (system) => ({
      colour: nameOf(system) === '' ? theme.paper : colourOf(nameOf(system)),
      word: state.colour === 'owner' ? nameOf(system) || 'nobody' : '',
    }),
    link: plainLink,
    legend: [
      ...ranked.slice(0, maxGroups).map((label) => ({
        label,
        meaning: '',
        spot: { colour: colourOf(label), grow: 1 },
      })),
      ...(rest > 0
        ? [{ label: `${rest} more`, meaning: '', spot: { colour: theme.other, grow: 1 } }]
        : []),
      ...(nobody > 0
        ? [{ label: 'nobody', meaning: '', spot: { colour: theme.paper, grow: 1 } }]
        : []),
    ],
  };
};
