import { describe, expect, test } from 'vitest';
import { parseYaml } from '../src/yaml.ts';

describe('places', () => {
  const document = parseYaml(
    '# c\nname: x\nlist:\n  - id: a\n    n: "q w"\n  - {id: b, deep: [1, 2]}\nempty:\n',
    'f.yaml',
  );

  test.each([
    [['name'], 2, 1],
    [['list', 0], 4, 5],
    [['list', 0, 'n'], 5, 5],
    [['list', 1, 'id'], 6, 6],
    [['list', 1, 'deep', 1], 6, 23],
    [['empty'], 7, 1],
    // The nearest parent that exists.
    [['list', 0, 'missing'], 4, 5],
    [['nowhere'], 2, 1],
  ] as const)('%j is at %i:%i', (path, line, column) => {
    expect(document.placeOf(path)).toEqual({ file: 'f.yaml', line, column });
  });

  test('the value is what any YAML reader gives', () => {
    expect(document.value).toEqual({
      name: 'x',
      list: [
        { id: 'a', n: 'q w' },
        { id: 'b', deep: [1, 2] },
      ],
      empty: null,
    });
  });
});

test('anchors are followed', () => {
  expect(parseYaml('a: &x {k: 1}\nb: *x\n', 'f').value).toEqual({ a: { k: 1 }, b: { k: 1 } });
});

test('an alias bomb is refused by name, fast', () => {
  const letters = 'abcdefghij';
  const lines = [`a: &a [${Array(10).fill('x').join(', ')}]`];
  for (let index = 1; index < letters.length; index++) {
    lines.push(
      `${letters[index]}: &${letters[index]} [${Array(10)
        .fill(`*${letters[index - 1]}`)
        .join(', ')}]`,
    );
  }
  expect(() => parseYaml(lines.join('\n'), 'bomb.yaml')).toThrow(
    /bomb\.yaml:1:1: its aliases expand to more than 1000000 values/,
  );
});

test.each([
  ['a: [1,\nb: 2\n', /f\.yaml:\d+:\d+: not valid YAML/],
  ['a: 1\n---\nb: 2\n', /f\.yaml:1:1: holds 2 YAML documents/],
  ['a: 1\na: 2\n', /f\.yaml:2:\d+: not valid YAML: duplicated mapping key/],
  [`${'['.repeat(200)}`, /f\.yaml:\d+:\d+: not valid YAML/],
])('%j is refused with its place', (text, message) => {
  expect(() => parseYaml(text, 'f.yaml')).toThrow(message);
});

test('an empty file is undefined or null', () => {
  expect(parseYaml('', 'f').value ?? null).toBeNull();
});
