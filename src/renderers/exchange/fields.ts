import type { Link, System } from '../../landscape.ts';

/** One attribute that exchange formats carry along. */
export interface Field<T> {
  readonly name: string;
  readonly type: 'string' | 'boolean';
  /** Absent, or an empty text, where there is nothing to say. */
  readonly read: (item: T) => string | boolean | undefined;
}

/** How values of a list are joined where a format has room for one text only. */
export function joinList(values: readonly string[]): string {
  return values.join('; ');
}

/** What is said of a system. People are left out: a team answers for it. */
export const systemFields: readonly Field<System>[] = [
  { name: 'id', type: 'string', read: ({ id }) => id },
  { name: 'name', type: 'string', read: ({ name }) => name },
  { name: 'kind', type: 'string', read: ({ kind }) => kind },
  { name: 'type', type: 'string', read: ({ type }) => type },
  { name: 'domain', type: 'string', read: ({ domain }) => domain },
  { name: 'site', type: 'string', read: ({ site }) => site },
  { name: 'partOf', type: 'string', read: ({ partOf }) => partOf },
  { name: 'team', type: 'string', read: ({ owner }) => owner?.team },
  { name: 'criticality', type: 'string', read: ({ criticality }) => criticality },
  { name: 'lifecycle', type: 'string', read: ({ lifecycle }) => lifecycle },
  { name: 'counted', type: 'boolean', read: ({ counted }) => counted },
  { name: 'registered', type: 'boolean', read: ({ registered }) => registered },
];

/** What is said of a link. */
export const linkFields: readonly Field<Link>[] = [
  { name: 'key', type: 'string', read: ({ key }) => key },
  { name: 'protocol', type: 'string', read: ({ protocol }) => protocol },
  { name: 'family', type: 'string', read: ({ family }) => family },
  { name: 'style', type: 'string', read: ({ style }) => style },
  { name: 'objects', type: 'string', read: ({ objects }) => joinList(objects) },
  { name: 'initiator', type: 'string', read: ({ initiator }) => initiator },
  { name: 'mediation', type: 'string', read: ({ mediation }) => mediation },
  { name: 'via', type: 'string', read: ({ via }) => joinList(via) },
  { name: 'class', type: 'string', read: (link) => joinList(link.class) },
  { name: 'registered', type: 'boolean', read: ({ registered }) => registered },
  { name: 'registrations', type: 'string', read: (link) => joinList(link.registrations) },
  { name: 'criticality', type: 'string', read: ({ criticality }) => criticality },
  { name: 'team', type: 'string', read: ({ owner }) => owner?.team },
];

/** The fields that have a value, with it. */
export function readFields<T>(
  fields: readonly Field<T>[],
  item: T,
): (readonly [name: string, value: string | boolean])[] {
  return fields.flatMap(({ name, read }) => {
    const value = read(item);
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
}

/** What a link is called in a drawing: what it carries, else how. */
export function labelLink({ objects, protocol, family }: Link): string {
  return objects.length > 0 ? objects.join(', ') : (protocol ?? family);
}
