// The picture of domains only: a circle for each, a line for each bundle between two.
const fewDomains = 9;
const manyDomains = 24;
const headless = [0, -1];

// Few domains stay where they are on the map; more stand on a ring in that order, so that no line
// runs below a circle. The ring is wider than high, with the same way along it between any two.
explore.placeDomains = (regions) => {
  if (regions.length <= fewDomains) return regions.map(({ x, y }) => ({ x, y: -y }));
  const middle = (read) => regions.reduce((sum, each) => sum + read(each), 0) / regions.length;
  const [midX, midY] = [middle(({ x }) => x), middle(({ y }) => y)];
  const order = regions
    .map((region) => ({ region, angle: Math.atan2(region.y - midY, region.x - midX) }))
    .sort((a, b) => a.angle - b.angle || a.region.index - b.region.index);
  const [width, height, parts] = [1500, 950, 720];
  const points = Array.from({ length: parts + 1 }, (_, at) => {
    const angle = (2 * Math.PI * at) / parts;
    return { x: width * Math.cos(angle), y: -height * Math.sin(angle) };
  });
  const lengths = [0];
  for (let at = 1; at <= parts; at++)
    lengths.push(
      lengths[at - 1] +
        Math.hypot(points[at].x - points[at - 1].x, points[at].y - points[at - 1].y),
    );
  const places = [];
  order.forEach(({ region }, at) => {
    const wanted = (lengths[parts] * at) / order.length;
    places[region.index] = points[lengths.findIndex((length) => length >= wanted)];
  });
  return places;
};

explore.addDomains = (graph, view) => {
  const { facts, shown, theme, colouring } = view;
  const { mark } = colouring;
  const { bundles } = explore.bundle(facts, shown.links, mark);
  const places = explore.placeDomains(facts.regions);
  const chosen = shown.region?.index;
  const drawn = explore.chooseBundles(bundles, facts.regions.length, chosen);
  const near = new Set([chosen]);
  if (chosen !== undefined) for (const { a, b } of drawn) near.add(a).add(b);
  const most = Math.max(1, ...facts.regions.map(({ members }) => members.length));
  for (const region of facts.regions) {
    const isChosen = region.index === chosen || region === shown.partner;
    const isFaint = chosen !== undefined && !near.has(region.index);
    graph.addNode(`r${region.index}`, {
      ...places[region.index],
      size: 7 + 17 * Math.sqrt(region.members.length / most),
      color: isFaint ? explore.fade(theme.node, theme.paper, 0.5) : theme.node,
      ring: isChosen ? theme.accent : isFaint ? theme.rule : theme.ink,
      line: isChosen ? 3.5 : 1.25,
      shape: 0,
      label: clip(region.name, 30),
      word: facts.regions.length > manyDomains ? '' : count(region.members.length, 'system'),
      isFaint,
      isStrong: true,
      forceLabel: facts.regions.length <= manyDomains || near.has(region.index),
      zIndex: 1,
    });
  }
  const heaviest = Math.max(1, ...bundles.map((bundle) => bundle.count));
  const widest = drawn.size > fewBundles ? 7 : 11;
  for (const bundle of bundles) {
    const { a, b, count: links, there, back } = bundle;
    const isDrawn = drawn.has(bundle);
    const isChosen =
      shown.partner && [a, b].includes(shown.partner.index) && [a, b].includes(chosen);
    const colour = explore.colourOfShare(bundle, mark, theme);
    const style = {
      size: (isDrawn ? 1 + widest * (links / heaviest) : 1) + (isChosen ? 2 : 0),
      color: isChosen
        ? theme.accent
        : isDrawn
          ? colour
          : explore.fade(theme.edge, theme.paper, 0.16),
      dash: isDrawn && (there === 0 || back === 0) ? [0, 0] : headless,
      offset: 0,
      label: '',
      zIndex: isDrawn ? 1 + Math.round((links / heaviest) * 10) : 0,
    };
    // A head says that all data goes one way.
    const [from, to] = there > 0 ? [a, b] : [b, a];
    graph.addEdgeWithKey(`r${from}-${to}`, `r${from}`, `r${to}`, style);
  }
  Object.assign(view, { places });
  return bundles.filter((bundle) => drawn.has(bundle));
};

// Counts stand on their bundles, the strongest first; one that has no room is left out.
explore.labelBundles = (context, renderer, { bundles, places, theme, colouring }) => {
  const boxes = places.map((place) => {
    const { x, y } = renderer.graphToViewport(place);
    return { x: x - 44, y: y - 26, width: 88, height: 82 };
  });
  Object.assign(context, { textAlign: 'center', textBaseline: 'middle', lineJoin: 'round' });
  Object.assign(context, { font: '11px system-ui, sans-serif', lineWidth: 4 });
  for (const bundle of bundles) {
    const [a, b] = [places[bundle.a], places[bundle.b]];
    const share = colouring.mark ? explore.tellShare(bundle) : '';
    const text = `${bundle.count.toLocaleString('en')}${share && ` · ${share}`}`;
    const width = context.measureText(text).width + 6;
    const isFree = (box) =>
      !boxes.some(
        (other) =>
          box.x < other.x + other.width &&
          other.x < box.x + box.width &&
          box.y < other.y + other.height &&
          other.y < box.y + box.height,
      );
    for (const along of [0.5, 0.4, 0.6, 0.32, 0.68]) {
      const { x, y } = renderer.graphToViewport({
        x: a.x + (b.x - a.x) * along,
        y: a.y + (b.y - a.y) * along,
      });
      const box = { x: x - width / 2, y: y - 8, width, height: 16 };
      if (!isFree(box)) continue;
      boxes.push(box);
      context.strokeStyle = theme.paper;
      context.strokeText(text, x, y);
      context.fillStyle = theme.ink;
      context.fillText(text, x, y);
      break;
    }
  }
};
