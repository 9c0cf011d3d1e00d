import type { SharedSchema } from '../analyzers/contracts/schemas.ts';
import type { Origin } from '../evidence.ts';
import type { Link, System } from '../landscape.ts';
import { listSome, type Naming, openNaming } from './naming.ts';
import type { Judgement, Rule } from './rule.ts';

/** A system reads or writes the tables of another one, or several share a database. */
export const directDatabaseAccess: Rule = {
  name: 'direct-database-access',
  defaultSeverity: 'info',
  needsWhole: false,
  check: ({ landscape, analysis }) => {
    const naming = openNaming(landscape);
    const links = new Map(landscape.links.map((link) => [link.key, link]));
    const systems = new Map(landscape.systems.map((system) => [system.id, system]));
    return analysis.contracts.schemas.flatMap((schema) => {
      const owner = systems.get(schema.system);
      return owner === undefined
        ? []
        : owner.kind === 'database'
          ? judgeShared(schema, owner, naming, links)
          : judgeOwned(schema, owner, naming, { links, systems });
    });
  },
};

/** What of an application is read or written is one finding for each system that does it. */
function judgeOwned(
  { users }: SharedSchema,
  owner: System,
  naming: Naming,
  { links, systems }: { links: ReadonlyMap<string, Link>; systems: ReadonlyMap<string, System> },
): Judgement[] {
  return users.flatMap(({ system, does, tables, links: keys }) => {
    const [subject, ...related] = keys;
    // To read and to be read is what a data platform is for, where somebody has agreed to it.
    const isItsWork =
      [owner.kind, systems.get(system)?.kind].includes('data-platform') &&
      !does.includes('writes') &&
      keys.every((key) => links.get(key)?.registered);
    if (subject === undefined || isItsWork) return [];
    const verb = does.includes('writes')
      ? does.includes('reads')
        ? 'reads and writes'
        : 'writes'
      : does.includes('reads')
        ? 'reads'
        : 'uses';
    const what = tables.length === 0 ? '' : ` (${listSome(tables, 4)})`;
    return [
      {
        subject,
        message: `${naming.system(system)} ${verb} tables of ${owner.name}${what}: whoever changes them can break it without knowing.`,
        remedy:
          'Ask for an interface, or a view that its owner keeps stable; until then, write the tables into a contract.',
        related,
        evidence: placesOf(keys, links),
      },
    ];
  });
}

/** A database of its own that several use is one finding: none of them owns it. */
function judgeShared(
  { users }: SharedSchema,
  database: System,
  naming: Naming,
  links: ReadonlyMap<string, Link>,
): Judgement[] {
  const keys = users.flatMap((user) => user.links);
  return [
    {
      subject: database.id,
      message: `${users.length} systems share the tables of ${database.name}: ${listSome(users.map(({ system }) => naming.system(system)))}. A change for one of them can break the others.`,
      remedy: 'Let one of them own the database, and give the others an interface.',
      related: keys,
      evidence: placesOf(keys, links),
    },
  ];
}

function placesOf(keys: readonly string[], links: ReadonlyMap<string, Link>): Origin[] {
  const proofs = keys.flatMap((key) => links.get(key)?.evidence ?? []);
  const direct = proofs.filter(({ witness }) => witness === 'coded');
  return (direct.length > 0 ? direct : proofs).map(({ origin }) => origin);
}
