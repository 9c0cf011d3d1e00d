import { clearTextProtocols } from '../vocabulary.ts';
import { openNaming } from './naming.ts';
import type { Rule } from './rule.ts';

/** A link goes over a protocol that everyone on the way can read. */
export const cleartextProtocol: Rule = {
  name: 'cleartext-protocol',
  defaultSeverity: 'warn',
  needsWhole: false,
  check: ({ landscape, analysis }) => {
    const naming = openNaming(landscape);
    const links = new Map(landscape.links.map((link) => [link.key, link]));
    return analysis.contracts.clearText.map(({ link: key, protocols, origins }) => {
      const link = links.get(key);
      const what = link ? naming.link(link) : key;
      const instead = protocols.map(
        (protocol) => clearTextProtocols[protocol]?.instead ?? `${protocol} with TLS`,
      );
      return {
        subject: key,
        message: `${what} goes over ${protocols.join(' and ')} in clear text: whoever is on the way reads the data, and the password with it.`,
        remedy: `Use ${instead.join(' and ')}.`,
        evidence: origins,
      };
    });
  },
};
