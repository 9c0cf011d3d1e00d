import { describe, expect, test } from 'vitest';
import { drawPicture } from '../../src/renderers/diagram/draw-picture.ts';
import { quote, writeDot } from '../../src/renderers/dot.ts';
import { auditFiles } from '../audit-files.ts';
import { hostileNames } from './browser.ts';

const whole = { nodes: Number.POSITIVE_INFINITY, arrows: Number.POSITIVE_INFINITY };

describe('DOT', () => {
  test.each([
    ['plain', '"plain"'],
    ['a "b" \\ c', '"a \\"b\\" \\\\ c"'],
    ['\\N', '"\\\\N"'],
    ['a & b &lt;', '"a &amp; b &amp;lt;"'],
    ['name\ndetail', '"name\\ndetail"'],
    ['\u202Eright\u202C\u200B \tto left', '"right to left"'],
    ['x'.repeat(50), `"${'x'.repeat(39)}…"`],
  ])('%j is quoted', (text, quoted) => {
    expect(quote(text, 40)).toBe(quoted);
  });

  test('hostile names stay within their quotes', async () => {
    const rows = hostileNames.map((name, at) => `s${at},"${name.replaceAll('"', '""')}"`);
    const links = hostileNames.map((_, at) => `s${at},s${(at + 1) % hostileNames.length}`);
    const audit = await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n',
      's.csv': `id,name\n${rows.join('\n')}\n`,
      'l.csv': `from,to\n${links.join('\n')}\n`,
    });
    const dot = writeDot(drawPicture(audit, {}, whole));
    // What is left without quoted texts is our own.
    const bare = dot.replace(/"(?:[^"\\]|\\.)*"/g, '""');
    const statement =
      /^(?:digraph landscape \{|\}| {2}[\w ]+=[^;]*;| {2}(?:node|edge) \[.*\];| {2}s\d+ (?:-> s\d+ )?\[[\w=", .]*\];)$/;
    for (const line of bare.trim().split('\n')) expect(line).toMatch(statement);
    expect(bare.match(/->/g)).toHaveLength(hostileNames.length);
  });

  test('groups are clusters, and lines tell what Mermaid tells', async () => {
    const audit = await auditFiles({
      'landscape.yaml':
        'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n  - scripts: x.sh\n    system: a\n',
      's.csv':
        'id,name,domain,kind,criticality,hosts\na,A,One,application,mission-critical,\nb,B,Two,data-platform,,b.example\n',
      'l.csv': 'from,to,protocol\nb,a,sftp\n',
      'x.sh': 'curl -T f https://b.example/x\n',
    });
    const dot = writeDot(drawPicture(audit, {}, whole));
    expect(dot).toContain('subgraph cluster_0 {\n    label="One";\n    s0 [label="A", penwidth=3');
    expect(dot).toContain('shape=cylinder');
    expect(dot).toContain('s0 -> s1 [label="https", color="#d55e00", penwidth=3];');
    expect(dot).toContain('s1 -> s0 [label="sftp", color="#0072b2", style=dotted');
  });
});
