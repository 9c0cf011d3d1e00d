import { formatCount, listNames, plural } from '../wording.ts';
import { type Context, toHref } from './context.ts';

/** Something to do next. */
export interface Action {
  readonly title: string;
  readonly detail: string;
  readonly href: string;
}

/** The three most valuable things to do, from what is certain and dangerous to what is tidy. */
export function chooseActions(context: Context): Action[] {
  return [
    changeSecrets(context),
    decideUnregistered(context),
    nameOwners(context),
    findCallers(context),
    startMoving(context),
    retireUnobserved(context),
    followReferences(context),
    startRegistry(context),
  ]
    .filter((action) => action !== undefined)
    .slice(0, 3);
}

function decideUnregistered(context: Context): Action | undefined {
  const links = context.links.filter((link) => context.standingOf(link) === 'unregistered');
  if (links.length === 0) return undefined;
  const names = links.map(({ key }) => context.toLink(key).name);
  // The headline counts those too that only logs show: nobody can register what he cannot find.
  const shadows = context.links.filter((link) => context.standingOf(link) === 'shadow').length;
  const all = links.length + shadows;
  return {
    title: `Register, reroute or remove ${shadows > 0 ? `${formatCount(links.length)} of the ${formatCount(all)} links` : plural(all, 'link')} nobody registered`,
    detail: `${listNames(names, 2)}.${shadows > 0 ? ` Only logs show the other${shadows > 1 ? ` ${formatCount(shadows)}` : ''}: find the caller first.` : ''}`,
    href: toHref('show', 'unregistered'),
  };
}

function changeSecrets({ audit }: Context): Action | undefined {
  const count = audit.credentials.length;
  const first = audit.credentials[0];
  if (!first) return undefined;
  const secret = audit.findings.find(({ rule }) => rule === 'credential-in-code');
  return {
    title: `Change ${count === 1 ? `the ${first.secret}` : plural(count, 'secret')} written out in code`,
    detail: `${first.origin.file}:${first.origin.line}${count > 1 ? ` and ${plural(count - 1, 'more place')}` : ''}. Then move it to a secret store.`,
    href: secret ? toHref('finding', secret.fingerprint) : '#findings',
  };
}

function findCallers(context: Context): Action | undefined {
  const links = context.links.filter((link) => context.standingOf(link) === 'shadow');
  const calls = links.reduce((sum, { traffic }) => sum + (traffic?.calls ?? 0), 0);
  if (links.length === 0) return undefined;
  return {
    title: `Find who makes ${links.length === 1 ? 'the calls' : 'the calls'} of ${plural(links.length, 'shadow link')}`,
    detail: `${listNames(
      links.map(({ key }) => context.toLink(key).name),
      2,
    )}: ${plural(calls, 'call')} that no code explains.`,
    href: toHref('show', 'shadow'),
  };
}

function nameOwners(context: Context): Action | undefined {
  const { systemsWithoutOwner: systems } = context.audit.analysis.ownership;
  const links = context.audit.analysis.ownership.linksWithoutOwner;
  if (systems.length + links.length === 0) return undefined;
  const what = [
    systems.length > 0 ? plural(systems.length, 'system') : '',
    links.length > 0 ? plural(links.length, 'link') : '',
  ]
    .filter(Boolean)
    .join(' and ');
  const names = [...systems.map(context.nameOf), ...links.map((key) => context.toLink(key).name)];
  return {
    title: `Name an owner for ${what}`,
    detail: `${listNames(names, 2)}.`,
    href: '#ownership',
  };
}

function startMoving(context: Context): Action | undefined {
  const wave = context.audit.analysis.waves.waves[0];
  if (!wave) return undefined;
  return {
    title: `Move ${plural(wave.links.length, 'link')} in wave ${wave.number}`,
    detail: `${listNames(
      wave.links.map((key) => context.toLink(key).name),
      2,
    )}; about ${formatCount(wave.effortHours)} hours (illustrative).`,
    href: '#plan',
  };
}

function retireUnobserved(context: Context): Action | undefined {
  const { retired } = context.audit.analysis.waves;
  if (retired.length === 0) return undefined;
  return {
    title: `Ask whether ${plural(retired.length, 'link')} still ${retired.length === 1 ? 'runs' : 'run'}`,
    detail: `${listNames(
      retired.map((key) => context.toLink(key).name),
      2,
    )}: declared, never seen.`,
    href: toHref('show', 'unobserved'),
  };
}

function followReferences({ audit }: Context): Action | undefined {
  const count = audit.unresolved.length;
  if (count === 0) return undefined;
  return {
    title: `Say what ${plural(count, 'reference')} ${count === 1 ? 'is' : 'are'}`,
    detail: `${listNames(
      audit.unresolved.map(({ reference }) => reference),
      2,
    )}.`,
    href: '#unresolved',
  };
}

function startRegistry({ hasRegistry, links }: Context): Action | undefined {
  if (hasRegistry || links.length === 0) return undefined;
  return {
    title: 'Start a registry of links',
    detail: 'Without one, nobody can tell a link that was agreed from one that grew.',
    href: '#links',
  };
}
