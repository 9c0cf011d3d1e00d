import { describe, expect, test } from 'vitest';
import type { Audit } from '../../src/audit.ts';
import { toVerdict } from '../../src/finding/verdict.ts';
import { renderMarkdown } from '../../src/renderers/markdown.ts';
import { renderScanSummary } from '../../src/renderers/terminal.ts';
import { renderCheck as render } from '../../src/renderers/terminal-check.ts';
import { auditFiles } from '../audit-files.ts';
import { hostileNames } from './browser.ts';

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

async function auditHostile() {
  const rows = hostileNames.map((name, index) => `s${index},${cell(name)},${cell(name)}`);
  const links = hostileNames.map(
    (name, index) => `s${index},s${(index + 3) % hostileNames.length},${cell(name)}`,
  );
  return auditFiles({
    'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n',
    'systems.csv': `id,name,domain\n${rows.join('\n')}\n`,
    'links.csv': `from,to,objects\n${links.join('\n')}\n`,
  });
}

const renderCheck = (audit: Audit, options: { color: boolean; width: number }): string =>
  render(audit, toVerdict(audit.findings), options, new Map());

describe('the terminal', () => {
  const options = { color: false, width: 80 };

  test('hostile names neither drive it nor break its lines', async () => {
    const audit = await auditHostile();
    for (const text of [
      renderCheck(audit, options),
      renderScanSummary(audit, { ...options, reports: ['out/report.html'], folder: '' }),
    ]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
      expect(text.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
      expect(text).not.toMatch(/undefined|NaN/);
    }
  });

  test('colour only says again what words say', async () => {
    const audit = await auditHostile();
    const plain = renderCheck(audit, options);
    const coloured = renderCheck(audit, { ...options, color: true });
    expect(coloured).not.toBe(plain);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are removed here
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain);
  });

  test('lines stay within 80 columns, paths and words aside', async () => {
    const audit = await auditFiles({
      'landscape.yaml':
        'name: A company with quite a long name\nsources:\n  - inventory: systems.csv\n  - scripts: scripts\n    system: b\n',
      'systems.csv': 'id,hosts\na,a.example\nb,\n',
      'scripts/x.sh':
        'curl -u "u:Secret-1" https://a.example/x\ncurl https://elsewhere.example/y\n',
    });
    for (const text of [
      renderCheck(audit, options),
      renderScanSummary(audit, {
        ...options,
        reports: ['landscape-report/report.html'],
        folder: '',
      }),
    ]) {
      for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    }
  });
});

describe('Markdown', () => {
  test('hostile names open no tag, no table cell and no code', async () => {
    const text = renderMarkdown(await auditHostile());
    const outside = text.replace(/```mermaid[\s\S]*?```/g, '');
    expect(outside).not.toMatch(/<(?:script|img|b)\b/);
    const rows = outside.split('\n').filter((line) => /^\| s\d/.test(line));
    expect(rows).toHaveLength(hostileNames.length);
    const cells = new Set(rows.map((row) => row.replace(/\\\|/g, '').split('|').length));
    expect([...cells]).toHaveLength(1);
  });
});
