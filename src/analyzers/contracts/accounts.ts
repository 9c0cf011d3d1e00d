import { groupBy, sortBy, sortedUnique } from '../../order.ts';
import { familyOfProtocol } from '../../vocabulary.ts';
import type { Reach } from './reaches.ts';

/** One account that several systems or carriers log in with: nobody can tell who did what. */
export interface SharedAccount {
  /** As the addresses in code write it. */
  readonly account: string;
  /** Where it logs in. */
  readonly systems: readonly string[];
  /** Systems, and carriers by the id of their code. */
  readonly users: readonly string[];
  readonly code: readonly string[];
}

/** Names that every machine or product has: the same name on two of them is not the same account. */
const everywhere = new Set([
  'admin',
  'administrator',
  'anonymous',
  'default',
  'ec2-user',
  'ftp',
  'git',
  'guest',
  'mysql',
  'oracle',
  'postgres',
  'root',
  'sa',
  'sys',
  'system',
  'sysdba',
  'ubuntu',
  'user',
]);

/**
 * Finds accounts by the user names in addresses. They are told as they are written: the proof of a
 * link shows the same address, and passwords in it were hidden when it was read.
 */
export function findSharedAccounts(reaches: readonly Reach[]): SharedAccount[] {
  const logins = reaches.flatMap((reach) => {
    const account = accountOf(reach);
    return account === undefined ? [] : [{ account, reach }];
  });
  const groups = groupBy(logins, ({ account, reach }) => {
    const folded = account.toLowerCase();
    return everywhere.has(folded) ? `${folded}\u0000${reach.system}` : folded;
  });
  const shared = [...groups.values()].map((group) => ({
    account: sortedUnique(group.map(({ account }) => account))[0] ?? '',
    systems: sortedUnique(group.map(({ reach }) => reach.system)),
    users: sortedUnique(group.map(({ reach }) => reach.by)),
    code: sortedUnique(group.map(({ reach }) => reach.code)),
  }));
  return sortBy(
    shared.filter(({ users }) => users.length > 1),
    ({ users }) => -users.length,
    ({ account }) => account,
    ({ systems }) => systems[0] ?? '',
  );
}

const forms: readonly RegExp[] = [
  // scheme://user:***@host, jdbc:oracle:thin:user/***@host
  /^(?:[a-z][a-z0-9+.-]{0,30}:)?\/\/([^\s:/@]{1,80})(?::[^@\s]{0,200})?@/i,
  // user@host, user:***@host, user/***@host
  /^([\w.$-]{1,80})(?:[:/]\*{3})?@[\w.-]/,
  // User Id=user; user=user
  /(?:^|[;\s(?&])(?:user(?:\s?id|name)?|uid)\s{0,3}=\s{0,3}([^;\s&)'"]{1,80})/i,
];

function accountOf({ reference, access }: Reach): string | undefined {
  // The part before the @ of a mail address is a mailbox.
  if (access.protocol !== undefined && familyOfProtocol(access.protocol) === 'mail')
    return undefined;
  for (const form of forms) {
    const account = form.exec(reference)?.[1];
    if (account !== undefined) return /^[\w.$\\-]+$/.test(account) ? account : undefined;
  }
  return undefined;
}
