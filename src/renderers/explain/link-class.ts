import type { Link, LogWindow } from '../../landscape.ts';
import { linkClasses } from '../../vocabulary.ts';
import { plural } from '../wording.ts';
import type { ExplainContext } from './context.ts';

/** What the witnesses of a link come to: a name, and sentences that say what it means. */
export interface LinkClass {
  readonly name: string;
  readonly meaning: string;
}

/** What the logs say of a link that is in none of them. */
function tellNotSeen(observable: Link['observable'], window: LogWindow | undefined): string {
  const logs =
    window === undefined
      ? ''
      : ` in ${plural(window.days, 'day')} of logs, ${window.first} to ${window.last}`;
  switch (observable) {
    case 'yes':
      return `A log that was read would show it, and does not${logs}.`;
    case 'no':
      return 'No log that was read could show it, so its absence there means nothing.';
    case 'unknown':
      return 'Whether a log that was read could show it is not known.';
  }
}

/** The class of a link as the audit names it, and what its witnesses and the logs say. */
export function tellClass({ audit }: ExplainContext, link: Link): LinkClass {
  const { class: witnesses, observable, registered, window } = link;
  const set = witnesses.join('+');
  const notSeen = tellNotSeen(observable, window);
  const { name = 'attested', zombieAfterDays } =
    audit.analysis.observation.find((one) => one.link === link.key) ?? {};
  const until =
    zombieAfterDays === undefined || name !== 'unobserved'
      ? ''
      : ` It is a zombie after ${plural(zombieAfterDays, 'day')}.`;
  const paper = registered ? 'The registry' : 'A model, or a row that nobody approved,';
  const meanings: Readonly<Record<string, string>> = {
    declared: `Only ${paper.slice(0, 1).toLowerCase()}${paper.slice(1)} says so. ${notSeen}${until}`,
    coded: `Code or a schedule shows it, and nobody declares it. ${notSeen}`,
    observed: 'Only traffic shows it. Nobody declares it, and no code that was read makes it.',
    'declared+coded': `${paper} and the code agree. ${notSeen}`,
    'declared+observed': `${paper} and the traffic agree. The code that makes it was not read.`,
    'coded+observed': 'Code and traffic agree. Nobody declares it.',
    'declared+coded+observed':
      'All three witnesses agree: it is declared, it is built, and it runs.',
  };
  return {
    name: linkClasses[name].label.toLowerCase(),
    meaning: meanings[set] ?? '',
  };
}
