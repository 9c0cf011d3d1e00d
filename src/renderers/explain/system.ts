import { listJudgements } from '../../finding.ts';
import type { Link, System } from '../../landscape.ts';
import { groupBy } from '../../order.ts';
import type { SystemKind } from '../../vocabulary.ts';
import { formatOrigin } from '../html/links.ts';
import { formatOwner, listNames, plural } from '../wording.ts';
import { type ExplainContext, type Explanation, introduce, listPlaces, nameOf } from './context.ts';
import { tellFindings } from './findings-list.ts';
import { tellClass } from './link-class.ts';
import { type Item, type Page, toFacts, toItems, toSection, toText } from './page.ts';

const kinds: Readonly<Record<SystemKind, string>> = {
  application: 'an application',
  'data-platform': 'a data platform',
  'external-service': 'a service outside the organisation',
  device: 'a device, or a group of like ones',
  broker: 'a message broker',
  'api-gateway': 'an API gateway',
  'integration-platform': 'an integration platform',
  database: 'a database',
  'file-store': 'a file store',
  host: 'a host',
  proxy: 'a proxy',
  unknown: 'a system of unknown kind',
};

/** What one name of a system is, and where it is given. */
interface Called {
  readonly kind: 'name' | 'alias' | 'host' | 'caller' | 'route' | 'code';
  readonly value: string;
  readonly by: string;
  readonly places: readonly string[];
}

/** What a system is, who gave it its names, and what it is wired to. */
export function explainSystem(
  context: ExplainContext,
  system: System,
  steps: readonly string[],
): Explanation {
  const { audit } = context;
  const linksIn = audit.links.filter(({ to }) => to === system.id);
  const linksOut = audit.links.filter(({ from }) => from === system.id);
  const passing = audit.links.filter(({ via }) => via.includes(system.id));
  const called = listCalled(context, system);
  const judgements = listJudgements(audit.findings);
  const own = judgements.filter(
    ({ subject, related }) => subject === system.id || related.includes(system.id),
  );
  const keys = new Set([...linksIn, ...linksOut].map(({ key }) => key));
  const onLinks = judgements.filter(({ subject }) => keys.has(subject));
  const conflicts = audit.conflicts.filter(({ subject }) => subject === system.id);
  const names = new Set(
    [system.id, system.name, ...system.aliases, ...system.hosts].map((name) => name.toLowerCase()),
  );
  // Of a place on a store, the store is what stands before the colon.
  const halves = audit.unresolved.filter(
    ({ reference }) => names.has(reference.toLowerCase()) || reference.startsWith(`${system.id}:`),
  );
  const parts = audit.systems.filter(({ partOf }) => partOf === system.id).map(({ id }) => id);
  const data = {
    kind: 'system',
    sentence: describeSystem(context, system),
    resolution: steps,
    system,
    called,
    parts,
    linksIn,
    linksOut,
    passing: passing.map(({ key }) => key),
    halves,
    findings: own.filter(({ rule }) => rule !== 'unresolved-reference'),
    findingsOnLinks: onLinks,
    conflicts,
  };
  return { data, page: layOut(context, system, data) };
}

function describeSystem(context: ExplainContext, system: System): string {
  const { name, kind, type, domain, site, registered, counted, partOf, lifecycle } = system;
  const typed = type === undefined || type.toLowerCase() === name.toLowerCase() ? '' : ` (${type})`;
  const where = [
    ...(domain === undefined ? [] : [` of the domain ${domain}`]),
    ...(site === undefined ? [] : [` at ${site}`]),
  ].join('');
  const sentences = [
    `${name} is ${kinds[kind]}${typed}${where}.`,
    ...(partOf === undefined
      ? []
      : [
          `It is part of ${introduce(context, partOf)}${counted ? '' : ', so its links are drawn there'}.`,
        ]),
    ...(counted || partOf !== undefined ? [] : ['It does not count as a system of its own.']),
    registered ? 'It is registered.' : 'It is not registered: no registry lists it.',
    ...(lifecycle === undefined || lifecycle === 'active' ? [] : [`Its lifecycle: ${lifecycle}.`]),
  ];
  return sentences.join(' ');
}

const givers = {
  inventory: '',
  model: 'a model draws it so',
  code: 'code or a descriptor says so',
  'known-service': 'code calls it, and it is a well-known address of that service',
} as const;

/** Every name with everyone who gives it: inventories, code, and the configuration. */
function listCalled({ facts }: ExplainContext, { id, given }: System): Called[] {
  const groups = groupBy(given, ({ kind, value, by }) => `${kind}\u0000${value}\u0000${by}`);
  const fromSources = [...groups.values()].flatMap((group): Called[] => {
    const [first] = group;
    if (!first) return [];
    const places = group.map(({ origin }) => formatOrigin(origin));
    return [{ kind: first.kind, value: first.value, by: givers[first.by], places }];
  });
  const fromConfig = facts.names
    .filter(({ system }) => system === id)
    .map(
      ({ kind, value, place }): Called => ({
        kind,
        value,
        by: '',
        places: [`${place.file}:${place.line}`],
      }),
    );
  return [...fromSources, ...fromConfig];
}

interface SystemFacts {
  readonly sentence: string;
  readonly resolution: readonly string[];
  readonly called: readonly Called[];
  readonly parts: readonly string[];
  readonly linksIn: readonly Link[];
  readonly linksOut: readonly Link[];
  readonly passing: readonly string[];
  readonly halves: ExplainContext['audit']['unresolved'];
  readonly findings: ExplainContext['audit']['findings'];
  readonly findingsOnLinks: ExplainContext['audit']['findings'];
  readonly conflicts: ExplainContext['audit']['conflicts'];
}

function layOut(context: ExplainContext, system: System, facts: SystemFacts): Page {
  const { linksIn, linksOut } = facts;
  const hotspot = context.audit.analysis.hotspots.find((spot) => spot.system === system.id);
  return {
    title: introduce(context, system.id),
    sections: [
      {
        blocks: [
          ...(facts.resolution.length === 0
            ? []
            : [toText(`You came here because ${facts.resolution.join('; ')}.`)]),
          toText(facts.sentence),
          ...toFacts([
            ['Criticality', system.criticality],
            ['Owner', formatOwner(system.owner) || 'nobody is named'],
            [
              'Parts',
              listNames(
                facts.parts.map((id) => introduce(context, id)),
                8,
              ),
            ],
            ['Described', listPlaces(system.origins)],
            ['Tags', system.tags.join(', ')],
            [
              'Needed by',
              hotspot && hotspot.dependents > 0
                ? `${plural(hotspot.dependents, 'system')}, by calls or for data`
                : undefined,
            ],
          ]),
        ],
      },
      ...toSection('Known as', tellCalled(facts.called)),
      ...toSection(
        `Data that comes in: ${plural(linksIn.length, 'link')}`,
        toItems(linksIn.map((link) => tellLink(context, link, link.from))),
      ),
      ...toSection(
        `Data that goes out: ${plural(linksOut.length, 'link')}`,
        toItems(linksOut.map((link) => tellLink(context, link, link.to))),
      ),
      ...toSection(
        `What passes it: ${plural(facts.passing.length, 'link')}`,
        toItems(facts.passing.map((key) => ({ head: key }))),
      ),
      ...toSection(
        'Ends here, and nothing shows the other end',
        toItems(
          facts.halves.map(({ message, origins }) => ({
            head: message,
            lines: [listPlaces(origins)],
          })),
        ),
      ),
      ...toSection(
        'Conflicts',
        toItems(
          facts.conflicts.map(({ message, origins }) => ({
            head: message,
            lines: [listPlaces(origins)],
          })),
        ),
      ),
      ...toSection('Findings about it', tellFindings(facts.findings)),
      ...toSection('Findings about its links', tellFindings(facts.findingsOnLinks)),
    ],
  };
}

const labels: Readonly<Record<Called['kind'], string>> = {
  name: 'name',
  alias: 'alias',
  host: 'host',
  caller: 'caller in logs',
  route: 'route in logs',
  code: 'its code',
};

/** Names in one column, who gave them in the next. */
function tellCalled(called: readonly Called[]): ReturnType<typeof toFacts> {
  const width = Math.min(36, Math.max(0, ...called.map(({ value }) => value.length)));
  return toFacts(
    called.map(({ kind, value, by, places }, index) => [
      called[index - 1]?.kind === kind ? '' : labels[kind],
      `${value.padEnd(width)}  ${places.join(', ')}${by === '' ? '' : ` (${by})`}`,
    ]),
  );
}

function tellLink(context: ExplainContext, link: Link, other: string): Item {
  const objects = link.objects.length === 0 ? '' : `, ${listNames(link.objects)}`;
  const over = link.protocol ?? link.family;
  const rows = link.registered
    ? `registered${link.registrations.some(Boolean) ? ` as ${listNames(link.registrations.filter(Boolean))}` : ''}`
    : 'not registered';
  return {
    head: `${nameOf(context, other)} over ${over}${objects}`,
    lines: [`${link.key}: ${rows}; ${tellClass(context, link).name}`],
  };
}
