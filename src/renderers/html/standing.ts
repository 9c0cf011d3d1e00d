import type { Link } from '../../landscape.ts';
import { linkClasses } from '../../vocabulary.ts';

/** How a link stands, from the registry's and the witnesses' view: what decides colour and line. */
export type Standing =
  | 'unregistered'
  | 'shadow'
  | 'unobserved'
  | 'attested'
  | 'registered'
  | 'found';

/** What each standing is called and means, the worst first. */
export const standings: Readonly<
  Record<Standing, { readonly label: string; readonly meaning: string }>
> = {
  unregistered: { label: 'Unregistered', meaning: 'in code, in no registry' },
  shadow: linkClasses.shadow,
  unobserved: linkClasses.unobserved,
  attested: linkClasses.attested,
  registered: { label: 'Registered', meaning: 'declared, and in code or traffic' },
  found: { label: 'Found', meaning: 'in code or traffic; no registry was read' },
};

/** The standing of a link. Without any registry, nothing can be called unregistered. */
export function judgeStanding(link: Link, hasRegistry: boolean): Standing {
  const alone = link.class.length === 1 ? link.class[0] : undefined;
  if (!link.registered && hasRegistry) return alone === 'observed' ? 'shadow' : 'unregistered';
  if (alone === 'declared') return link.observable === 'yes' ? 'unobserved' : 'attested';
  return link.registered ? 'registered' : 'found';
}
