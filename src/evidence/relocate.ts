import type { Evidence, Origin, Reference } from '../evidence.ts';

/** Whose evidence it is. */
export interface Provenance {
  /** What the evidence is known by; its files are shown below it. */
  readonly name: string;
  readonly repository?: string;
  readonly commit?: string;
}

/**
 * Puts all files of one collection below the name of where it comes from: `cron.d/etl` of `billing`
 * becomes `billing/cron.d/etl`. Ids that begin with one of these files follow, so that equal paths of
 * two repositories stay two things. Evidence that names its repository already keeps it.
 */
export function relocate(evidence: readonly Evidence[], provenance: Provenance): Evidence[] {
  const files = new Set(evidence.flatMap((item) => listFiles(item)));
  const toId = (id: string): string => (startsWithFile(id, files) ? below(provenance, id) : id);
  return evidence.map((item) => move(item, provenance, toId));
}

/** Puts a file below the name of where it comes from. */
export function below({ name }: Provenance, file: string): string {
  return file.startsWith('/') ? `${name}${file}` : `${name}/${file}`;
}

function listFiles(item: Evidence): string[] {
  return item.kind === 'unresolved'
    ? [item.origin.file, item.connection.origin.file]
    : [item.origin.file];
}

/** Scripts are known by their file, jobs by their file and name. */
function startsWithFile(id: string, files: ReadonlySet<string>): boolean {
  if (files.has(id)) return true;
  const end = id.indexOf(': ');
  return end > 0 && files.has(id.slice(0, end));
}

/** An origin as it is seen from where the collection is read. */
export function moveOrigin<T extends Origin>(origin: T, provenance: Provenance): T {
  const { repository, commit } = provenance;
  const isKnown = origin.repository !== undefined;
  return {
    ...origin,
    file: below(provenance, origin.file),
    ...(isKnown || repository === undefined ? {} : { repository }),
    ...(isKnown || commit === undefined ? {} : { commit }),
  };
}

type ToId = (id: string) => string;

function move<T extends Evidence>(item: T, provenance: Provenance, toId: ToId): Evidence {
  const origin = moveOrigin(item.origin, provenance);
  switch (item.kind) {
    case 'connection':
      return { ...item, origin, from: moveEnd(item.from, toId), to: moveEnd(item.to, toId) };
    case 'unresolved': {
      const { connection } = item;
      return {
        ...item,
        origin,
        reference: moveEnd(item.reference, toId),
        connection: {
          ...connection,
          origin: moveOrigin(connection.origin, provenance),
          from: moveEnd(connection.from, toId),
          to: moveEnd(connection.to, toId),
        },
      };
    }
    case 'job':
      return {
        ...item,
        origin,
        id: toId(item.id),
        ...(item.after === undefined ? {} : { after: item.after.map(toId) }),
      };
    case 'calls-script':
      return {
        ...item,
        origin,
        caller: toId(item.caller),
        script: toId(item.script),
        ...(item.through === undefined ? {} : { through: toId(item.through) }),
      };
    case 'safeguard':
      return { ...item, origin, code: toId(item.code) };
    case 'ownership':
      return { ...item, origin, script: toId(item.script) };
    case 'system':
    case 'address':
    case 'route':
    case 'credential':
    case 'comment':
      return { ...item, origin };
  }
}

function moveEnd(end: Reference, toId: ToId): Reference {
  return end.kind === 'code' ? { ...end, value: toId(end.value) } : end;
}
