// Findings: by words, severity, rule and team; grouped by what a reader asks.
const groupings = [
  ['', 'severity'],
  ['rule', 'rule'],
  ['system', 'system'],
  ['team', 'team'],
];

const toOption = (value, text) => {
  const option = document.createElement('option');
  option.value = value;
  option.textContent = text;
  return option;
};

const toButton = (text, label) => {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'needs-script plain-button';
  button.textContent = text;
  if (label) button.setAttribute('aria-label', label);
  return button;
};

// A text in double quotes that YAML reads back as it is.
const toYamlText = (text) =>
  JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

// An entry of the baseline; who answers for it, why and until when is for the reader to say.
report.toBaselineEntry = ({ fingerprint, rule, subject, figure }, message, today) =>
  [
    `  - fingerprint: "${fingerprint}"`,
    `    rule: ${rule}`,
    `    subject: ${toYamlText(subject)}`,
    `    message: ${toYamlText(message.slice(0, 160).toWellFormed?.() ?? message.slice(0, 160))}`,
    '    owner: # who answers for it',
    '    reason: # why it may stay',
    `    acceptedOn: ${today}`,
    '    expires: # the last day on which it holds, YYYY-MM-DD',
    ...(figure ? [`    figure: ${figure}`] : []),
    '',
  ].join('\n');

const offerCopies = (item, today) => {
  for (const code of item.querySelectorAll('code.fingerprint')) {
    const fingerprint = code.textContent;
    const copy = toButton('Copy', `Copy fingerprint ${fingerprint}`);
    report.copyOnClick(copy, () => fingerprint);
    code.after(' ', copy);
  }
  const { fingerprint, rules, subject, figure } = item.dataset;
  if (item.dataset.group === 'accepted') return;
  const entry = toButton('Copy baseline entry', `Copy baseline entry of ${fingerprint}`);
  const rule = rules.split(' ')[0];
  const message = item.querySelector('.message').textContent;
  report.copyOnClick(entry, () =>
    report.toBaselineEntry({ fingerprint, rule, subject, figure }, message, today),
  );
  item.lastElementChild.append(' ', entry);
};

report.openFindings = () => {
  const { all, byId } = report;
  const section = byId('findings');
  const items = all('.findings > li', section);
  const bar = section.querySelector('.filters');
  if (!bar) return { isHidden: () => false };
  const field = (name) => bar.querySelector(`[name="${name}"]`);
  const fields = ['severity', 'rule', 'team', 'group'];
  const words = new Map(items.map((item) => [item, item.textContent.toLowerCase()]));
  for (const item of items) offerCopies(item, bar.dataset.today);

  // The severities as the page has them, to go back to.
  const lists = all('.by-severity', section);
  const regrouped = section.querySelector('.regrouped');
  const labels = new Map(
    lists.map((list) => [
      list.dataset.group,
      list.querySelector('h3').firstChild.textContent.trim(),
    ]),
  );
  const values = {
    severity: ({ dataset }) => [dataset.group],
    rule: ({ dataset }) => dataset.rules.split(' '),
    team: ({ dataset }) => [dataset.team],
    system: ({ dataset }) => [dataset.system],
  };
  const nobody = { team: 'Nobody', system: 'No system' };
  const nameOf = (kind, value) => (kind === 'severity' ? labels.get(value) : value || nobody[kind]);
  // An empty choice means all, so nobody has a value of its own.
  const toValue = (value) => value || '-';
  const count = (kind) => {
    const counts = new Map();
    for (const item of items)
      for (const value of values[kind](item)) counts.set(value, (counts.get(value) ?? 0) + 1);
    return counts;
  };
  for (const kind of ['severity', 'rule', 'team']) {
    const counts = [...count(kind)];
    if (kind !== 'severity') counts.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    field(kind).append(
      toOption('', `All (${items.length})`),
      ...counts.map(([value, number]) =>
        toOption(toValue(value), `${nameOf(kind, value).slice(0, 60)} (${number})`),
      ),
    );
  }
  field('group').append(...groupings.map(([value, text]) => toOption(value, text)));

  let grouped = '';
  const regroup = (kind) => {
    if (kind === grouped) return;
    grouped = kind;
    for (const list of lists) list.hidden = kind !== '';
    regrouped.replaceChildren();
    const bySeverity = new Map(lists.map((list) => [list.dataset.group, list.querySelector('ul')]));
    if (kind === '') {
      for (const item of items) bySeverity.get(item.dataset.group).append(item);
      return;
    }
    const groups = new Map();
    for (const item of items) {
      const [value] = values[kind](item);
      if (!groups.has(value)) groups.set(value, []);
      groups.get(value).push(item);
    }
    const sorted = [...groups].sort(
      ([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1),
    );
    for (const [value, members] of sorted) {
      const box = document.createElement('div');
      const title = document.createElement('h3');
      const name = document.createElement('bdi');
      name.textContent = nameOf(kind, value);
      const number = document.createElement('span');
      number.className = 'quiet';
      number.textContent = String(members.length);
      title.append(name, ' ', number);
      const list = document.createElement('ul');
      list.className = 'findings';
      list.dataset.paper = '8';
      list.append(...members);
      box.append(title, list);
      regrouped.append(box);
    }
  };

  const show = ({ state }) => {
    const wanted = (state.find ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    regroup(groupings.some(([kind]) => kind === state.group) ? state.group : '');
    let shown = 0;
    for (const item of items) {
      const isShown =
        ['severity', 'rule', 'team'].every(
          (kind) => !state[kind] || values[kind](item).map(toValue).includes(state[kind]),
        ) &&
        (!state.class || item.dataset.class === state.class) &&
        wanted.every((word) => words.get(item).includes(word));
      item.hidden = !isShown;
      if (isShown) shown++;
      const isAsked = state.finding === item.dataset.fingerprint;
      item.classList.toggle('asked', isAsked);
    }
    for (const box of all('.by-severity, .regrouped > div', section)) {
      const members = all('li', box);
      const visible = members.filter((item) => !item.hidden).length;
      if (!box.matches('.by-severity') || grouped === '') box.hidden = visible === 0;
      const number = box.querySelector('h3 .quiet');
      number.dataset.all ??= number.textContent;
      number.textContent =
        visible === members.length ? number.dataset.all : `${visible} of ${number.dataset.all}`;
    }
    for (const name of fields) field(name).value = state[name] ?? '';
    const find = field('find');
    if (document.activeElement !== find) find.value = state.find ?? '';
    byId('findings-shown').textContent =
      shown === items.length ? '' : `${shown} of ${items.length} findings`;
  };
  for (const name of fields)
    field(name).addEventListener('change', () =>
      report.go({ [name]: field(name).value }, { place: 'findings' }),
    );
  field('find').addEventListener('input', () =>
    report.go({ find: field('find').value.trim() }, { place: 'findings', isTyped: true }),
  );
  report.watch(show, ['severity', 'rule', 'team', 'group', 'class', 'find', 'finding']);
  show(report.readState());
  const itemOf = (fingerprint) => byId(`finding=${fingerprint}`)?.closest('li');
  return { isHidden: (fingerprint) => itemOf(fingerprint)?.hidden ?? false };
};
