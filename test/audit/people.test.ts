import { describe, expect, test } from 'vitest';
import { auditFiles } from '../audit-files.ts';

const files = {
  'landscape.yaml':
    'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\npeople: people.csv\n',
  'systems.csv':
    'id,owner,team\na,Marit Aasen,Red\nb,"Eide, Jonas",Blue\nc,NORA@example.org,\nd,Nobody Known,Grey\ne,Kari Nes,\n',
  'links.csv': 'id,from,to,owner,team\nL1,a,b,Jonas Eide,Blue\nL2,b,c,,Blue\n',
  'people.csv':
    'Full Name,E-mail,Department,Last day,Salary\nMarit Aasen,marit@example.org,Red,,1\nJonas Eide,jonas@example.org,Blue,2026-03-31,2\nNora Lie,nora@example.org,Green,31.12.2026,3\nKari Nes,kari@example.org,red,,4\n',
};

const ownership = async (changed: Record<string, string> = {}, today = '2026-11-02') =>
  (await auditFiles({ ...files, ...changed }, { today })).analysis.ownership;

describe('people: who is still here', () => {
  test('owners who left, by name in any order, by mail, and against today', async () => {
    expect((await ownership()).ownersGone).toEqual([
      { subject: 'b', team: 'Blue', leftOn: '2026-03-31' },
      { subject: 'd', team: 'Grey' },
      { subject: 'a=>b#other', team: 'Blue', leftOn: '2026-03-31' },
    ]);
    // The last day is a day at work.
    const subjects = async (today: string) =>
      (await ownership({}, today)).ownersGone.map(({ subject }) => subject);
    expect(await subjects('2026-03-31')).toEqual(['d']);
    expect(await subjects('2026-04-01')).toEqual(['b', 'd', 'a=>b#other']);
    expect(await subjects('2027-01-01')).toEqual(['b', 'c', 'd', 'a=>b#other']);
  });

  test('a team that the file does not know; a person without team has the one of the file', async () => {
    const { unknownTeams, teams } = await ownership();
    expect(unknownTeams).toEqual(['Grey']);
    expect(teams.map(({ team, systems, owners }) => ({ team, systems, owners }))).toEqual([
      { team: 'Blue', systems: ['b'], owners: 0 },
      { team: 'Green', systems: ['c'], owners: 1 },
      { team: 'Grey', systems: ['d'], owners: 1 },
      { team: 'Red', systems: ['a', 'e'], owners: 2 },
    ]);
  });

  test('a file without teams says nothing of teams', async () => {
    const given = { 'people.csv': 'name\nMarit Aasen\n' };
    expect((await ownership(given)).unknownTeams).toEqual([]);
  });

  test('of two with one name, the one who is here counts', async () => {
    const given = { 'people.csv': `${files['people.csv']}Jonas Eide,j2@example.org,Blue,,\n` };
    expect((await ownership(given)).ownersGone.map(({ subject }) => subject)).toEqual(['d']);
  });

  test('nobody is named unless people are shown', async () => {
    const text = JSON.stringify(await auditFiles(files));
    expect(text).not.toMatch(/Jonas|Marit|Nora|example\.org|Nobody Known|Salary|2026-12-31/);
    const shown = await auditFiles({
      ...files,
      'landscape.yaml': `${files['landscape.yaml']}showPeople: true\n`,
    });
    expect(shown.findings.map(({ message }) => message)).toContain(
      'The owner of b, Eide, Jonas, left on 2026-03-31.',
    );
  });

  test('without the file nothing is said', async () => {
    const given = { 'landscape.yaml': files['landscape.yaml'].replace('people: people.csv\n', '') };
    const { ownersGone, unknownTeams } = await ownership(given);
    expect([ownersGone, unknownTeams]).toEqual([[], []]);
  });

  test('headers can be mapped, and the file counts as read', async () => {
    const audit = await auditFiles({
      ...files,
      'landscape.yaml': files['landscape.yaml'].replace(
        'people.csv',
        '{ file: staff.csv, columns: { Wer: name, Weg: leftOn } }',
      ),
      'staff.csv': 'Wer,Weg\nMarit Aasen,2020-01-01\n',
    });
    expect(audit.analysis.ownership.ownersGone).toContainEqual({
      subject: 'a',
      team: 'Red',
      leftOn: '2020-01-01',
    });
    expect(audit.coverage.sources).toContainEqual(
      expect.objectContaining({ kind: 'people', source: 'staff.csv', parsed: 1 }),
    );
    expect(audit.inputs.map(({ file }) => file)).toContain('staff.csv');
  });
});

test.each([
  ['nobody', 'name,leftOn\n', /^people\.csv:1:1: names nobody/],
  ['no date', 'name,leftOn\nA,31\\/03\n', /^people\.csv:2:1: leftOn .* is no date/],
  ['a date that does not exist', 'name,leftOn\nA,2026-02-30\n', /is no date/],
  [
    'a row without name',
    'name,leftOn,team\n,,T\n',
    /^people\.csv:2:1: .*neither a name nor a mail/,
  ],
  ['foreign headers', 'Wer,Weg\nA,\n', /columns: Wer, Weg.*map the headers/],
  ['a shifted row', 'name,team\nA,T,X\n', /^people\.csv:2:1: the row has 3 cells/],
  [
    'one mail, left and here',
    'mail,leftOn\na@x.example,2020-01-01\nA@x.example,\n',
    /^people\.csv:3:1: the mail stands in people\.csv:2:1 too/,
  ],
  ['several bad rows at once', 'name,leftOn\nA,x\nB,y\n', /:2:1: [^\n]*\n[^\n]*:3:1: /],
])('a people file with %s is refused', async (_, text, message) => {
  await expect(auditFiles({ ...files, 'people.csv': text })).rejects.toThrow(message);
});

test.each([
  ['people: gone.csv', /^landscape\.yaml:4:\d+: gone\.csv/],
  ['people: { file: people.csv, columns: { Wer: nam } }', /"nam" is no column of people.*"name"/],
  ['people: { path: people.csv }', /landscape\.yaml:4/],
  ['people: 3', /landscape\.yaml:4.*expected a file/],
])('%s is refused with its place', async (line, message) => {
  const yaml = files['landscape.yaml'].replace('people: people.csv', line);
  await expect(auditFiles({ ...files, 'landscape.yaml': yaml })).rejects.toThrow(message);
});

test('the age of attestations in days at today, the oldest first, and rows that have none', async () => {
  const given = {
    'landscape.yaml': 'sources:\n  - inventory: s.csv\n  - inventory: links.csv\n',
    's.csv': 'id,team\na,T\nb,T\n',
    'links.csv':
      'id,from,to,attestedOn\nL1,a,b,2026-11-01\nL2,b,a,2024-03-01\nL3,a,b,\nL4,b,a,03/04/2026\nL5,a,b,2.11.2026\n',
  };
  const audit = await auditFiles(given);
  expect(audit.analysis.ownership.attestation).toEqual({
    rows: 5,
    never: ['L3', 'L4'],
    ages: [
      { registration: 'L2', days: 976 },
      { registration: 'L1', days: 1 },
      { registration: 'L5', days: 0 },
    ],
  });
  // A date that two people read as two days is told, never taken for none in silence.
  expect(audit.coverage.sources.flatMap(({ flaws }) => flaws)).toMatchObject([
    { place: { line: 5 }, reason: 'attestedOn "03/04/2026" is no date; write it as 2026-03-31' },
  ]);
});
