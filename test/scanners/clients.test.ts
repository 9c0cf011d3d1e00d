import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { prove, type Syntax } from './client-fixtures.ts';
import { writtenFixtures } from './client-fixtures-written.ts';
import {
  goSyntax,
  javascriptSyntax,
  phpSyntax,
  pythonSyntax,
  rubySyntax,
} from './client-syntaxes.ts';
import { csharpSyntax, javaSyntax, perlSyntax, powershellSyntax } from './client-syntaxes-typed.ts';

// Where a table changes on purpose: `UPDATE_CLIENTS=1 npx vitest run test/scanners/clients.test.ts`
// writes test/fixtures/clients anew, and the difference is there to be read.

/** Each language with how many client names its table had when this was written, at least. */
const languages: readonly (readonly [name: string, syntax: Syntax, least: number])[] = [
  ['Python', pythonSyntax, 608],
  ['Go', goSyntax, 267],
  ['Ruby', rubySyntax, 135],
  ['PHP', phpSyntax, 187],
  ['JavaScript', javascriptSyntax, 619],
  ['Java', javaSyntax, 554],
  ['C#', csharpSyntax, 415],
  ['PowerShell', powershellSyntax, 78],
  ['Perl', perlSyntax, 95],
];

describe.each(languages)('%s', (_, syntax, least) => {
  const names = syntax.clients.flatMap(({ calls }) => calls);

  test('no client stands twice in the table, where one would hide the other', () => {
    expect(names.length).toBeGreaterThanOrEqual(least);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('each client has a script that connects, and its twin without the library does not', async () => {
    const { unopened, unused, mistaken, lines } = await prove(
      syntax,
      writtenFixtures[syntax.language] ?? [],
    );
    expect(unopened).toEqual([]);
    expect(unused).toEqual([]);
    expect(mistaken).toEqual([]);
    // A new client may come; of one that is known nothing changes unseen.
    const file = `test/fixtures/clients/${syntax.language}.txt`;
    if (process.env.UPDATE_CLIENTS) writeFileSync(file, `${lines.join('\n')}\n`);
    const known = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(known.filter((line) => !lines.includes(line))).toEqual([]);
  });
});
