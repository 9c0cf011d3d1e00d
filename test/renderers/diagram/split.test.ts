import { describe, expect, test } from 'vitest';
import type { Audit } from '../../../src/audit.ts';
import { mostGroups, tellUndrawn } from '../../../src/renderers/diagram/split-picture.ts';
import { renderBlock } from '../../../src/renderers/docs/render-block.ts';
import { renderMarkdown } from '../../../src/renderers/markdown.ts';
import { flowchartLimits } from '../../../src/renderers/mermaid/flowchart.ts';
import { splitFlowchart } from '../../../src/renderers/mermaid/split-flowchart.ts';
import { writeDiagramPages } from '../../../src/renderers/mermaid/write-diagram-pages.ts';
import { writeFlowchart } from '../../../src/renderers/mermaid/write-flowchart.ts';
import { auditFiles } from '../../audit-files.ts';
import fc from '../../fast-check.ts';
import { readSample } from '../../read-sample.ts';

/** Every link with how many pictures hold it, counted from the arrows of all pictures. */
function expectAllDrawn(audit: Audit): void {
  const split = splitFlowchart(audit, {});
  const domains = new Map(audit.systems.map(({ id, domain }) => [id, domain ?? '']));
  const drawn = new Map<string, number>();
  const members: string[] = [];
  for (const group of split.groups)
    for (const part of group.parts) {
      members.push(...part.members.map(({ id }) => id));
      const { nodes, arrows } = part.picture;
      expect(nodes.length).toBeLessThanOrEqual(flowchartLimits.nodes);
      expect(arrows.length).toBeLessThanOrEqual(flowchartLimits.arrows);
      expect(writeFlowchart(part.picture).length).toBeLessThan(50_000);
      const ids = new Set(nodes.map(({ id }) => id));
      for (const { from, to, links } of arrows) {
        expect(ids.has(from) && ids.has(to)).toBe(true);
        const isOf = (id: string): boolean => (domains.get(id) || 'no domain') === group.name;
        expect(isOf(from) || isOf(to)).toBe(true);
        const all = audit.links.filter((link) => link.from === from && link.to === to);
        expect(links).toBe(all.length);
        for (const { key } of all)
          drawn.set(`${group.name} ${key}`, (drawn.get(`${group.name} ${key}`) ?? 0) + 1);
      }
    }
  const known = new Set(members);
  const shown = audit.systems.filter(({ counted, kind }) => counted || kind === 'unknown');
  expect([...known].sort()).toEqual(shown.map(({ id }) => id).sort());
  const links = audit.links.filter(({ from, to }) => known.has(from) && known.has(to));
  for (const { key, from, to } of links)
    for (const id of [from, to])
      expect(drawn.get(`${domains.get(id) || 'no domain'} ${key}`), key).toBeGreaterThan(0);
  expect(split.drawn).toEqual({ systems: shown.length, links: links.length });
  expect(split.left.systems).toBe(audit.systems.length - shown.length);
  expect(split.left.links).toBe(audit.links.length - links.length);
}

describe('a landscape in several pictures', () => {
  test.each(['nordfisk', 'plant', 'webshop', 'hospital'])(
    'of %s holds every link in the pictures of both of its ends',
    async (sample) => expectAllDrawn(await readSample(sample)),
  );

  test('holds every link of any landscape, within the limits of Mermaid', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 200 }),
        fc.integer({ min: 0, max: 4 }),
        fc.array(fc.tuple(fc.nat(199), fc.nat(199)), { maxLength: 400 }),
        // A hub with links to all.
        fc.boolean(),
        async (systems, domains, pairs, hasHub) => {
          const all = pairs.map(([from, to]) => [from % systems, to % systems] as const);
          if (hasHub) for (let at = 1; at < systems; at++) all.push([0, at]);
          expectAllDrawn(await auditPairs(systems, domains, all));
        },
      ),
      { numRuns: 25, seed: 11 },
    );
  }, 60_000);

  test('with names that are longest when written gets more pictures, and loses nothing', async () => {
    const audit = await auditPairs(
      59,
      1,
      Array.from({ length: 59 }, (_, at) => [at, (at + 1) % 59] as const),
    );
    const called = (name: string): Audit => ({
      ...audit,
      systems: audit.systems.map((system) => ({ ...system, name, domain: '\u{1F41F}'.repeat(99) })),
      links: audit.links.map((link) => ({ ...link, protocol: name })),
    });
    expect(splitFlowchart(called('a'), {}).groups[0]?.parts).toHaveLength(1);
    const long = called('\u{1F41F}'.repeat(99));
    expect(splitFlowchart(long, {}).groups[0]?.parts.length).toBeGreaterThan(1);
    const back = { ...long, systems: long.systems.map((each) => ({ ...each, domain: 'D' })) };
    expectAllDrawn(back);
  });

  test('says what no picture holds', async () => {
    const audit = await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n',
      's.csv': 'id,kind\na,application\nb,application\nq,broker\n',
      'l.csv': 'from,to\na,b\na,q\n',
    });
    const split = splitFlowchart(audit, {});
    expect(tellUndrawn(split)).toBe(
      'Not drawn: 1 database, broker, host or proxy, and 1 link of theirs',
    );
    const { pages } = writeDiagramPages(audit, split);
    expect(pages.get('index.md')).toContain(`${tellUndrawn(split)}.`);
    expect(tellUndrawn(splitFlowchart(audit, { hasAllKinds: true }))).toBe('');
  });

  test('has so many groups at most, those with most links, and says what is left and how to see it', async () => {
    // A chain of the first 310 systems, each a domain, and twenty more with nothing.
    const chain = Array.from({ length: 309 }, (_, at) => [at, at + 1] as const);
    const audit = await auditPairs(330, 330, chain);
    const split = splitFlowchart(audit, {});
    expect(split.groups).toHaveLength(mostGroups);
    const drawn = new Set(
      split.groups.flatMap(({ parts }) =>
        parts.flatMap(({ picture }) => picture.arrows.map(({ from, to }) => `${from} ${to}`)),
      ),
    );
    expect(split.drawn).toEqual({ systems: mostGroups, links: drawn.size });
    expect(split.cut).toEqual({
      groups: 330 - mostGroups,
      systems: 330 - mostGroups,
      links: 309 - drawn.size,
    });
    expect(tellUndrawn(split)).toMatch(
      /^Of 330 groups, the 200 with most links have pictures; 130 systems and \d+ links have none\..*--group.*--focus$/,
    );
    const { pages } = writeDiagramPages(audit, split);
    expect(pages.size).toBe(1 + mostGroups);
    expect(pages.get('index.md')).toContain(`${tellUndrawn(split)}.`);
  });
});

describe('pages of pictures', () => {
  test('the index leads to a picture of each system, whatever groups are called', async () => {
    const names = ['con', 'Index', 'no domain', 'a/b', 'a b', 'A B', '..', '漁業', '](x)', ''];
    const audit = await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n',
      's.csv': `id,domain\n${names.map((name, at) => `s${at},${name}`).join('\n')}\n`,
      'l.csv': 'from,to\ns0,s1\n',
    });
    const { pages, images } = writeDiagramPages(audit, splitFlowchart(audit, {}));
    expect(images.size).toBe(0);
    expect(pages.size).toBe(names.length + 1);
    const index = pages.get('index.md') ?? '';
    for (const name of pages.keys()) expect(name).toMatch(/^[\w-]+\.md$/);
    expect([...pages.keys()].map((name) => name.toLowerCase())).not.toContain('con.md');
    for (let at = 0; at < names.length; at++) {
      const row = index.split('\n').find((line) => line.includes(`| s${at} | s${at} |`)) ?? '';
      const [, file = '', number] = /\(([^)]+)#p(\d+)\)/.exec(row) ?? [];
      expect(pages.get(file)).toContain(`<a id="p${number}"></a>`);
      expect(pages.get(file)).toContain(`"s${at}"`);
    }
  });

  test('as pictures are files that the pages show', async () => {
    const audit = await readSample('plant');
    const { pages, images } = writeDiagramPages(audit, splitFlowchart(audit, {}), 'svg');
    const shown = [...pages.values()].flatMap((text) =>
      [...text.matchAll(/^!\[.*\]\((.+)\)$/gm)].map(([, file]) => file),
    );
    expect(shown.sort()).toEqual([...images.keys()].sort());
    expect([...pages.values()].join('')).not.toContain('mermaid');
  });
});

describe('where one picture does not hold all', () => {
  const block = (options: Record<string, string>) => ({
    kind: 'diagram',
    options: new Map(Object.entries(options)),
    place: { file: 'a.md', line: 1, column: 1 },
  });
  const ring = (systems: number, domains: number) =>
    auditPairs(
      systems,
      domains,
      Array.from({ length: systems }, (_, at) => [at, (at + 1) % systems] as const),
    );

  test('a block of a document and the Markdown report fold the parts below the overview', async () => {
    const audit = await ring(100, 5);
    for (const text of [renderBlock(audit, block({ split: 'yes' })), renderMarkdown(audit)]) {
      expect(text.match(/<details>\n<summary>D\d: 20 systems/g)).toHaveLength(5);
      for (let at = 0; at < 100; at++) expect(text).toContain(`"s${at}"`);
    }
    expect(renderMarkdown(await ring(20, 5))).not.toContain('<summary>D');
    expect(renderMarkdown(await ring(2000, 2))).toContain('landscape diagram --split');
  });

  test('what cannot be done is told', async () => {
    const audit = await ring(9, 3);
    expect(() => renderBlock(audit, block({ split: 'yes', focus: 's1' }))).toThrow(/focus=/);
    expect(() => renderBlock(audit, block({ split: 'maybe' }))).toThrow(/write yes, no/);
  });
});

/** Systems s0, s1 … in so many domains, 0 for none, with links between these pairs. */
function auditPairs(
  systems: number,
  domains: number,
  pairs: readonly (readonly [number, number])[],
): Promise<Audit> {
  const rows = Array.from({ length: systems }, (_, at) =>
    domains === 0 ? `s${at},` : `s${at},D${at % domains}`,
  );
  const links = pairs.filter(([from, to]) => from !== to).map(([from, to]) => `s${from},s${to}`);
  return auditFiles({
    'landscape.yaml': 'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n',
    's.csv': `id,domain\n${rows.join('\n')}\n`,
    'l.csv': `from,to\n${[...new Set(links)].join('\n')}\n`,
  });
}
