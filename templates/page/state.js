// What the address says now, who wants to know when it changes, and how a choice changes it.
const watchers = [];
let now = address.read(location.hash);

// How many words somebody types before the address follows them.
const typingPause = 300;
let pending = 0;

const tell = (before, how) => {
  for (const { watcher, names } of watchers)
    if (!names || names.some((name) => now.state[name] !== before.state[name]))
      watcher(now, before, how);
};

report.address = address;
report.readState = () => now;
// Only changes of these names concern the watcher; without names, all do.
report.watch = (watcher, names) => watchers.push({ watcher, names });

// A choice is an entry of the history; a sort, or a letter more, is not.
report.go = (changes, { place = now.place, isSmall = false, isTyped = false, by = '' } = {}) => {
  const before = now;
  const state = { ...now.state };
  for (const [name, value] of Object.entries(changes))
    if (value === '') delete state[name];
    else state[name] = value;
  now = { place, state };
  clearTimeout(pending);
  const write = () => {
    const hash = address.write(now.place, now.state);
    if (hash === location.hash) return;
    if (isSmall || isTyped) history.replaceState(null, '', hash);
    else history.pushState(null, '', hash);
  };
  // A browser refuses addresses that change with every key.
  if (isTyped) pending = setTimeout(write, typingPause);
  else write();
  tell(before, by);
};

const follow = () => {
  const said = address.read(location.hash);
  if (address.write(said.place, said.state) === address.write(now.place, now.state)) return;
  const before = now;
  clearTimeout(pending);
  now = said;
  tell(before, 'address');
};
window.addEventListener('hashchange', follow);
window.addEventListener('popstate', follow);

// Where the reader is led, as a jump to an id would.
report.lead = (place, { isGentle = false } = {}) => {
  const target = report.byId(place);
  if (!target) return;
  const fold = target.closest('details');
  if (fold) fold.open = true;
  const box = target.getBoundingClientRect();
  if (isGentle && box.bottom > 200 && box.top < innerHeight * 0.6) return;
  target.scrollIntoView({ block: place.includes('=') ? 'center' : 'start' });
};
