import type { Config } from '../config.ts';
import { ConfigError, formatPlace, InputError } from '../errors.ts';
import { indexPeople, type People, type Person } from '../evidence/people.ts';
import type { Evidence } from '../evidence.ts';
import type { Files } from '../files.ts';
import { foldWriting } from '../order.ts';
import { CoverageCounter, type SourceCoverage } from '../scanners/coverage.ts';
import { readPeople, tellUnknownColumn } from '../scanners/inventory/people.ts';
import type { InputFile } from './scan-sources.ts';

/** What the people file adds; nothing where the configuration names none. */
export interface Employed {
  readonly people?: People;
  readonly coverage: readonly SourceCoverage[];
  readonly inputs: readonly InputFile[];
}

/**
 * Reads the file that `people:` names.
 * @param today who leaves on this day or later is here, and when is nobody's business: `YYYY-MM-DD`
 * @throws LandscapeError where it cannot be read, or a row of it cannot be used
 */
export async function readEmployed(config: Config, files: Files, today: string): Promise<Employed> {
  if (config.people === undefined) return { coverage: [], inputs: [] };
  const { file, columns } = config.people;
  const unknown = Object.entries(columns).flatMap(([header, column]) => {
    const told = tellUnknownColumn(column);
    const place = formatPlace(config.placeOf('people', 'columns', header));
    return told === undefined ? [] : [`${place}: ${told}`];
  });
  if (unknown.length > 0) throw new ConfigError(unknown.join('\n'));
  const persons = await readFile(config, file, () => readPeople(files, file, columns));
  const counter = new CoverageCounter();
  counter.read(persons.length);
  const source = { source: file, kind: 'people', environment: 'prod', files: 1, evidence: 0 };
  return {
    people: indexPeople(persons.map((person) => hidePlans(person, today))),
    coverage: [counter.summarise(source)],
    inputs: [{ file, sha256: await files.digest(file) }],
  };
}

function hidePlans({ leftOn, ...person }: Person, today: string): Person {
  return { ...person, ...(leftOn === undefined || leftOn >= today ? {} : { leftOn }) };
}

/** A file that is not there is a mistake in the configuration, and told with its place. */
async function readFile<T>(config: Config, file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof InputError) || !error.message.startsWith(`${file}: `)) throw error;
    throw new InputError(`${formatPlace(config.placeOf('people'))}: ${error.message}`, {
      cause: error,
    });
  }
}

/**
 * How many people the sources name as owners for each team, those who left aside. It is counted
 * here, where names are still known, and only the number goes on.
 */
export function countOwners(
  evidence: readonly Evidence[],
  people: People | undefined,
): ReadonlyMap<string, number> {
  const named = new Map<string, Set<unknown>>();
  for (const item of evidence) {
    const fields =
      item.kind === 'system' ? item.fields : item.kind === 'connection' ? item.declared : undefined;
    if (fields?.owner === undefined) continue;
    const person = people?.find(fields.owner);
    const team = fields.team ?? person?.team;
    if (team === undefined || person?.leftOn !== undefined) continue;
    const key = foldWriting(team);
    const known = named.get(key) ?? new Set();
    named.set(key, known.add(person ?? fields.owner.trim().toLowerCase()));
  }
  return new Map([...named].map(([team, owners]) => [team, owners.size]));
}
