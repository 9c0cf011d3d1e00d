// Elements from plain data. Whatever comes from the landscape becomes text, never markup.
report.element = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'onclick') element.addEventListener('click', value);
    else if (value === true) element.setAttribute(key, '');
    else if (value !== false && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== '' && child !== undefined));
  return element;
};

// A list of labels and values; what is empty is left out.
report.listFacts = (pairs) =>
  report.element(
    'dl',
    { class: 'facts' },
    pairs
      .filter(([, value]) => value)
      .map(([label, value]) =>
        report.element(
          'div',
          {},
          report.element('dt', {}, label),
          report.element('dd', {}, report.element('bdi', {}, value)),
        ),
      ),
  );
