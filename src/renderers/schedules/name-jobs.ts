import type { Audit } from '../../audit.ts';

/** What a job is called: a link by the names of its ends, a script or line by itself. */
export function nameJobs({
  systems,
  links,
}: Pick<Audit, 'systems' | 'links'>): (job: string) => string {
  const names = new Map(systems.map(({ id, name }) => [id, name]));
  const titles = new Map(
    links.map(({ key, from, to }) => [key, `${names.get(from) ?? from} → ${names.get(to) ?? to}`]),
  );
  return (job) => titles.get(job) ?? job;
}
