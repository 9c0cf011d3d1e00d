// Puts the parts together: the address says what is shown, everything else follows it.
document.documentElement.classList.add('js');
const { all, byId } = report;
report.followContents();

const showSorts = (tables, { state }) => {
  const orders = new Map(
    (state.sort ?? '').split(',').map((each) => {
      const [table, ...order] = each.split('.');
      return [table, order.join('.')];
    }),
  );
  for (const table of tables) {
    const order = orders.get(table.id) ?? '';
    const [column, direction] = order.split('.');
    const isKnown = Number(column) < table.columns && /^(?:a|de)scending$/.test(direction ?? '');
    table.sort(isKnown ? `${Number(column)}.${direction}` : '');
  }
};
const tables = report.openTables((id, order) => {
  const others = (report.readState().state.sort ?? '')
    .split(',')
    .filter((each) => each !== '' && !each.startsWith(`${id}.`));
  report.go({ sort: [...others, `${id}.${order}`].join(',') }, { isSmall: true, by: 'sort' });
});
report.watch((next) => showSorts(tables, next), ['sort']);
showSorts(tables, report.readState());

const links = report.openLinks();
const findings = report.openFindings();
const systems = report.openSystems(links);
report.openNarrow();
report.openPaper();
report.hintSideways();
report.openImpact();
report.openHotspots(tables);
report.openWaves();

// A link or finding that is asked for by name is shown, whatever is filtered.
const noLinkFilter = { show: '', of: '', class: '', words: '' };
const noFindingFilter = { severity: '', rule: '', team: '', find: '', class: '' };
const showAsked = ({ state }) => {
  if (state.link && links.isHidden(state.link)) report.go(noLinkFilter, { isSmall: true });
  if (state.finding && findings.isHidden(state.finding))
    report.go(noFindingFilter, { isSmall: true });
};

const gentle = { isGentle: true };
const leadTo = ({ place, state }, isGentle) => {
  const row = `link=${state.link}`;
  if (place === 'links' && state.link) report.lead(byId(row) ? row : 'explore', gentle);
  else if (place === 'findings' && state.finding) report.lead(`finding=${state.finding}`);
  // A system that the map does not draw has its row only.
  else if (place === 'map' && state.system && !systems.isOnMap(state.system))
    report.lead(`system=${state.system}`);
  else report.lead(place, { isGentle: isGentle || place === 'explore' });
};
report.watch((next, before, how) => {
  showAsked(next);
  if (how === 'address') leadTo(next, next.place === before.place);
});

// An anchor of the page changes what it names and leaves the rest of what is shown as it is.
const toChanges = ({ place, state }) => {
  const isSubject = 'link' in state || 'system' in state || 'focus' in state || 'from' in state;
  const isFilter = place !== 'explore' && ('show' in state || 'of' in state || 'class' in state);
  return {
    ...(isSubject ? report.otherSubjects : {}),
    ...(isFilter ? noLinkFilter : {}),
    ...state,
  };
};
document.addEventListener('click', (event) => {
  const anchor = event.target.closest?.('a');
  const hash = anchor?.getAttribute('href') ?? anchor?.dataset.href ?? '';
  const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  if (event.defaultPrevented || !isPlain || !hash.startsWith('#')) return;
  const target = report.address.read(hash);
  const clears = (anchor.dataset.clear ?? '').split(' ').filter(Boolean);
  const before = report.readState();
  const isStateless = Object.keys(before.state).length + Object.keys(target.state).length === 0;
  // Without anything to keep, the browser jumps by itself.
  if (isStateless) return;
  event.preventDefault();
  // A second choice of the same link closes it, of the same witnesses takes them back.
  const isAgain =
    (anchor.classList.contains('opens') && before.state.link === target.state.link) ||
    (anchor.classList.contains('set') && before.state.class === target.state.class);
  if (isAgain) {
    report.go(anchor.classList.contains('set') ? { class: '' } : { link: '' });
    return;
  }
  const cleared = Object.fromEntries(clears.map((name) => [name, '']));
  const isWitness = anchor.closest('#witnesses') !== null;
  report.go(
    { ...toChanges(target), ...cleared },
    { place: isWitness ? 'witnesses' : target.place },
  );
  if (isWitness) return;
  const place = byId(target.place);
  leadTo(report.readState(), target.state.system !== undefined);
  if (place && Object.keys(target.state).length === 0) {
    if (!place.hasAttribute('tabindex')) place.tabIndex = -1;
    place.focus({ preventScroll: true });
  }
});

showAsked(report.readState());
if (Object.keys(report.readState().state).length > 0) leadTo(report.readState(), false);

for (const button of all('button[data-copy], button[data-copy-from]'))
  report.copyOnClick(button, () => button.dataset.copy ?? byId(button.dataset.copyFrom).value);
