import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Audit, audit } from '../../../src/audit.ts';
import { parseConfig } from '../../../src/config.ts';
import { InputError, LandscapeError } from '../../../src/errors.ts';
import { memoryFiles } from '../../../src/files.ts';
import { reportParts } from '../../../src/renderers/html/parts.ts';
import { renderReports, reportNames } from '../../../src/renderers/index.ts';
import { pageKeys, toPageView } from '../../../src/renderers/templates/page-view.ts';
import { readTemplates } from '../../../src/renderers/templates/read-templates.ts';
import { writePages } from '../../../src/renderers/templates/write-pages.ts';
import { sourceKinds } from '../../../src/scanners/index.ts';
import fc from '../../fast-check.ts';
import { readSample } from '../../read-sample.ts';

const place = { file: 'landscape.yaml', line: 3, column: 1 };
const hostile = '<img src=x onerror=alert(1)> | `]] "\'{{name}} =1+1';

let nordfisk: Audit;
let nasty: Audit;
beforeAll(async () => {
  nordfisk = await readSample('nordfisk');
  nasty = await auditOf({
    'landscape.yaml': 'name: Nasty\nsources:\n  - inventory: systems.json\n  - inventory: l.json\n',
    'systems.json': JSON.stringify([
      { id: 'a', name: hostile, team: '=cmd()\u202e' },
      { id: 'b', name: '__proto__' },
    ]),
    'l.json': JSON.stringify([{ id: 'L', from: 'a', to: 'b', protocol: 'https' }]),
  });
});

async function auditOf(contents: Record<string, string>): Promise<Audit> {
  const config = parseConfig(contents['landscape.yaml'] ?? '', 'landscape.yaml', sourceKinds);
  return audit(config, memoryFiles(contents), { today: '2026-11-02', strict: false });
}

const open = (files: Record<string, string>) =>
  readTemplates(
    memoryFiles(
      Object.fromEntries(Object.entries(files).map(([name, text]) => [`t/${name}`, text])),
    ),
    't',
    place,
    reportNames,
  );

const page = async (name: string, text: string, of = nordfisk): Promise<string> =>
  writePages(of, await open({ [`${name}.hbs`]: text })).get(name) ?? '';

async function refusal(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
  } catch (error) {
    expect(error).toBeInstanceOf(LandscapeError);
    return (error as Error).message;
  }
  throw new Error('was not refused');
}

function listKeys(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(listKeys);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...listKeys(item)]);
}

describe('the page that tells of it', () => {
  /** The templates that docs/templates.md shows, by the file it names before each. */
  async function readExamples(): Promise<Record<string, string>> {
    const text = await readFile('docs/templates.md', 'utf8');
    const found = text.matchAll(/^`templates\/([^`]+)`[^\n]*:\n\n```\w+\n([\s\S]*?)^```/gm);
    return Object.fromEntries([...found].map(([, name = '', body = '']) => [name, body]));
  }

  test('shows templates that work', async () => {
    const examples = await readExamples();
    expect(Object.keys(examples)).toEqual([
      'report/header.hbs',
      'theme.css',
      'letters.html.hbs',
      'unowned.md.hbs',
    ]);
    const reports = await renderReports(nordfisk, await open(examples));
    expect([...reports.keys()].filter((name) => !reportNames.includes(name))).toEqual([
      'letters.html',
      'unowned.md',
    ]);
    const html = String(reports.get('report.html'));
    expect(html).toContain('<main>\n<p class="company">Example Ltd');
    expect(html).toContain('--accent: #7a1f5c');
    expect(html).toContain('t/report/header.hbs');
    const letters = String(reports.get('letters.html'));
    for (const { team } of toPageView(nordfisk).teams)
      expect(letters).toContain(`<h1>To ${team}</h1>`);
    expect(letters).toMatch(/^<!doctype html>\n<meta http-equiv="Content-Security-Policy"/);
    expect(String(reports.get('unowned.md'))).toContain('| --- | --- | --- |\n| ');
  });

  test('lists every key and every part', async () => {
    const told = await readFile('docs/templates.md', 'utf8');
    const view = toPageView(nordfisk);
    expect(new Set(listKeys(view))).toEqual(new Set(Object.keys(pageKeys)));
    for (const key of [...Object.keys(pageKeys), ...reportParts])
      expect(told).toContain(`\`${key}\``);
  });
});

test('without templates nothing changes, and an empty header leaves no trace', async () => {
  const reports = await renderReports(nordfisk);
  expect([...reports.keys()]).toEqual(reportNames);
  expect(String(reports.get('report.html'))).toContain('<main>\n<section id="top"');
});

test('the security policy of the report names the style that a user gave, and no script of theirs', async () => {
  const own = await open({
    'report.css': 'main { color: red }',
    'report/footer.hbs': '<script>alert(1)</script>',
  });
  const html = String((await renderReports(nordfisk, own)).get('report.html'));
  const bare = String((await renderReports(nordfisk)).get('report.html'));
  const scriptSource = /script-src[^;]*;/;
  expect(html).toContain('<style>main { color: red }');
  expect(scriptSource.exec(html)?.[0]).toBe(scriptSource.exec(bare)?.[0]);
  expect(/style-src[^;]*;/.exec(html)?.[0]).not.toBe(/style-src[^;]*;/.exec(bare)?.[0]);
});

test.each([
  [
    'p.html',
    '<b title="{{name}}">',
    '<b title="&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt; | &#x60;]] &quot;&#x27;{{name}} &#x3D;1+1">',
  ],
  ['p.md', '{{name}}', '&lt;img src=x onerror=alert(1)\\> \\| \\`\\]\\] "\'\\{\\{name\\}\\} =1+1'],
  ['p.txt', '{{name}}', hostile],
  [
    'p.csv',
    '{{name}},{{team}}',
    '"<img src=x onerror=alert(1)> | `]] ""\'{{name}} =1+1","\'=cmd()⟨U+202E⟩"',
  ],
])('%s escapes for its kind', async (name, template, expected) => {
  const text = await page(name, `{{#with systems.[0]}}${template}{{/with}}`, nasty);
  expect(text).toContain(expected);
});

test.each([
  [
    'an unknown key',
    'a.md.hbs',
    'x\n{{#if nam}}y{{/if}}',
    /^t\/a\.md\.hbs:2:7: there is no key "nam"\. Did you mean "name"\?$/,
  ],
  ['a key at a wrong place', 'a.md.hbs', '{{team}}', /^t\/a\.md\.hbs:1:3: there is no "team" here/],
  [
    'a loop over nothing',
    'a.md.hbs',
    '{{#each witnesses}}{{/each}}',
    /loops over what is not there/,
  ],
  ['raw output', 'a.md.hbs', '{{{name}}}', /a\.md\.hbs:1:1: switches escaping off/],
  ['raw output by a sign', 'a.html.hbs', '{{&name}}', /switches escaping off/],
  ['a helper', 'a.md.hbs', '{{each2 name}}', /there is no helper "each2"\. Did you mean "each"/],
  ['the log', 'a.md.hbs', '{{log name}}', /there is no helper "log"/],
  ['a prototype', 'a.md.hbs', '{{constructor.constructor}}', /there is no key "constructor"/],
  [
    'a part in a page',
    'a.md.hbs',
    '{{> overview}}',
    /there is no part "overview"\. Pages know no parts/,
  ],
  ['an inline part', 'a.md.hbs', '{{#*inline "x"}}{{/inline}}', /inline parts are not known/],
  [
    'a block of another name',
    'a.md.hbs',
    '\n{{#if name}}{{/with}}',
    /a\.md\.hbs:2:1: \{\{#if\}\} is closed by/,
  ],
  ['no Handlebars', 'a.md.hbs', 'a\nb {{#if', /a\.md\.hbs:2:1: is not Handlebars/],
  [
    'deep nesting',
    'a.md.hbs',
    '{{#if name}}'.repeat(2000) + '{{/if}}'.repeat(2000),
    /nested too deep/,
  ],
  ['an unknown part', 'report/overvew.hbs', '', /has no part "overvew"\. Did you mean "overview"/],
  ['the frame', 'report.hbs', '', /content security policy cannot be replaced/],
  ['a style', 'themes.css', '', /Did you mean "theme\.css"/],
  ['a style that ends itself', 'theme.css', 'a{}</STYLE ><script>', /would end the style/],
  ['a report of ours', 'Landscape.md.hbs', '', /is a report of every scan/],
  ['an ending', 'a.js.hbs', '', /how to escape values is known for/],
  [
    'a part that writes itself',
    'report/header.hbs',
    '{{> header}}',
    /header → header write each other without end/,
  ],
  [
    'an unknown key of a part',
    'report/header.hbs',
    '{{headlin.sentence}}',
    /Did you mean "headline"/,
  ],
  ['an unknown part in a part', 'report/header.hbs', '{{> foter}}', /Did you mean "footer"/],
  ['a part that is worked out', 'report/header.hbs', '{{> (lookup . "name")}}', /worked out/],
  ['a large template', 'a.md.hbs', 'x'.repeat(70_000), /more than the limit of 65536/],
  ['nothing of use', 'README.txt', '', /^landscape\.yaml:3:1: the folder "t" holds no template/],
])('refuses %s', async (_what, name, text, message) => {
  expect(await refusal(async () => renderReports(nordfisk, await open({ [name]: text })))).toMatch(
    message,
  );
});

test('a folder that is not there is told with the line that names it', async () => {
  const message = await refusal(() => readTemplates(memoryFiles({}), 'gone', place, reportNames));
  expect(message).toBe(
    'landscape.yaml:3:1: the folder "gone" holds no template; put one there, for example report/header.hbs, or leave the key out.',
  );
});

test('links within links of a large landscape end with a word', async () => {
  const [link] = nordfisk.links;
  if (!link) throw new Error('no link');
  const many = Array.from({ length: 2_000 }, (_, at) => ({ ...link, key: `${link.key}${at}` }));
  const message = await refusal(() =>
    page('a.txt', '{{#each links}}{{#each ../links}}.{{/each}}{{/each}}', {
      ...nordfisk,
      links: many,
    }),
  );
  expect(message).toMatch(/^t\/a\.txt\.hbs: loops more than 2,000,000 times/);
});

test('any text is written or refused, and data never becomes a template', async () => {
  const bits = fc.constantFrom(
    '{{',
    '}}',
    '#each',
    '/each',
    ' links',
    ' name',
    '{',
    '>',
    '&',
    '^',
    '../',
    '@root',
    '"',
    '|',
    ' as |x|',
    '\n',
    '!--',
    '[0]',
    '.',
    'lookup',
    '(',
    ')',
    '~',
    '*',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(bits, { maxLength: 14 }), async (parts) => {
      try {
        expect(typeof (await page('a.md', parts.join(''), nasty))).toBe('string');
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }),
    { numRuns: 400 },
  );
  expect(await page('a.txt', '{{#each systems}}{{name}};{{/each}}', nasty)).toBe(
    `${hostile};__proto__;`,
  );
});
