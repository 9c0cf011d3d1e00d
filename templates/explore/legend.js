// What colours, lines, shapes and sizes stand for at the moment.
const kindShapes = [
  ['application', 'Application', 'M2 7a5 5 0 1 0 10 0a5 5 0 1 0 -10 0'],
  ['data-platform', 'Data store', 'M3 3h8v8h-8z'],
  ['external-service', 'Outside', 'M7 1.5l5.5 5.5l-5.5 5.5l-5.5 -5.5z'],
  ['device', 'Device', 'M4 2.2h6l2.8 4.8l-2.8 4.8h-6l-2.8 -4.8z'],
];

const drawLine = ({ width, dash, colour }) =>
  explore.drawing(
    'svg',
    { width: 28, height: 10, 'aria-hidden': 'true' },
    explore.drawing('path', {
      d: 'M0 5h28',
      stroke: colour,
      'stroke-width': width,
      'stroke-dasharray': dash[1] > 0 ? dash.join(' ') : 'none',
      fill: 'none',
    }),
  );

const drawSpot = ({ colour, grow }, ink) =>
  explore.drawing(
    'svg',
    { width: 16, height: 14, 'aria-hidden': 'true' },
    explore.drawing('circle', { cx: 8, cy: 7, r: 4 * grow, fill: colour, stroke: ink }),
  );

const drawShape = (path, theme) =>
  explore.drawing(
    'svg',
    { width: 14, height: 14, 'aria-hidden': 'true' },
    explore.drawing('path', { d: path, fill: theme.node, stroke: theme.ink }),
  );

// Colours say a share, widths and sizes a number.
const listBundles = (item, mark, theme) => {
  const line = (sum, width) =>
    drawLine({ width, dash: [0, 0], colour: explore.colourOfShare(sum, mark, theme) });
  const steps = explore.shareSteps.map(({ above, label }) =>
    item(label, '', line({ count: 100, marked: 100 * above + 1 }, 5)),
  );
  return [
    ...(mark
      ? [
          report.element('li', {}, `Share of links ${mark.label}:`),
          item('none', '', line({ count: 100, marked: 0 }, 5)),
          ...steps.reverse(),
        ]
      : []),
    item(
      'Links of two domains: wider with more, an arrow where all go one way',
      '',
      line({ count: 1, marked: 0 }, 2),
    ),
    item(
      'A domain: larger with more systems',
      '',
      drawSpot({ colour: theme.node, grow: 1.3 }, theme.ink),
    ),
  ];
};

explore.showLegend = (list, { facts, shown, colouring, theme }) => {
  const item = (label, meaning, drawing) =>
    report.element(
      'li',
      meaning ? { title: meaning } : {},
      drawing,
      ' ',
      report.element('bdi', {}, label),
    );
  const kinds = new Set(shown.systems.map(({ kind }) => kind));
  const isUnregistered = facts.hasRegistry && shown.systems.some((each) => !each.isRegistered);
  list.replaceChildren(
    ...(shown.isCollapsed
      ? listBundles(item, colouring.mark, theme)
      : [
          ...colouring.legend.map(({ label, meaning, line, spot }) =>
            item(label, meaning, line ? drawLine(line) : drawSpot(spot, theme.ink)),
          ),
          ...(kinds.size > 1
            ? kindShapes
                .filter(([kind]) => kinds.has(kind))
                .map(([, label, path]) => item(label, '', drawShape(path, theme)))
            : []),
          ...(isUnregistered
            ? [
                item(
                  'In no registry: thick rim',
                  '',
                  explore.drawing(
                    'svg',
                    { width: 14, height: 14, 'aria-hidden': 'true' },
                    explore.drawing('circle', {
                      cx: 7,
                      cy: 7,
                      r: 4.5,
                      fill: theme.node,
                      stroke: theme.ink,
                      'stroke-width': 2.5,
                    }),
                  ),
                ),
              ]
            : []),
        ]),
  );
};
