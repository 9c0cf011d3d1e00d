// Sorting, filtering and highlighting. Without it the report reads the same.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  document.documentElement.classList.add('js');

  // The contents say which part is read, and show the sections of that part.
  const entries = all('nav a').map((entry) => ({ entry, place: byId(entry.hash.slice(1)) }));
  const tellPlace = () => {
    const isReached = ({ place }) => place?.getBoundingClientRect().top < 140;
    const isAtEnd = scrollY > 0 && scrollY + innerHeight >= document.body.scrollHeight - 4;
    const reached = isAtEnd ? entries : entries.filter(isReached);
    const here = reached.at(-1)?.entry ?? entries[0].entry;
    const part = here.closest('nav > ol > li').querySelector('a');
    for (const { entry } of entries)
      if (entry === here || entry === part) entry.setAttribute('aria-current', 'true');
      else entry.removeAttribute('aria-current');
    const row = part.closest('nav > ol');
    if (
      part.offsetLeft < row.scrollLeft ||
      part.offsetLeft + part.offsetWidth > row.scrollLeft + row.clientWidth
    )
      row.scrollLeft = part.offsetLeft - 16;
  };
  let isTelling = false;
  const tellPlaceSoon = () => {
    if (isTelling) return;
    isTelling = true;
    requestAnimationFrame(() => {
      isTelling = false;
      tellPlace();
    });
  };
  window.addEventListener('scroll', tellPlaceSoon, { passive: true });
  window.addEventListener('resize', tellPlaceSoon);

  // Sorting: a header becomes a button; groups of rows stay together.
  const readCell = (row, column) => {
    const cell = row.cells[column];
    const text = cell?.dataset.value ?? cell?.textContent.trim() ?? '';
    const number = Number(text.replaceAll(',', ''));
    return text !== '' && Number.isFinite(number) ? number : text.toLowerCase();
  };
  const compare = (a, b) => {
    if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
    return a < b ? -1 : a > b ? 1 : 0;
  };
  for (const table of all('table.sortable')) {
    const headers = [...table.tHead.rows[0].cells];
    headers.forEach((header, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...header.childNodes);
      header.append(button);
      button.addEventListener('click', () => {
        const first = header.classList.contains('number') ? 'descending' : 'ascending';
        const second = first === 'ascending' ? 'descending' : 'ascending';
        const direction = header.getAttribute('aria-sort') === first ? second : first;
        for (const other of headers) other.removeAttribute('aria-sort');
        header.setAttribute('aria-sort', direction);
        const isGrouped = table.tBodies.length > 1;
        const groups = isGrouped ? [...table.tBodies] : [...table.tBodies[0].rows];
        const keyed = groups.map((group, index) => ({
          group,
          index,
          value: readCell(isGrouped ? group.rows[0] : group, column),
        }));
        const sign = direction === 'ascending' ? 1 : -1;
        keyed.sort((a, b) => sign * compare(a.value, b.value) || a.index - b.index);
        (isGrouped ? table : table.tBodies[0]).append(...keyed.map(({ group }) => group));
      });
    });
  }

  // Filtering links: by words, by what the address shows, by a set of witnesses, by a system.
  const links = all('tbody.link');
  const words = new Map(links.map((link) => [link, link.rows[0].textContent.toLowerCase()]));
  const input = byId('filter');
  let filter = { kind: '', value: '' };
  const passes = (link) => {
    const { kind, value } = filter;
    if (kind === 'show') return link.dataset.show.split(' ').includes(value);
    if (kind === 'class') return link.dataset.class === value;
    if (kind === 'of') return link.dataset.from === value || link.dataset.to === value;
    return true;
  };
  const applyFilter = () => {
    const wanted = (input?.value ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const link of links) {
      const isShown = passes(link) && wanted.every((word) => words.get(link).includes(word));
      link.hidden = !isShown;
      if (isShown) count++;
    }
    for (const chip of all('.chips a')) {
      const isCurrent = chip.hash === toHash(filter.kind, filter.value);
      chip.toggleAttribute('aria-current', isCurrent);
      if (isCurrent) chip.setAttribute('aria-current', 'true');
    }
    const note = byId('filtered');
    if (note) note.textContent = count === links.length ? '' : `${count} of ${links.length} links`;
  };
  const toHash = (kind, value) => `#${kind}=${encodeURIComponent(value)}`;
  input?.addEventListener('input', applyFilter);

  // Highlighting a system and its neighbours on the map and in the triangle.
  const pictures = all('svg.map, svg:not(.sample).triangle');
  const light = (system) => {
    for (const picture of pictures) {
      picture.classList.toggle('choosing', system !== '');
      const lit = new Set([system]);
      for (const arrow of all('[data-from]', picture)) {
        const isLit = arrow.dataset.from === system || arrow.dataset.to === system;
        arrow.classList.toggle('lit', isLit);
        if (isLit) lit.add(arrow.dataset.from).add(arrow.dataset.to);
      }
      for (const shape of all('[data-system]', picture))
        shape.classList.toggle('lit', lit.has(shape.dataset.system));
    }
  };
  let chosen = '';
  const choose = (system) => {
    chosen = system;
    light(system);
    tellReach(system);
    const line = byId('chosen');
    if (!line) return;
    line.hidden = system === '';
    if (system === '') return;
    const row = all('tr[data-system]').find((each) => each.dataset.system === system);
    const own = links.filter(
      (link) => link.dataset.from === system || link.dataset.to === system,
    ).length;
    const show = document.createElement('a');
    show.href = toHash('of', system);
    show.textContent = `show ${own === 1 ? 'its link' : `its ${own} links`}`;
    const clear = document.createElement('a');
    clear.href = '#map';
    clear.textContent = 'show all systems';
    line.replaceChildren(`${row?.cells[0].textContent ?? system}: `, show, ', ', clear);
  };
  for (const shape of all('[data-system]', document).filter((each) => each.closest('svg'))) {
    shape.addEventListener('pointerenter', () => light(shape.dataset.system));
    shape.addEventListener('pointerleave', () => light(chosen));
  }

  // Who is hit: one system at a time; choosing one on the map chooses it here, too.
  const reaches = all('[data-impact]');
  const reachOf = byId('impact-of');
  const tellReach = (system) => {
    if (!reaches.some((reach) => reach.dataset.impact === system)) return;
    for (const reach of reaches) reach.hidden = reach.dataset.impact !== system;
    reachOf.value = system;
  };
  if (reachOf) {
    tellReach(reachOf.value);
    reachOf.addEventListener('change', () => tellReach(reachOf.value));
  }

  // The address says what is shown: #link=, #system=, #show=, #class=, #of=.
  const open = (id) => {
    for (const link of links) link.classList.toggle('open', link.id === id);
    const link = byId(id);
    if (!link) return;
    if (link.hidden) {
      filter = { kind: '', value: '' };
      if (input) input.value = '';
      applyFilter();
    }
    const box = link.getBoundingClientRect();
    if (box.top < 80 || box.top > window.innerHeight * 0.75)
      link.scrollIntoView({ block: 'center' });
  };
  const follow = (isClick) => {
    let address = '';
    try {
      address = decodeURIComponent(location.hash.slice(1));
    } catch {
      return;
    }
    const at = address.indexOf('=');
    const kind = at < 0 ? '' : address.slice(0, at);
    const value = address.slice(at + 1);
    if (kind === 'system') {
      const isOnMap = all('svg.map [data-system]').some((shape) => shape.dataset.system === value);
      if (!isOnMap) return choose('');
      choose(value);
      const box = byId('map').getBoundingClientRect();
      if (!isClick || box.bottom < 200 || box.top > window.innerHeight * 0.6)
        byId('map').scrollIntoView();
      return;
    }
    if (kind === 'link') return open(address);
    if (address === 'map') return choose('');
    if (kind === 'show' || kind === 'class' || kind === 'of' || address === 'links') {
      filter = address === 'links' ? { kind: '', value: '' } : { kind, value };
      if (input) input.value = '';
      applyFilter();
      byId('links').scrollIntoView();
    }
  };
  window.addEventListener('hashchange', () => follow(true));
  // A click on a system would jump to its row; its place is the map.
  document.addEventListener('click', (event) => {
    const anchor = event.target.closest?.('a');
    const hash = anchor?.getAttribute('href') ?? '';
    if (
      event.defaultPrevented ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey ||
      event.button !== 0
    )
      return;
    if (
      hash.startsWith('#system=') &&
      all('svg.map [data-system]').some((shape) => shape.getAttribute('href') === hash)
    ) {
      event.preventDefault();
      history.pushState(null, '', hash);
      follow(true);
    } else if (hash !== '' && hash === location.hash) {
      const row = anchor.classList.contains('opens') ? anchor.closest('tbody') : null;
      if (!row) return follow(true);
      // A second choice of the same link closes it.
      event.preventDefault();
      row.classList.remove('open');
      history.pushState(null, '', '#links');
    }
  });
  window.addEventListener('popstate', () => follow(true));
  if (location.hash) follow(false);
  tellPlace();

  // Copying, also from a file on disk, where the clipboard may refuse.
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement('textarea');
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand('copy');
      area.remove();
    }
  };
  for (const button of all('button[data-copy], button[data-copy-from]')) {
    const label = button.textContent;
    button.addEventListener('click', async () => {
      await copy(button.dataset.copy ?? byId(button.dataset.copyFrom).value);
      button.textContent = 'Copied';
      setTimeout(() => {
        button.textContent = label;
      }, 1500);
    });
  }
  window.addEventListener('beforeprint', () => {
    for (const details of all('details')) details.open = true;
  });
})();
