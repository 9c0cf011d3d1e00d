import type { Landscape, Link } from '../landscape.ts';
import { listSome, type Naming, openNaming } from './naming.ts';
import type { Judgement, Rule } from './rule.ts';

/** A script, schedule or configuration shows a link that no registry approves. */
export const unregisteredLink: Rule = {
  name: 'unregistered-link',
  defaultSeverity: 'error',
  needsWhole: false,
  check: ({ landscape }) => {
    const naming = openNaming(landscape);
    const own = findOwnStores(landscape);
    return landscape.links
      .filter((link) => !link.registered && link.class.includes('coded'))
      .filter(({ from, to }) => !own.has(from) && !own.has(to))
      .map((link) => judge(link, naming));
  },
};

/** A database that no registry lists and one system alone uses is part of that system. */
function findOwnStores({ links, systems }: Landscape): Set<string> {
  const users = new Map(
    systems
      .filter(({ kind, registered }) => kind === 'database' && !registered)
      .map(({ id }) => [id, new Set<string>()] as const),
  );
  for (const { from, to } of links) {
    users.get(from)?.add(to);
    users.get(to)?.add(from);
  }
  return new Set([...users].filter(([, others]) => others.size === 1).map(([id]) => id));
}

function judge(link: Link, naming: Naming): Judgement {
  const proof = link.evidence.filter(({ witness }) => witness === 'coded');
  const confidence = Math.max(0, ...proof.map((piece) => piece.confidence));
  // Where it is delivered comes first: there it would be mended.
  const deliveries = link.implementations
    .filter(({ delivers }) => delivers)
    .map(({ origin }) => origin);
  const kind = link.pointToPoint
    ? 'point-to-point'
    : link.via.length > 0
      ? `by way of ${listSome(link.via.map(naming.system))}`
      : 'decoupled';
  return {
    subject: link.key,
    message: `${naming.link(link)} over ${link.protocol ?? link.family} is ${kind} and not registered.`,
    remedy: 'Register it, route it through the platform, or remove it.',
    evidence: [...deliveries, ...proof.map(({ origin }) => origin)],
    isTentative: !link.pointToPoint || confidence < 0.7,
  };
}
