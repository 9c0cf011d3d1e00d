import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ReadCode } from '../../src/scanners/scripts/facts.ts';
import { loadReader } from '../../src/scanners/scripts/languages/readers.ts';
import { remoteFunctions } from '../../src/scanners/scripts/sql/functions.ts';
import { callFunction, sqlFixtures } from './client-fixtures-sql.ts';
import { drawScript } from './scan.ts';

const calls = remoteFunctions.flatMap((known) =>
  known.names.map((name) => [name, callFunction(known, name), known] as const),
);

/** The ways to write statements that nothing runs. */
const twins: readonly (readonly [name: string, write: (text: string) => string])[] = [
  ['in comments to the end of the line', (text) => text.replace(/^/gm, '-- ')],
  ['in a comment', (text) => `/*\n${text.replaceAll('*/', '')}\n*/\nselect 1;`],
  ['in a text', (text) => `select '${text.replaceAll("'", "''").replaceAll('\n', ' ')}' as note;`],
];

let read: ReadCode;

beforeAll(async () => {
  read = await loadReader('sql', []);
});

const connects = (text: string): boolean =>
  read(`${text}\n`, 'a.sql').facts.some(({ kind }) => kind === 'connection');

describe('SQL', () => {
  test.each(sqlFixtures)('%s', async (_, text, drawn) => {
    expect(await drawScript('a.sql', `${text}\n`)).toEqual([drawn]);
  });

  test('each function of the table reaches another system', () => {
    expect(calls.length).toBeGreaterThanOrEqual(82);
    const missed = calls.flatMap(([, text, { isHalf }]) => {
      const facts = read(`${text}\n`, 'a.sql').facts.filter(({ kind }) => kind === 'connection');
      const isFound = facts.some(
        (fact) =>
          fact.kind === 'connection' &&
          (isHalf === true || /far.example|far_link/.test(fact.target.value)),
      );
      return isFound ? [] : [text];
    });
    expect(missed).toEqual([]);
    const lines = calls.map(([name, text, known]) => {
      const flows = read(`${text}\n`, 'a.sql').facts.flatMap((fact) =>
        fact.kind === 'connection' ? [`${fact.flow} ${fact.protocol ?? '-'}`] : [],
      );
      return `${name} | ${text.replaceAll('\n', ' ')} | ${known.isHalf ? 'half ' : ''}${[...new Set(flows)].join(', ')}`;
    });
    const file = 'test/fixtures/clients/sql.txt';
    if (process.env.UPDATE_CLIENTS) writeFileSync(file, `${lines.sort().join('\n')}\n`);
    const known = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(known.filter((line) => !lines.includes(line))).toEqual([]);
  });

  test('no name of a function stands twice', () => {
    const names = calls.map(([name]) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test.each(twins)('no connection %s', (_, write) => {
    const texts = [...sqlFixtures.map(([, text]) => text), ...calls.map(([, text]) => text)];
    expect(texts.map(write).filter(connects)).toEqual([]);
  });
});
