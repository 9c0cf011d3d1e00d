// The picture: sigma draws systems and links, a canvas below it draws the domains.
const shapes = {
  'data-platform': 1,
  database: 1,
  'file-store': 1,
  'external-service': 2,
  device: 3,
};
// With more links, they wait until the picture stands still, and are chosen in the tables only.
const mostMovingLinks = 4000;
const mostLinkChoices = 6000;
const isCalm = matchMedia('(prefers-reduced-motion: reduce)');

explore.hasWebgl = () => {
  try {
    const canvas = document.createElement('canvas');
    return Boolean(canvas.getContext('webgl2') ?? canvas.getContext('webgl'));
  } catch {
    return false;
  }
};

const clip = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

// A label below its shape, on the colour of the paper so that links do not cross it.
const drawLabel = (theme) => (context, data, settings) => {
  if (!data.label) return;
  context.font = `${data.isStrong ? 600 : 400} ${settings.labelSize}px ${settings.labelFont}`;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  context.lineJoin = 'round';
  const y = data.y + data.size + 3;
  for (const [at, line] of [data.label, data.word].filter(Boolean).entries()) {
    context.lineWidth = 4;
    context.strokeStyle = theme.paper;
    context.strokeText(line, data.x, y + at * 14);
    context.fillStyle = data.isFaint || at > 0 ? theme.soft : theme.ink;
    context.fillText(line, data.x, y + at * 14);
  }
};

const drawHover = (theme, label) => (context, data, settings) => {
  context.beginPath();
  context.arc(data.x, data.y, data.size + 4, 0, Math.PI * 2);
  context.lineWidth = 2;
  context.strokeStyle = theme.accent;
  context.stroke();
  label(context, { ...data, isFaint: false, isStrong: true }, settings);
};

// Regions lie below everything; their names above the links, on the colour of the paper.
const drawRegions = (circles, names, renderer, view) => {
  const { width, height } = renderer.getDimensions();
  for (const context of [circles, names]) context.clearRect(0, 0, width, height);
  if (!view || view.isCollapsed || view.facts.regions.length < 2) return;
  const { theme } = view;
  const perUnit = renderer.getGraphToViewportRatio();
  Object.assign(names, { textAlign: 'center', textBaseline: 'bottom', lineJoin: 'round' });
  Object.assign(names, { font: '600 12px system-ui, sans-serif', lineWidth: 4 });
  for (const region of view.regions) {
    const { x, y } = renderer.graphToViewport(region);
    const radius = Math.abs(region.radius * perUnit);
    if (x + radius < 0 || y + radius < 0 || x - radius > width || y - radius > height) continue;
    circles.beginPath();
    circles.arc(x, y, radius, 0, Math.PI * 2);
    circles.fillStyle = theme.wash;
    circles.fill();
    circles.lineWidth = 1;
    circles.strokeStyle = theme.rule;
    circles.stroke();
    if (radius < 18) continue;
    const name = clip(region.name, Math.max(8, Math.floor(radius / 3)));
    names.strokeStyle = theme.paper;
    names.strokeText(name, x, y - radius - 2);
    names.fillStyle = theme.soft;
    names.fillText(name, x, y - radius - 2);
  }
};

const addSystems = (graph, view) => {
  const { facts, shown, theme, colouring } = view;
  const most = Math.max(1, ...shown.systems.map(({ sends, takes }) => sends.length + takes.length));
  const isSmall = facts.systems.length <= 40;
  for (const system of shown.systems) {
    const { colour, word, grow = 1 } = colouring.system(system);
    const isChosen = system === shown.chosen;
    const isFaint = shown.lit.size > 0 && !shown.lit.has(system);
    const weight = Math.sqrt((system.sends.length + system.takes.length) / most);
    const isUncounted = !system.isCounted;
    const fill = isUncounted ? theme.paper : colour;
    graph.addNode(`s${system.index}`, {
      x: system.x,
      y: -system.y,
      size: ((isSmall ? 8 : 4) + 9 * weight) * grow,
      color: isFaint ? explore.fade(fill, theme.paper, 0.25) : fill,
      ring: isChosen
        ? theme.accent
        : isFaint
          ? explore.fade(theme.ink, theme.paper, 0.2)
          : theme.ink,
      line: isChosen ? 3.5 : system.isRegistered || isUncounted ? 1 : 2.25,
      shape: shapes[system.kind] ?? 0,
      label: clip(system.name, 40),
      word: clip(word, 30),
      isFaint,
      isStrong: isChosen,
      forceLabel: isSmall || isChosen || (shown.lit.size < 60 && shown.lit.has(system)),
      zIndex: isFaint ? 0 : 1,
    });
  }
};

// Links that nobody registered lie above the others.
const rankLink = ({ standing }) => (standing < 2 ? 2 : 1);

// Links of one pair run side by side; those the other way keep to their own side of the road.
const addLinks = (graph, view) => {
  const { shown, theme, colouring } = view;
  const lanes = new Map();
  const pairs = new Set(shown.links.map(({ from, to }) => `${from.index}>${to.index}`));
  for (const link of shown.links) {
    const { from, to } = link;
    if (from === to) continue;
    const pair = `${from.index}>${to.index}`;
    const lane = lanes.get(pair) ?? 0;
    lanes.set(pair, lane + 1);
    const isFaint = shown.lit.size > 0 && !shown.lit.has(link);
    const { colour, width, dash, word = '' } = colouring.link(link);
    const isChosen = link === shown.link || shown.way?.includes(link);
    const isQuiet = !isChosen && shown.links.length > 300;
    const strength = isFaint ? 0.14 : isQuiet ? 0.5 : 0.9;
    graph.addEdgeWithKey(`l${link.index}`, `s${from.index}`, `s${to.index}`, {
      size: (isChosen ? width + 2 : width) * (isQuiet ? 0.8 : 1),
      color: isChosen ? colour : explore.fade(colour, theme.paper, strength),
      dash,
      offset: (pairs.has(`${to.index}>${from.index}`) ? 3.5 : 0) + lane * 6,
      label: word,
      zIndex: isFaint ? 0 : isChosen ? 3 : rankLink(link),
    });
  }
};

explore.openPicture = (container, facts, on) => {
  loadSigma();
  const { Sigma } = window;
  const { SystemProgram, LinkProgram } = explore.definePrograms(Sigma);
  const graph = new graphology.MultiDirectedGraph();
  const renderer = new Sigma(graph, container, {
    allowInvalidContainer: true,
    defaultNodeType: 'system',
    defaultEdgeType: 'link',
    nodeProgramClasses: { system: SystemProgram },
    edgeProgramClasses: { link: LinkProgram },
    enableEdgeEvents: true,
    hideEdgesOnMove: false,
    hideLabelsOnMove: false,
    renderEdgeLabels: false,
    labelFont: 'system-ui, sans-serif',
    labelSize: 12,
    edgeLabelSize: 11,
    edgeLabelFont: 'system-ui, sans-serif',
    labelDensity: 0.6,
    labelGridCellSize: 110,
    labelRenderedSizeThreshold: 5,
    stagePadding: 46,
    minCameraRatio: 0.03,
    maxCameraRatio: 3,
    zIndex: true,
    zoomDuration: isCalm.matches ? 0 : 150,
    inertiaDuration: isCalm.matches ? 0 : 150,
    // The wheel is the reader's way through the page; with Ctrl it zooms.
    doubleClickZoomingRatio: 1.6,
  });
  const style = { position: 'absolute' };
  renderer.createCanvasContext('regions', { beforeLayer: 'edges', style });
  renderer.createCanvasContext('names', { beforeLayer: 'labels', style });
  const canvases = renderer.getCanvases();
  const circles = canvases.regions.getContext('2d');
  const names = canvases.names.getContext('2d');
  let view;
  renderer.on('afterRender', () => {
    drawRegions(circles, names, renderer, view);
    if (view?.isCollapsed) explore.labelBundles(names, renderer, view);
  });
  renderer.resize(true);
  container.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
    },
    { capture: true, passive: true },
  );
  const choose = (key) =>
    key.startsWith('r')
      ? on.region(facts.regions[key.slice(1)])
      : on.system(facts.systems[key.slice(1)]);
  renderer.on('clickNode', ({ node }) => choose(node));
  renderer.on('clickEdge', ({ edge }) => {
    if (edge.startsWith('l')) on.link(facts.links[edge.slice(1)]);
    else
      on.bundle(
        ...edge
          .slice(1)
          .split('-')
          .map((at) => facts.regions[at]),
      );
  });
  renderer.on('clickStage', on.nothing);
  for (const event of ['enterNode', 'enterEdge'])
    renderer.on(event, () => container.classList.add('over'));
  for (const event of ['leaveNode', 'leaveEdge'])
    renderer.on(event, () => container.classList.remove('over'));
  const camera = renderer.getCamera();
  const move = (state) =>
    isCalm.matches ? camera.setState(state) : camera.animate(state, { duration: 200 });
  return {
    renderer,
    // Draws what is shown; `isFramed` moves the view to it, else the view stays.
    show(next, isFramed) {
      view = {
        ...next,
        isCollapsed: next.shown.isCollapsed,
        regions: next.facts.regions.map((region) => ({ ...region, y: -region.y })),
      };
      const used = new Set(view.shown.systems.map(({ region }) => region));
      view.regions = view.regions.filter(({ index }) => used.has(index));
      graph.clear();
      if (view.isCollapsed) view.bundles = explore.addDomains(graph, view);
      else {
        addSystems(graph, view);
        addLinks(graph, view);
      }
      const label = drawLabel(view.theme);
      renderer.setSettings({
        defaultDrawNodeLabel: label,
        defaultDrawNodeHover: drawHover(view.theme, label),
        labelColor: { color: view.theme.ink },
        edgeLabelColor: { color: view.theme.soft },
        renderEdgeLabels: !view.isCollapsed && view.state.colour === 'wave' && graph.size < 120,
        enableEdgeEvents: graph.size < mostLinkChoices,
        hideEdgesOnMove: graph.size > mostMovingLinks,
      });
      if (isFramed) {
        renderer.setCustomBBox(frame(view));
        camera.setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
      }
      renderer.refresh();
    },
    zoom: (factor) => move({ ratio: camera.getBoundedRatio(camera.ratio * factor) }),
    pan: (x, y) => move({ x: camera.x + x * camera.ratio, y: camera.y + y * camera.ratio }),
    reset: () => move({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }),
  };
};

// The box around what is shown; around whole domains where they are to be seen.
const frame = ({ shown, regions, isCollapsed, facts }) => {
  const isPart = !isCollapsed && shown.systems.length < facts.systems.length;
  const spots = isPart
    ? shown.systems.map(({ x, y }) => ({ x, y: -y, radius: 60 }))
    : isCollapsed
      ? explore.placeDomains(facts.regions).map((place) => ({ ...place, radius: 140 }))
      : regions;
  return {
    x: [
      Math.min(...spots.map(({ x, radius }) => x - radius)),
      Math.max(...spots.map(({ x, radius }) => x + radius)),
    ],
    y: [
      Math.min(...spots.map(({ y, radius }) => y - radius)),
      Math.max(...spots.map(({ y, radius }) => y + radius)),
    ],
  };
};
