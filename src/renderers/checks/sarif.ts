import type { Place } from '../../errors.ts';
import type { Origin } from '../../evidence.ts';
import type { Finding } from '../../finding.ts';
import { listJudgements } from '../../finding.ts';
import { sortedUnique } from '../../order.ts';
import { tellAcceptance } from '../acceptance.ts';
import { ruleMeanings } from '../explain/rule-meanings.ts';
import { clean } from '../terminal-text.ts';
import { plural } from '../wording.ts';
import { type Checked, placeFinding, toRepositoryPlace } from './checked.ts';
import { tellFinding, toSafeJson } from './words.ts';

const levels = { error: 'error', warn: 'warning', info: 'note' } as const;

/** GitHub shows the first 5,000 results of a run. Open findings come first, so accepted ones go first. */
const mostResults = 5_000;
/** GitHub takes 1,000 locations of a result; nobody looks at that many. */
const mostRelated = 50;

/**
 * SARIF 2.1.0, for code scanning: a result for each finding, also for accepted ones, which are
 * suppressed. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif(checked: Checked): string {
  const { audit, homepage } = checked;
  const shown = audit.findings.slice(0, mostResults);
  const rules = sortedUnique(listJudgements(shown).map(({ rule }) => rule));
  const omitted = tellOmitted(checked);
  return toSafeJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'landscape',
            ...(audit.tool !== '' && { version: audit.tool, semanticVersion: audit.tool }),
            ...(homepage !== undefined && { informationUri: homepage }),
            rules: rules.map((rule) => toRule(rule, homepage)),
          },
        },
        // Two landscapes of one repository are two analyses.
        automationDetails: {
          id: `landscape/${encodeURIComponent(clean(audit.name).replace(/\p{Surrogate}/gu, ''))}/`,
        },
        invocations: [
          {
            executionSuccessful: true,
            ...(omitted !== undefined && {
              toolExecutionNotifications: [{ level: 'warning', message: { text: omitted } }],
            }),
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: shown.map((finding) => toResult(checked, finding, rules)),
      },
    ],
  });
}

/** How many findings have no place in the file; undefined where all have one. */
export function tellOmitted({ audit }: Pick<Checked, 'audit'>): string | undefined {
  const rest = audit.findings.length - mostResults;
  return rest > 0
    ? `${plural(rest, 'finding')} left out of the SARIF file: code scanning takes ${plural(mostResults, 'result')}.`
    : undefined;
}

function toRule(rule: string, homepage: string | undefined): object {
  const meaning = ruleMeanings[rule];
  return {
    id: rule,
    name: rule,
    shortDescription: { text: meaning?.looksFor ?? rule },
    ...(meaning && {
      fullDescription: { text: meaning.looksFor },
      help: { text: `${meaning.looksFor} To accept it: ${meaning.toAccept}` },
      ...(meaning.severity !== 'off' && {
        defaultConfiguration: { level: levels[meaning.severity] },
      }),
    }),
    ...(homepage !== undefined && { helpUri: `${homepage}/blob/main/docs/rules/${rule}.md` }),
    properties: { tags: ['integration', 'architecture'] },
  };
}

function toResult(checked: Checked, finding: Finding, rules: readonly string[]): object {
  const { rule, severity, fingerprint, evidence, also = [], accepted } = finding;
  const main = placeFinding(checked, evidence);
  const related = [
    ...listPlaces(checked, evidence).map((place) => ({ place, text: 'also shown here' })),
    ...also.flatMap((each) =>
      listPlaces(checked, each.evidence)
        .slice(0, 1)
        .map((place) => ({ place, text: clean(`${each.rule}: ${each.message}`) })),
    ),
  ].filter(({ place, text }) => text !== 'also shown here' || !isSame(place, main));
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    level: levels[severity],
    message: { text: tellFinding(checked, finding).join('\n') },
    locations: [toLocation(main)],
    ...(related.length > 0 && {
      relatedLocations: related
        .slice(0, mostRelated)
        .map(({ place, text }, id) => ({ id, ...toLocation(place), message: { text } })),
    }),
    // GitHub knows an alert again by the first; without it, by the text around the line.
    partialFingerprints: {
      primaryLocationLineHash: fingerprint,
      'landscapeFingerprint/v1': fingerprint,
    },
    ...(accepted && {
      suppressions: [
        {
          kind: accepted.isComment ? 'inSource' : 'external',
          status: 'accepted',
          justification: clean(tellAcceptance(finding, checked.audit.today) ?? accepted.reason),
        },
      ],
    }),
    ...(also.length > 0 && { properties: { also: also.map((each) => each.rule) } }),
  };
}

function listPlaces(checked: Checked, evidence: readonly Origin[]): Place[] {
  return evidence.flatMap((origin) => toRepositoryPlace(checked, origin) ?? []);
}

function isSame(a: Place, b: Place): boolean {
  return a.file === b.file && a.line === b.line && a.column === b.column;
}

function toLocation({ file, line, column }: Place): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: toUri(file), uriBaseId: '%SRCROOT%' },
      region: { startLine: Math.max(1, line), startColumn: Math.max(1, column) },
    },
  };
}

/** A relative reference as in RFC 3986: each part of the path by itself, so that a colon is no scheme. */
function toUri(file: string): string {
  return file
    .split('/')
    .map((part) => encodeURIComponent(part.replace(/\p{Surrogate}/gu, '\ufffd')))
    .join('/');
}
