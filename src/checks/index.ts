import { formatPlace } from '../errors.ts';
import type { Origin } from '../evidence.ts';
import { type Finding, type Severity, severities, toFingerprint } from '../finding.ts';
import { groupBy, sortBy } from '../order.ts';
import { cleartextProtocol } from './cleartext-protocol.ts';
import { conflictingRegistry } from './conflicting-registry.ts';
import { credentialInCode } from './credential-in-code.ts';
import { crossEnvironment } from './cross-environment.ts';
import { duplicateLink } from './duplicate-link.ts';
import { noOwner } from './no-owner.ts';
import { noSafeguard } from './no-safeguard.ts';
import { ownerLeft } from './owner-left.ts';
import type { Facts, Judgement, Rule } from './rule.ts';
import { shadowLink } from './shadow-link.ts';
import { staleData } from './stale-data.ts';
import { unknownSystem } from './unknown-system.ts';
import { unobservedLink } from './unobserved-link.ts';
import { unregisteredLink } from './unregistered-link.ts';
import { unresolvedReference } from './unresolved-reference.ts';

/** Every rule there is. */
export const rules: readonly Rule[] = [
  unregisteredLink,
  shadowLink,
  unobservedLink,
  duplicateLink,
  noOwner,
  ownerLeft,
  noSafeguard,
  staleData,
  credentialInCode,
  cleartextProtocol,
  crossEnvironment,
  conflictingRegistry,
  unknownSystem,
  unresolvedReference,
];

export interface CheckOptions {
  readonly scope: 'whole' | 'member';
  /** Rule → severity, as the configuration sets it. */
  readonly severities: Readonly<Record<string, Severity>>;
}

/** Runs the rules and puts severities on what they say, the heaviest first. */
export function check(facts: Facts, options: CheckOptions): Finding[] {
  const findings = rules.flatMap((rule) => {
    const severity = options.severities[rule.name] ?? rule.defaultSeverity;
    if (severity === 'off' || (rule.needsWhole && options.scope === 'member')) return [];
    return toFindings(rule, severity, rule.check(facts));
  });
  return sortBy(
    findings,
    ({ severity }) => severities.indexOf(severity),
    ({ rule }) => rules.findIndex(({ name }) => name === rule),
    ({ subject }) => subject,
    ({ fingerprint }) => fingerprint,
  );
}

function toFindings(
  rule: Rule,
  severity: Exclude<Severity, 'off'>,
  judgements: readonly Judgement[],
): Finding[] {
  const groups = groupBy(judgements, ({ subject, detail }) => `${subject}\u0000${detail ?? ''}`);
  return [...groups.values()].flatMap((group) =>
    group.map((judgement, ordinal) => ({
      rule: rule.name,
      severity: severity === 'error' && judgement.isTentative ? 'warn' : severity,
      subject: judgement.subject,
      message: judgement.message,
      remedy: judgement.remedy,
      related: judgement.related ?? [],
      evidence: uniquePlaces(judgement.evidence),
      // Two equal statements in two places are told apart by their order alone.
      fingerprint: toFingerprint(
        rule.name,
        judgement.subject,
        judgement.detail ?? '',
        String(ordinal),
      ),
    })),
  );
}

/** Each place once, in the order the rule gives them: the first is where it would be mended. */
function uniquePlaces(origins: readonly Origin[]): Origin[] {
  return [...new Map(origins.map((origin) => [formatPlace(origin), origin])).values()];
}
