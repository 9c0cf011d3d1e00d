import type { Audit } from '../../audit.ts';
import type { Landscape } from '../../landscape.ts';
import { sortBy } from '../../order.ts';
import { analysisTreatment } from './analysis-treatment.ts';
import { frameTreatment, landscapeTreatment } from './landscape-treatment.ts';
import { digest, StandInRegistry } from './stand-ins.ts';
import { type Treatment, treat } from './treatment.ts';

const treatment: Treatment<Audit> = {
  ...frameTreatment,
  ...landscapeTreatment,
  analysis: analysisTreatment,
};

/**
 * The same audit with a stand-in for every name, host, path and person: the same one everywhere.
 * Figures, dates, schedules, kinds and protocols stay. It works on the finished audit, so that every
 * figure is what it was, and lets through only what its treatment names.
 * @throws Error where the audit holds a text that no treatment is known for
 */
export function anonymise(audit: Audit): Audit {
  const standIns = new StandInRegistry(
    new Map(audit.links.map(({ key, from, to, family }) => [key, { from, to, family }])),
    // The first by id where two systems have one name.
    new Map(audit.systems.map(({ id, name }) => [name, id] as const).reverse()),
  );
  treat(audit, treatment, standIns, 'audit');
  standIns.number(digest(audit.inputs.map(({ sha256 }) => sha256).join(' ')));
  const treated = treat(audit, treatment, standIns, 'audit');
  const systems = treated.systems.map((system) => ({ ...system, name: system.id }));
  return {
    ...treated,
    name: 'Anonymised landscape',
    ...sortLandscape({ ...treated, systems }, treated.analysis),
  };
}

/** The order of the real names would tell of them. */
function sortLandscape(
  landscape: Landscape,
  analysis: Audit['analysis'],
): Landscape & Pick<Audit, 'analysis'> {
  const { systems, links, registrations, hops, unresolved, conflicts, credentials } = landscape;
  return {
    systems: sortBy(systems, ({ id }) => id),
    links: sortBy(links, ({ key }) => key),
    registrations: sortBy(registrations, ({ id }) => id),
    hops: sortBy(
      hops,
      ({ from }) => from,
      ({ to }) => to,
    ),
    unresolved: sortBy(unresolved, ({ reference }) => reference),
    conflicts: sortBy(conflicts, ({ subject }) => subject),
    credentials: sortBy(credentials, ({ origin }) => origin.file),
    // One for each link, in their order.
    analysis: { ...analysis, observation: sortBy(analysis.observation, ({ link }) => link) },
  };
}
