// Fields that choose what is shown, filled from the facts and kept in step with the address.
const optionsOf = (values, all, toLabel = (value) => value) => [
  report.element('option', { value: '' }, all),
  ...values.map((value) => report.element('option', { value }, toLabel(value))),
];

explore.openControls = (section, facts, go) => {
  const field = (name) => section.querySelector(`[name="${name}"]`);
  const sizeOf = (passes) => facts.links.filter(passes).length.toLocaleString('en');
  const used = (read) => [...new Set(facts.links.map(read))].sort();
  const families = used(({ family }) => family);
  const classes = used(({ witnesses }) => explore.nameWitnesses(facts, witnesses));
  const criticalities = facts.criticalities.filter((_, at) =>
    facts.links.some(({ criticality }) => criticality === at),
  );
  field('domain').append(
    ...optionsOf(
      facts.regions.map(({ name }) => name),
      'All domains',
      (name) => name.slice(0, 60),
    ),
  );
  field('family').append(
    ...optionsOf(
      families,
      'All protocols',
      (name) => `${name} (${sizeOf((each) => each.family === name)})`,
    ),
  );
  field('class').append(
    ...optionsOf(
      classes,
      'All witnesses',
      (name) =>
        `${name.replaceAll('+', ', ')}${name.includes('+') ? '' : ' only'} (${sizeOf((each) => explore.nameWitnesses(facts, each.witnesses) === name)})`,
    ),
  );
  field('criticality').append(...optionsOf(criticalities, 'All criticalities'));
  for (const name of ['domain', 'family', 'class', 'criticality'])
    field(name).closest('label').hidden = field(name).options.length < 3;
  field('unregistered').closest('label').hidden = !facts.links.some((each) => !each.isRegistered);
  field('collapse').closest('label').hidden = facts.regions.length < 2;
  for (const name of ['colour', 'domain', 'family', 'class', 'criticality'])
    field(name).addEventListener('change', (event) => go({ [name]: event.target.value }, name));
  field('unregistered').addEventListener('change', (event) =>
    go({ unregistered: event.target.checked }, 'unregistered'),
  );
  field('collapse').addEventListener('change', (event) =>
    go({ collapse: event.target.checked ? 'yes' : 'no' }, 'collapse'),
  );
  report.openFinder(field('search'), facts.systems, (system) => go({ focus: system.id }));
  for (const name of ['from', 'to'])
    report.openFinder(field(name), facts.systems, (system) => go({ [name]: system.id }, name));
  return {
    show(state, shown) {
      for (const name of ['colour', 'domain', 'family', 'class', 'criticality'])
        field(name).value = state[name];
      field('unregistered').checked = state.unregistered;
      field('collapse').checked = shown.isCollapsed;
      for (const name of ['from', 'to']) field(name).value = shown[name]?.name ?? '';
      field('search').value = facts.byId.get(state.focus)?.name ?? '';
    },
    focus: (name) => field(name).focus(),
  };
};
