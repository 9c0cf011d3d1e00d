import { type LineState, lineStates, type Picture, type PictureNode } from '../diagram/picture.ts';
import { arrowOf, classesOf, shapeOf } from './style.ts';

/** The lines of a legend, how its arrows are drawn, and the classes of its boxes. */
export interface Legend {
  readonly lines: readonly string[];
  /** `undefined`: an arrow that cannot be seen, and holds two samples together. */
  readonly states: readonly (LineState | undefined)[];
  readonly boxes: readonly { readonly box: string; readonly style: string }[];
  readonly frames: readonly string[];
}

const meanings: Readonly<Record<LineState, string>> = {
  shadow: 'only traffic shows it',
  unregistered: 'not registered',
  declared: 'only declared',
  seen: 'registered and seen',
  added: 'new',
  removed: 'gone',
  changed: 'changed',
  certain: 'surely hit',
  possible: 'perhaps hit',
  error: 'error',
  warning: 'warning',
  plain: '',
};
const withoutRegistry = 'seen in code or traffic';

const kindNames: Readonly<Partial<Record<PictureNode['kind'], string>>> = {
  'data-platform': 'data platform',
  'external-service': 'external service',
  device: 'device',
  database: 'database',
  'file-store': 'file store',
  host: 'host',
  proxy: 'proxy',
  broker: 'broker',
  'api-gateway': 'API gateway',
  'integration-platform': 'integration platform',
  unknown: 'kind unknown',
  group: 'several systems',
};

/** Explains just the lines, shapes and borders that a picture has. Plain boxes need no word. */
export function drawLegend({ nodes, arrows, hasRegistry, legend }: Picture): Legend {
  const states = lineStates.filter(
    (state) => state !== 'plain' && arrows.some((arrow) => arrow.state === state),
  );
  const samples = legend === 'all' ? listSamples(nodes) : [];
  if (samples.length === 0 && (states.length === 0 || (!hasRegistry && states.length === 1)))
    return { lines: [], states: [], boxes: [], frames: [] };
  const boxes = samples.map(({ node, name }, index) => ({ box: `q${index}`, node, name }));
  const alone = boxes.slice(states.length);
  const ends = [
    ...states.flatMap((_, index) => [`k${2 * index}`, `k${2 * index + 1}`]),
    ...alone.map((_, index) => `e${index}`),
  ];
  const drawn: (LineState | undefined)[] = [];
  const lines = states.flatMap((state, index) => {
    const meaning = state === 'seen' && !hasRegistry ? withoutRegistry : meanings[state];
    const arrow = `    k${2 * index}(( )) ${arrowOf(state, meaning)} k${2 * index + 1}(( ))`;
    drawn.push(state);
    const beside = boxes[index];
    if (!beside) return [arrow];
    drawn.push(undefined);
    // In one row: a legend of two columns is half as high.
    return [arrow, `    ${beside.box} ~~~ k${2 * index}`];
  });
  // A box that is held by nothing would stand anywhere.
  for (const [index, { box }] of alone.entries()) {
    lines.push(`    ${box} ~~~ e${index}(( ))`);
    drawn.push(undefined);
  }
  return {
    lines: [
      '  subgraph legend["how to read it"]',
      '    direction LR',
      ...boxes.map(({ box, node, name }) => `    ${box}${shapeOf(node, name)}`),
      ...lines,
      '  end',
    ],
    states: drawn,
    boxes: [
      ...boxes.flatMap(({ box, node }) => classesOf(node).map((style) => ({ box, style }))),
      ...ends.map((box) => ({ box, style: 'note' })),
    ],
    frames: ['legend'],
  };
}

/** One box for each kind and border that occurs. */
function listSamples(
  nodes: readonly PictureNode[],
): { readonly node: PictureNode; readonly name: string }[] {
  const plain: PictureNode = {
    id: '',
    name: '',
    kind: 'application',
    criticality: 'operational',
    group: '',
    isFocus: false,
  };
  const kinds = (Object.keys(kindNames) as (keyof typeof kindNames)[]).filter((kind) =>
    nodes.some((node) => node.kind === kind),
  );
  const borders = (['mission-critical', 'business-critical'] as const).filter((criticality) =>
    nodes.some((node) => node.criticality === criticality),
  );
  return [
    ...borders.map((criticality) => ({ node: { ...plain, criticality }, name: criticality })),
    ...kinds.map((kind) => ({ node: { ...plain, kind }, name: kindNames[kind] ?? kind })),
  ];
}
