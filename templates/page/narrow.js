// One set of witnesses narrows the whole page: links, findings, the explorer. A line says so.
report.openNarrow = () => {
  const { all, byId } = report;
  const bar = byId('narrowed');
  const columns = all('#witnesses a[href^="#class="]');
  const tellPart = (parts, noun) => {
    if (parts.length === 0) return '';
    const shown = parts.filter((part) => !part.hidden).length;
    return `${shown} of ${parts.length} ${noun}`;
  };
  const show = ({ state }) => {
    const set = state.class ?? '';
    for (const column of columns) {
      const isChosen = report.address.read(column.getAttribute('href')).state.class === set;
      if (isChosen && set) column.setAttribute('aria-current', 'true');
      else column.removeAttribute('aria-current');
    }
    byId('witnesses')?.classList.toggle('narrowed', set !== '');
    bar.hidden = set === '';
    const names = set.split('+');
    const last = names.pop();
    const words = names.length > 0 ? `${names.join(', ')} and ${last}` : `${last} only`;
    const figures = [
      tellPart(all('tbody.link'), 'links'),
      tellPart(all('.findings > li'), 'findings'),
    ];
    bar.querySelector('span').textContent =
      set === '' ? '' : `Links that are ${words}: ${figures.filter(Boolean).join(', ')}`;
  };
  bar.querySelector('button').addEventListener('click', () => report.go({ class: '' }));
  report.watch(show);
  show(report.readState());
};
