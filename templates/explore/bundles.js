// Links between domains, one bundle for each pair, and how much of it is worth a look.
const fewBundles = 18;

// `mark` tells which links count towards the share that gives a bundle its colour.
explore.bundle = (facts, links, mark) => {
  const pairs = new Map();
  const within = facts.regions.map(() => ({ count: 0, marked: 0 }));
  for (const link of links) {
    const a = Math.min(link.from.region, link.to.region);
    const b = Math.max(link.from.region, link.to.region);
    let sum = a === b ? within[a] : pairs.get(a * facts.regions.length + b);
    if (!sum) {
      sum = { a, b, count: 0, marked: 0, there: 0, back: 0 };
      pairs.set(a * facts.regions.length + b, sum);
    }
    sum.count++;
    if (mark?.test(link)) sum.marked++;
    if (a === b) continue;
    if (link.from.region === a) sum.there++;
    else sum.back++;
  }
  const bundles = [...pairs.values()].sort((x, y) => y.count - x.count || x.a - y.a || x.b - y.b);
  return { bundles, within };
};

// The bundles that are drawn in full: few, but of every domain the strongest; all of a chosen one.
explore.chooseBundles = (bundles, regions, chosen) => {
  if (chosen !== undefined)
    return new Set(bundles.filter(({ a, b }) => a === chosen || b === chosen));
  if (bundles.length <= fewBundles) return new Set(bundles);
  const kept = new Set();
  const served = new Set();
  for (const bundle of bundles) {
    if (served.has(bundle.a) && served.has(bundle.b)) continue;
    kept.add(bundle);
    served.add(bundle.a).add(bundle.b);
  }
  const most = Math.max(fewBundles, Math.round(1.5 * regions));
  for (const bundle of bundles) {
    if (kept.size >= most) break;
    kept.add(bundle);
  }
  return kept;
};

// From how much of a bundle on it has the next colour; the last holds all.
explore.shareSteps = [
  { above: 0.5, strength: 1, label: 'more than half' },
  { above: 0.25, strength: 0.85, label: 'up to half' },
  { above: 0.1, strength: 0.7, label: 'up to a quarter' },
  { above: 0, strength: 0.5, label: 'up to a tenth' },
];

explore.colourOfShare = ({ count: all, marked }, mark, theme) => {
  const step = mark && explore.shareSteps.find(({ above }) => marked > above * all);
  return step
    ? explore.fade(mark.colour, theme.paper, step.strength)
    : explore.fade(theme.edge, theme.paper, mark ? 0.6 : 1);
};

// `94, 12 % nobody registered`; a share that is not nothing is never told as 0 %.
explore.tellShare = ({ count: all, marked }) =>
  marked === 0 ? '' : `${Math.max(1, Math.floor((100 * marked) / all))} %`;

explore.tellBundle = (bundle, mark) => {
  const share = explore.tellShare(bundle);
  return `${count(bundle.count, 'link')}${share && mark ? `, ${share} ${mark.label}` : ''}`;
};
