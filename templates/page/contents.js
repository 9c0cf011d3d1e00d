// The contents say which part is read, and show the sections of that part.
report.followContents = () => {
  const { all, byId } = report;
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
  tellPlace();
};
