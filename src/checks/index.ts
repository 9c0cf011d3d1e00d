import { formatPlace } from '../errors.ts';
import type { Origin } from '../evidence.ts';
import { type BaselineEntry, type Finding, severities, toFingerprint } from '../finding.ts';
import { groupBy, sortBy } from '../order.ts';
import { acceptByComments } from './accept-by-comments.ts';
import { acceptFindings } from './accept-findings.ts';
import { allowedLinks } from './allowed-links.ts';
import { bypassesPlatform } from './bypasses-platform.ts';
import { cleartextProtocol } from './cleartext-protocol.ts';
import { conflictingRegistry } from './conflicting-registry.ts';
import { credentialInCode } from './credential-in-code.ts';
import { crossEnvironment } from './cross-environment.ts';
import { cyclicDependency } from './cyclic-dependency.ts';
import { directDatabaseAccess } from './direct-database-access.ts';
import { driftedLink } from './drifted-link.ts';
import { duplicateLink } from './duplicate-link.ts';
import { fanInLimit } from './fan-in-limit.ts';
import { forbiddenLink } from './forbidden-link.ts';
import { inlineComment } from './inline-comment.ts';
import { joinJudgements } from './join-judgements.ts';
import { keepToPart } from './keep-to-part.ts';
import { leaveOutFiles, leaveOutPlaces } from './leave-out-places.ts';
import { noOwner } from './no-owner.ts';
import { noSafeguard } from './no-safeguard.ts';
import { outdatedModel } from './outdated-model.ts';
import { ownerLeft } from './owner-left.ts';
import { pastRetireBy } from './past-retire-by.ts';
import { ratchet } from './ratchet.ts';
import { requiredLink } from './required-link.ts';
import type { Facts, Judgement, Rule } from './rule.ts';
import { saturationLimit } from './saturation-limit.ts';
import { openSeverities, type SeveritySettings, type SeverityTable } from './severities.ts';
import { shadowLink } from './shadow-link.ts';
import { staleBaseline } from './stale-baseline.ts';
import { staleData } from './stale-data.ts';
import { uncodedLink } from './uncoded-link.ts';
import { unhandledFailure } from './unhandled-failure.ts';
import { unknownSystem } from './unknown-system.ts';
import { unobservedLink } from './unobserved-link.ts';
import { unregisteredLink } from './unregistered-link.ts';
import { unresolvedReference } from './unresolved-reference.ts';

/** Every rule there is. */
export const rules: readonly Rule[] = [
  unregisteredLink,
  shadowLink,
  forbiddenLink,
  allowedLinks,
  requiredLink,
  bypassesPlatform,
  unobservedLink,
  uncodedLink,
  outdatedModel,
  driftedLink,
  pastRetireBy,
  duplicateLink,
  directDatabaseAccess,
  noOwner,
  ownerLeft,
  noSafeguard,
  unhandledFailure,
  staleData,
  fanInLimit,
  saturationLimit,
  cyclicDependency,
  ratchet,
  credentialInCode,
  cleartextProtocol,
  crossEnvironment,
  conflictingRegistry,
  unknownSystem,
  unresolvedReference,
  staleBaseline,
  inlineComment,
];

/** Rules about what accepts findings: they look once all others have, and nothing accepts theirs. */
const lateRules: readonly Rule[] = [staleBaseline, inlineComment];

export interface CheckOptions extends SeveritySettings {
  readonly scope: 'whole' | 'member';
  /** What is accepted for now, and the day by which that is judged, `YYYY-MM-DD`. */
  readonly baseline: readonly BaselineEntry[];
  readonly today: string;
}

/**
 * Runs the rules, puts severities on what they say, marks what is accepted and makes one finding of
 * each new link. What is open comes before what is accepted, the heaviest first.
 */
export function check(facts: Facts, options: CheckOptions): Finding[] {
  const table = openSeverities(options, facts.landscape);
  const running = rules.filter(
    (rule) => table.isOn(rule) && (!rule.needsWhole || options.scope === 'whole'),
  );
  const names = rules.map(({ name }) => name);
  const judged = running
    .filter((rule) => !lateRules.includes(rule))
    .flatMap((rule) => {
      const judgements = rule.check(facts);
      const kept =
        options.scope === 'member' ? keepToPart(rule, judgements, facts.landscape) : judgements;
      return toFindings(rule, table, kept);
    });
  const commented = acceptByComments(judged, facts.landscape);
  const { findings, stale } = acceptFindings(commented.findings, options.baseline, {
    today: options.today,
    ran: new Set(running.map(({ name }) => name)),
  });
  const found = { ...facts, stale, idle: commented.idle };
  const late = lateRules
    .filter((rule) => running.includes(rule))
    .flatMap((rule) => toFindings(rule, table, rule.check(found)));
  return sortBy(
    [...joinJudgements(findings, names), ...late],
    ({ accepted }) => (accepted ? 1 : 0),
    ({ severity }) => severities.indexOf(severity),
    ({ rule }) => names.indexOf(rule),
    ({ subject }) => subject,
    ({ fingerprint }) => fingerprint,
  );
}

function toFindings(rule: Rule, table: SeverityTable, judgements: readonly Judgement[]): Finding[] {
  const groups = groupBy(judgements, ({ subject, detail = '', evidence }) =>
    [leaveOutFiles(subject, evidence), leaveOutPlaces(detail, evidence)].join('\u0000'),
  );
  return [...groups].flatMap(([about, group]) =>
    group.flatMap((judgement, ordinal): Finding[] => {
      const severity = table.of(rule, judgement.subject);
      if (severity === 'off') return [];
      return [
        {
          rule: rule.name,
          severity: severity === 'error' && judgement.isTentative ? 'warn' : severity,
          subject: judgement.subject,
          message: judgement.message,
          remedy: judgement.remedy,
          related: judgement.related ?? [],
          evidence: uniquePlaces(judgement.evidence),
          ...(judgement.figure === undefined ? {} : { figure: judgement.figure }),
          // Two equal statements in two places are told apart by their order alone.
          fingerprint: toFingerprint(rule.name, about, String(ordinal)),
        },
      ];
    }),
  );
}

/** Each place once, in the order the rule gives them: the first is where it would be mended. */
function uniquePlaces(origins: readonly Origin[]): Origin[] {
  return [...new Map(origins.map((origin) => [formatPlace(origin), origin])).values()];
}
