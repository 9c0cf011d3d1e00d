import { groupBy, sortBy, sortedUnique } from '../order.ts';
import type { SystemNames } from '../reconcile/suggest-system.ts';
import { type ProposedSource, toMinParsed } from './proposed-source.ts';
import type { RecognisedOf } from './recognised.ts';

type CodeFile = RecognisedOf<'code'>;

/** More folders than this are a checkout of repositories: one entry says it better. */
const mostFolders = 8;
/** Scripts above this are not read: see the script scanner. */
const largestScript = 1024 * 1024;
const shownOwners = 6;

/**
 * Folders of code as one source: the folder itself where it is a repository or holds many, else the
 * folders at its top that hold code.
 * @param landscapes folders that are landscapes of their own
 */
export function proposeScripts(
  found: readonly CodeFile[],
  names: SystemNames,
  landscapes: readonly string[],
): ProposedSource[] {
  const telling = found.filter(
    ({ what, isDeployed }) => what === 'code' || what === 'manifest' || isDeployed,
  );
  if (telling.length === 0) return [];
  const folders = chooseFolders(telling, landscapes);
  const isWhole = folders.length === 1 && folders[0] === '.';
  const own = isWhole
    ? found
    : found.filter((each) => folders.some((folder) => isIn(each.file, folder)));
  const code = own.filter(({ what }) => what === 'code');
  const tooLarge = code.filter(({ size }) => size > largestScript).length;
  const languages = groupBy(code, ({ language }) => language ?? 'other');
  const most = sortBy(
    languages,
    ([, files]) => -files.length,
    ([name]) => name,
  );
  const shown = most.slice(0, 4).map(([name, files]) => `${files.length} ${titles[name] ?? name}`);
  const descriptors = own.filter(({ isDeployed }) => isDeployed).length;
  return [
    {
      kind: 'scripts',
      patterns: folders,
      options: toMinParsed(code.length - tooLarge, code.length),
      because: [
        ...(shown.length > 0 ? [shown.join(', ')] : []),
        ...(most.length > 4 ? [`${most.length - 4} more languages`] : []),
        ...(descriptors > 0
          ? [
              `${descriptors} ${descriptors === 1 ? 'file that builds or deploys' : 'files that build or deploy'}`,
            ]
          : []),
      ].join(', '),
      hints: tellOwners(code, folders, names),
      files: code.length + descriptors,
    },
  ];
}

/** What people call the languages of the script scanner. */
const titles: Readonly<Record<string, string>> = {
  shell: 'shell',
  typescript: 'TypeScript or JavaScript',
  python: 'Python',
  java: 'Java',
  csharp: 'C#',
  go: 'Go',
  php: 'PHP',
  ruby: 'Ruby',
  powershell: 'PowerShell',
  sql: 'SQL',
  perl: 'Perl',
  patterns: 'other',
};

function chooseFolders(telling: readonly CodeFile[], landscapes: readonly string[]): string[] {
  const tops = sortedUnique(telling.flatMap(({ file }) => topOf(file) ?? []));
  const atRoot = telling.filter(({ file }) => topOf(file) === undefined);
  const isRepository = atRoot.some(isBuilt);
  // A folder of repositories: the names of its folders say whose code it is.
  const areRepositories =
    tops.length > 1 &&
    tops.every((top) => telling.some((each) => isBuilt(each) && isDirectlyIn(each.file, top)));
  const isMany = tops.length + atRoot.length > mostFolders;
  if (landscapes.length === 0 && (isRepository || areRepositories || isMany)) return ['.'];
  return splitAround(telling, landscapes, '');
}

function isBuilt({ what, isDeployed }: CodeFile): boolean {
  return what === 'manifest' || isDeployed;
}

/** The folders and files at the top that hold code, and of those around a landscape what is beside it. */
function splitAround(
  telling: readonly CodeFile[],
  landscapes: readonly string[],
  above: string,
): string[] {
  const entries = sortedUnique(
    telling
      .filter(({ file }) => file.startsWith(above))
      .map(({ file }) => above + (topOf(file.slice(above.length)) ?? file.slice(above.length))),
  );
  const hidden = new Set(entries.filter((entry) => /(?:^|\/)\.[^/]+$/.test(entry)));
  return entries
    .filter((entry) => !hidden.has(entry) || hidden.size === entries.length)
    .flatMap((entry) =>
      landscapes.some((landscape) => isIn(landscape, entry))
        ? splitAround(telling, landscapes, `${entry}/`)
        : [entry],
    );
}

function topOf(file: string): string | undefined {
  const slash = file.indexOf('/');
  return slash < 0 ? undefined : file.slice(0, slash);
}

function isDirectlyIn(file: string, top: string): boolean {
  return file.startsWith(`${top}/`) && file.indexOf('/', top.length + 1) < 0;
}

function isIn(file: string, folder: string): boolean {
  return file === folder || file.startsWith(`${folder}/`);
}

/** Folders that are called like a system belong to it anyway; of others a part of the name may tell. */
function tellOwners(
  code: readonly CodeFile[],
  folders: readonly string[],
  names: SystemNames,
): string[] {
  const found = new Map<string, string>();
  for (const { file } of code) {
    const folder = folders.find((each) => isIn(file, each));
    const relative = folder === undefined ? file : file.slice(folder.length + 1);
    const below = topOf(relative);
    if (below === undefined || names.whole(below) !== undefined) continue;
    const system = names.within(below);
    if (system !== undefined) found.set(`${below}/**`, system);
  }
  if (found.size === 0) return [];
  return [
    'owners:   # whose code some folders may be, by a part of their names',
    ...[...found]
      .slice(0, shownOwners)
      .map(([glob, system]) => `  ${JSON.stringify(glob)}: ${system}`),
  ];
}
