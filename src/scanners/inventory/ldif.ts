import type { Place } from '../../errors.ts';
import type { Row } from './table.ts';

/** What a directory exports. */
export interface LdifPeople {
  /** A row for each person who may still sign in, by the attributes of the directory. */
  readonly rows: readonly Row[];
  /** Lines that are no LDIF. */
  readonly problems: readonly { readonly place: Place; readonly reason: string }[];
}

type Attributes = ReadonlyMap<string, readonly string[]>;

const persons = new Set([
  ...['person', 'organizationalperson', 'inetorgperson', 'user', 'posixaccount', 'orgperson'],
]);

/**
 * Reads the people of an LDIF text (RFC 2849). Groups, units and machines are left alone; accounts
 * that are switched off are left out, so whoever has one looks gone. Attributes that hold secrets
 * are never looked at.
 */
export function readLdif(text: string, file: string): LdifPeople {
  const rows: Row[] = [];
  const problems: { place: Place; reason: string }[] = [];
  for (const { attributes, place } of readEntries(text, file, problems)) {
    if (attributes.has('changetype') && attributes.get('changetype')?.[0] !== 'add') {
      problems.push({ place, reason: 'is a change, no entry; export the entries themselves' });
      continue;
    }
    const classes = attributes.get('objectclass') ?? [];
    const isPerson = classes.some((name) => persons.has(name.toLowerCase()));
    const isMachine = classes.some((name) => name.toLowerCase() === 'computer');
    if (!isPerson || isMachine || isSwitchedOff(attributes)) continue;
    rows.push({ cells: toCells(attributes), place });
  }
  return { rows, problems };
}

/** What a person is asked for, and the attributes that directories keep it in, the best first. */
const wanted: Readonly<Record<string, readonly string[]>> = {
  name: ['displayname', 'cn', 'name'],
  mail: ['mail', 'userprincipalname', 'rfc822mailbox'],
  team: ['department', 'ou', 'departmentnumber'],
};

function toCells(attributes: Attributes): Map<string, string> {
  const cells = new Map<string, string>();
  for (const [column, names] of Object.entries(wanted)) {
    const found = names.map((name) => attributes.get(name)?.[0]).find((value) => value);
    if (found !== undefined) cells.set(column, found);
  }
  const leftOn = readEnd(attributes);
  if (leftOn !== undefined) cells.set('leftOn', leftOn);
  return cells;
}

/** Active Directory counts in tenths of a microsecond from 1601; 0 and its largest number are never. */
const fileTimeTo1970 = 11_644_473_600_000;
const lastYear = Date.UTC(2200, 0, 1);

function readEnd(attributes: Attributes): string | undefined {
  const expires = Number(attributes.get('accountexpires')?.[0] ?? 0) / 10_000 - fileTimeTo1970;
  // It ends with the midnight behind the last day.
  if (expires > 0 && expires < lastYear) return new Date(expires - 1).toISOString().slice(0, 10);
  const written = ['enddate', 'terminationdate', 'employeeenddate'].flatMap(
    (name) => attributes.get(name) ?? [],
  )[0];
  // Generalized time: `20260331000000Z`.
  return written?.replace(/^(\d{8})\d{2,6}(?:\.\d+)?Z$/, '$1');
}

const accountDisabled = 2;

function isSwitchedOff(attributes: Attributes): boolean {
  const control = Number(attributes.get('useraccountcontrol')?.[0] ?? 0);
  const isTrue = (name: string): boolean => /^true$/i.test(attributes.get(name)?.[0] ?? '');
  return (control & accountDisabled) !== 0 || isTrue('nsaccountlock') || isTrue('logindisabled');
}

function* readEntries(
  text: string,
  file: string,
  problems: { place: Place; reason: string }[],
): Iterable<{ attributes: Attributes; place: Place }> {
  let attributes = new Map<string, string[]>();
  let start = 1;
  for (const { line, number } of unfold(text)) {
    if (line === '') {
      if (attributes.has('dn')) yield { attributes, place: { file, line: start, column: 1 } };
      attributes = new Map();
      continue;
    }
    if (attributes.size === 0) start = number;
    const found = /^([A-Za-z][A-Za-z0-9.;-]{0,100}):([:<]?) *(.*)$/s.exec(line);
    if (!found) {
      problems.push({
        place: { file, line: number, column: 1 },
        reason: 'is no "attribute: value" of LDIF',
      });
      continue;
    }
    const [, name = '', kind, value = ''] = found;
    // `cn;lang-de` is a name, too; a value behind `<` lies in another file, and is not fetched.
    const plain = name.toLowerCase().replace(/;.*$/, '');
    if (kind === '<') continue;
    const read = kind === ':' ? Buffer.from(value, 'base64').toString('utf8') : value;
    // A group of the whole company has a member for everybody.
    const known = attributes.get(plain);
    if (known) known.push(read.trim());
    else attributes.set(plain, [read.trim()]);
  }
}

/** Lines with those that continue them, without comments; an empty line ends the text. */
function* unfold(text: string): Iterable<{ line: string; number: number }> {
  let parts: string[] = [];
  let first = 0;
  let number = 0;
  for (const line of text.split(/\r\n?|\n/)) {
    number++;
    if (line.startsWith(' ') && parts.length > 0) {
      parts.push(line.slice(1));
      continue;
    }
    if (parts.length > 0 && !parts[0]?.startsWith('#'))
      yield { line: parts.join(''), number: first };
    parts = [line];
    first = number;
    if (line === '') {
      yield { line, number };
      parts = [];
    }
  }
  if (parts.length > 0 && !parts[0]?.startsWith('#')) yield { line: parts.join(''), number: first };
  yield { line: '', number };
}
