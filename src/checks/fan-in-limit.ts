import { groupBy } from '../order.ts';
import { listSome, openNaming } from './naming.ts';
import { findFitting } from './patterns.ts';
import type { Rule } from './rule.ts';

/** More systems send data to a system than the configuration allows. */
export const fanInLimit: Rule = {
  name: 'fan-in-limit',
  defaultSeverity: 'warn',
  needsWhole: false,
  check: ({ landscape, analysis, limits }) => {
    if (limits.fanIn === undefined) return [];
    const { most, except } = limits.fanIn;
    const naming = openNaming(landscape);
    const excepted = except ? findFitting(landscape.systems, except) : new Set<string>();
    const systems = new Map(landscape.systems.map((system) => [system.id, system]));
    const incoming = groupBy(landscape.links, ({ to }) => to);
    return analysis.fanIn
      .filter(({ system, fanIn }) => fanIn > most && !excepted.has(system))
      .map(({ system, fanIn }) => {
        const senders = new Set(
          (incoming.get(system) ?? [])
            .filter(({ from }) => systems.get(from)?.counted)
            .map(({ from }) => naming.system(from)),
        );
        return {
          subject: system,
          figure: fanIn,
          message: `${fanIn} systems send data to ${naming.system(system)}, and ${most} ${most === 1 ? 'is' : 'are'} allowed: ${listSome([...senders])}.`,
          remedy:
            'Let it take the data from one place, such as a topic or a platform, or split it by what it does.',
          evidence: [...(systems.get(system)?.origins ?? []), limits.placeOf('fanIn')],
        };
      });
  },
};
