import { expect, test } from 'vitest';
import { renderHtml } from '../../src/renderers/html.ts';
import { renderMarkdown } from '../../src/renderers/markdown.ts';
import { auditFiles } from '../audit-files.ts';

test('long lists are cut and say how much is left, in both reports', async () => {
  const many = Array.from({ length: 60 }, (_, index) => `c${String(index).padStart(2, '0')}`);
  const audit = await auditFiles({
    'landscape.yaml': 'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n',
    's.csv': `id,team\nerp,\n${many.map((id) => `${id},team ${id}`).join('\n')}\n`,
    'l.csv': `from,to,protocol,objects\n${many.map((id) => `erp,${id},ftp,stock`).join('\n')}\n`,
  });
  const [html, markdown] = [await renderHtml(audit), renderMarkdown(audit)];
  expect(markdown).toContain(
    '- stock from erp to c00, c01, c02, c03, c04, c05, c06, c07 and 52 more\n',
  );
  expect(markdown).toContain('60 links go in clear text.');
  expect(markdown).toContain('- and 40 more\n');
  const section = (id: string): string =>
    new RegExp(`<section id="${id}">[\\s\\S]*?</section>`).exec(html)?.[0] ?? '';
  expect(section('duplicates')).toContain('and 52 more');
  expect(section('contracts').match(/<li>/g)).toHaveLength(20);
  expect(section('contracts')).toContain('and 40 more');
  expect(section('ownership').match(/class="hole"/g)).toHaveLength(21);
  expect(section('ownership')).toContain('and 40 more');
});

test('what sources call things stays text in both reports', async () => {
  const audit = await auditFiles({
    'landscape.yaml': 'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n',
    's.csv': 'id,name,type,team\na,<b>A</b>,<i>T,x|y\nb,*B*,U,\nc,C,U,\n',
    'l.csv':
      'id,from,to,protocol,objects,contract\nL|1,a,b,https,<script>,[c](x)\nL2,a,b,sftp,<script>,[c](x)\nL3,a,c,sftp,,[c](x)\n',
  });
  const html = await renderHtml(audit);
  expect(html).not.toMatch(/<b>A|<i>T|<script>,|<bdi[^>]*><script>/);
  const markdown = renderMarkdown(audit);
  expect(markdown).toContain('- &lt;script\\> from a to b over https and sftp, in the rows');
  expect(markdown).toContain('\\[c\\](x) binds a, b, c');
});

test('nothing found is one sentence in the page, and no heading in the text', async () => {
  const audit = await auditFiles({
    'landscape.yaml': 'sources:\n  - inventory: s.csv\n',
    's.csv': 'id,team\na,T\n',
  });
  const html = await renderHtml(audit);
  expect(html).toContain('<h2>Nothing that was read is built more than once</h2>');
  expect(html).toContain(
    '<h2>Nothing that was read shows that a system depends on the inside of another</h2>',
  );
  expect(renderMarkdown(audit)).not.toMatch(/## (?:What is built|Who depends)/);
});
