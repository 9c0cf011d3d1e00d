import type { Link } from '../../landscape.ts';
import { listNames } from '../wording.ts';
import { type ExplainContext, nameOf } from './context.ts';

const most = 5;

/** What a link is, in a sentence: who moves what, and who opens the connection. */
export function describeLink(context: ExplainContext, link: Link): string {
  const from = nameOf(context, link.from);
  const to = nameOf(context, link.to);
  const data = link.objects.length === 0 ? 'data' : listNames(link.objects, most);
  const over = link.protocol ?? (link.family === 'other' ? undefined : link.family);
  const way = over === undefined ? '' : ` over ${over}`;
  switch (link.initiator) {
    case 'from':
      return `${from} sends ${data} to ${to}${way}.`;
    case 'to':
      return `${to} fetches ${data} from ${from}${way}.`;
    case 'carrier':
      return `A ${carrierOf(link)} that belongs to neither takes ${data} from ${from} to ${to}, and delivers${way}.`;
    case 'unknown':
      return `${capitalise(data)} ${link.objects.length > 1 ? 'go' : 'goes'} from ${from} to ${to}${way}. ${restsBetween(context, link) ? 'Each of the two opens a connection of its own to what is between them.' : 'Nothing tells which of the two opens the connection.'}`;
    default:
      return link.initiator satisfies never;
  }
}

/** What stands between the two systems, and what that makes of the link. */
export function describeWay(context: ExplainContext, link: Link): string {
  const via = listNames(
    link.via.map((id) => nameOf(context, id)),
    most,
  );
  switch (link.mediation) {
    case 'direct':
      return via === ''
        ? `Nothing ${link.initiator === 'carrier' ? 'else ' : ''}stands between the two: it is point-to-point.`
        : `It passes ${via}, where data only rests or is handed on: it is point-to-point.`;
    case 'gateway':
      return `It passes ${via || 'an API gateway'}, which governs it. Both systems must still be up at the same time.`;
    case 'decoupled':
      return `It passes ${via || 'a broker or integration platform'}, so neither system waits for the other.`;
    default:
      return link.mediation satisfies never;
  }
}

/** Whether the data waits at a broker or store until the other side fetches it. */
function restsBetween({ systems }: ExplainContext, { via }: Link): boolean {
  const kinds = via.map((id) => systems.get(id)?.kind);
  return kinds.some((kind) => kind === 'broker' || kind === 'file-store' || kind === 'database');
}

/** What moves the data between two systems that it belongs to neither of. */
function carrierOf({ implementations }: Link): 'script' | 'job' {
  const code = implementations.find(({ delivers }) => delivers) ?? implementations[0];
  return code?.kind === 'job' ? 'job' : 'script';
}

function capitalise(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
