// The landscape step by step of its plan: the slider, the picture and what is said of each step.
report.openWaves = () => {
  const { all, byId } = report;
  const slider = byId('wave-step');
  if (!slider) return;
  const groups = all('#wave-map > [data-from]');
  const steps = all('.wave-step');
  const ticks = all('#waves .ticks li');
  const picture = byId('wave-map');
  const last = Number(slider.max);
  const show = ({ state }) => {
    const asked = Math.trunc(Number(state.step));
    const now = Math.min(last, Math.max(0, Number.isNaN(asked) ? 0 : asked));
    const isShown = (from, until) => from <= now && now <= until;
    slider.value = now;
    for (const { dataset, style } of groups) {
      const isVisible = isShown(Number(dataset.from), Number(dataset.until));
      style.display = isVisible ? 'inline' : 'none';
    }
    for (const each of steps) each.hidden = Number(each.dataset.step) !== now;
    ticks.forEach((tick, at) => {
      tick.classList.toggle('now', at === now);
    });
    const { said } = steps[now].dataset;
    slider.setAttribute('aria-valuetext', said);
    picture.setAttribute('aria-label', said);
  };
  slider.addEventListener('input', () => {
    report.go(
      { step: slider.value === '0' ? '' : slider.value },
      { place: 'waves', isTyped: true, by: 'slider' },
    );
  });
  report.watch(show, ['step']);
  show(report.readState());
};
