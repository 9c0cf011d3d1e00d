import { describe, expect, test } from 'vitest';
import { toEditable } from '../../src/editing/editable-text.ts';
import { fillBlock, findBlocks } from '../../src/editing/marked-blocks.ts';
import fc from '../fast-check.ts';

const end = '<!-- landscape:end -->';
const ask = (text: string) =>
  findBlocks(text, 'a.md').map(({ kind, options }) => [kind, Object.fromEntries(options)]);

function fill(bytes: Uint8Array, content: string): Uint8Array {
  const editable = toEditable(bytes, 'a.md');
  const blocks = findBlocks(editable.text, 'a.md');
  return editable.replace(blocks.map((block) => fillBlock(block, content, editable.lineEnd)));
}

describe('markers', () => {
  test.each([
    [`<!-- landscape:begin diagram -->\n${end}`, 'diagram', {}],
    [
      `<!--landscape:begin links system=erp limit=3-->\n<!--landscape:end-->`,
      'links',
      { system: 'erp', limit: '3' },
    ],
    [
      `  <!-- landscape:begin links system="Cold storage" -->\n\told\n  ${end}\n`,
      'links',
      { system: 'Cold storage' },
    ],
    [`<!-- landscape:begin a -->\n\`\`\`\nnever closed\n${end}`, 'a', {}],
    [`<!-- landscape:begin a of="" -->\r\n${end}\r\n`, 'a', { of: '' }],
    ['```a``` is code in a line\n<!-- landscape:begin a -->\n<!-- landscape:end -->', 'a', {}],
  ] as const)('%j', (text, kind, options) => {
    expect(ask(text)).toEqual([[kind, options]]);
  });

  test.each([
    `\`\`\`markdown\n<!-- landscape:begin a -->\n${end}\n\`\`\`\n`,
    `~~~~\n~~~\n<!-- landscape:begin a -->\n~~~~\n`,
    `    \`\`\`\`\n\`\`\`\n${end}\n\`\`\`\`\n`,
    'Write `<!-- landscape:begin a -->` and `<!-- landscape:end -->`.\n',
    '<!-- landscape: link=INT-1 expires=2027-01-31 -->\n',
    '<!-- of the landscape:begin a -->\n',
    '',
  ])('are none in code, in a sentence or for something else: %j', (text) => {
    expect(ask(text)).toEqual([]);
  });

  test.each([
    ['<!-- landscape:begin a -->\ntext', 'a.md:1:1: the block has no end'],
    [`\n${end}`, 'a.md:2:1: nothing begins here'],
    [
      `<!-- landscape:begin a -->\n<!-- landscape:begin b -->\n${end}`,
      'a.md:2:1: the block of line 1 is not closed',
    ],
    [`<!-- landscape:begin -->\n${end}`, 'a.md:1:1: says not what to fill in'],
    [`<!-- landscape:begin a b -->\n${end}`, '"b" is no option'],
    [`<!-- landscape:begin a b=1 b=2 -->\n${end}`, 'b= is there twice'],
    [`<!-- landscape:begin a b="1 -->\n${end}`, 'is no option'],
    [`<!-- landscape:begin a\n-->\n${end}`, 'a.md:1:1: a marker stands alone in its line'],
    [`<!-- landscape:begin a --> text\n${end}`, 'a marker stands alone in its line'],
    [`<!-- landscape:begin a -->\n${end} text`, 'a block ends with <!-- landscape:end --> alone'],
    ['<!-- landscape:start a -->', 'a.md:1:1: is no marker that is known'],
  ])('that are not understood are refused: %j', (text, message) => {
    expect(() => findBlocks(text, 'a.md')).toThrow(message);
  });

  test('all mistakes of a file are told at once', () => {
    const text = `${end}\n<!-- landscape:begin -->\n${end}\n<!-- landscape:ned -->\n`;
    expect(() => findBlocks(text, 'a.md')).toThrow(/a\.md:1:1.*\na\.md:2:1.*\na\.md:4:1/);
  });

  test('a huge line takes no time', () => {
    const many = '<!-- '.repeat(100_000);
    expect(ask(`<!-- landscape:x${'-'.repeat(9)}`.slice(0, 3) + many)).toEqual([]);
    expect(() => findBlocks(`<!-- landscape:begin a ${'--> '.repeat(100_000)}x`, 'a.md')).toThrow();
    expect(() =>
      findBlocks(`<!-- landscape:begin a ${'b="'.repeat(100_000)}-->`, 'a.md'),
    ).toThrow();
  });
});

describe('what is filled in', () => {
  const content = 'one\n\n```mermaid\ntwo\n```';

  test('stands between blank lines, as far in as its marker', () => {
    const filled = fill(
      Buffer.from(`- a\n  <!-- landscape:begin a -->\nold\n  ${end}\nb`),
      content,
    );
    expect(Buffer.from(filled).toString()).toBe(
      `- a\n  <!-- landscape:begin a -->\n\n  one\n\n  \`\`\`mermaid\n  two\n  \`\`\`\n\n  ${end}\nb`,
    );
  });

  test('filled twice is the same, and not a byte of the rest changes', () => {
    const line = fc.oneof(
      fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n]|<!--/g, '')),
      fc.constantFrom('', '# A', '- b', '```', '~~~', '    c', '<p>'),
    );
    const lines = fc.array(line, { maxLength: 5 });
    fc.assert(
      fc.property(
        lines,
        lines,
        lines,
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.constantFrom('', '\ufeff'),
        (before, old, after, lineEnd, mark) => {
          // An open fence would hide the marker.
          const head = before.filter((text) => !/^\s*(```|~~~)/.test(text));
          const join = (...parts: readonly string[][]): string => parts.flat().join(lineEnd);
          const begin = '<!-- landscape:begin a -->';
          const bytes = Buffer.from(mark + join(head, [begin], old, [end], after));
          const once = fill(bytes, content);
          expect(Buffer.from(fill(once, content)).equals(once)).toBe(true);
          const wanted = mark + join(head, [begin, '', ...content.split('\n'), '', end], after);
          expect(Buffer.from(once).toString()).toBe(wanted);
        },
      ),
    );
  });

  test('is whole though a name in it reads as a marker', () => {
    const page = Buffer.from(`<!-- landscape:begin a -->\n${end}\n`);
    const once = fill(page, `one\n  ${end}\n<!-- landscape:begin x -->\ntwo`);
    expect(Buffer.from(fill(once, 'three')).toString()).toBe(
      `<!-- landscape:begin a -->\n\nthree\n\n${end}\n`,
    );
  });

  test('in an encoding that has no such character is refused', () => {
    const latin = Buffer.from(`\xe9\n<!-- landscape:begin a -->\n${end}\n`, 'latin1');
    expect(Buffer.from(fill(latin, 'caf\xe9')).toString('latin1')).toContain(
      '\xe9\n<!-- landscape:begin a -->\n\ncaf\xe9\n',
    );
    expect(() => fill(latin, 'a → b')).toThrow('save it as UTF-8');
  });
});
