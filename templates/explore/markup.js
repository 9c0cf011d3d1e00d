// Elements from plain data. Whatever comes from the landscape becomes text, never markup.
explore.element = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'onclick') element.addEventListener('click', value);
    else if (value === true) element.setAttribute(key, '');
    else if (value !== false && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== '' && child !== undefined));
  return element;
};

explore.drawing = (name, attributes = {}, ...children) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
};

explore.listFacts = (pairs) =>
  explore.element(
    'dl',
    { class: 'facts' },
    pairs
      .filter(([, value]) => value)
      .map(([label, value]) =>
        explore.element(
          'div',
          {},
          explore.element('dt', {}, label),
          explore.element('dd', {}, explore.element('bdi', {}, value)),
        ),
      ),
  );
