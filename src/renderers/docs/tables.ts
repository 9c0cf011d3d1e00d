import type { Audit } from '../../audit.ts';
import { formatPlace } from '../../errors.ts';
import type { Finding } from '../../finding.ts';
import type { Link } from '../../landscape.ts';
import { ruleMeanings } from '../explain/rule-meanings.ts';
import { toContext } from '../html/context.ts';
import { toMarkdownTable } from '../markdown-text.ts';
import { indexPlan } from '../migration-plan/plan-index.ts';
import { toScheduleFacts } from '../schedules/facts.ts';
import { tableAges } from '../schedules/markdown.ts';
import { tellSchedule } from '../schedules/tell-schedule.ts';
import { formatCount, formatOwner, plural } from '../wording.ts';
import {
  type BlockRequest,
  readChoice,
  readDomain,
  readNumber,
  readSystem,
} from './block-request.ts';

const mostRows = 50;

/** The systems that count, with who owns them and how many depend on them. */
export function writeSystems(audit: Audit, request: BlockRequest): string {
  const domain = readDomain(request, 'domain', audit);
  const { systems } = toContext(audit);
  const spots = new Map(audit.analysis.hotspots.map((spot) => [spot.system, spot]));
  return writeTable(
    request,
    ['system', 'type', 'domain', 'owner', 'criticality', 'fan-in', 'fan-out', 'dependents'],
    systems
      .filter((system) => domain === undefined || system.domain === domain)
      .map((system) => {
        const spot = spots.get(system.id);
        return [
          system.name,
          system.type ?? system.kind,
          system.domain ?? '',
          formatOwner(system.owner),
          system.criticality,
          ...[spot?.fanIn, spot?.fanOut, spot?.dependents].map((count) => formatCount(count ?? 0)),
        ];
      }),
    'system',
  );
}

/** Links the way their data goes, each with the place that proves it. */
export function writeLinks(audit: Audit, request: BlockRequest): string {
  const system = readSystem(request, 'system', audit)?.id;
  const domain = readDomain(request, 'domain', audit);
  const registered = readChoice(request, 'registered', ['yes', 'no']);
  const { nameOf } = toContext(audit);
  const domains = new Map(audit.systems.map((one) => [one.id, one.domain]));
  const isAsked = ({ from, to, registered: isRegistered }: Link): boolean =>
    (system === undefined || from === system || to === system) &&
    (domain === undefined || [from, to].some((id) => domains.get(id) === domain)) &&
    (registered === undefined || isRegistered === (registered === 'yes'));
  return writeTable(
    request,
    ['from', 'to', 'over', 'objects', 'schedule', 'owner', 'registered', 'witnesses', 'proof'],
    audit.links.filter(isAsked).map((link) => {
      const proof = link.evidence.at(-1);
      return [
        nameOf(link.from),
        nameOf(link.to),
        link.protocol ?? link.family,
        link.objects.join(', '),
        link.schedules.map(tellSchedule).join('; '),
        formatOwner(link.owner),
        link.registered ? link.registrations.join(', ') : 'no',
        link.class.join(', '),
        proof ? formatPlace(proof.origin) : '',
      ];
    }),
    'link',
  );
}

/** Findings that nobody has accepted, the gravest first, with what to do. */
export function writeFindings(audit: Audit, request: BlockRequest): string {
  const rule = readChoice(request, 'rule', Object.keys(ruleMeanings));
  const system = readSystem(request, 'system', audit)?.id;
  const severity = readChoice(request, 'severity', ['error', 'warn', 'info']);
  const links = new Map(audit.links.map((link) => [link.key, link]));
  const concerns = ({ subject, related }: Finding): boolean =>
    [subject, ...related].some((id) => {
      const link = links.get(id);
      return id === system || link?.from === system || link?.to === system;
    });
  const grave = severity === 'error' ? ['error'] : severity === 'warn' ? ['error', 'warn'] : null;
  return writeTable(
    request,
    ['severity', 'rule', 'what', 'what to do', 'where'],
    audit.findings
      .filter((finding) => !finding.accepted)
      .filter((finding) => rule === undefined || finding.rule === rule)
      .filter((finding) => grave === null || grave.includes(finding.severity))
      .filter((finding) => system === undefined || concerns(finding))
      .map(({ severity: grade, rule: name, message, remedy, evidence }) => [
        grade,
        name,
        message,
        remedy,
        evidence.slice(0, 1).map(formatPlace).join(''),
      ]),
    'finding',
  );
}

/** Teams with what they answer for, and what nobody does. */
export function writeOwners(audit: Audit, request: BlockRequest): string {
  const { teams, systemsWithoutOwner, linksWithoutOwner } = audit.analysis.ownership;
  const unowned = [systemsWithoutOwner.length, linksWithoutOwner.length];
  return writeTable(
    request,
    ['team', 'systems', 'links', 'jobs'],
    [
      ...(unowned.some((count) => count > 0)
        ? [['nobody', ...unowned.map((count) => formatCount(count)), '']]
        : []),
      ...teams.map(({ team, systems, links, jobs }) => [
        team,
        ...[systems.length, links.length, jobs].map((count) => formatCount(count)),
      ]),
    ],
    'team',
  );
}

/** How old data gets at each system, normally and after failed runs. */
export function writeFreshness(audit: Audit, request: BlockRequest): string {
  const { nameOf } = toContext(audit);
  const most = readNumber(request, 'limit', 10);
  const ages = tableAges(toScheduleFacts(audit), nameOf, most);
  return ages.length === 0 ? 'No data ages: no schedule is known.' : ages.join('\n\n');
}

/** The waves of the migration plan. */
export function writeWaves(audit: Audit, request: BlockRequest): string {
  const index = indexPlan(audit);
  return writeTable(
    request,
    ['wave', 'from', 'to', 'moves', 'adapters', 'hours'],
    index.plan.waves.map((wave) => [
      String(wave.number),
      wave.first,
      wave.last,
      wave.links.map(index.title).join(', '),
      wave.adapters
        .map(({ system, platform }) => `${index.nameOf(system)} to ${platform}`)
        .join(', '),
      formatCount(Math.round(wave.effortHours)),
    ]),
    'wave',
  );
}

function writeTable(
  request: BlockRequest,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  noun: string,
): string {
  const most = readNumber(request, 'limit', mostRows);
  if (rows.length === 0) return `No ${noun}.`;
  const rest = rows.length - most;
  const table = toMarkdownTable(header, rows.slice(0, most));
  return rest > 0 ? `${table}\n\nAnd ${plural(rest, `more ${noun}`)}.` : table;
}
