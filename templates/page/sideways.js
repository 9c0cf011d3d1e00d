// Boxes that hold more than their width say so: not every screen shows scrollbars.
report.hintSideways = () => {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries)
      target.classList.toggle('wider', target.scrollWidth > target.clientWidth + 1);
  });
  for (const box of report.all('main .scroll')) observer.observe(box);
  showFirstSpot();
};

// Where the map is wider than the screen, it opens where to look first.
const showFirstSpot = () => {
  const box = report.byId('map')?.querySelector('.scroll');
  const first = report
    .all('.badge-number', box ?? undefined)
    .find((badge) => badge.textContent === '1');
  const spot = first?.closest('.system');
  if (!box || !spot) return;
  const [outer, inner] = [box, spot].map((each) => each.getBoundingClientRect());
  box.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
};
