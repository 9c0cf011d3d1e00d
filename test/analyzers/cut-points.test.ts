import { DirectedGraph } from 'graphology';
import { expect, test } from 'vitest';
import { measureCoreNumbers } from '../../src/graph/core-numbers.ts';
import { findCutPoints } from '../../src/graph/cut-points.ts';
import type { SystemGraph } from '../../src/graph.ts';
import fc from '../fast-check.ts';

const graphs = fc
  .tuple(
    fc.integer({ min: 1, max: 10 }),
    fc.array(fc.tuple(fc.nat(99), fc.nat(99)), { maxLength: 18 }),
  )
  .map(([size, pairs]) => {
    const graph = new DirectedGraph();
    for (let index = 0; index < size; index++) graph.addNode(`n${index}`);
    for (const [from, to] of pairs)
      if (from % size !== to % size) graph.mergeEdge(`n${from % size}`, `n${to % size}`);
    return graph as unknown as SystemGraph;
  });

/** How many parts there are, without some nodes or pairs: by painting, over and over. */
function countParts(graph: SystemGraph, without: (a: string, b: string) => boolean): number {
  const colours = new Map(graph.nodes().map((node) => [node, node]));
  for (let round = 0; round < graph.order; round++)
    graph.forEachEdge((_edge, _attributes, a, b) => {
      if (without(a, b)) return;
      const [first = '', second = ''] = [colours.get(a), colours.get(b)];
      const colour = first < second ? first : second;
      colours.set(a, colour).set(b, colour);
    });
  return new Set(colours.values()).size;
}

test('a cut point is what leaves more parts behind', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const whole = countParts(graph, () => false);
      const { systems, bridges } = findCutPoints(graph);
      for (const node of graph.nodes()) {
        // The lost node itself is one part more.
        const parts = countParts(graph, (a, b) => a === node || b === node) - 1;
        const isCut = graph.neighbors(node).length > 0 && parts > whole;
        expect(systems.has(node), node).toBe(isCut);
      }
      const pairs = new Set(
        graph.mapEdges((_edge, _attributes, a, b) => (a < b ? `${a} ${b}` : `${b} ${a}`)),
      );
      const expected = [...pairs].filter(
        (pair) => countParts(graph, (a, b) => pair === `${a} ${b}` || pair === `${b} ${a}`) > whole,
      );
      expect(bridges.map((pair) => pair.join(' '))).toEqual(expected.sort());
    }),
    { numRuns: 500 },
  );
});

test('a core number is the most neighbours that can be kept', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const cores = measureCoreNumbers(graph);
      for (let k = 0; k <= graph.order; k++) {
        const left = new Set(graph.nodes());
        for (let before = -1; before !== left.size; ) {
          before = left.size;
          for (const node of left)
            if (graph.neighbors(node).filter((other) => left.has(other)).length < k)
              left.delete(node);
        }
        for (const node of graph.nodes()) expect((cores.get(node) ?? -1) >= k).toBe(left.has(node));
      }
    }),
    { numRuns: 500 },
  );
});
