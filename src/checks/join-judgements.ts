import { type Finding, severities } from '../finding.ts';
import { groupBy, sortBy } from '../order.ts';

/** Rules that say of a link that it is new: what others say of it is news of the same change. */
const rulesOfNewLinks: readonly string[] = ['unregistered-link', 'shadow-link'];

/**
 * Makes one finding of all that is said of one new link. The heaviest that nobody has accepted leads,
 * and the others hang on it, so that none of them is lost and none is counted twice.
 * @param ruleNames the rules in their order, which decides between equally heavy ones
 */
export function joinJudgements(
  findings: readonly Finding[],
  ruleNames: readonly string[],
): Finding[] {
  const newLinks = new Set(
    findings.flatMap(({ rule, subject }) => (rulesOfNewLinks.includes(rule) ? [subject] : [])),
  );
  const groups = groupBy(
    findings.filter(({ subject }) => newLinks.has(subject)),
    ({ subject }) => subject,
  );
  const joined = [...groups.values()].flatMap((group) => {
    const [lead, ...also] = sortBy(
      group,
      ({ accepted }) => (accepted ? 1 : 0),
      ({ severity }) => severities.indexOf(severity),
      ({ rule }) => ruleNames.indexOf(rule),
      ({ fingerprint }) => fingerprint,
    );
    if (!lead) return [];
    return [also.length === 0 ? lead : { ...lead, also }];
  });
  return [...findings.filter(({ subject }) => !newLinks.has(subject)), ...joined];
}
