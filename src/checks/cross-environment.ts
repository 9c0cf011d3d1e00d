import type { Hop } from '../landscape.ts';
import { groupBy } from '../order.ts';
import { familyOfProtocol } from '../vocabulary.ts';
import { type Naming, openNaming } from './naming.ts';
import type { Judgement, Rule } from './rule.ts';

/** Production exchanges data with a test or any other environment. */
export const crossEnvironment: Rule = {
  name: 'cross-environment',
  defaultSeverity: 'warn',
  needsWhole: false,
  check: ({ landscape }) => {
    const naming = openNaming(landscape);
    const crossings = landscape.hops.filter(({ environment }) => environment !== 'prod');
    return [
      ...groupBy(crossings, ({ from, to, environment, protocol = '' }) =>
        [from, to, environment, familyOfProtocol(protocol)].join('\u0000'),
      ).values(),
    ].flatMap((hops) => judge(hops, naming));
  },
};

function judge(hops: readonly Hop[], naming: Naming): Judgement[] {
  const [first] = hops;
  if (!first) return [];
  const { from, to, environment, protocol = '' } = first;
  return [
    {
      subject: `${from}=>${to}#${familyOfProtocol(protocol)}`,
      message: `${naming.link(first)} leads from production to ${environment} or back: ${first.summary}. It counts as no link.`,
      remedy:
        'Use the address of production, or give the source its environment in landscape.yaml; if the name says no environment, list it under the hosts or aliases of its system.',
      evidence: hops.map(({ origin }) => origin),
      detail: environment,
    },
  ];
}
