import { expect, test } from 'vitest';
import { auditFiles } from '../../audit-files.ts';
import { scanModels } from './draw-models.ts';

const long = 'x'.repeat(10_000);
const bomb = `a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 12 }, (_, index) => `a${index + 1}: &a${index + 1} [${`*a${index}, `.repeat(10)}]`).join('\n')}\n`;

const hostile: Readonly<Record<string, Record<string, string>>> = {
  'entities that grow without end': {
    'a.xml': `<!DOCTYPE m [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "${'&a;'.repeat(100)}"><!ENTITY c SYSTEM "file:///etc/passwd">]>\n<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/"><elements><element identifier="e" xsi:type="ApplicationComponent"><name>${'&b;'.repeat(100)}&c;</name></element></elements></model>`,
  },
  'aliases that grow without end': {
    'a.yaml': `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: a }\n${bomb}`,
  },
  'deep nesting of YAML': {
    'a.yaml': `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: ${'{a: '.repeat(5_000)}x${'}'.repeat(5_000)}\n`,
  },
  'deep nesting of XML': {
    'a.archimate': `<archimate:model>${'<folder>'.repeat(50_000)}`,
  },
  'deep nesting of a workspace': {
    'a.dsl': `workspace {\nmodel {\n${'group "g" {\n'.repeat(20_000)}`,
  },
  'deep nesting of LikeC4': {
    'a.c4': `model {\n${'a = system {\n'.repeat(20_000)}`,
  },
  'deep frames of Mermaid': {
    'a.mmd': `flowchart LR\n${'subgraph a\n'.repeat(20_000)}\n${'a & '.repeat(300)}b --> ${'c & '.repeat(300)}d`,
  },
  'signs that open and never close': {
    'a.mmd': `flowchart LR\na[${'['.repeat(20_000)}\nb -- ${'-'.repeat(20_000)}\nc${'('.repeat(20_000)}"`,
    'b.puml': `@startuml\n${'['.repeat(20_000)}\n"${long}" as "${long}" as\n${'-'.repeat(20_000)}>\n${'a -'.repeat(5_000)}`,
    'c.c4': `model { a = b '${long} -> [-[-[-[ ${'{'.repeat(5_000)}`,
    'd.dsl': `workspace {\nmodel {\na = softwareSystem "${long}\n-> -> ->\n\${\${\${`,
    'e.puml': `@startuml\nSystem(${'"a",'.repeat(5_000)}\nRel(${'('.repeat(10_000)})\n@enduml`,
  },
};

test.each(Object.entries(hostile))('%s: refused or bounded, in time', async (_name, files) => {
  const start = performance.now();
  const { of, coverage } = await scanModels(files);
  expect(performance.now() - start).toBeLessThan(8_000);
  expect(coverage.formats.length).toBeGreaterThan(0);
  expect(JSON.stringify([of('system'), of('connection')])).not.toContain('root:');
  for (const { fields } of of('system'))
    expect((fields.name ?? '').length).toBeLessThanOrEqual(200);
});

test('aliases that grow without end are refused by name', async () => {
  const { coverage } = await scanModels(hostile['aliases that grow without end'] ?? {});
  expect(coverage.skippedPlaces).toMatchObject([{ reason: expect.stringMatching(/aliases/) }]);
});

test('a secret in a label is not shown, and markup is only text', async () => {
  const { of } = await scanModels({
    'a.mmd':
      'flowchart LR\na["=cmd|<script>x</script>"] -->|"postgres://app:hunter2secret@db/x"| b["\u202eevil"]',
  });
  const told = JSON.stringify([of('system'), of('connection')]);
  expect(told).not.toContain('hunter2secret');
  expect(told).not.toMatch(/script|\u202e/);
});

test('a source without a model is no clean result', async () => {
  const files = {
    'landscape.yaml': 'sources:\n  - model: docs\n',
    'docs/a.md': '# Nothing drawn\n',
    'docs/b.csv': 'x,y\n1,2\n',
  };
  await expect(auditFiles(files)).rejects.toThrow(
    /0 of 2 .*\n.*it holds no model that is known; known are ArchiMate/s,
  );
});

test('beside a model, other files are counted and no error', async () => {
  const { coverage } = await scanModels({
    'a.mmd': 'flowchart LR\na --> b',
    'README.md': '# Words',
    'x.png': '\u0089PNG',
    'bad.dsl': 'hello',
  });
  expect(coverage.unread).toEqual({ '.md': 1, '.png': 1 });
  expect(coverage.skippedPlaces).toMatchObject([{ place: { file: 'bad.dsl' } }]);
});
