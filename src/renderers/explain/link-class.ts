import type { Link } from '../../landscape.ts';

/** What the witnesses of a link come to: a name, and sentences that say what it means. */
export interface LinkClass {
  readonly name: string;
  readonly meaning: string;
}

const names: Readonly<Record<string, string>> = {
  coded: 'built, declared by nobody',
  observed: 'shadow',
  'declared+coded': 'declared and built',
  'declared+observed': 'declared and running',
  'coded+observed': 'built and running, declared by nobody',
  'declared+coded+observed': 'confirmed',
};

const notSeen: Readonly<Record<Link['observable'], string>> = {
  yes: 'A log that was read would show it, and does not.',
  no: 'No log that was read could show it, so its absence there means nothing.',
  unknown: 'Whether a log that was read could show it is not known.',
};

/** The class of a link by its witnesses and by whether a log could show it. */
export function tellClass({ class: witnesses, observable, registered }: Link): LinkClass {
  const set = witnesses.join('+');
  const paper = registered ? 'The registry' : 'A model, or a row that nobody approved,';
  const meanings: Readonly<Record<string, string>> = {
    declared: `Only ${paper.slice(0, 1).toLowerCase()}${paper.slice(1)} says so. ${notSeen[observable]}`,
    coded: `Code or a schedule shows it, and nobody declares it. ${notSeen[observable]}`,
    observed: 'Only traffic shows it. Nobody declares it, and no code that was read makes it.',
    'declared+coded': `${paper} and the code agree. ${notSeen[observable]}`,
    'declared+observed': `${paper} and the traffic agree. The code that makes it was not read.`,
    'coded+observed': 'Code and traffic agree. Nobody declares it.',
    'declared+coded+observed':
      'All three witnesses agree: it is declared, it is built, and it runs.',
  };
  return {
    name: names[set] ?? (observable === 'yes' ? 'unobserved' : 'attested'),
    meaning: meanings[set] ?? '',
  };
}
