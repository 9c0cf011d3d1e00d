import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CodeFact, ReadCode } from '../../src/scanners/scripts/facts.ts';
import { loadReader } from '../../src/scanners/scripts/languages/readers.ts';
import { cloudClients } from '../../src/scanners/scripts/shell/cloud-clients.ts';
import { databaseClients } from '../../src/scanners/scripts/shell/database-clients.ts';
import { fileClients } from '../../src/scanners/scripts/shell/file-clients.ts';
import { httpClients } from '../../src/scanners/scripts/shell/http-clients.ts';
import { mailClients } from '../../src/scanners/scripts/shell/mail-clients.ts';
import { messagingClients } from '../../src/scanners/scripts/shell/messaging-clients.ts';
import { remoteClients } from '../../src/scanners/scripts/shell/remote-clients.ts';
import { shellFixtures } from './client-fixtures-shell.ts';

const tables = [
  httpClients,
  fileClients,
  databaseClients,
  messagingClients,
  remoteClients,
  cloudClients,
  mailClients,
];

/** The ways to write a command that runs nothing. */
const twins: readonly (readonly [name: string, write: (command: string) => string])[] = [
  ['in a comment', (command) => `# ${command}`],
  ['as arguments of echo', (command) => `echo ${command.replace(/[<|].*$/, '')}`],
  ['in a text', (command) => `NOTE='${command.replaceAll("'", '')}'\necho "$NOTE"`],
  ['in a here-document', (command) => `cat <<'END'\n${command}\nEND`],
  [
    'as a function of the script that prints',
    (command) => `${programOf(command)}() {\n  printf '%s\\n' "$@"\n}\n${command}`,
  ],
];

function programOf(command: string): string {
  return command.replace(/\s.*$/, '');
}

const arrows = { pull: '<-', push: '->', both: '<>', unknown: '??' };

function draw(fact: CodeFact): string[] {
  if (fact.kind !== 'connection') return [];
  const { target, flow, protocol, resource } = fact;
  if (target.kind !== 'address') return ['unresolved'];
  const end = `${target.host}${target.port === undefined ? '' : `:${target.port}`}`;
  return [`${arrows[flow]} ${end} ${protocol ?? '-'}${resource ? ` [${resource}]` : ''}`];
}

let read: ReadCode;

beforeAll(async () => {
  read = await loadReader('shell', []);
});

describe('programs that a shell script talks through', () => {
  test('every table of programs is looked at', () => {
    const files = readdirSync('src/scanners/scripts/shell').filter((file) =>
      /-clients\.ts$/.test(file),
    );
    expect(files).toHaveLength(tables.length);
  });

  test('each program of the tables has a command that connects', () => {
    const programs = tables.flatMap((table) => Object.keys(table));
    const shown = new Set(shellFixtures.map(([command]) => programOf(command)));
    expect(programs.length).toBeGreaterThanOrEqual(146);
    expect(programs.filter((program) => !shown.has(program))).toEqual([]);
    expect([...shown].filter((program) => !programs.includes(program))).toEqual([]);
  });

  test.each(shellFixtures)('%s', (command, expected) => {
    expect(read(`${command}\n`, 'a.sh').facts.flatMap(draw)).toEqual([expected]);
  });

  test.each(twins)('no connection %s', (_, write) => {
    const mistaken = shellFixtures
      .map(([command]) => `${write(command)}\n`)
      .filter((text) => read(text, 'a.sh').facts.some(({ kind }) => kind === 'connection'));
    expect(mistaken).toEqual([]);
  });
});
