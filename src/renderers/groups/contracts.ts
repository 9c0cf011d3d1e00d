import type { Interface } from '../../analyzers/contracts/interfaces.ts';
import type { Audit } from '../../audit.ts';
import { groupBy } from '../../order.ts';
import { listNames, plural } from '../wording.ts';
import { type Answer, keepFilled, toGroup, toLink, toRow, toSystem, toText } from './group.ts';

/**
 * Answers who depends on the inside of another system: tables, versions, accounts, open lines.
 * @param nameOf what a system is called in the report
 */
export function answerContracts(
  { analysis, systems }: Pick<Audit, 'analysis' | 'systems'>,
  nameOf: (system: string) => string,
): Answer {
  const { schemas, interfaces, clearText, sharedAccounts } = analysis.contracts;
  const ids = new Set(systems.map(({ id }) => id));
  const toUser = (id: string): ReturnType<typeof toText> =>
    ids.has(id) ? toSystem(id) : toText(id);
  const shared = interfaces.filter(({ users, system }) => users.length > (system ? 1 : 2));
  const versions = findVersions(interfaces);
  const uses = schemas.flatMap(({ system, users }) =>
    users.map((user) => ({ owner: system, all: users.length, ...user })),
  );
  const count = (found: readonly unknown[], one: string, many: string): string =>
    found.length === 0 ? '' : `${plural(found.length, one, many)}`;
  const parts = [
    count(
      schemas,
      'system has its tables used by others',
      'systems have their tables used by others',
    ),
    count(shared, 'interface or contract is shared', 'interfaces or contracts are shared'),
    count(versions, 'interface runs in several versions', 'interfaces run in several versions'),
    count(clearText, 'link goes in clear text', 'links go in clear text'),
    count(sharedAccounts, 'account is shared', 'accounts are shared'),
  ].filter(Boolean);
  return {
    question: 'Who depends on the inside of another system?',
    sentence:
      parts.length === 0
        ? 'Nothing that was read shows that a system depends on the inside of another.'
        : `${parts.join('; ')}.`,
    groups: keepFilled([
      toGroup(
        'Tables of others',
        'Each change of the schema may break them; give them an interface, or shared data.',
        uses,
        ({ owner, system, does, tables, code }) =>
          toRow(
            toSystem(system),
            `${tellAccess(does)} ${tables.length > 0 ? `${listNames(tables, 5)} of ` : 'tables of '}${nameOf(owner)}${code.length > 0 ? ', by' : ''}`,
            code.map(toText),
          ),
      ),
      toGroup(
        'Shared interfaces',
        'A new version must keep the old one until all of them have moved.',
        shared,
        ({ name, system, users }) =>
          toRow(
            toText(name),
            system === undefined ? 'binds' : `of ${nameOf(system)} is called by`,
            users.map(toUser),
          ),
      ),
      toGroup(
        'Several versions at once',
        'Move the callers of the old one, then switch it off.',
        versions,
        ([first, ...others]) =>
          toRow(
            toSystem(first?.system ?? ''),
            'answers as',
            [first, ...others].flatMap((each) =>
              each
                ? [
                    toText(
                      `${each.name} (${listNames(each.users.map((id) => (ids.has(id) ? nameOf(id) : id)))})`,
                    ),
                  ]
                : [],
            ),
          ),
      ),
      toGroup(
        'Clear text',
        'Whoever is on the way reads the data, and the password with it.',
        clearText,
        ({ link, protocols }) => toRow(toLink(link), `over ${listNames(protocols)}`),
      ),
      toGroup(
        'Shared accounts',
        'Give each its own: else nobody can tell who did what, and a new password stops them all.',
        sharedAccounts,
        ({ account, systems: where, users }) =>
          toRow(
            toText(account),
            `at ${listNames(where.map(nameOf))} is used by`,
            users.map(toUser),
          ),
      ),
    ]),
  };
}

/** Interfaces of one system whose paths differ in the version alone. */
function findVersions(interfaces: readonly Interface[]): Interface[][] {
  const own = interfaces.filter(({ system }) => system !== undefined);
  return [
    ...groupBy(
      own,
      ({ system = '', name }) => `${system}\u0000${name.slice(0, name.lastIndexOf('/'))}`,
    ).values(),
  ].filter((group) => group.length > 1);
}

function tellAccess(does: readonly string[]): string {
  const known = does.filter((each) => each !== 'unknown');
  return known.length === 0 ? 'uses' : known.join(' and ');
}
