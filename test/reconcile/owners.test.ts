import { describe, expect, test } from 'vitest';
import { toDigest } from '../../src/evidence/hide-people.ts';
import { indexPeople } from '../../src/evidence/people.ts';
import { openStaff } from '../../src/reconcile/owners.ts';

const origin = { file: 'people.csv', line: 2, column: 1 };
const people = indexPeople([
  { name: 'Eide, Jonas', mail: 'jonas@example.org', team: 'Blue', leftOn: '2026-03-31', origin },
  { name: 'Marit Aasen', origin },
]);

describe('an owner', () => {
  test.each([
    ['Jonas  eide', 'Red', { team: 'Red', people: 1, leftOn: '2026-03-31' }],
    [
      'Jonas Eide <JONAS@example.org>',
      undefined,
      { team: 'Blue', people: 1, leftOn: '2026-03-31' },
    ],
    // Collected evidence holds digests in place of names.
    [toDigest('Eide, Jonas'), 'Red', { team: 'Red', people: 1, leftOn: '2026-03-31' }],
    [
      `${toDigest('jonas@example.org')}@hidden`,
      undefined,
      { team: 'Blue', people: 1, leftOn: '2026-03-31' },
    ],
    ['Marit Aasen', undefined, { people: 1 }],
    ['Platform', undefined, { team: 'Platform', people: 0 }],
    ['Kari Nes', 'Red', { team: 'Red', people: 1, isUnlisted: true }],
    [undefined, 'Red', { team: 'Red', people: 0 }],
    [undefined, undefined, undefined],
  ])('%s of team %s', (owner, team, expected) => {
    expect(openStaff(false, people).toOwner(owner, team)).toEqual(expected);
  });

  test('without a file of people nothing is said of who is here', () => {
    expect(openStaff(false).toOwner('Kari Nes', 'Red')).toEqual({ team: 'Red', people: 1 });
  });
});

test('authors are a count, named only where people are shown, with the last day of who left', () => {
  const authors = { count: 1, last: 'Jonas Eide', lastOn: '2025-01-01' };
  const { last: _, ...counted } = authors;
  expect(openStaff(false, people).toAuthors(authors)).toEqual({ ...counted, leftOn: '2026-03-31' });
  expect(openStaff(true).toAuthors(authors)).toEqual(authors);
});
