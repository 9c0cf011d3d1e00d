import type { Link } from '../landscape.ts';
import { groupBy } from '../order.ts';
import { type Naming, openNaming } from './naming.ts';
import type { Judgement, Rule } from './rule.ts';

/** A model draws a link that what was read would show if it were there. */
export const outdatedModel: Rule = {
  name: 'outdated-model',
  defaultSeverity: 'warn',
  needsWhole: true,
  check: ({ landscape }) => {
    const naming = openNaming(landscape);
    const registered = new Set(
      landscape.systems.filter((system) => system.registered).map(({ id }) => id),
    );
    const makers = findMakers(landscape.links);
    return landscape.links
      .filter(({ registered: isKnown, class: seen }) => !isKnown && seen.join() === 'declared')
      .flatMap((link) => {
        const proofs = link.evidence.filter(({ scanner }) => scanner === 'model');
        const reason = tell(link, registered, makers, naming);
        if (proofs.length === 0 || reason === undefined) return [];
        const files = [...groupBy(proofs, ({ origin }) => origin.file).keys()];
        const where = files.length === 1 ? files[0] : `${files[0]} and ${files.length - 1} more`;
        const judgement: Judgement = {
          subject: link.key,
          message: `${where} ${files.length === 1 ? 'draws' : 'draw'} ${naming.link(link)}, but ${reason}.`,
          remedy: 'If the link is gone, take it out of the model; if it is there, register it.',
          evidence: proofs.map(({ origin }) => origin),
        };
        return [judgement];
      });
  },
};

/** Systems that are known to open connections by code that was read. */
function findMakers(links: readonly Link[]): ReadonlySet<string> {
  return new Set(
    links
      .filter(({ class: seen }) => seen.includes('coded'))
      .flatMap(({ from, to, initiator }) =>
        initiator === 'from' ? [from] : initiator === 'to' ? [to] : [],
      ),
  );
}

/** Why its absence elsewhere means something; undefined where nothing that was read would show it. */
function tell(
  { from, to, initiator, observable }: Link,
  registered: ReadonlySet<string>,
  makers: ReadonlySet<string>,
  naming: Naming,
): string | undefined {
  if (registered.has(from) && registered.has(to))
    return `the registry, which has both, does not list it${observable === 'yes' ? ', and no log shows it' : ' and nothing else shows it'}`;
  if (observable === 'yes') return 'no log shows it, and one would';
  const maker = initiator === 'from' ? from : initiator === 'to' ? to : undefined;
  if (maker !== undefined && makers.has(maker))
    return `the code of ${naming.system(maker)}, which was read, does not make it`;
  return undefined;
}
