import { listJudgements } from '../../finding.ts';
import type { Conflict, Hop, Link, Proof } from '../../landscape.ts';
import { sortBy } from '../../order.ts';
import { formatOrigin } from '../html/links.ts';
import { tellSchedule } from '../schedules/tell-schedule.ts';
import { describeTraffic, listRoutes } from '../traffic.ts';
import { formatOwner, formatPercent, listNames } from '../wording.ts';
import { type ExplainContext, type Explanation, introduce, nameOf } from './context.ts';
import { type EndChain, tellChains } from './end-chain.ts';
import { tellFindings } from './findings-list.ts';
import { tellImplementation } from './implementation.ts';
import { type LinkClass, tellClass } from './link-class.ts';
import { type RegistrationReason, tellRegistration } from './link-registration.ts';
import { describeLink, describeWay } from './link-words.ts';
import { type Item, type Page, toFacts, toItems, toSection, toText } from './page.ts';

interface LinkFacts {
  readonly sentence: string;
  readonly way: string;
  readonly class: LinkClass;
  readonly registration: RegistrationReason;
  readonly evidence: readonly (Proof & { readonly chains: readonly EndChain[] })[];
  readonly hops: readonly Hop[];
  readonly findings: ExplainContext['audit']['findings'];
  readonly conflicts: readonly Conflict[];
}

/** Why the audit says that there is this link. */
export function explainLink(context: ExplainContext, link: Link): Explanation {
  const { findings, conflicts, analysis } = context.audit;
  const facts: LinkFacts = {
    sentence: describeLink(context, link),
    way: describeWay(context, link),
    class: tellClass(context, link),
    registration: tellRegistration(context, link),
    evidence: link.evidence.map((proof) => ({
      ...proof,
      chains: tellChains(context, proof, link),
    })),
    hops: listHops(context, link),
    findings: listJudgements(findings).filter(
      ({ subject, related }) => subject === link.key || related.includes(link.key),
    ),
    conflicts: conflicts.filter(({ subject }) => subject === link.from || subject === link.to),
  };
  const choice = analysis.waves.patterns.find((pattern) => pattern.link === link.key);
  return {
    data: { kind: 'link', ...facts, link, ...(choice && { wayOut: choice }) },
    page: layOut(context, link, facts, choice),
  };
}

/** The hops that say more than the link itself, in the order that the data takes. */
function listHops({ audit }: ExplainContext, link: Link): Hop[] {
  const places = new Set(
    link.evidence.map(({ origin, summary }) => `${formatOrigin(origin)} ${summary}`),
  );
  const own = audit.hops.filter(
    ({ from, to, origin, summary }) =>
      places.has(`${formatOrigin(origin)} ${summary}`) && (from !== link.from || to !== link.to),
  );
  const reached = new Map([[link.from, 0]]);
  for (let round = 0; round < own.length; round++)
    for (const { from, to } of own) {
      const before = reached.get(from);
      if (before !== undefined && !reached.has(to)) reached.set(to, before + 1);
    }
  return sortBy(
    own,
    ({ from }) => reached.get(from) ?? Number.MAX_SAFE_INTEGER,
    ({ from }) => from,
    ({ to }) => to,
    ({ origin }) => formatOrigin(origin),
  );
}

type Choice = ExplainContext['audit']['analysis']['waves']['patterns'][number] | undefined;

function layOut(context: ExplainContext, link: Link, facts: LinkFacts, choice: Choice): Page {
  const { traffic } = link;
  return {
    title: `${nameOf(context, link.from)} → ${nameOf(context, link.to)}${link.protocol === undefined ? '' : ` over ${link.protocol}`}`,
    sections: [
      {
        blocks: [
          toText(`${facts.sentence} ${facts.way}`),
          ...toFacts([
            ['Key', link.key],
            ['Criticality', link.criticality],
            ['Owner', formatOwner(link.owner) || 'nobody is named'],
            ['Schedule', link.schedules.map(tellSchedule).join('; ')],
            ['Safeguards', link.safeguards.join(', ')],
            ['Contract', link.contract],
            ['Retire by', link.retireBy],
            ['Tags', link.tags.join(', ')],
            ['Way out', choice && `${choice.pattern}: ${choice.reasons.join('; ')}`],
          ]),
        ],
      },
      {
        title: `Class: ${facts.class.name}`,
        blocks: [toText(facts.class.meaning)],
      },
      {
        title: facts.registration.registered ? 'Registered' : 'Not registered',
        blocks: [toText(facts.registration.sentences.join(' '))],
      },
      ...toSection(
        'Evidence',
        toItems(
          facts.evidence.map((proof) => tellProof(context, proof)),
          true,
        ),
      ),
      ...toSection(
        'Hops',
        toItems(
          facts.hops.map((hop) => tellHop(context, hop)),
          true,
        ),
      ),
      ...toSection(
        'Realised by',
        toItems(link.implementations.map((one) => tellImplementation(context, one))),
      ),
      ...toSection(
        'Traffic',
        traffic
          ? toFacts([
              ['Calls', describeTraffic(traffic)],
              ['Routes', listRoutes(traffic)],
            ])
          : [],
      ),
      ...toSection(
        'Conflicts about its systems',
        toItems(
          facts.conflicts.map(({ message, origins }) => ({
            head: message,
            lines: [listNames(origins.map(formatOrigin))],
          })),
        ),
      ),
      ...toSection('Findings', tellFindings(facts.findings)),
    ],
  };
}

function tellProof(
  context: ExplainContext,
  proof: Proof & { readonly chains: readonly EndChain[] },
): Item {
  const sure = proof.confidence === 1 ? '' : `, ${formatPercent(proof.confidence)} sure`;
  const shared =
    proof.attribution === 'shared' ? ['The call came from a host that several scripts use.'] : [];
  return {
    head: `${proof.witness} at ${formatOrigin(proof.origin)}${sure}`,
    lines: [proof.summary, ...shared],
    rows: proof.chains.map((chain) => [chain.end, tellChain(context, chain)]),
  };
}

/** What the source says, then the steps; on one line where the only step says it again. */
function tellChain(context: ExplainContext, { reference, is, steps }: EndChain): string[] {
  const [only] = steps;
  if (only === undefined)
    return [reference === is ? reference : `${reference} is ${introduce(context, is)}`];
  if (
    steps.length === 1 &&
    [`${reference} `, `"${reference}" `, 'the '].some((start) => only.startsWith(start))
  )
    return [only];
  return [reference, ...steps.map((step) => `- ${step}`)];
}

function tellHop(context: ExplainContext, { from, to, protocol, origin }: Hop): Item {
  const over = protocol === undefined ? '' : ` over ${protocol}`;
  return {
    head: `${nameOf(context, from)} → ${nameOf(context, to)}${over} (${formatOrigin(origin)})`,
  };
}
