import path from 'node:path';
import { fitsReference, type RankedReference, rankUnresolved } from '../audit/rank-unresolved.ts';
import type { Judged } from '../audit.ts';
import { addAliases, type NewAlias, toAliasLines } from '../editing/add-aliases.ts';
import { toEditable } from '../editing/editable-text.ts';
import { didYouMean, formatPlace, UsageError } from '../errors.ts';
import { locateLandscape, nodeFiles, replaceFile } from '../files.ts';
import { clean, painter, type TerminalOptions, wrapBehind } from '../renderers/terminal-text.ts';
import { type CommonOptions, judgeLandscape } from './landscape-options.ts';
import { terminalOf } from './terminal-of.ts';

/** What `landscape unresolved` takes beside the common options. */
export interface UnresolvedOptions extends CommonOptions {
  readonly writeAliases?: readonly string[];
  readonly acceptSuggestions?: boolean;
}

/** `landscape unresolved`: prints what has no system yet, and adds aliases where it is told to. */
export async function runUnresolved(folder: string, options: UnresolvedOptions): Promise<void> {
  const { audit } = await judgeLandscape(folder, options, false);
  const ranked = rankUnresolved(audit);
  const added = chooseAliases(ranked, audit, options);
  const file = await writeAliases(added, folder, options);
  if (options.json) {
    const result = { unresolved: ranked, ...(file === undefined ? {} : { file, added }) };
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    return;
  }
  if (options.quiet) return;
  const lines =
    file === undefined
      ? tellUnresolved(ranked, terminalOf(options))
      : [
          `Added to ${clean(file)} under "aliases:"`,
          '',
          ...toAliasLines(added).map((line) => `  ${line}`),
        ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** The aliases that the command line asks for. @throws UsageError naming every one that cannot be */
function chooseAliases(
  ranked: readonly RankedReference[],
  { systems }: Judged,
  { writeAliases = [], acceptSuggestions }: UnresolvedOptions,
): NewAlias[] {
  const problems: string[] = [];
  const chosen = new Map<string, string>();
  const names = new Map(
    systems.flatMap(({ id, name, aliases }) =>
      [...aliases, name, id].map((word) => [word.toLowerCase(), id] as const),
    ),
  );
  for (const word of writeAliases) {
    const cut = word.lastIndexOf('=');
    const [reference, wanted] = [word.slice(0, cut).trim(), word.slice(cut + 1).trim()];
    if (cut <= 0 || wanted === '') {
      problems.push(`"${word}" is no alias; write reference=system, for example erp-vip=erp.`);
      continue;
    }
    const system = names.get(wanted.toLowerCase());
    const pattern =
      ranked.find((item) => item.reference === reference)?.pattern ??
      (ranked.some((item) => fitsReference(reference, item.reference)) ? reference : undefined);
    if (system === undefined) {
      const hint = didYouMean(wanted.toLowerCase(), [...names.keys()]);
      problems.push(
        `"${wanted}" is no system of this landscape.${hint || ' Add it to an inventory, or under "systems:".'}`,
      );
    }
    if (pattern === undefined) {
      const references = ranked.map((item) => item.reference);
      const hint = didYouMean(reference, references);
      problems.push(
        `Nothing unresolved is called "${reference}", or no alias can stand for it.${hint || ' See the list without --write-aliases.'}`,
      );
    }
    if (system === undefined || pattern === undefined) continue;
    const other = chosen.get(pattern);
    if (other !== undefined && other !== system)
      problems.push(`"${reference}" is given two systems, ${other} and ${system}; choose one.`);
    chosen.set(pattern, system);
  }
  if (acceptSuggestions)
    for (const { pattern, suggestion } of ranked)
      if (pattern !== undefined && suggestion !== undefined && !chosen.has(pattern))
        chosen.set(pattern, suggestion.system);
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  if (acceptSuggestions && chosen.size === 0)
    throw new UsageError('There is no suggestion to accept, so nothing was written.');
  return [...chosen].map(([pattern, system]) => ({ pattern, system }));
}

/** Adds aliases to the landscape's configuration; its path, or undefined if there are none to add. */
async function writeAliases(
  aliases: readonly NewAlias[],
  folder: string,
  options: CommonOptions,
): Promise<string | undefined> {
  if (aliases.length === 0) return undefined;
  const place = await locateLandscape(options.config ?? folder);
  const file = path.join(place.folder, place.file);
  const old = await nodeFiles(place.folder).bytes(place.file);
  const bytes = addAliases(toEditable(old, file), aliases, file);
  if (!bytes)
    throw new UsageError(
      `${file}: is written in a way that nothing can be added to safely, so it was left as it is. Paste these lines under "aliases:":\n${toAliasLines(
        aliases,
      )
        .map((line) => `  ${line}`)
        .join('\n')}`,
    );
  await replaceFile(file, old, bytes);
  return file;
}

const shownPlaces = 2;

function tellUnresolved(ranked: readonly RankedReference[], terminal: TerminalOptions): string[] {
  if (ranked.length === 0) return ['Every reference has a system.'];
  const isHalf = ({ reasons }: RankedReference): boolean =>
    reasons.every((reason) => reason === 'half-link');
  const unknown = ranked.filter((item) => !isHalf(item));
  const halves = ranked.filter(isHalf);
  const suggested = unknown.flatMap(({ pattern, suggestion }) =>
    pattern !== undefined && suggestion ? [{ pattern, system: suggestion.system }] : [],
  );
  return [
    ...(unknown.length === 0
      ? []
      : [`${count(unknown.length, 'reference')} without a system, the heaviest first`]),
    ...unknown.flatMap((item) => tellReference(item, terminal)),
    ...(halves.length === 0
      ? []
      : [
          ...(unknown.length === 0 ? [] : ['']),
          `${count(halves.length, 'half link')}: no source shows the other end`,
        ]),
    ...halves.flatMap((item) => tellReference(item, terminal)),
    ...(suggested.length === 0
      ? tellNext(unknown)
      : [
          '',
          `${painter(terminal)('bold', 'What is suggested')}, to be read before it is pasted into landscape.yaml`,
          'aliases:',
          ...toAliasLines(suggested).map((line) => `  ${line}`),
          '',
          'Or let it be written: --accept-suggestions, or some of it: --write-aliases',
        ]),
  ];
}

/** Without a suggestion, what a reader can do is name the system, with the heaviest as example. */
function tellNext([first]: readonly RankedReference[]): string[] {
  if (first?.pattern === undefined) return [];
  return ['', `Next   landscape unresolved --write-aliases ${clean(first.pattern)}=<system>`];
}

function tellReference(
  { reference, calls, places, messages, origins, suggestion }: RankedReference,
  terminal: TerminalOptions,
): string[] {
  const figures = [...(calls > 0 ? [count(calls, 'call')] : []), count(places, 'place')];
  return [
    '',
    `${painter(terminal)('bold', clean(reference))}  ${figures.join(', ')}`,
    ...messages.slice(0, 1).flatMap((message) => wrapBehind('  ', clean(message), terminal.width)),
    ...origins.slice(0, shownPlaces).map((origin) => `  at ${clean(formatPlace(origin))}`),
    ...(places > shownPlaces ? [`  and ${count(places - shownPlaces, 'more place')}`] : []),
    ...(suggestion
      ? wrapBehind('  ', `did you mean ${suggestion.system}? ${suggestion.why}`, terminal.width)
      : []),
  ];
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}
