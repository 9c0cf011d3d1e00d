import { findKnownService } from '../../known-services/find-known-service.ts';
import type { System, Unresolved } from '../../landscape.ts';
import { formatCount, plural } from '../wording.ts';
import { type ExplainContext, introduce } from './context.ts';

/** One way to find the system behind a reference, and what came of it. */
export interface Attempt {
  readonly tried: string;
  readonly outcome: string;
}

type Try = (context: ExplainContext, reference: string) => Attempt;

/** Reason → what is tried for it, in that order. */
const tries: Readonly<Record<Unresolved['reason'], readonly Try[]>> = {
  'unknown-reference': [
    tryAliases,
    tryHosts,
    tryNames,
    tryDomains,
    tryRanges,
    tryNaming,
    tryServices,
  ],
  'no-value': [tryValues, tryAliases],
  'half-link': [tryOtherHalf],
  'unmapped-traffic': [
    tryLogOptions,
    tryAliases,
    tryHosts,
    tryNames,
    tryDomains,
    tryRanges,
    tryNaming,
  ],
};

/** What was tried for a reference, in the order in which it is tried. */
export function listAttempts(context: ExplainContext, item: Unresolved): Attempt[] {
  if (isUnreadScript(item)) return [tryScripts(context)];
  const all = tries[item.reason].map((attempt) => attempt(context, item.reference));
  return all.filter(({ outcome }) => outcome !== '');
}

/** A script that is started and was not read. */
export function isUnreadScript({ message }: Unresolved): boolean {
  return message.includes('no script source holds it');
}

/** Of how many there are, in words that fit one too. */
function noneOf(count: number, verb: string): string {
  return count === 1
    ? `the only one there is does not match`
    : `none of the ${formatCount(count)} ${verb}`;
}

function tryScripts({ audit }: ExplainContext): Attempt {
  const sources = audit.coverage.sources.filter(({ kind }) => kind === 'scripts');
  const files = sources.reduce((sum, source) => sum + source.records, 0);
  return {
    tried: 'the scripts of all sources, by the end of their paths',
    outcome:
      sources.length === 0
        ? 'no source holds scripts'
        : `none of the ${formatCount(files)}, or more than one, has this path`,
  };
}

function tryAliases({ facts }: ExplainContext): Attempt {
  const count = facts.names.filter(({ kind }) => kind === 'alias').length;
  return {
    tried: `the aliases of ${facts.file}`,
    outcome: count === 0 ? 'there are none' : noneOf(count, 'fits'),
  };
}

function tryHosts(context: ExplainContext, reference: string): Attempt {
  const hosts = ({ hosts: all }: System): string[] => all.filter((host) => !host.includes('/'));
  return search(context, reference, 'the hosts of all systems', hosts);
}

function tryNames(context: ExplainContext, reference: string): Attempt {
  const names = ({ id, name, aliases }: System): string[] => [...new Set([id, name, ...aliases])];
  return search(context, reference, 'the ids, names and aliases of all systems', names);
}

/** What has the name and yet is no end of a link, such as a gateway, is told. */
function search(
  context: ExplainContext,
  reference: string,
  tried: string,
  read: (system: System) => readonly string[],
): Attempt {
  const { systems } = context.audit;
  const wanted = reference.toLowerCase();
  const holder = systems.find((system) =>
    read(system).some((name) => name.toLowerCase() === wanted),
  );
  const count = systems.reduce((sum, system) => sum + read(system).length, 0);
  return {
    tried,
    outcome: holder
      ? `it is one of ${introduce(context, holder.id)}, behind which the data goes on`
      : noneOf(count, 'is it'),
  };
}

function tryRanges({ audit }: ExplainContext, reference: string): Attempt {
  const tried = 'the address ranges of all systems';
  if (!/^[\d.]+$|^[\da-f]*:[\da-f:.]+$/i.test(reference)) return { tried, outcome: '' };
  const count = audit.systems.flatMap(({ hosts }) =>
    hosts.filter((host) => host.includes('/')),
  ).length;
  return {
    tried,
    outcome: count === 0 ? 'no system has one' : noneOf(count, 'holds it'),
  };
}

/** A domain under hosts stands for everything below it. */
function tryDomains({ audit }: ExplainContext): Attempt {
  const count = audit.systems.flatMap(({ hosts }) =>
    hosts.filter((host) => /^\*?\./.test(host)),
  ).length;
  return {
    tried: 'the domains of all systems',
    outcome: count === 0 ? '' : noneOf(count, 'holds it'),
  };
}

function tryNaming({ facts }: ExplainContext): Attempt {
  return {
    tried: `the naming patterns of ${facts.file}`,
    outcome: facts.namingPatterns === 0 ? '' : noneOf(facts.namingPatterns, 'fits'),
  };
}

function tryServices(_context: ExplainContext, reference: string): Attempt {
  const known = findKnownService(reference);
  return {
    tried: 'the well-known services outside, such as Salesforce or Stripe',
    outcome: known ? `it is ${known.name}, which is left out` : 'it is none of them',
  };
}

function tryValues(): Attempt {
  return {
    tried: 'its value in the file itself, in the files it reads, and in settings of the source',
    outcome: 'nothing that was read sets it',
  };
}

function tryOtherHalf(): Attempt {
  return {
    tried: 'the other half in every script, schedule and log: the same file, table or topic',
    outcome: 'nothing that was read has it',
  };
}

function tryLogOptions({ facts }: ExplainContext): Attempt {
  const count = (kind: 'caller' | 'route'): number =>
    facts.names.filter((name) => name.kind === kind).length;
  return {
    tried: 'the callers and routes of the log sources',
    outcome: `none of the ${plural(count('caller'), 'caller')} and ${plural(count('route'), 'route')} fits`,
  };
}
