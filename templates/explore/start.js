// Puts the parts together: the address says what is shown, everything else follows it.
const section = document.getElementById('explore');
const stillSubjects = {
  focus: '',
  system: '',
  link: '',
  region: '',
  partner: '',
  from: '',
  to: '',
};

const startExplorer = () => {
  const facts = explore.facts();
  const stage = section.querySelector('.stage');
  const said = section.querySelector('.said');
  const legend = section.querySelector('.legend');
  let state = explore.readState(report.readState().state);
  let shown;

  // A new subject takes the place of the one before; a way keeps its other end.
  const go = (change, from) => {
    const isWay = 'from' in change || 'to' in change;
    const isSubject = isWay || Object.keys(change).some((name) => name in stillSubjects);
    const before = state;
    state = { ...state };
    if (isSubject) {
      Object.assign(state, stillSubjects);
      if (isWay) Object.assign(state, { from: before.from, to: before.to });
      if (!('depth' in change)) state.depth = 1;
    }
    if ('domain' in change || 'collapse' in change)
      Object.assign(state, { region: '', partner: '' });
    if ('domain' in change) state.collapse = '';
    if ('collapse' in change) Object.assign(state, stillSubjects);
    Object.assign(state, change);
    report.go(explore.toChanges(state), {
      place: 'explore',
      isSmall: !isSubject,
      by: 'explorer',
    });
    show();
    if (isSubject && from === undefined) panel.focus();
    if (from === 'to' && change.to === '') controls.focus('to');
  };

  const panel = explore.openPanel(section.querySelector('.panel'), facts, go);
  const controls = explore.openControls(section, facts, go);
  let picture;
  if (explore.hasWebgl()) {
    picture = explore.openPicture(stage, facts, {
      system: ({ id }) => go({ system: id }, 'picture'),
      link: ({ key }) => go({ link: key }, 'picture'),
      region: ({ name }) => go({ region: name }, 'picture'),
      bundle: (a, b) => go({ region: a.name, partner: b.name }, 'picture'),
      nothing: () => {
        if (Object.keys(stillSubjects).some((name) => state[name])) go({ system: '' }, 'picture');
      },
    });
  } else {
    section.classList.add('without-picture');
    section.querySelector('.no-picture').hidden = false;
  }

  // The view moves only where something else is to be seen, never for a choice within it.
  const toFrame = (each, choice) =>
    JSON.stringify([choice.isCollapsed, each.focus, each.focus && each.depth, each.domain]);
  let framed = '';
  const show = () => {
    shown = explore.chooseShown(facts, state);
    const theme = explore.readTheme();
    const colouring = explore.toColouring(facts, state, theme);
    const frame = toFrame(state, shown);
    picture?.show({ facts, state, shown, theme, colouring }, frame !== framed);
    framed = frame;
    panel.show(state, shown, colouring);
    controls.show(state, shown);
    explore.showLegend(legend, { facts, shown, colouring, theme });
    said.textContent = explore.tellShown(facts, state, shown, colouring);
  };
  show();

  const keys = {
    '+': () => picture?.zoom(0.7),
    '=': () => picture?.zoom(0.7),
    '-': () => picture?.zoom(1.4),
    0: () => picture?.reset(),
    ArrowLeft: () => picture?.pan(-0.1, 0),
    ArrowRight: () => picture?.pan(0.1, 0),
    ArrowUp: () => picture?.pan(0, 0.1),
    ArrowDown: () => picture?.pan(0, -0.1),
    Escape: () => go({ system: '' }, 'picture'),
  };
  stage.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  for (const button of section.querySelectorAll('[data-zoom]'))
    button.addEventListener('click', () => keys[button.dataset.zoom]());
  section.querySelector('[data-reset]').addEventListener('click', () => {
    const before = state;
    state = { ...explore.initial, colour: before.colour };
    report.go(explore.toChanges(state), { place: 'explore', by: 'explorer' });
    framed = '';
    show();
  });
  const copy = section.querySelector('[data-mermaid]');
  report.copyOnClick(copy, () => explore.writeMermaid(facts, shown));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
  report.watch((next, _, by) => {
    if (by === 'explorer') return;
    state = explore.readState(next.state);
    show();
  }, Object.keys(explore.initial));
  document.addEventListener('keydown', (event) => {
    const isTyping = event.target.closest('input, select, textarea');
    const isChord = event.ctrlKey || event.metaKey || event.altKey;
    if (event.key !== '/' || isTyping || isChord) return;
    event.preventDefault();
    section.scrollIntoView();
    controls.focus('search');
  });
};

if (section) {
  // What is asked of it is ready when the reader arrives there.
  const isAsked = ({ place, state }) =>
    Object.keys(state).some((name) => name in explore.initial) &&
    (place === 'explore' || Boolean(state.link));
  const start = explore.startNear(section, isAsked, startExplorer);
  document.addEventListener('keydown', (event) => {
    const isTyping = event.target.closest('input, select, textarea');
    if (event.key !== '/' || section.matches('.started') || isTyping) return;
    event.preventDefault();
    start();
    section.scrollIntoView();
    section.querySelector('[name="search"]').focus();
  });
}
