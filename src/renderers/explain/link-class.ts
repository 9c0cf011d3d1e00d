import type { Link } from '../../landscape.ts';

/** What the witnesses of a link come to: a name, and a sentence that says what it means. */
export interface LinkClass {
  readonly name: string;
  readonly meaning: string;
}

const classes: Readonly<Record<string, LinkClass>> = {
  coded: {
    name: 'built, declared by nobody',
    meaning: 'Code or a schedule shows it. No registry or model knows it, and no log shows it run.',
  },
  observed: {
    name: 'shadow',
    meaning:
      'Only traffic shows it. No registry or model knows it, and no code that was read makes it.',
  },
  'declared+coded': {
    name: 'agreed and built',
    meaning: 'A registry or model and the code agree. No log that was read shows it run.',
  },
  'declared+observed': {
    name: 'agreed and running',
    meaning: 'A registry or model and the traffic agree. The code that makes it was not read.',
  },
  'coded+observed': {
    name: 'built and running, declared by nobody',
    meaning: 'Code and traffic agree. No registry or model knows it.',
  },
  'declared+coded+observed': {
    name: 'confirmed',
    meaning: 'All three witnesses agree: it is declared, it is built, and it runs.',
  },
};

const declaredAlone: Readonly<Record<Link['observable'], LinkClass>> = {
  yes: {
    name: 'unobserved',
    meaning: 'It is only declared. A log that was read would show it, and does not.',
  },
  no: {
    name: 'attested',
    meaning:
      'It is only declared. No log that was read could show it, so its absence there says nothing.',
  },
  unknown: {
    name: 'attested',
    meaning:
      'It is only declared. Whether a log that was read could show it is not known, so its absence there says nothing.',
  },
};

/** The class of a link by its witnesses and by whether a log could show it. */
export function tellClass({ class: witnesses, observable }: Link): LinkClass {
  return classes[witnesses.join('+')] ?? declaredAlone[observable];
}
