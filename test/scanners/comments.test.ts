import { expect, test } from 'vitest';
import { listComments } from '../../src/scanners/comments.ts';
import fc from '../fast-check.ts';

const shared = { scanner: 'x', witness: 'coded', environment: 'prod', confidence: 1 } as const;
const read = (text: string) => [...listComments(text, 'a', shared)];

test.each([
  ['#', ''],
  ['//', ''],
  ['--', ''],
  ['/*', '*/'],
  ['<!--', '-->'],
  ['REM', ''],
  ['@rem', ''],
  ['%', ''],
  [';', ''],
  ["'", ''],
  ['--[[', ']]'],
])('a comment that begins with %s is read, alone and behind a statement', (open, close) => {
  const says = `${open} landscape: link=INT-042 expires=2027-01-31 ${close}`;
  const expected = { link: 'INT-042', expires: '2027-01-31', faults: [] };
  expect(read(`one\n${says}\ncall\nnext`)).toMatchObject([{ ...expected, lines: [3, 3] }]);
  expect(read(`one\ncall x ${says}\nnext`)).toMatchObject([{ ...expected, lines: [2, 2] }]);
  expect(read(`one\r\n${says}\r\ncall \\\r\n  on\r\n`)).toMatchObject([
    { ...expected, lines: [3, 4] },
  ]);
});

test.each([
  ['other comments stand between', '# landscape: link=A\n# why\n#\ncall\nnext', [4, 4]],
  ['an entry of a crontab is no comment', '# landscape: link=A\n* * * * * root curl x', [2, 2]],
  ['it is the last line', 'call\n# landscape: link=A', [3, 3]],
  ['a statement without an end', `# landscape: link=A\n${'a \\\n'.repeat(90)}`, [2, 22]],
])('the lines below: %s', (_, text, lines) => {
  expect(read(text).map((comment) => comment.lines)).toEqual([lines]);
});

test.each([
  [
    '# landscape: accept expires=2027-01-31 reason=gone by spring, owner=Lager',
    { accepts: true, reason: 'gone by spring', owner: 'Lager', faults: [] },
  ],
  [
    '# landscape: expires=2027-01-31 reason="two words"',
    { accepts: true, reason: 'two words', faults: [] },
  ],
  ['# Landscape : LINK = A', { link: 'A', faults: [] }],
  ['# landscape: lnk=INT-1', { faults: ['"lnk" is no key. Did you mean "link"?'] }],
  [
    '# landscape: link=INT-1 expire=2027-01-31',
    { faults: ['"expire" is no key. Did you mean "expires"?'] },
  ],
  ['# landscape: link=A link=B', { faults: ['"link" is given twice.'] }],
  ['# landscape: link= expires=2027-01-31', { faults: ['"link" has no value.'] }],
  [
    '# landscape: acept expires=2027-01-31 reason=x',
    { faults: ['"acept" is not understood. Did you mean "accept"?'] },
  ],
  [
    '# landscape: ignore',
    { faults: ['"ignore" is not understood. Write link=<id of a row>, or accept.'] },
  ],
  ['# landscape: accept reason=key sk_live_51HabcdefghijklmnopqrstuvQ', { accepts: true }],
])('%s', (text, expected) => {
  expect(read(text)).toMatchObject([expected]);
});

test.each([
  '# landscape: portrait is better',
  '<!-- landscape:begin diagram focus=erp depth=1 -->',
  'curl http://landscape:8080/?link=3',
  'url = "https://x/landscape:link"',
  'landscape: link=INT-042',
  '# the landscape:',
  '# landscape: width=300',
])('what is no such comment is left alone: %s', (text) => {
  expect(read(text)).toEqual([]);
});

test('hostile text neither stops it nor gets out as it is', () => {
  const hostile = `# landscape: accept reason=${'<script>\u202e\u0000'.repeat(5000)} expires=x`;
  const [comment] = read(hostile);
  expect(comment?.reason?.length).toBeLessThan(200);
  expect(read(`#${' landscape:'.repeat(50_000)} link=A`)).toEqual([]);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      for (const { lines, faults } of read(`call # landscape: link=${text}`)) {
        expect(lines).toEqual([1, 1]);
        for (const fault of faults) expect(fault.length).toBeLessThan(400);
      }
    }),
  );
});
