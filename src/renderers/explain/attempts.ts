import { findKnownService } from '../../known-services/find-known-service.ts';
import type { Unresolved } from '../../landscape.ts';
import { formatCount, plural } from '../wording.ts';
import type { ExplainContext } from './context.ts';

/** One way to find the system behind a reference, and what came of it. */
export interface Attempt {
  readonly tried: string;
  readonly outcome: string;
}

const isAddress = (text: string): boolean => /^[\d.]+$|^[\da-f]*:[\da-f:.]+$/i.test(text);

/** What was tried for a reference, in the order in which it is tried. */
export function listAttempts(
  { audit, facts }: ExplainContext,
  { reference, reason }: Unresolved,
): Attempt[] {
  const aliases = facts.names.filter(({ kind }) => kind === 'alias').length;
  const alias: Attempt = {
    tried: `the aliases of ${facts.file}`,
    outcome: aliases === 0 ? 'there is none' : `none of the ${formatCount(aliases)} fits`,
  };
  if (reason === 'no-value')
    return [
      {
        tried: 'its value in the file itself, in the files it reads, and in settings of the source',
        outcome: 'nothing that was read sets it',
      },
      alias,
    ];
  if (reason === 'half-link')
    return [
      {
        tried: 'the other half in every script, schedule and log: the same file, table or topic',
        outcome: 'nothing that was read has it',
      },
    ];
  const of = (kind: 'caller' | 'route'): number =>
    facts.names.filter((name) => name.kind === kind).length;
  const ranges = audit.systems.flatMap(({ hosts }) => hosts.filter((host) => host.includes('/')));
  const hosts = audit.systems.reduce((sum, system) => sum + system.hosts.length, 0);
  const names = audit.systems.reduce((sum, { aliases: all }) => sum + 2 + all.length, 0);
  return [
    ...(reason === 'unmapped-traffic'
      ? [
          {
            tried: 'the callers and routes of the log sources',
            outcome: `none of the ${plural(of('caller'), 'caller')} and ${plural(of('route'), 'route')} fits`,
          },
        ]
      : []),
    alias,
    {
      tried: 'the hosts of all systems',
      outcome: `none of the ${formatCount(hosts - ranges.length)} is this one`,
    },
    {
      tried: 'the ids, names and aliases of all systems',
      outcome: `none of the ${formatCount(names)} is this one`,
    },
    ...(isAddress(reference)
      ? [
          {
            tried: 'the address ranges of all systems',
            outcome:
              ranges.length === 0
                ? 'no system has one'
                : `it lies in none of the ${formatCount(ranges.length)}`,
          },
        ]
      : [
          {
            tried: 'the well-known services outside, such as Salesforce or Stripe',
            outcome: findKnownService(reference) ? 'it is one that is left out' : 'it is none',
          },
        ]),
  ];
}
