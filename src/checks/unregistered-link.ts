import type { Landscape, Link } from '../landscape.ts';
import type { Judgement, Rule } from './rule.ts';

/** A script, schedule or configuration shows a link that no registry approves. */
export const unregisteredLink: Rule = {
  name: 'unregistered-link',
  defaultSeverity: 'error',
  needsWhole: false,
  check: ({ landscape }) =>
    landscape.links
      .filter((link) => !link.registered && link.class.includes('coded'))
      .filter((link) => !isOwnStore(link, landscape))
      .map(judge),
};

/** A database that one system alone uses is part of that system, whoever lists it. */
function isOwnStore({ from, to }: Link, { links, systems }: Landscape): boolean {
  const store = systems.find(
    ({ id, kind }) => kind === 'database' && (id === from || id === to),
  )?.id;
  if (store === undefined) return false;
  const users = links.flatMap((link) =>
    link.from === store ? [link.to] : link.to === store ? [link.from] : [],
  );
  return new Set(users).size === 1;
}

function judge(link: Link): Judgement {
  const proof = link.evidence.filter(({ witness }) => witness === 'coded');
  const confidence = Math.max(0, ...proof.map((piece) => piece.confidence));
  // Where it is delivered comes first: there it would be mended.
  const deliveries = link.implementations
    .filter(({ delivers }) => delivers)
    .map(({ origin }) => origin);
  const kind = link.pointToPoint ? 'point-to-point' : `by way of ${link.via.join(', ')}`;
  return {
    subject: link.key,
    message: `${link.from} → ${link.to} over ${link.protocol ?? link.family} is ${kind} and not registered.`,
    remedy: 'Register it, route it through the platform, or remove it.',
    evidence: [...deliveries, ...proof.map(({ origin }) => origin)],
    isTentative: !link.pointToPoint || confidence < 0.7,
  };
}
