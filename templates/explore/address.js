// What the explorer shows, out of what the address of the page says.
explore.initial = Object.freeze({
  focus: '',
  depth: 1,
  system: '',
  link: '',
  region: '',
  partner: '',
  from: '',
  to: '',
  colour: 'standing',
  domain: '',
  family: '',
  class: '',
  criticality: '',
  unregistered: false,
  collapse: '',
});

explore.colours = ['standing', 'domain', 'owner', 'criticality', 'wave'];

explore.readState = (said) => {
  const state = { ...explore.initial };
  for (const [name, value] of Object.entries(said)) {
    if (!Object.hasOwn(state, name)) continue;
    if (name === 'depth') state.depth = Math.min(3, Math.max(1, Math.trunc(Number(value)) || 1));
    else if (name === 'unregistered') state.unregistered = value === 'yes';
    else if (name === 'colour') state.colour = explore.colours.includes(value) ? value : 'standing';
    else if (name === 'collapse') state.collapse = ['yes', 'no'].includes(value) ? value : '';
    else state[name] = value;
  }
  return state;
};

// What to say in the address; the empty text for what need not be said.
explore.toChanges = (state) =>
  Object.fromEntries(
    Object.entries(explore.initial).map(([name, initial]) => {
      const value = state[name];
      return [name, value === initial ? '' : value === true ? 'yes' : String(value)];
    }),
  );

explore.writeAddress = (state) => report.address.write('explore', explore.toChanges(state));
