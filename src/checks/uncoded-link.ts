import type { Link, Proof } from '../landscape.ts';
import { openNaming } from './naming.ts';
import type { BaseFacts, Judgement, Rule } from './rule.ts';

/** Only the registry has a link that the code which was read would show. */
export const uncodedLink: Rule = {
  name: 'uncoded-link',
  defaultSeverity: 'info',
  needsWhole: true,
  check: ({ landscape, base }) => {
    const naming = openNaming(landscape);
    const habits = countHabits(landscape.links);
    return landscape.links
      .filter(({ registered, class: seen }) => registered && seen.join() === 'declared')
      .flatMap((link): Judgement[] => {
        const reason =
          tellBase(link, base) ?? tellOthers(link, habits.get(nameHabit(link)), naming.system);
        if (reason === undefined) return [];
        return [
          {
            subject: link.key,
            message: `${naming.link(link)} is registered, and no code that was read makes it${link.observable === 'yes' ? '; no log shows it either' : ''}. ${reason}`,
            remedy:
              'If it is gone, retire its row; if other code makes it, add that code to the sources.',
            evidence: link.evidence.map(({ origin }) => origin),
          },
        ];
      });
  },
};

/** Who makes the link, and by which family of protocols: such links are made in one way. */
function nameHabit({ initiator, from, to, family }: Link): string {
  const maker = initiator === 'from' ? from : initiator === 'to' ? to : '';
  return [initiator === 'carrier' ? 'carrier' : 'system', maker, family].join('\u0000');
}

interface Habit {
  readonly known: number;
  readonly coded: number;
}

/** How many links of each sort are known to run, and of how many the maker's code was read. */
function countHabits(links: readonly Link[]): ReadonlyMap<string, Habit> {
  const habits = new Map<string, Habit>();
  for (const link of links) {
    if (link.class.every((witness) => witness === 'declared')) continue;
    const { initiator, from, to } = link;
    const maker = initiator === 'carrier' ? undefined : initiator === 'to' ? to : from;
    const name = nameHabit(link);
    const { known, coded } = habits.get(name) ?? { known: 0, coded: 0 };
    const isCoded = link.evidence.some((proof) => isMadeBy(proof, maker));
    habits.set(name, { known: known + 1, coded: coded + (isCoded ? 1 : 0) });
  }
  return habits;
}

function tellBase({ key }: Link, base: BaseFacts | undefined): string | undefined {
  if (!base?.links.get(key)?.class.includes('coded')) return undefined;
  return `Code made it in the base audit as of ${base.asOf}.`;
}

/**
 * Code would show a link where most of those that its maker is known to make, in the same family, are
 * in code that was read. Who only has rows, or buys software that does it, proves nothing.
 */
function tellOthers(
  { initiator, from, to, family }: Link,
  habit: Habit | undefined,
  name: (id: string) => string,
): string | undefined {
  if (initiator === 'unknown' || habit === undefined) return undefined;
  const { known, coded } = habit;
  if (coded * 2 <= known) return undefined;
  const maker = initiator === 'to' ? to : from;
  const who = initiator === 'carrier' ? 'scripts of no system make' : `${name(maker)} makes`;
  const count =
    known === 1 ? `The other ${family} link` : `${coded} of ${known} other ${family} links`;
  return `${count} that ${who} ${coded === 1 ? 'is' : 'are'} in code that was read.`;
}

/** Whether code of the maker itself shows it, and not that of the other end. */
function isMadeBy({ witness, access, ends }: Proof, maker: string | undefined): boolean {
  if (witness !== 'coded') return false;
  return (
    maker === undefined ||
    access === undefined ||
    (access.end === 1 ? ends[0] : ends[1]).is === maker
  );
}
