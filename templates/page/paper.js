// What goes on paper: the first rows of what says `data-paper`, a line on what is left out, and
// what the reader has narrowed the page to, for paper has no filters to look at.
const saidOfLinks = {
  show: (value) => byChip(value),
  of: (value) => `of the system ${value}`,
  words: (value) => `with the words “${value}”`,
  class: (value) => `with the witnesses ${value.replaceAll('+', ', ')}`,
};
const saidOfFindings = {
  severity: (value) => `of the severity ${value}`,
  rule: (value) => `of the rule ${value}`,
  team: (value) => (value === '-' ? 'of nobody' : `of ${value}`),
  find: (value) => `with the words “${value}”`,
  class: (value) => `with the witnesses ${value.replaceAll('+', ', ')}`,
};

const byChip = (value) => {
  const isThis = (chip) => report.address.read(chip.hash).state.show === value;
  const chip = report.all('#links .chips a').find(isThis);
  return chip ? `marked “${chip.firstChild.textContent.trim().toLowerCase()}”` : `marked ${value}`;
};

// What is shown of a kind of thing, or nothing where all of it is.
const tellNarrowed = (noun, items, sayings, state) => {
  const said = Object.keys(sayings).filter((name) => state[name]);
  const shown = items.filter((item) => !item.hidden).length;
  if (said.length === 0 || items.length === 0) return '';
  return `Narrowed in the page before it was printed: ${shown} of ${items.length} ${noun}, those ${said.map((name) => sayings[name](state[name].slice(0, 80))).join(' and ')}.`;
};

report.openPaper = () => {
  const { all, byId } = report;
  const added = [];
  const cut = [];
  const add = (className, text, put) => {
    const line = document.createElement('p');
    line.className = className;
    line.textContent = text;
    put(line);
    added.push(line);
  };

  const tellFilters = () => {
    const { state } = report.readState();
    const parts = [
      ['links', 'links', all('tbody.link'), saidOfLinks],
      ['findings', 'findings', all('.findings > li'), saidOfFindings],
    ];
    for (const [id, noun, items, sayings] of parts) {
      const text = tellNarrowed(noun, items, sayings, state);
      if (text === '') continue;
      for (const title of [byId('top')?.querySelector('h1'), byId(id)?.querySelector('h2')])
        if (title) add('narrowed-note', text, (line) => title.after(line));
    }
  };

  const cutLongOnes = () => {
    for (const box of all('[data-paper]')) {
      const groups = box.matches('table')
        ? groupRows(box)
        : [...box.children].map((item) => [item]);
      const shown = groups.filter(([first]) => !first.hidden);
      const most = Number(box.dataset.paper);
      // A line that says that one is left out takes the room of the one.
      if (shown.length <= most + 1) continue;
      for (const part of shown.slice(most).flat()) {
        part.classList.add('off-paper');
        cut.push(part);
      }
      const noun = box.matches('table') ? 'rows' : 'entries';
      add(
        'paper-note',
        `${most} of ${shown.length} ${noun} are printed; the page has the other ${shown.length - most}.`,
        (line) => (box.closest('.scroll') ?? box).after(line),
      );
    }
  };

  const restore = () => {
    for (const line of added.splice(0)) line.remove();
    for (const part of cut.splice(0)) part.classList.remove('off-paper');
  };
  window.addEventListener('beforeprint', () => {
    restore();
    tellFilters();
    cutLongOnes();
  });
  window.addEventListener('afterprint', restore);
};
