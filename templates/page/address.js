// What is shown, as the end of an address: one thing as `#link=<key>`, more as
// `#findings?class=declared&rule=no-owner`. Every part of the page reads and writes this one form.
const address = {};

// Where one thing is shown by itself, so that nobody need say the place.
const homes = {
  link: 'links',
  show: 'links',
  of: 'links',
  class: 'links',
  finding: 'findings',
  system: 'map',
};

// All that an address can say, in the order in which it does. `class` narrows the whole page.
address.names = [
  ...[
    'focus',
    'depth',
    'system',
    'link',
    'region',
    'partner',
    'from',
    'to',
    'colour',
    'domain',
    'family',
  ],
  ...['class', 'criticality', 'unregistered', 'collapse', 'show', 'of', 'words', 'sort'],
  ...['order', 'half', 'row', 'column'],
  ...['finding', 'severity', 'rule', 'team', 'group', 'find', 'question', 'spots', 'step'],
];

address.empty = () => ({ place: '', state: {} });

address.read = (hash) => {
  const text = hash.replace(/^#/, '');
  try {
    const one = /^([a-z]+)=(.*)$/s.exec(text);
    if (one && Object.hasOwn(homes, one[1]))
      return { place: homes[one[1]], state: { [one[1]]: decodeURIComponent(one[2]) } };
    const at = text.indexOf('?');
    if (at < 0) return { place: decodeURIComponent(text), state: {} };
    const state = {};
    for (const [name, value] of new URLSearchParams(text.slice(at + 1)))
      if (address.names.includes(name) && value !== '') state[name] = value;
    return { place: decodeURIComponent(text.slice(0, at)), state };
  } catch {
    return address.empty();
  }
};

address.write = (place, state) => {
  const said = address.names.filter((name) => (state[name] ?? '') !== '');
  if (said.length === 0) return `#${encodeURIComponent(place)}`;
  if (said.length === 1 && homes[said[0]] === place)
    return `#${said[0]}=${encodeURIComponent(state[said[0]])}`;
  return `#${encodeURIComponent(place)}?${new URLSearchParams(said.map((name) => [name, state[name]]))}`;
};
