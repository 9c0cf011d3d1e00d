import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { expect, test } from 'vitest';
import { drawPicture } from '../../../src/renderers/diagram/draw-picture.ts';
import { writeDot } from '../../../src/renderers/dot.ts';
import { renderDot } from '../../../src/renderers/exchange/dot.ts';
import fc from '../../fast-check.ts';
import { readSample } from '../../read-sample.ts';
import { hostileAudits, joinText } from './hostile-audit.ts';

const audits = await hostileAudits();

/** What Graphviz itself understood; it throws where it does not. */
async function read(dot: string): Promise<{
  readonly objects?: readonly Record<string, string>[];
  readonly edges?: readonly Record<string, string | number>[];
}> {
  // One that has warned of a character fails later on.
  Graphviz.unload();
  return JSON.parse((await Graphviz.load()).layout(dot, 'dot_json', 'osage'));
}

test('Graphviz itself understands every system and link, whatever they are called', async () => {
  await fc.assert(
    fc.asyncProperty(audits, async (audit) => {
      const { objects = [], edges = [] } = await read(joinText(renderDot(audit)));
      expect(objects).toHaveLength(audit.systems.length);
      expect(edges).toHaveLength(audit.links.length);
      const pairs = audit.links.map(({ from, to }) =>
        [from, to].map((id) => at(audit.systems, id)),
      );
      expect(edges.map(({ tail, head }) => [tail, head])).toEqual(pairs);
    }),
    { numRuns: 40 },
  );
});

test('says what is known of systems and links', async () => {
  const audit = await readSample('nordfisk');
  const { objects = [], edges = [] } = await read(joinText(renderDot(audit)));
  for (const [index, system] of audit.systems.entries())
    expect(objects[index]).toMatchObject({
      id: system.id,
      label: system.name.replaceAll('&', '&amp;'),
      kind: system.kind,
      registered: String(system.registered),
    });
  for (const [index, link] of audit.links.entries())
    expect(edges[index]).toMatchObject({
      linkKey: link.key,
      family: link.family,
      witnesses: link.class.join('; '),
      registered: String(link.registered),
    });
});

test('a diagram as DOT is drawn by Graphviz', async () => {
  const audit = await readSample('plant');
  const whole = { nodes: Number.POSITIVE_INFINITY, arrows: Number.POSITIVE_INFINITY };
  const svg = (await Graphviz.load()).layout(writeDot(drawPicture(audit, {}, whole)), 'svg', 'dot');
  for (const name of ['Warehouse North', 'Nobody registered 8 of 26 links'])
    expect(svg).toContain(name);
});

function at(systems: readonly { readonly id: string }[], id: string): number {
  return systems.findIndex((system) => system.id === id);
}
