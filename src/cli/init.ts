import path from 'node:path';
import { parseConfig } from '../config.ts';
import { UsageError } from '../errors.ts';
import { listFolder, nodeFiles, writeFiles } from '../files.ts';
import { type Proposal, propose } from '../proposal/propose.ts';
import type { Left } from '../proposal/recognised.ts';
import { clean, painter } from '../renderers/terminal-text.ts';
import { sourceKinds } from '../scanners/index.ts';
import { type CommonOptions, usesColor } from './landscape-options.ts';
import { startProgress } from './progress.ts';

const file = 'landscape.yaml';
const limits = { files: 100_000, depth: 24 };

/** `landscape init`: proposes a `landscape.yaml` for a folder, and writes it where there is none. */
export async function init(
  folder: string,
  options: Omit<CommonOptions, 'cache'> & { readonly print?: boolean },
): Promise<void> {
  const listing = await listFolder(folder, limits);
  const existing = listing.files.find((each) => /^landscape\.ya?ml$/.test(each.file))?.file;
  if (existing !== undefined && !options.print)
    throw new UsageError(
      `${path.join(folder, existing)}: is there already, and is never overwritten; read it with "landscape scan ${folder}", or see a new proposal with --print.`,
    );
  const progress = await startProgress({ ...options, cache: false });
  let proposal: Proposal;
  try {
    proposal = await propose(
      nodeFiles(folder),
      listing.files,
      path.basename(path.resolve(folder)) || 'Landscape',
      (name) => progress.show('folder', name),
    );
  } finally {
    progress.stop();
  }
  // What is proposed must be what a scan accepts.
  parseConfig(proposal.text, file, sourceKinds);
  if (!options.print) await writeFiles(folder, new Map([[file, proposal.text]]));
  if (options.json) process.stdout.write(`${JSON.stringify(toJson(proposal, options), null, 2)}\n`);
  else if (options.print) process.stdout.write(proposal.text);
  if (options.quiet || options.json) return;
  const told = tell(proposal, folder, listing, options);
  // The file itself is the result of --print; what is said about it goes beside it.
  (options.print ? process.stderr : process.stdout).write(told);
}

function toJson({ text, sources, systems, folder }: Proposal, { print }: { print?: boolean }) {
  return { written: !print, text, sources, systems, ...folder };
}

function tell(
  { sources, systems, folder: seen }: Proposal,
  folder: string,
  listing: Awaited<ReturnType<typeof listFolder>>,
  options: Parameters<typeof init>[1],
): string {
  const paint = painter({ color: usesColor(options) });
  const bold = (text: string): string => paint('bold', text);
  const width = Math.min(
    48,
    Math.max(0, ...sources.map(({ patterns }) => nameOf(patterns).length)),
  );
  const isCut = seen.isCut || listing.isCut;
  const tools = listing.skippedFolders.length;
  const lines = [
    `Looked at ${count(seen.files, 'file')} in ${clean(folder)}${isCut ? '; there are more, which were not looked at' : ''}`,
    '',
    ...sources.map(
      ({ kind, patterns, because }) =>
        `  ${kind.padEnd(9)}  ${clean(nameOf(patterns)).padEnd(width)}  ${clean(because)}`,
    ),
    ...(systems.length === 0
      ? []
      : [
          '',
          `No inventory was found, so it names ${count(systems.length, 'system')} itself: ${listFirst(systems.map(({ id }) => id))}`,
        ]),
    ...tellLeft('Not understood; a person should look', seen.notUnderstood),
    ...tellLeft('Left out', seen.leftOut),
    ...(seen.landscapes.length === 0
      ? []
      : ['', `Landscapes of their own: ${listFirst(seen.landscapes)}`]),
    ...(tools + listing.notFollowed === 0
      ? []
      : [
          '',
          `Not entered: ${count(tools, 'folder')} of tools${tools === 0 ? '' : ` such as ${clean(listing.skippedFolders[0] ?? '')}`}, ${count(listing.notFollowed, 'link or device', 'links and devices')}`,
        ]),
    '',
    ...(options.print
      ? [`${bold('Nothing was written.')} Without --print, this goes to ${path.join(folder, file)}`]
      : [
          `${bold('Written')}  ${path.join(folder, file)}; read it, for it is a proposal`,
          `${bold('Next')}     landscape scan${folder === '.' ? '' : ` ${folder}`}`,
        ]),
  ];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function tellLeft(title: string, left: readonly Left[]): string[] {
  if (left.length === 0) return [];
  return [
    '',
    title,
    ...left
      .slice(0, 8)
      .map(
        ({ reason, files, examples }) =>
          `  ${files} ${reason}, such as ${clean(examples[0] ?? '')}`,
      ),
    ...(left.length > 8 ? [`  and ${count(left.length - 8, 'more kind')}`] : []),
  ];
}

function nameOf(patterns: readonly string[]): string {
  const [first = '', ...others] = patterns;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

function listFirst(names: readonly string[]): string {
  const shown = clean(names.slice(0, 6).join(', '));
  return names.length > 6 ? `${shown} and ${names.length - 6} more` : shown;
}

function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? noun : plural}`;
}
