import type { Rule } from './rule.ts';

/** A password, token or key is written out in a script or schedule. */
export const credentialInCode: Rule = {
  name: 'credential-in-code',
  defaultSeverity: 'warn',
  needsWhole: false,
  check: ({ landscape }) =>
    landscape.credentials.map(({ secret, statement, origin }) => ({
      subject: secret,
      message: `A ${secret} is written out: ${statement}`,
      remedy: 'Move it to a secret store and change it; it is in the history of the repository.',
      evidence: [origin],
      detail: statement,
    })),
};
