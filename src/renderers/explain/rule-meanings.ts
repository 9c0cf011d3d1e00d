import type { Severity } from '../../finding.ts';

/** What a rule looks for, and how what it found can be accepted instead of mended. */
export interface RuleMeaning {
  /** The severity that the rule has of its own. */
  readonly severity: Severity;
  readonly looksFor: string;
  readonly toAccept: string;
}

/** Rule → its meaning; the page of the rule says more. */
export const ruleMeanings: Readonly<Record<string, RuleMeaning>> = {
  'unregistered-link': {
    severity: 'error',
    looksFor: 'A script, schedule or configuration moves data, and no approved row covers it.',
    toAccept: 'Add a row to the registry, and let whoever answers for links approve it.',
  },
  'shadow-link': {
    severity: 'error',
    looksFor: 'Traffic shows a link that neither the registry nor any code that was read knows.',
    toAccept: 'Add a row to the registry, and let whoever answers for links approve it.',
  },
  'unobserved-link': {
    severity: 'warn',
    looksFor: 'The registry has a link that a log would have shown, and the log does not.',
    toAccept:
      'If it runs past the gateway, correct its protocol or "via" in the registry; no log is then expected to show it.',
  },
  'forbidden-link': {
    severity: 'error',
    looksFor: 'A link, or a way over several, that a policy of the house forbids.',
    toAccept: 'Except the system in the policy, or change it: its reason stands next to it.',
  },
  'allowed-links': {
    severity: 'error',
    looksFor: 'A system exchanges data with one that its policy does not allow, or in another way.',
    toAccept: 'Add the partner to "with" of the policy.',
  },
  'required-link': {
    severity: 'warn',
    looksFor: 'A system lacks a link that a policy wants each of its like to have.',
    toAccept: 'Except the system in the policy.',
  },
  'bypasses-platform': {
    severity: 'off',
    looksFor: 'A new link goes straight from one system to another, past the platform.',
    toAccept: 'Register it, and write down why the platform cannot carry it.',
  },
  'uncoded-link': {
    severity: 'info',
    looksFor: 'Only the registry has a link that the code which was read would show.',
    toAccept: 'If code outside of the sources makes it, add that code, or leave the note as it is.',
  },
  'outdated-model': {
    severity: 'warn',
    looksFor: 'A model or diagram draws a link that what was read would show, and does not.',
    toAccept: 'Take it out of the model, or register it where it is there.',
  },
  'drifted-link': {
    severity: 'warn',
    looksFor:
      'A registered link uses another protocol, or carries other objects, than its row says.',
    toAccept: 'Correct the row, and let whoever answers for links approve it again.',
  },
  'past-retire-by': {
    severity: 'warn',
    looksFor: 'A link is still there after the day on which it should have been gone.',
    toAccept: 'Write a new day into "retireBy", agreed on with its owner.',
  },
  'direct-database-access': {
    severity: 'info',
    looksFor: 'A system reads or writes the tables of another one, or several share a database.',
    toAccept: 'Agree on the tables with their owner, and name that as the "contract" of the link.',
  },
  'unhandled-failure': {
    severity: 'warn',
    looksFor: 'Somebody would be told when a job fails, but the job hides that it failed.',
    toAccept: 'If the failure does no harm, let the line say what it does instead of failing.',
  },
  'fan-in-limit': {
    severity: 'warn',
    looksFor: 'More systems send data to one system than "limits" allows.',
    toAccept: 'Except the system under "limits: fanIn".',
  },
  'saturation-limit': {
    severity: 'warn',
    looksFor: 'A greater share of all pairs of systems is wired together than "limits" allows.',
    toAccept: 'Raise "limits: saturation".',
  },
  'cyclic-dependency': {
    severity: 'warn',
    looksFor: 'More systems reach each other in a circle than "limits" allows.',
    toAccept: 'Raise "limits: cyclicGroup".',
  },
  ratchet: {
    severity: 'off',
    looksFor: 'A headline figure is worse than in an earlier audit.',
    toAccept: 'Take a new base: compare with an audit that has the link.',
  },
  'duplicate-link': {
    severity: 'warn',
    looksFor: 'Two scripts or jobs deliver the same link.',
    toAccept: 'Two that must both run, such as an old and a new one for a while, are still two.',
  },
  'no-owner': {
    severity: 'warn',
    looksFor: 'Nobody answers for a system, or for a link and both of its ends.',
    toAccept: 'Any team that answers for now is an owner; write it into the inventory.',
  },
  'owner-left': {
    severity: 'warn',
    looksFor: 'The person who is named as the owner of a system or link is no longer here.',
    toAccept:
      'If the person is here under another spelling, write the e-mail address into the "owner" column.',
  },
  'no-safeguard': {
    severity: 'warn',
    looksFor: 'A job runs on a schedule, and nobody is told when it fails.',
    toAccept:
      'If a monitor outside of the sources watches it, write it into the "monitoring" column of the registry.',
  },
  'stale-data': {
    severity: 'warn',
    looksFor: 'Data gets older than the configuration allows, although every run succeeds.',
    toAccept: 'Raise "maxAgeHours" of the object under "freshness:".',
  },
  'cross-environment': {
    severity: 'warn',
    looksFor: 'Production exchanges data with a test or any other environment.',
    toAccept: 'If the name says no environment, list it under the hosts or aliases of its system.',
  },
  'credential-in-code': {
    severity: 'warn',
    looksFor: 'A password, token or key is written out in a script or schedule.',
    toAccept: 'If it is an example and opens nothing, leave the file out of the source.',
  },
  'cleartext-protocol': {
    severity: 'warn',
    looksFor: 'A link goes over a protocol that encrypts nothing, to another machine.',
    toAccept: 'If a tunnel encrypts all that goes there, set the rule to "info" and say so.',
  },
  'conflicting-registry': {
    severity: 'warn',
    looksFor: 'Two places contradict each other about a system.',
    toAccept: 'There is nothing to accept: one of the two places is wrong.',
  },
  'unknown-system': {
    severity: 'warn',
    looksFor: 'A row names a system that no inventory describes.',
    toAccept: 'Add a row for the system; an id and a kind are enough.',
  },
  'stale-baseline': {
    severity: 'error',
    looksFor: 'The baseline accepts what is no longer found.',
    toAccept: 'A pipeline that cannot change the file checks with --allow-stale-baseline.',
  },
  'inline-comment': {
    severity: 'error',
    looksFor: 'A comment in code that ties or accepts a line does not do what it says.',
    toAccept: 'Nothing accepts it: the comment is what accepts. Correct it or take it out.',
  },
  'unresolved-reference': {
    severity: 'info',
    looksFor: 'Code or traffic names an end that no system stands for, or shows half a link.',
    toAccept: 'Describe it as a system of kind external-service, or of the kind that it is.',
  },
};
