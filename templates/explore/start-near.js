// Reading the facts and drawing wait until somebody comes near, or the address asks for it.
explore.startNear = (section, isAsked, run) => {
  const start = () => {
    if (section.classList.contains('started')) return;
    section.classList.add('started');
    watcher.disconnect();
    run();
  };
  const watcher = new IntersectionObserver(
    (entries) => {
      if (entries.some((entry) => entry.isIntersecting)) start();
    },
    { rootMargin: '600px' },
  );
  watcher.observe(section);
  const startIfAsked = (now) => {
    if (isAsked(now)) start();
  };
  report.watch(startIfAsked);
  startIfAsked(report.readState());
  return start;
};

let readFacts;
explore.facts = () => {
  readFacts ??= explore.readFacts(JSON.parse(document.getElementById('explore-facts').textContent));
  return readFacts;
};
