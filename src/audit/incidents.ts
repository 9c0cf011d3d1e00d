import type { Config } from '../config.ts';
import { didYouMean, formatPlace, InputError } from '../errors.ts';
import type { Files } from '../files.ts';
import type { Landscape } from '../landscape.ts';
import { foldName } from '../reconcile/names.ts';
import { CoverageCounter, type SourceCoverage } from '../scanners/coverage.ts';
import { type Incident, readIncidents } from '../scanners/inventory/incidents.ts';
import { openNames } from './open-names.ts';
import type { InputFile } from './scan-sources.ts';

/** What broke, as far as the configuration names a file of it. */
export interface BrokenBefore {
  readonly incidents: readonly Incident[];
  readonly coverage: readonly SourceCoverage[];
  readonly inputs: readonly InputFile[];
}

const dayMs = 24 * 60 * 60 * 1000;
const daysPerYear = 365.25;

/** Reads the file that `incidents:` names. @throws LandscapeError with every row that is no incident */
export async function readBroken(config: Config, files: Files): Promise<BrokenBefore> {
  const file = config.incidents;
  if (file === undefined) return { incidents: [], coverage: [], inputs: [] };
  let incidents: Incident[];
  try {
    incidents = await readIncidents(files, file);
  } catch (error) {
    if (!(error instanceof InputError) || !error.message.startsWith(`${file}: `)) throw error;
    throw new InputError(`${formatPlace(config.placeOf('incidents'))}: ${error.message}`, {
      cause: error,
    });
  }
  const counter = new CoverageCounter();
  counter.read(incidents.length);
  const source = { source: file, kind: 'incidents', environment: 'prod', files: 1, evidence: 0 };
  return {
    incidents,
    coverage: [counter.summarise(source)],
    inputs: [{ file, sha256: await files.digest(file) }],
  };
}

/**
 * Hours a year that incidents took for each link, over the time from the first to the last of them, a
 * year at least. Those of a system are shared by its point-to-point links.
 * @throws InputError naming every incident of something that is not there, in a folder that sees the whole
 */
export function shareIncidents(
  incidents: readonly Incident[],
  landscape: Landscape,
  scope: Config['scope'],
): Map<string, number> {
  const hours = new Map<string, number>();
  if (incidents.length === 0) return hours;
  const names = openNames(landscape);
  const keys = new Map(
    landscape.links.flatMap(({ key, registrations }) =>
      [key, ...registrations].map((name) => [name.toLowerCase(), key] as const),
    ),
  );
  const times = incidents
    .map(({ date }) => Date.parse(`${date}T00:00:00Z`) / dayMs)
    .sort((a, b) => a - b);
  const years = Math.max(1, ((times.at(-1) ?? 0) - (times[0] ?? 0)) / daysPerYear);
  const problems: string[] = [];
  for (const { about, hours: taken, place } of incidents) {
    const key = keys.get(about.toLowerCase());
    const system = names.get(foldName(about));
    const shared =
      key !== undefined
        ? [key]
        : landscape.links
            .filter(
              ({ from, to, pointToPoint }) => pointToPoint && (from === system || to === system),
            )
            .map((link) => link.key);
    if (key === undefined && system === undefined && scope === 'whole')
      problems.push(
        `${formatPlace(place)}: there is no link and no system "${about.slice(0, 80)}".${didYouMean(about, [...keys.keys(), ...names.keys()])}`,
      );
    for (const one of shared) hours.set(one, (hours.get(one) ?? 0) + taken / shared.length / years);
  }
  if (problems.length > 0) throw new InputError(problems.join('\n'));
  return hours;
}
