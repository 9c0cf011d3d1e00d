import { DOMParser } from '@xmldom/xmldom';
import { MultiDirectedGraph, MultiGraph } from 'graphology';
import gexf from 'graphology-gexf';
import graphml from 'graphology-graphml';
import { expect, test } from 'vitest';
import { renderArchimate } from '../../../src/renderers/exchange/archimate.ts';
import { renderGexf } from '../../../src/renderers/exchange/gexf.ts';
import { renderGraphml } from '../../../src/renderers/exchange/graphml.ts';
import { renderJsonGraph } from '../../../src/renderers/exchange/json-graph.ts';
import fc from '../../fast-check.ts';
import { asXmlHolds, hostileAudits, joinText } from './hostile-audit.ts';

const audits = await hostileAudits();

function parseXml(xml: string): ReturnType<DOMParser['parseFromString']> {
  const parser = new DOMParser({
    onError: (level, message) => {
      // It stands where a name holds what XML has no character for.
      if (message.includes('Unicode replacement character')) return;
      throw new Error(`${level}: ${message}`);
    },
  });
  return parser.parseFromString(xml, 'text/xml');
}

test.each([
  ['GraphML', renderGraphml, graphml.parse],
  ['GEXF', renderGexf, gexf.parse],
] as const)("%s says to graphology's own parser what was found", (_format, render, parse) => {
  fc.assert(
    fc.property(audits, (audit) => {
      const xml = joinText(render(audit));
      parseXml(xml);
      // The parser of GEXF takes a graph without edges for one of both kinds.
      const kind = audit.links.length === 0 ? MultiGraph : MultiDirectedGraph;
      const graph = parse(kind, xml);
      expect(graph.order).toBe(audit.systems.length);
      expect(graph.size).toBe(audit.links.length);
      const nodes = graph.mapNodes((_node, attributes) => attributes);
      for (const [index, system] of audit.systems.entries()) {
        expect(nodes[index]).toMatchObject({
          id: asXmlHolds(system.id),
          name: asXmlHolds(system.name),
          kind: system.kind,
          domain: asXmlHolds(system.domain ?? ''),
          team: asXmlHolds(system.owner?.team ?? ''),
          counted: system.counted,
        });
      }
      const ends = graph.mapEdges((_edge, attributes, from, to) => [
        attributes['key'],
        graph.getNodeAttribute(from, 'id'),
        graph.getNodeAttribute(to, 'id'),
        attributes['registered'],
      ]);
      expect(ends).toEqual(
        audit.links.map(({ key, from, to, registered }) => [
          ...[key, from, to].map(asXmlHolds),
          registered,
        ]),
      );
    }),
    { numRuns: 30 },
  );
});

test('JSON Graph holds every node and edge, and edges end at nodes', () => {
  fc.assert(
    fc.property(audits, (audit) => {
      const { graph } = JSON.parse(joinText(renderJsonGraph(audit))) as {
        graph: {
          directed: boolean;
          nodes: Record<string, { label: string; metadata: Record<string, unknown> }>;
          edges: { source: string; target: string; metadata: Record<string, unknown> }[];
        };
      };
      expect(graph.directed).toBe(true);
      expect(Object.keys(graph.nodes).sort()).toEqual(audit.systems.map(({ id }) => id).sort());
      expect(graph.edges.map(({ metadata }) => metadata['key'])).toEqual(
        audit.links.map(({ key }) => key),
      );
      for (const { source, target } of graph.edges)
        for (const end of [source, target]) expect(Object.hasOwn(graph.nodes, end)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('ArchiMate is well formed, in the order of the schema, and every reference leads somewhere', () => {
  fc.assert(
    fc.property(audits, (audit) => {
      const model = parseXml(joinText(renderArchimate(audit))).documentElement;
      const sections = [...(model?.childNodes ?? [])].filter(({ nodeType }) => nodeType === 1);
      expect(sections.map(({ nodeName }) => nodeName)).toEqual(
        ['name', 'elements', 'relationships', 'organizations', 'propertyDefinitions'].filter(
          (name) => name !== 'relationships' || audit.links.length > 0,
        ),
      );
      const all = (name: string) => [...(model?.getElementsByTagName(name) ?? [])];
      const ids = [...all('element'), ...all('relationship'), ...all('propertyDefinition')].map(
        (element) => element.getAttribute('identifier'),
      );
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(/^[A-Za-z_][\w.-]*$/);
      for (const [name, attribute] of [
        ['relationship', 'source'],
        ['relationship', 'target'],
        ['property', 'propertyDefinitionRef'],
      ] as const)
        for (const element of all(name)) expect(ids).toContain(element.getAttribute(attribute));
      const sorted = all('item').flatMap((item) => item.getAttribute('identifierRef') ?? []);
      expect(sorted.sort()).toEqual(
        all('element')
          .map((one) => one.getAttribute('identifier'))
          .sort(),
      );
      expect(all('element').map((one) => one.getElementsByTagName('name')[0]?.textContent)).toEqual(
        audit.systems.map(({ name }) => asXmlHolds(name)),
      );
    }),
    { numRuns: 30 },
  );
});
