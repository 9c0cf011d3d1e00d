import path from 'node:path';
import type { Judged } from '../audit.ts';
import type { Config } from '../config.ts';
import { appendToRegistry } from '../editing/append-to-registry.ts';
import { type LinkToRegister, toFillIn } from '../editing/registry-row.ts';
import { didYouMean, UsageError } from '../errors.ts';
import { locateLandscape, nodeFiles, replaceFile, writeFiles } from '../files.ts';
import { sortBy } from '../order.ts';
import { clean } from '../renderers/terminal-text.ts';
import { type CommonOptions, judgeLandscape } from './landscape-options.ts';

/** What `landscape register` takes beside the common options. */
export interface RegisterOptions extends CommonOptions {
  readonly all?: boolean;
  readonly to?: string;
  readonly print?: boolean;
}

/** The columns of a registry that is begun. */
const newRegistry =
  'id,from,to,initiator,protocol,style,objects,schedule,owner,team,criticality,status,via,reason\n';

/** `landscape register`: appends rows for unregistered links to the inventory that holds the others. */
export async function register(words: readonly string[], options: RegisterOptions): Promise<void> {
  const folders = words.filter((word) => !word.includes('=>'));
  if (folders.length > 1)
    throw new UsageError(
      `"${folders[1]}" is no link; write keys such as "warehouse=>erp#file", as "landscape check" names them.`,
    );
  const given = options.config ?? folders[0] ?? '.';
  const place = await locateLandscape(given);
  const { audit, config } = await judgeLandscape(given, options, false);
  const links = chooseLinks(audit, words, options);
  const target = await chooseTarget(audit, config, place.folder, options);
  const appended = appendToRegistry(target.bytes, target.file, links.map(toLinkToRegister), {
    mapped: target.columns,
    isCallForm: target.isCallForm,
    systems: new Map(audit.systems.map(({ id, name }) => [id, name])),
    knownIds: new Set(audit.links.flatMap(({ registrations }) => registrations)),
  });
  const file = path.join(place.folder, target.file);
  if (!options.print) {
    if (target.isNew)
      await writeFiles(
        place.folder,
        new Map([[target.file, Buffer.from(appended.bytes).toString('utf8')]]),
      );
    else await replaceFile(file, target.bytes, appended.bytes);
  }
  if (options.json) {
    const result = { file, written: !options.print, rows: appended.rows };
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    return;
  }
  if (options.print) process.stdout.write(appended.inserted.replace(/^[\r\n]+/, ''));
  if (options.quiet) return;
  const told = tell(file, target, appended.rows, audit, options);
  (options.print ? process.stderr : process.stdout).write(`${told.join('\n')}\n`);
}

type Link = Judged['links'][number];

function chooseLinks(
  audit: Judged,
  words: readonly string[],
  { all }: RegisterOptions,
): readonly Link[] {
  const keys = words.filter((word) => word.includes('=>'));
  const open = audit.links.filter(({ registered }) => !registered);
  if (all) {
    if (keys.length > 0) throw new UsageError('Name links, or use --all, not both.');
    const stores = new Set(
      audit.systems
        .filter(({ kind, registered }) => kind === 'database' && !registered)
        .map(({ id }) => id),
    );
    // A system's own database is no partner of it.
    const chosen = open.filter(({ from, to }) => !stores.has(from) && !stores.has(to));
    if (chosen.length === 0)
      throw new UsageError('Every link is registered, so there is nothing to add.');
    return chosen;
  }
  if (keys.length === 0)
    throw new UsageError(
      `Which links? Name their keys, or use --all.${open.length === 0 ? ' Every link is registered.' : ` Not registered: ${open.map(({ key }) => `"${key}"`).join(', ')}.`}`,
    );
  const problems: string[] = [];
  const chosen = [...new Set(keys)].flatMap((key) => {
    const link = audit.links.find((each) => each.key === key);
    if (link && !link.registered) return [link];
    problems.push(
      link
        ? `${key} is registered already, as ${link.registrations.join(', ')}.`
        : `There is no link ${key}.${didYouMean(
            key,
            open.map((each) => each.key),
          )}`,
    );
    return [];
  });
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  return chosen;
}

/** Nicknames begin with a character that is neutralised; five fields say the same. */
const nicknames: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

function toLinkToRegister(link: Link): LinkToRegister {
  const schedules = [...new Set(link.schedules.map(({ expression }) => expression))];
  const [only] = schedules;
  return {
    key: link.key,
    from: link.from,
    to: link.to,
    initiator: link.initiator,
    objects: link.objects,
    via: link.via,
    ...(link.protocol === undefined ? {} : { protocol: link.protocol }),
    ...(link.style === undefined ? {} : { style: link.style }),
    ...(only === undefined || schedules.length > 1
      ? {}
      : { schedule: nicknames[only.toLowerCase()] ?? only }),
    criticality: link.criticality,
  };
}

interface Target {
  /** Relative to the landscape's folder. */
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly isNew: boolean;
  readonly columns: Readonly<Record<string, string>>;
  readonly isCallForm: boolean;
  /** A source of the landscape reads it, and registers what it says. */
  readonly isRead: boolean;
}

/** The inventory that holds most rows of links, or the file that the command line names. */
async function chooseTarget(
  audit: Judged,
  config: Config,
  folder: string,
  { to }: RegisterOptions,
): Promise<Target> {
  const files = nodeFiles(folder);
  const counts = new Map<string, number>();
  for (const { origin } of audit.registrations) {
    const file = origin.file.replace(/#.*$/, '');
    if (file !== config.file) counts.set(file, (counts.get(file) ?? 0) + 1);
  }
  const [most] = sortBy(
    counts,
    ([, count]) => -count,
    ([file]) => file,
  );
  const file = to === undefined ? most?.[0] : path.relative(folder, to).replaceAll('\\', '/');
  if (file === undefined)
    throw new UsageError(
      'No inventory holds links yet; name the file for them, for example --to integrations.csv.',
    );
  let source: Config['sources'][number] | undefined;
  for (const each of config.sources) {
    if (each.kind !== 'inventory') continue;
    for (const pattern of each.patterns)
      if ((await files.find(pattern).catch((): string[] => [])).includes(file)) source ??= each;
  }
  const exists = (await files.find(file).catch((): string[] => [])).length > 0;
  if (!exists && !/\.csv$/i.test(file))
    throw new UsageError(`${to}: is not there; a registry is begun as a .csv file.`);
  return {
    file,
    bytes: exists ? await files.bytes(file) : Buffer.from(newRegistry),
    isNew: !exists,
    columns: (source?.options['columns'] ?? {}) as Readonly<Record<string, string>>,
    isCallForm: source?.options['direction'] === 'call',
    isRead:
      source !== undefined && source.options['registry'] !== false && source.environment === 'prod',
  };
}

function tell(
  file: string,
  target: Target,
  rows: readonly { readonly key: string; readonly id: string; readonly cells: object }[],
  audit: Judged,
  { print }: RegisterOptions,
): string[] {
  const open = new Set(
    rows.flatMap(({ cells }) =>
      Object.entries(cells).flatMap(([header, cell]) => (cell === toFillIn ? [header] : [])),
    ),
  );
  const known = new Set(audit.systems.filter(({ registered }) => registered).map(({ id }) => id));
  const links = audit.links.filter(({ key }) => rows.some((row) => row.key === key));
  const undescribed = [
    ...new Set(links.flatMap(({ from, to }) => [from, to]).filter((id) => !known.has(id))),
  ];
  const noun = rows.length === 1 ? 'row' : 'rows';
  return [
    print
      ? `Nothing was written. Without --print, ${rows.length} ${noun} go to ${clean(file)}`
      : `Added ${rows.length} ${noun} to ${clean(file)}`,
    ...rows.map(({ id, key }) => `  ${clean(id)}  ${clean(key)}`),
    ...(open.size === 0
      ? []
      : [`Fill in where it says "${toFillIn}": ${clean([...open].join(', '))}`]),
    ...(undescribed.length === 0
      ? []
      : [`No inventory describes ${clean(undescribed.join(', '))}; add a row for each system`]),
    ...(target.isRead
      ? []
      : [
          `No source of the landscape registers what is in it; add to "sources:" the line`,
          `  - inventory: ${clean(target.file)}`,
        ]),
  ];
}
