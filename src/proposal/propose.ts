import { InputError } from '../errors.ts';
import type { Files } from '../files.ts';
import { sortBy } from '../order.ts';
import { indexSystems, type KnownSystem } from '../reconcile/suggest-system.ts';
import { proposeExports } from './propose-exports.ts';
import { proposeGateways, sumCalls } from './propose-gateways.ts';
import { proposeInventories } from './propose-inventories.ts';
import { proposeCron, proposeJobs } from './propose-schedules.ts';
import { proposeScripts } from './propose-scripts.ts';
import type { ProposedSource, ProposedSystem } from './proposed-source.ts';
import { type ListedFile, recogniseFolder } from './recognise-folder.ts';
import type { Recognised, RecognisedFolder, RecognisedOf } from './recognised.ts';
import { writeProposal } from './write-proposal.ts';

/** A configuration for a folder, and what it was made of. */
export interface Proposal {
  /** The text of `landscape.yaml`. */
  readonly text: string;
  readonly sources: readonly ProposedSource[];
  readonly systems: readonly ProposedSystem[];
  readonly folder: Omit<RecognisedFolder, 'recognised'>;
}

/**
 * Looks at the files of a folder and proposes a `landscape.yaml` that a scan can read.
 * @param name the title of its reports, and the system where nothing shows another
 * @throws InputError where nothing in the folder is a source
 */
export async function propose(
  files: Files,
  listed: readonly ListedFile[],
  name: string,
  progress?: (file: string) => void,
): Promise<Proposal> {
  const { recognised, ...seen } = await recogniseFolder(files, listed, progress);
  const all = listed.map(({ file }) => file);
  const of = <Kind extends Recognised['kind']>(kind: Kind): RecognisedOf<Kind>[] =>
    recognised.filter((each): each is RecognisedOf<Kind> => each.kind === kind);
  const inventories = await proposeInventories(of('inventory'), files, all);
  const described = inventories.systems;
  const logs = of('log');
  const proxies = new Set(of('proxy').map(({ file }) => file));
  // What is read as the configuration behind a log is not read a second time.
  const exported = await proposeExports(
    of('export').filter(({ file }) => logs.length === 0 || !proxies.has(file)),
    files,
    all,
  );
  const asExport = new Set(of('export').map(({ file }) => file));
  const folder = withMore(seen, [
    ['tables with the headers of an inventory and other rows', inventories.rejected],
    ['models and exports in a known form, with nothing that is understood', exported.rejected],
    // What a proxy's configuration says counts where a log of it is read.
    [
      'configuration of proxies, whose access logs are not here',
      logs.length > 0 ? [] : [...proxies].filter((file) => !asExport.has(file)),
    ],
  ]);
  const scripts = proposeScripts(of('code'), indexSystems(described), folder.landscapes);
  const isRead = (file: string): boolean =>
    scripts.some(({ patterns }) =>
      patterns.some(
        (pattern) => pattern === '.' || file === pattern || file.startsWith(`${pattern}/`),
      ),
    );
  const machines = of('cron').filter(({ file, what }) => what !== 'unit' || !isRead(file));
  const hasCode = of('code').some(({ what, file }) => what === 'code' && isRead(file));
  const jobs = proposeJobs(
    // Beside code, they are read with the scripts that they start.
    of('jobs').filter(({ file }) => !hasCode || !isRead(file)),
    all,
  );
  const cron = proposeCron(machines, indexSystems(described), all);
  const systems =
    described.length > 0 ? [] : describeSystems({ name, cron, logs, code: of('code'), jobs });
  const known: KnownSystem[] = [
    ...described,
    ...systems.map(({ id, kind = 'application', hosts = [] }) => ({ id, kind, names: [], hosts })),
  ];
  const gateways = proposeGateways(logs, of('proxy'), known, indexSystems(known), all);
  const own = systems.find(({ because }) => because === ownCode);
  const sources = [
    ...inventories.sources,
    ...cron,
    ...jobs,
    ...scripts.map((source) =>
      own === undefined
        ? source
        : { ...source, options: [...source.options, { key: 'system', value: own.id }] },
    ),
    ...exported.sources,
    ...gateways,
  ];
  if (sources.length === 0) throw nothingFound(folder);
  return {
    text: writeProposal(name.trim() === '' ? 'Landscape' : name, sources, systems, {
      hasLinks: inventories.links > 0,
    }),
    sources,
    systems,
    folder,
  };
}

function withMore(
  seen: Proposal['folder'],
  more: readonly (readonly [reason: string, files: readonly string[]])[],
): Proposal['folder'] {
  const left = more
    .filter(([, files]) => files.length > 0)
    .map(([reason, files]) => ({ reason, files: files.length, examples: files.slice(0, 3) }));
  return { ...seen, notUnderstood: [...left, ...seen.notUnderstood] };
}

const ownCode = 'for nothing here shows a system';
/** Parts of a site, and no systems. */
const partOfSite =
  /\.[a-z0-9]{1,5}$|^(?:images?|img|static|assets?|css|js|fonts?|media|files?|icons?|favicon|robots|public|dist|uploads?|themes?|wp-.*|m|_.*|\d+)$/i;
/** More of what a log calls is rather pages than systems. */
const mostCallees = 20;
const leastShare = 0.01;

interface Undescribed {
  readonly name: string;
  readonly cron: readonly ProposedSource[];
  readonly logs: readonly RecognisedOf<'log'>[];
  readonly code: readonly RecognisedOf<'code'>[];
  readonly jobs: readonly ProposedSource[];
}

/** A scan needs a system: what nobody described is called after machines, paths, or the folder. */
function describeSystems({ name, cron, logs, code, jobs }: Undescribed): ProposedSystem[] {
  const systems = new Map<string, ProposedSystem>();
  const { services, hosts, prefixes } = sumCalls(logs);
  const asked = services.size > 0 ? services : hosts.size > 1 ? hosts : prefixes;
  const total = [...asked.values()].reduce((sum, calls) => sum + calls, 0);
  const called = sortBy(
    [...asked].filter(
      ([callee, calls]) =>
        calls >= leastShare * total &&
        !(callee.startsWith('/') && partOfSite.test(callee.replaceAll('/', ''))),
    ),
    ([, calls]) => -calls,
    ([callee]) => callee,
  );
  for (const [callee] of called.slice(0, mostCallees)) {
    const id = toId(callee.replace(/^\/|\/$/g, ''));
    if (id !== '') systems.set(id, { id, because: 'called in the logs' });
  }
  for (const { options } of cron)
    for (const { key, value } of options) {
      if (key !== 'host' || typeof value !== 'string') continue;
      const id = toId(value.split('.')[0] ?? value);
      systems.set(id, {
        id,
        kind: 'host',
        hosts: [value],
        because: 'a machine whose crontab is here',
      });
    }
  const shows = code.some(({ isDeployed, isOwn }) => isDeployed && isOwn);
  if (systems.size > 0 || shows) return [...systems.values()];
  if (code.length + cron.length + jobs.length + logs.length === 0) return [];
  return [{ id: toId(name) || 'this', because: ownCode }];
}

function toId(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60);
}

function nothingFound({ files, notUnderstood }: Omit<RecognisedFolder, 'recognised'>): InputError {
  const examples = notUnderstood.flatMap((left) => left.examples).slice(0, 3);
  const looked = `${files} ${files === 1 ? 'file was' : 'files were'} looked at`;
  const such = examples.length === 0 ? '' : `, such as ${examples.join(', ')}`;
  return new InputError(
    `No inventory, model, schedule, script, export or log was recognised; ${looked}${such}. Name another folder, or write landscape.yaml by hand: "sources:" and "- inventory: systems.csv".`,
  );
}
