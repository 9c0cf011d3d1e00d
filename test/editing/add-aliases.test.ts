import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { addAliases, type NewAlias } from '../../src/editing/add-aliases.ts';
import { toEditable } from '../../src/editing/editable-text.ts';
import fc from '../fast-check.ts';

function add(text: string, aliases: readonly NewAlias[]): string | undefined {
  const bytes = addAliases(toEditable(Buffer.from(text), 'l.yaml'), aliases, 'l.yaml');
  return bytes && Buffer.from(bytes).toString('utf8');
}

const one = [{ pattern: '*.tms.example', system: 'transport' }];

describe('where aliases go', () => {
  test.each([
    ['there are none', 'name: x\n', 'name: x\naliases:\n  "*.tms.example": transport\n'],
    ['no line end', 'name: x', 'name: x\naliases:\n  "*.tms.example": transport\n'],
    [
      'an empty key',
      'aliases: # here\n\n# next\nrules: {}\n',
      'aliases: # here\n  "*.tms.example": transport\n\n# next\nrules: {}\n',
    ],
    [
      'behind the last, with its comment',
      'aliases:\n    a: erp # one\n    # two\n    "b": erp   # three\n\nname: x\n',
      'aliases:\n    a: erp # one\n    # two\n    "b": erp   # three\n    "*.tms.example": transport\n\nname: x\n',
    ],
    [
      'braces',
      'aliases: { a: erp } # c\n',
      'aliases: { a: erp, "*.tms.example": transport } # c\n',
    ],
    [
      'quotes in braces',
      "aliases: {a: 'erp'}\n",
      `aliases: {a: 'erp', "*.tms.example": transport}\n`,
    ],
    ['empty braces', 'aliases: {}\n', 'aliases: {"*.tms.example": transport}\n'],
    [
      'Windows line ends',
      'aliases:\r\n  a: erp\r\nname: x\r\n',
      'aliases:\r\n  a: erp\r\n  "*.tms.example": transport\r\nname: x\r\n',
    ],
    [
      'a byte order mark',
      '\ufeffname: é\n',
      '\ufeffname: é\naliases:\n  "*.tms.example": transport\n',
    ],
    [
      'a block text',
      'aliases:\n  a: >-\n    erp\nname: x\n',
      'aliases:\n  a: >-\n    erp\n  "*.tms.example": transport\nname: x\n',
    ],
    [
      'an indented document',
      '  name: x\n  rules: {}\n',
      '  name: x\n  rules: {}\n  aliases:\n    "*.tms.example": transport\n',
    ],
  ])('%s', (_name, before, after) => {
    expect(add(before, one)).toBe(after);
  });

  test.each([
    ['the whole file in braces', '{ name: x }\n'],
    ['an anchor elsewhere', 'rules: &a { x: y }\naliases: *a\n'],
    ['a list', 'aliases: [a]\n'],
    ['the end of the document is marked', 'name: x\n...\n'],
    ['the alias is there', 'aliases:\n  "*.tms.example": erp\n'],
  ])('refused: %s', (_name, text) => {
    expect(add(text, one)).toBeUndefined();
  });
});

test('UTF-16 and Latin-1 stay what they are', () => {
  const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('name: ø\n', 'utf16le')]);
  const added = addAliases(toEditable(wide, 'l.yaml'), one, 'l.yaml');
  expect(Buffer.from(added ?? []).subarray(0, wide.length)).toEqual(wide);
  expect(Buffer.from(added ?? []).toString('utf16le', 2)).toContain('"*.tms.example": transport\n');
  const latin = Buffer.from('name: \u00f8\n', 'latin1');
  const more = addAliases(toEditable(latin, 'l.yaml'), one, 'l.yaml');
  expect(Buffer.from(more ?? []).toString('latin1')).toBe(
    'name: \u00f8\naliases:\n  "*.tms.example": transport\n',
  );
  expect(() =>
    addAliases(toEditable(latin, 'l.yaml'), [{ pattern: 'п', system: 'x' }], 'l.yaml'),
  ).toThrow('save it as UTF-8');
});

describe('whatever the file and the aliases are', () => {
  const comment = fc.constantFrom('', '# note', '  # indented: note', '#: {', '# "');
  const word = fc.constantFrom(
    'a',
    'b-1',
    '"q: #"',
    "'it''s'",
    'erp.example',
    '"*.x"',
    '~x',
    '日本',
  );
  const value = fc.constantFrom('erp', '"wms"', "'tms'", 'a b', 'x # c', '"#"');
  const eol = fc.constantFrom('\n', '\r\n');
  const file = fc
    .record({
      eol,
      before: fc.array(comment, { maxLength: 3 }),
      indent: fc.constantFrom('  ', '    ', ' '),
      entries: fc.uniqueArray(fc.tuple(word, value, comment), {
        maxLength: 4,
        selector: ([key]) => key,
      }),
      has: fc.boolean(),
      after: fc.constantFrom([], ['rules: { no-owner: off }'], ['', '# end', 'scope: whole # x']),
      isOpen: fc.boolean(),
    })
    .map(({ eol: end, before, indent, entries, has, after, isOpen }) => {
      const lines = [
        ...before,
        'name: x # title',
        ...(has ? ['aliases: # all'] : []),
        ...(has
          ? entries.flatMap(([key, system, note]) => [note, `${indent}${key}: ${system}`])
          : []),
        ...after,
      ];
      return lines.join(end) + (isOpen ? '' : end);
    });
  const alias = fc.record({
    pattern: fc.oneof(
      fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
      fc.constantFrom(
        '{URL}/x',
        'a: b',
        '# c',
        '- d',
        'null',
        '1.5',
        '2026-01-01',
        '<<',
        '? x',
        '"',
      ),
    ),
    system: fc.constantFrom('erp', 'on', '1', 'wms-north', 'a b', 'Ærø'),
  });

  test('old bytes are unchanged, and the file says what it said and these aliases', () => {
    fc.assert(
      fc.property(
        file,
        fc.uniqueArray(alias, { minLength: 1, maxLength: 3, selector: ({ pattern }) => pattern }),
        (text, aliases) => {
          const before = load(text) as Record<string, object | null>;
          const known = before['aliases'] ?? {};
          const after = add(text, aliases);
          if (aliases.some(({ pattern }) => Object.hasOwn(known, pattern)))
            return after === undefined;
          // A key that JavaScript gives a meaning of its own is no alias that can be kept.
          if (aliases.some(({ pattern }) => pattern === '__proto__')) return true;
          expect(after, text).toBeDefined();
          const added = Object.fromEntries(aliases.map(({ pattern, system }) => [pattern, system]));
          expect(load(after ?? '')).toEqual({ ...before, aliases: { ...known, ...added } });
          // What is new is one piece.
          let start = 0;
          while (start < text.length && text[start] === after?.[start]) start++;
          expect(after?.endsWith(text.slice(start)), JSON.stringify({ text, after })).toBe(true);
          return true;
        },
      ),
      { numRuns: 500 },
    );
  });
});
