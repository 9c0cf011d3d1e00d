import type { Link, Registration } from '../../landscape.ts';
import { formatOrigin } from '../html/links.ts';
import { listNames, plural } from '../wording.ts';
import { type ExplainContext, listPlaces, nameOf } from './context.ts';

/** Whether a link is registered, and why, in sentences. */
export interface RegistrationReason {
  readonly registered: boolean;
  readonly sentences: readonly string[];
}

/** Tells which row approves a link, or which rows come near and why they do not count. */
export function tellRegistration(context: ExplainContext, link: Link): RegistrationReason {
  const { registrations } = context.audit;
  if (link.registered) {
    const rows = rowsOf(registrations, link);
    return {
      registered: true,
      sentences: [tellRows(rows, link), ...tellDrift(rows, link)],
    };
  }
  if (registrations.length === 0)
    return { registered: false, sentences: ['No registry was read, so no link is registered.'] };
  const none = `None of the ${plural(registrations.length, 'registered row')} takes data from ${nameOf(context, link.from)} to ${nameOf(context, link.to)}${link.family === 'other' ? '' : ` over ${familyWords[link.family]}`}.`;
  const declared = link.evidence.filter(({ witness }) => witness === 'declared');
  const notApproved =
    declared.length === 0
      ? []
      : [
          `${listPlaces(declared.map(({ origin }) => origin))} ${declared.length === 1 ? 'declares' : 'declare'} it, and approves nothing: a model, or a row whose status is not approved.`,
        ];
  return { registered: false, sentences: [none, ...notApproved, ...tellNear(context, link)] };
}

const familyWords: Readonly<Record<Exclude<Link['family'], 'other'>, string>> = {
  http: 'http',
  database: 'a database protocol',
  file: 'a file protocol',
  messaging: 'messaging',
  mail: 'mail',
  'remote-shell': 'a remote shell',
};

function rowsOf(registrations: readonly Registration[], link: Link): Registration[] {
  const places = new Set(link.evidence.map(({ origin }) => formatOrigin(origin)));
  return registrations.filter(
    ({ id, origin }) => link.registrations.includes(id) && places.has(formatOrigin(origin)),
  );
}

function tellRows(rows: readonly Registration[], link: Link): string {
  const named =
    rows.length > 0
      ? rows.map(({ id, origin }) => `${id || 'a row'} (${formatOrigin(origin)})`)
      : link.registrations;
  return `${listNames(named, 5)} ${named.length === 1 ? 'approves' : 'approve'} it.`;
}

/** Another protocol of the same family is still the registered link, but not as it was agreed. */
function tellDrift(rows: readonly Registration[], link: Link): string[] {
  return rows.flatMap(({ id, protocol }) => {
    if (protocol === undefined)
      return [`${id || 'The row'} names no protocol, so it covers every one.`];
    const { protocol: spoken } = link;
    if (spoken === undefined || spoken === protocol) return [];
    return [`${id || 'The row'} says ${protocol}, and the code speaks ${spoken}.`];
  });
}

/** Rows of the same two systems that are of another family, or go the other way. */
function tellNear(context: ExplainContext, link: Link): string[] {
  const near = context.audit.links.filter(
    ({ key, registered, from, to }) =>
      registered &&
      key !== link.key &&
      ((from === link.from && to === link.to) || (from === link.to && to === link.from)),
  );
  return near.map((other) => {
    const rows = listNames(other.registrations, 3) || 'A row';
    const over = other.protocol ?? other.family;
    return other.from === link.from
      ? `${rows} ${other.registrations.length > 1 ? 'register' : 'registers'} the same way over ${over}, which is another link.`
      : `${rows} ${other.registrations.length > 1 ? 'register' : 'registers'} the other way, ${other.key}, which does not cover this one.`;
  });
}
