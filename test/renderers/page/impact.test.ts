import { readFile } from 'node:fs/promises';
import vm from 'node:vm';
import { expect, test } from 'vitest';
import { findImpact } from '../../../src/analyzers/impact/find-impact.ts';
import {
  indexLandscape,
  type LandscapeIndex,
} from '../../../src/analyzers/impact/landscape-index.ts';
import { type Impact, type Question, questions } from '../../../src/analyzers/impact/model.ts';
import type { Audit } from '../../../src/audit.ts';
import { memoryFiles, nodeFiles } from '../../../src/files.ts';
import { readCompiledModules } from '../../../src/renderers/html/compiled-modules.ts';
import { toContext } from '../../../src/renderers/html/context.ts';
import { tellFacts } from '../../../src/renderers/html/facts/tell-facts.ts';
import { questionWords, tellImpact } from '../../../src/renderers/impact/words.ts';
import { auditFiles, drawInventory } from '../../audit-files.ts';
import { hostileNames } from '../browser.ts';
import { samples } from '../open-report.ts';

interface PageFacts {
  readonly systems: readonly { readonly id: string; readonly name: string }[];
  readonly links: Audit['links'];
  readonly objects: Audit['analysis']['impact']['objects'];
}

interface Compiled {
  readonly indexLandscape: (facts: PageFacts, objects: PageFacts['objects']) => LandscapeIndex;
  readonly findImpact: typeof findImpact;
  readonly questions: readonly Question[];
  readonly tellImpact: typeof tellImpact;
}

/** What the page reckons with and how, as it runs there. */
async function openPage(audit: Audit): Promise<{ facts: PageFacts; compiled: Compiled }> {
  const script = `${await readCompiledModules()}
    const report = {};
    const document = { getElementById: () => ({ textContent: given }) };
    ${await nodeFiles('templates').text('page/facts.js')}
    ({ facts: report.facts(), compiled })`;
  return vm.runInNewContext(script, { given: tellFacts(toContext(audit)) });
}

/** Plain data of this realm: what runs elsewhere has other prototypes. */
function toPlain(impact: Impact): Impact {
  return JSON.parse(JSON.stringify(impact));
}

async function expectSameAnswers(audit: Audit): Promise<number> {
  const { facts, compiled } = await openPage(audit);
  const there = compiled.indexLandscape(facts, facts.objects);
  const here = indexLandscape(audit, audit.analysis.impact.objects);
  expect([...compiled.questions]).toEqual([...questions]);
  let hits = 0;
  for (const { id } of audit.systems)
    for (const question of questions) {
      const wanted = findImpact(here, question, { kind: 'system', id });
      const found = compiled.findImpact(there, question, { kind: 'system', id });
      expect(toPlain(found), `${question} of ${id}`).toEqual(toPlain(wanted));
      expect(compiled.tellImpact(found, id)).toBe(tellImpact(wanted, id));
      hits += wanted.hits.length;
    }
  return hits;
}

test.each(samples)(
  'the page answers as the command line does, for every system of %s',
  async (sample) => {
    const audit = JSON.parse(await readFile(`reports/${sample}/audit.json`, 'utf8')) as Audit;
    expect(audit.systems.length).toBeGreaterThan(5);
    expect(await expectSameAnswers(audit)).toBeGreaterThan(20);
  },
);

test('by way of brokers, on hosts, with objects and hostile names', async () => {
  const systems = hostileNames.map(
    (name, at) => `s${at},${JSON.stringify(name).replaceAll('\\"', '""')}`,
  );
  const audit = await auditFiles({
    'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - inventory: links.yaml\n',
    'systems.csv': `id,name\n${systems.join('\n')}\n`,
    'links.yaml': `links:\n${hostileNames
      .map((name, at) => {
        const to = `s${(at * 5 + 1) % hostileNames.length}`;
        return `  - ${JSON.stringify({ id: `l${at}`, from: `s${at}`, to, protocol: at % 2 ? 'kafka' : 'https', objects: [name.slice(0, 300)], via: at % 3 ? [] : ['hub'] })}`;
      })
      .join('\n')}\nsystems:\n  - id: hub\n    kind: broker\n`,
  });
  expect(await expectSameAnswers(audit)).toBeGreaterThan(20);
});

test('what is no import or export stays as it is', async () => {
  const audit = await auditFiles(drawInventory('erp -> crm; crm -> shop'));
  const { facts, compiled } = await openPage(audit);
  const index = compiled.indexLandscape(facts, facts.objects);
  const impact = compiled.findImpact(index, 'late', { kind: 'system', id: 'erp' });
  expect(impact.hits.map(({ system }) => system)).toEqual(['crm', 'shop']);
  expect(questionWords[impact.question].title).toBe('Late data');
  const files = memoryFiles({});
  await expect(readCompiledModules(files)).rejects.toThrow('find-impact.js');
});
