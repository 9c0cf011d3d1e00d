import type { Finding } from '../../finding.ts';
import type { Proof } from '../../landscape.ts';
import { tellAcceptance } from '../acceptance.ts';
import { formatOrigin } from '../html/links.ts';
import { type ExplainContext, type Explanation, introduce, nameOf } from './context.ts';
import { tellClass } from './link-class.ts';
import { tellRegistration } from './link-registration.ts';
import { describeLink, describeWay } from './link-words.ts';
import { type Item, type Page, toFacts, toItems, toSection, toText } from './page.ts';
import { ruleMeanings } from './rule-meanings.ts';

const mostPlaces = 20;

/** The rule behind a finding, the facts it stands on, and how to mend or accept it. */
export function explainFinding(context: ExplainContext, finding: Finding): Explanation {
  const meaning = ruleMeanings[finding.rule];
  const docs = `docs/rules/${finding.rule}.md`;
  const severity = tellSeverity(context, finding);
  const about = tellSubject(context, finding);
  const data = {
    kind: 'finding',
    ...finding,
    ...meaning,
    whySeverity: severity,
    about,
    docs,
  };
  const page: Page = {
    title: `${finding.rule}: ${tellTitle(context, finding)}`,
    sections: [
      {
        blocks: [
          toText(finding.message),
          ...toFacts([
            ['Severity', severity],
            ['Subject', finding.subject],
            ['Related', finding.related.join(', ')],
            ['Fingerprint', finding.fingerprint],
            ['Counted with', findLead(context, finding)],
            ['Accepted', tellAcceptance(finding, context.audit.today)],
          ]),
        ],
      },
      ...toSection('The rule', meaning ? [toText(meaning.looksFor)] : []),
      ...toSection('The facts', [
        ...(about.length === 0 ? [] : [toText(about.join(' '))]),
        ...toItems(tellPlaces(context, finding)),
      ]),
      ...toSection('Also said of this new link', toItems(toLines(finding.also ?? []))),
      ...toSection('To mend it', [toText(finding.remedy), ...pasteRow(context, finding)]),
      ...toSection('To accept it', [
        ...(meaning ? [toText(meaning.toAccept)] : []),
        ...tellBaseline(finding),
        toText(`To hear less of the whole rule, write in ${context.facts.file}:`),
        { kind: 'paste', lines: ['rules:', `  ${finding.rule}: ${milder(finding)}`] },
      ]),
      ...toSection('More', [
        toText(`${docs} shows an example that fails and one that passes.${tellNext(finding)}`),
      ]),
    ],
  };
  return { data, page };
}

/** How this one finding is set aside for a time. */
function tellBaseline({ rule, subject }: Finding): Page['sections'][0]['blocks'] {
  if (rule === 'stale-baseline' || rule === 'inline-comment') return [];
  const about = /^[\w.=>#-]+$/.test(subject)
    ? `"${subject}"`
    : `'${subject.replaceAll("'", "'\\''")}'`;
  return [
    toText('To accept it for a time:'),
    {
      kind: 'paste',
      lines: [
        `landscape baseline --rule ${rule} --subject ${about} \\`,
        '  --owner <team> --reason <text> --expires <date>',
      ],
    },
  ];
}

/** The finding that this one hangs on. */
function findLead({ audit }: ExplainContext, finding: Finding): string | undefined {
  const lead = audit.findings.find(({ also }) =>
    also?.some(({ fingerprint }) => fingerprint === finding.fingerprint),
  );
  return lead && `${lead.rule} ${lead.fingerprint.slice(0, 8)}, for the link is new`;
}

function toLines(also: readonly Finding[]): Item[] {
  return also.map(({ rule, severity, fingerprint, message }) => ({
    head: `${severity}  ${rule}  ${fingerprint.slice(0, 8)}`,
    lines: [message],
  }));
}

function tellTitle(context: ExplainContext, { subject }: Finding): string {
  const link = context.audit.links.find(({ key }) => key === subject);
  return link
    ? `${nameOf(context, link.from)} → ${nameOf(context, link.to)}`
    : nameOf(context, subject);
}

function tellSeverity({ facts }: ExplainContext, { rule, severity }: Finding): string {
  if (facts.overridden.includes(rule))
    return `${severity}; ${facts.file} sets it for parts under "overrides:", and what is mediated or uncertain is lowered`;
  const set = facts.severities[rule];
  const own = ruleMeanings[rule]?.severity;
  if (!set)
    return own === undefined || own === severity
      ? `${severity}, the rule's own`
      : `${severity}; the rule's own is ${own}, and what is mediated or uncertain is lowered`;
  const where = `${set.place.file}:${set.place.line}`;
  return set.severity === severity
    ? `${severity}, as ${where} sets it`
    : `${severity}; ${where} sets ${set.severity}, and what is mediated or uncertain is lowered`;
}

/** What the subject is: the link or system in the words of its own explanation. */
function tellSubject(context: ExplainContext, { subject }: Finding): string[] {
  const link = context.audit.links.find(({ key }) => key === subject);
  if (link)
    return [
      describeLink(context, link),
      describeWay(context, link),
      tellClass(context, link).meaning,
      ...tellRegistration(context, link).sentences,
    ];
  const system = context.systems.get(subject);
  if (!system) return [];
  const links = context.audit.links.filter(({ from, to }) => from === subject || to === subject);
  return [
    `${introduce(context, subject)} is ${system.criticality} and has ${links.length} ${links.length === 1 ? 'link' : 'links'}.`,
  ];
}

/** Each place with what is there, where the evidence of a link tells. */
function tellPlaces({ audit }: ExplainContext, { subject, evidence }: Finding): Item[] {
  const proofs = new Map<string, Proof>(
    audit.links
      .filter(({ key }) => key === subject)
      .flatMap((link) => link.evidence.map((proof) => [formatOrigin(proof.origin), proof])),
  );
  const places = [...new Set(evidence.map(formatOrigin))];
  const shown = places.slice(0, mostPlaces).map((place): Item => {
    const proof = proofs.get(place);
    return { head: place, ...(proof && { lines: [`${proof.witness}: ${proof.summary}`] }) };
  });
  const rest = places.length - shown.length;
  return rest > 0 ? [...shown, { head: `and ${rest} more` }] : shown;
}

/** The row that a registry would need, in the form of the registry that there is. */
function pasteRow(
  { audit }: ExplainContext,
  { rule, subject }: Finding,
): Page['sections'][0]['blocks'] {
  const link = audit.links.find(({ key }) => key === subject);
  if (!link || (rule !== 'unregistered-link' && rule !== 'shadow-link')) return [];
  const row = Object.entries({
    from: link.from,
    to: link.to,
    initiator: link.initiator === 'unknown' ? '' : link.initiator,
    protocol: link.protocol ?? '',
  }).filter(([, value]) => value !== '');
  const isYaml = /\.ya?ml$/i.test(audit.registrations[0]?.origin.file ?? '');
  const lines = isYaml
    ? row.map(([key, value], index) => `${index === 0 ? '- ' : '  '}${key}: ${toYaml(value)}`)
    : [row.map(([key]) => key).join(','), row.map(([, value]) => toCell(value)).join(',')];
  return [toText('A row that registers it says at least:'), { kind: 'paste', lines }];
}

function toYaml(value: string): string {
  return /^[a-z][\w-]*$/i.test(value) ? value : JSON.stringify(value);
}

function toCell(value: string): string {
  return /[",;\s]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function milder({ severity }: Finding): string {
  return severity === 'error' ? 'warn' : severity === 'warn' ? 'info' : 'off';
}

function tellNext({ subject }: Finding): string {
  return subject.includes('=>') ? ` All evidence: landscape explain "${subject}".` : '';
}
