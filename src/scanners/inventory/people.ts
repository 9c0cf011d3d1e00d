import { didYouMean, formatPlace, InputError, type Place } from '../../errors.ts';
import type { Person } from '../../evidence/people.ts';
import type { Files } from '../../files.ts';
import { groupBy } from '../../order.ts';
import { readDate } from './dates.ts';
import { readLdif } from './ldif.ts';
import { nameColumns, pickCells } from './name-columns.ts';
import type { Row } from './table.ts';
import { readTables } from './tables.ts';

const columns = ['name', 'mail', 'team', 'leftOn'] as const;
type Column = (typeof columns)[number];

/** What people call these columns; compared without case, blanks and punctuation. */
const synonyms: Readonly<Record<Column, readonly string[]>> = {
  name: [
    ...['name', 'fullname', 'displayname', 'person', 'employee', 'employeename', 'owner'],
    ...['mitarbeiter', 'nom', 'nomcomplet', 'nombre', 'nombrecompleto', 'adsoyad', 'calisan'],
    ...['navn', 'fulltnavn', 'ansatt'],
  ],
  mail: [
    ...['mail', 'email', 'emailaddress', 'mailaddress', 'userprincipalname', 'upn'],
    ...['emailadresse', 'courriel', 'correo', 'correoelectronico', 'eposta', 'epost'],
  ],
  team: [
    ...['team', 'teamname', 'department', 'unit', 'orgunit', 'organisation', 'organization'],
    ...['abteilung', 'gruppe', 'equipe', 'departement', 'equipo', 'departamento', 'ekip'],
    ...['departman', 'birim', 'avdeling', 'enhet'],
  ],
  leftOn: [
    'lefton',
    'left',
    'leavingdate',
    'leavedate',
    'lastday',
    'lastworkingday',
    'enddate',
    'terminationdate',
    'exitdate',
    ...['austritt', 'austrittsdatum', 'datededepart', 'fechadebaja', 'ayrilistarihi', 'sluttdato'],
  ],
};

const findByName = nameColumns(synonyms);

/**
 * Reads the people file: who works here, in which team, and who left when. Headers that stand for no
 * column are left alone, for such files come from other tools.
 * @param mapped header in the file → column
 * @throws InputError with every row that cannot be used, for a person who is left out looks gone
 */
export async function readPeople(
  files: Files,
  file: string,
  mapped: Readonly<Record<string, string>>,
): Promise<Person[]> {
  const find = (header: string): Column | undefined => findColumn(header, mapped);
  const { rows, broken } = await readRows(files, file, find);
  const problems = broken.map(({ place, reason }) => `${formatPlace(place)}: ${reason}.`);
  if (rows.length + problems.length === 0)
    throw new InputError(
      `${file}:1:1: names nobody, so everybody would seem to have left; write one row a person, with name, mail, team and leftOn.`,
    );
  const persons = rows.flatMap((row) => readPerson(row, find, problems));
  findTwins(persons, problems);
  if (problems.length > 0) throw new InputError(problems.join('\n'));
  return persons;
}

async function readRows(
  files: Files,
  file: string,
  find: (header: string) => Column | undefined,
): Promise<{ rows: readonly Row[]; broken: readonly { place: Place; reason: string }[] }> {
  if (/\.ldif$/i.test(file)) {
    const { rows, problems } = readLdif(await files.text(file), file);
    return { rows, broken: problems };
  }
  const tables = await readTables(files, file, (header) => find(header) !== undefined);
  return {
    rows: tables.flatMap((table) => table.rows),
    broken: tables.flatMap((table) => table.broken),
  };
}

/**
 * The column that a written name stands for, and the nearest where it stands for none.
 * @returns undefined where the name is a column
 */
export function tellUnknownColumn(name: string): string | undefined {
  if ((columns as readonly string[]).includes(name)) return undefined;
  return `"${name}" is no column of people.${didYouMean(name, columns) || ` Columns: ${columns.join(', ')}.`}`;
}

function findColumn(header: string, mapped: Readonly<Record<string, string>>): Column | undefined {
  const given = Object.hasOwn(mapped, header) ? mapped[header] : undefined;
  return given === undefined ? findByName(header) : columns.find((column) => column === given);
}

function readPerson(
  row: Row,
  find: (header: string) => Column | undefined,
  problems: string[],
): Person[] {
  const { leftOn, ...rest } = pickCells(row, find);
  const place = formatPlace(row.place);
  if (row.flaw !== undefined) problems.push(`${place}: ${row.flaw}.`);
  if (rest.name === undefined && rest.mail === undefined) {
    const headers = [...row.cells.keys()].slice(0, 6).join(', ');
    problems.push(
      `${place}: the row has neither a name nor a mail (columns: ${headers}); fill one in, or map the headers under "people: { file, columns }".`,
    );
    return [];
  }
  const date = leftOn === undefined ? undefined : readDate(leftOn);
  if (leftOn !== undefined && date === undefined) {
    problems.push(
      `${place}: leftOn "${leftOn.slice(0, 40)}" is no date; write it as 2026-03-31, and leave it empty for who is still here.`,
    );
    return [];
  }
  return [{ ...rest, ...(date === undefined ? {} : { leftOn: date }), origin: row.place }];
}

/** One address in two rows cannot have left and stayed. */
function findTwins(persons: readonly Person[], problems: string[]): void {
  const withMail = persons.filter(({ mail }) => mail !== undefined);
  for (const [, [first, second]] of groupBy(withMail, ({ mail = '' }) => mail.toLowerCase())) {
    if (first === undefined || second === undefined || first.leftOn === second.leftOn) continue;
    problems.push(
      `${formatPlace(second.origin)}: the mail stands in ${formatPlace(first.origin)} too, with another leftOn; keep one row.`,
    );
  }
}
