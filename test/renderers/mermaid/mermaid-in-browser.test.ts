import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Audit, Judged } from '../../../src/audit.ts';
import { drawFlowchart } from '../../../src/renderers/mermaid/flowchart.ts';
import { type DiagramKind, diagramKinds, drawKind } from '../../../src/renderers/mermaid/kinds.ts';
import { splitFlowchart } from '../../../src/renderers/mermaid/split-flowchart.ts';
import { writeFlowchart } from '../../../src/renderers/mermaid/write-flowchart.ts';
import { auditFiles, judgeFiles } from '../../audit-files.ts';
import fc from '../../fast-check.ts';
import { readSample } from '../../read-sample.ts';
import { hostileNames, openBrowser } from '../browser.ts';
import { type Drawn, openMermaid } from './open-mermaid.ts';

const opened = await openBrowser();
afterAll(async () => opened?.close());

const kinds = Object.keys(diagramKinds) as DiagramKind[];
const types: Readonly<Record<DiagramKind, string>> = {
  flowchart: 'flowchart-v2',
  traffic: 'sankey',
  hotspots: 'quadrantChart',
  waves: 'gantt',
  week: 'gantt',
};

describe.skipIf(!opened)('Mermaid itself', () => {
  let draw: (text: string) => Promise<Drawn>;
  beforeAll(async () => {
    if (opened) draw = await openMermaid(opened);
  });

  test.each(['nordfisk', 'plant', 'webshop', 'hospital'])('draws all of %s', async (sample) => {
    const audit = await readSample(sample);
    for (const kind of kinds) {
      const chart = drawKind(audit, kind);
      if (!chart) throw new Error(`${sample} has nothing for ${kind}`);
      expect((await draw(chart.text)).type, kind).toBe(types[kind]);
    }
  });

  test('draws what the picture holds, the legend with it', async () => {
    const { text, picture } = drawFlowchart(await readSample('plant'));
    const { shown, arrows } = await draw(text);
    const states = new Set(picture.arrows.map(({ state }) => state)).size;
    expect(states).toBe(4);
    const samplesInRows = 4;
    expect(arrows).toBe(picture.arrows.length + states + samplesInRows);
    for (const { name } of picture.nodes) expect(shown).toContain(name);
    for (const meaning of ['not registered', 'only traffic shows it', 'only declared', 'device'])
      expect(shown).toContain(meaning);
    expect(shown).not.toContain('external service');
  });

  test('hostile names stay text in every kind', async () => {
    const audit = await auditNames(hostileNames);
    // Nothing moves here; the tests of the plan draw its waves with such names.
    for (const kind of kinds.filter((each) => each !== 'waves')) {
      const chart = drawKind(audit, kind);
      if (!chart) throw new Error(`nothing for ${kind}`);
      const { type, dangerous } = await draw(chart.text);
      expect(type, kind).toBe(types[kind]);
      expect(dangerous, kind).toBe(0);
    }
    const { shown } = await draw(drawFlowchart(audit).text);
    for (const name of ['<script>alert(1)</script>', '%% comment', '#quot; #35; &amp; &lt;', 'end'])
      expect(shown).toContain(name);
  });

  test('hostile names stay text in every part of a landscape', async () => {
    const { groups, overview } = splitFlowchart(await auditNames(hostileNames), {});
    expect(groups.length).toBeGreaterThan(10);
    const texts = groups.flatMap(({ parts }) =>
      parts.map(({ picture }) => writeFlowchart(picture)),
    );
    for (const text of [overview.text, ...texts]) {
      const { type, dangerous } = await draw(text);
      expect({ type, dangerous }).toEqual({ type: 'flowchart-v2', dangerous: 0 });
    }
  });

  test('any name is understood in every kind', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc
        .array(fc.constantFrom(...'"\'`[](){}<>|;:,%#&\\~=-.@_*', 'end', ' ', '\n', '1. ', '%%{'), {
          maxLength: 12,
        })
        .map((parts) => parts.join('')),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 4, maxLength: 6 }), async (names) => {
        const plain = await auditNames(['a', 'b', 'c', 'd', 'e', 'f'].slice(0, names.length));
        const audit = rename(plain, names);
        for (const kind of kinds) {
          const chart = drawKind(audit, kind);
          if (chart) expect((await draw(chart.text)).type).toBe(types[kind]);
        }
      }),
      { numRuns: 25, seed: 7 },
    );
  });

  test('2,000 systems are drawn by domain, no system left out', async () => {
    const { text, picture } = drawFlowchart(await judgeMany(2000, 20));
    expect(picture.isCollapsed).toBe(true);
    expect(picture.omitted.systems).toBe(0);
    const { shown } = await draw(text);
    expect(shown).toContain('100 systems');
  });

  test('where nothing puts 2,000 systems together, the most linked ones are drawn and the rest told', async () => {
    const { text, picture } = drawFlowchart(await judgeMany(2000, 0));
    expect(picture.nodes.length + picture.omitted.systems).toBe(2000);
    const { shown, arrows } = await draw(text);
    expect(arrows).toBeLessThan(500);
    expect(shown).toContain('Left out: ');
  });
});

/** A landscape in which every name stands for a system, with schedules and traffic between them. */
async function auditNames(names: readonly string[]): Promise<Audit> {
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const systems = names.map((name, at) => `s${at},${cell(name)},${cell(name)},h${at}.example`);
  const links = names.flatMap((_, at) => [
    `s${at},s${(at + 1) % names.length},${cell('0 3 * * *')}`,
    `s${at},s${(at + 2) % names.length},${cell('0 3 * * *')}`,
  ]);
  const log = names.map(
    (_, at) =>
      `10.0.0.${at + 1} - - [02/Nov/2026:08:00:0${at % 10} +0000] "GET /s${(at + 1) % names.length}/x HTTP/1.1" 200 5 "-" "x"`,
  );
  return auditFiles({
    'landscape.yaml': [
      'sources:',
      '  - inventory: systems.csv',
      '  - inventory: links.csv',
      '  - gateway: access.log',
      '    format: nginx-combined',
      `    routes: { ${names.map((_, at) => `"/s${at}/": s${at}`).join(', ')} }`,
      `    callers: { ${names.map((_, at) => `"10.0.0.${at + 1}": s${at}`).join(', ')} }`,
      '',
    ].join('\n'),
    'systems.csv': `id,name,domain,hosts\n${systems.join('\n')}\n`,
    'links.csv': `from,to,schedule\n${links.join('\n')}\n`,
    'access.log': `${log.join('\n')}\n`,
  });
}

function rename(audit: Audit, names: readonly string[]): Audit {
  return {
    ...audit,
    systems: audit.systems.map((system, at) => {
      const name = names[at] ?? '';
      return { ...system, name, domain: name, tags: [name] };
    }),
  };
}

/** So many systems, each with ten links, in so many domains; 0 for none. */
async function judgeMany(systems: number, domains: number): Promise<Judged> {
  const rows = Array.from({ length: systems }, (_, at) =>
    domains === 0 ? `s${at},` : `s${at},Domain ${at % domains}`,
  );
  const links = Array.from(
    { length: systems * 10 },
    (_, at) => `s${at % systems},s${(at * 7 + Math.floor(at / systems) + 1) % systems}`,
  );
  return judgeFiles({
    'landscape.yaml': 'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n',
    's.csv': `id,domain\n${rows.join('\n')}\n`,
    'l.csv': `from,to\n${links.join('\n')}\n`,
  });
}
