import { expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { memoryFiles } from '../../src/files.ts';
import { readPeople } from '../../src/scanners/inventory/people.ts';
import fc from '../fast-check.ts';

const read = (text: string) => readPeople(memoryFiles({ 'p.ldif': text }), 'p.ldif', {});

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

const directory = `version: 1

# people of the plant
dn: cn=Ada Lovelace,ou=people,dc=example,dc=org
objectClass: top
objectClass: inetOrgPerson
cn: Ada Lovelace
mail: ada@example
 .org
departmentNumber: Business Systems
userPassword:: ${base64('secret')}

dn:: ${base64('cn=Bjørn Ås,ou=people,dc=example,dc=org')}
objectClass: user
cn:: ${base64('Bjørn Ås')}
mail: bjorn@example.org
department: Logistics IT
accountExpires: 134194752000000000

dn: cn=Old Hand,ou=people,dc=example,dc=org
objectClass: user
cn: Old Hand
userAccountControl: 514

dn: cn=integration,ou=groups,dc=example,dc=org
objectClass: groupOfNames
cn: integration
member: cn=Ada Lovelace,ou=people,dc=example,dc=org

dn: cn=srv01,ou=machines,dc=example,dc=org
objectClass: user
objectClass: computer
cn: srv01
`;

test('people of a directory: folded lines, base64, when an account ends, which is switched off', async () => {
  const people = await read(directory);
  expect(people.map(({ origin, ...person }) => [origin.line, person])).toEqual([
    [4, { name: 'Ada Lovelace', mail: 'ada@example.org', team: 'Business Systems' }],
    [
      13,
      { name: 'Bjørn Ås', mail: 'bjorn@example.org', team: 'Logistics IT', leftOn: '2026-03-31' },
    ],
  ]);
  expect(JSON.stringify(people)).not.toContain('secret');
});

test('with either line end the same', async () => {
  const [one, other] = [await read(directory), await read(directory.replaceAll('\n', '\r\n'))];
  expect(other).toEqual(one);
});

test('what is no directory, names nobody, or lists changes is refused with its line', async () => {
  await expect(read('hello\n')).rejects.toThrow(/^p\.ldif:1:1: is no "attribute: value"/);
  await expect(read('')).rejects.toThrow(/names nobody/);
  const change = 'dn: cn=a\nchangetype: modify\nobjectClass: person\ncn: a\n';
  await expect(read(change)).rejects.toThrow(/^p\.ldif:1:1: is a change/);
});

test('any text is read or refused by name', async () => {
  const line = fc.constantFrom(
    'dn: a',
    'cn: b',
    'cn:: %%',
    ' c',
    '',
    '#',
    'objectClass: person',
    'x',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(line, fc.string()), { maxLength: 20 }), async (lines) => {
      await read(lines.join('\n')).catch((error: unknown) =>
        expect(error).toBeInstanceOf(InputError),
      );
    }),
    { numRuns: 200 },
  );
});
