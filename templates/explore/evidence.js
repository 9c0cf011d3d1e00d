// The evidence of a link. The table of links holds that of most; others bring their first places.
const copyRow = (link) => {
  const row = document.getElementById(`link=${link.key}`);
  const parts = ['ul.proofs', 'dl.facts'].map((each) => row?.querySelector(each));
  return parts.every(Boolean) ? parts.map((part) => part.cloneNode(true)) : undefined;
};

explore.tellEvidence = (link) => {
  const { element } = report;
  const [proofs, listed] = copyRow(link) ?? [];
  if (proofs) return [element('h4', {}, 'Evidence'), proofs, listed];
  const places = link.proofs.map(({ witness, place }) =>
    element(
      'li',
      {},
      element('span', { class: 'witness' }, witness),
      ' ',
      element('code', { class: 'place' }, place),
    ),
  );
  const rest = link.proofCount - places.length;
  if (rest > 0)
    places.push(element('li', { class: 'quiet' }, `and ${count(rest, 'more', 'more')}`));
  return [
    element('h4', {}, 'Evidence'),
    element('ul', { class: 'proofs' }, places),
    element('p', {}, 'All of it: ', element('code', {}, `landscape explain '${link.key}'`)),
  ];
};
