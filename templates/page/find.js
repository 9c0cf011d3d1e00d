// A field that finds systems by name: arrows, Enter and Esc; the list is a listbox.
const mostFound = 12;

// The best first: the same name, then names that begin so, then words that do, then any part.
report.findSystems = (systems, text) => {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const rank = ({ name, id }) => {
    const words = `${name} ${id}`.toLowerCase();
    if (name.toLowerCase() === wanted || id.toLowerCase() === wanted) return 0;
    if (words.startsWith(wanted)) return 1;
    if (words.split(/[\s\-_.]+/).some((word) => word.startsWith(wanted))) return 2;
    return words.includes(wanted) ? 3 : 4;
  };
  return systems
    .map((system) => ({ system, rank: rank(system) }))
    .filter((each) => each.rank < 4)
    .sort((a, b) => a.rank - b.rank || a.system.index - b.system.index)
    .slice(0, mostFound)
    .map(({ system }) => system);
};

report.openFinder = (input, systems, onChoose) => {
  const list = report.element('ul', {
    id: `${input.id}-list`,
    class: 'found',
    role: 'listbox',
    'aria-label': 'Systems found',
    hidden: true,
  });
  input.after(list);
  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': list.id,
  }))
    input.setAttribute(name, value);
  let found = [];
  let at = -1;
  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const choose = (system) => {
    input.value = system.name;
    close();
    onChoose(system);
  };
  const mark = () => {
    for (const [index, option] of [...list.children].entries()) {
      option.setAttribute('aria-selected', String(index === at));
      if (index === at) {
        input.setAttribute('aria-activedescendant', option.id);
        option.scrollIntoView({ block: 'nearest' });
      }
    }
  };
  const search = () => {
    found = report.findSystems(systems, input.value);
    at = found.length > 0 ? 0 : -1;
    list.replaceChildren(
      ...found.map((system, index) => {
        const option = report.element(
          'li',
          { id: `${list.id}-${index}`, role: 'option' },
          report.element('bdi', {}, system.name),
          report.element('span', { class: 'quiet' }, ` ${system.domain}`),
        );
        option.addEventListener('pointerdown', (event) => {
          event.preventDefault();
          choose(system);
        });
        return option;
      }),
    );
    if (found.length === 0 && input.value.trim() !== '')
      list.append(report.element('li', { class: 'quiet' }, 'No system is called so.'));
    const isOpen = input.value.trim() !== '';
    list.hidden = !isOpen;
    input.setAttribute('aria-expanded', String(isOpen));
    mark();
  };
  input.addEventListener('input', search);
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      if (list.hidden) input.blur();
      close();
      return;
    }
    if (event.key === 'Enter' && found[at] && !list.hidden) {
      event.preventDefault();
      choose(found[at]);
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || found.length === 0) return;
    event.preventDefault();
    if (list.hidden) search();
    else at = (at + step + found.length) % found.length;
    mark();
  });
};
