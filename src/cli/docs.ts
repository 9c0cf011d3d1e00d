import path from 'node:path';
import { searchForReports } from '../audit/planning.ts';
import type { Audit } from '../audit.ts';
import { type EditableText, toEditable } from '../editing/editable-text.ts';
import { fillBlock, findBlocks, type MarkedBlock } from '../editing/marked-blocks.ts';
import { InputError, UsageError } from '../errors.ts';
import { nodeFiles, replaceFile } from '../files.ts';
import { groupBy } from '../order.ts';
import { checkBlock, needsPlan, renderBlock } from '../renderers/docs/render-block.ts';
import { plural } from '../renderers/wording.ts';
import { type CommonOptions, readLandscape } from './landscape-options.ts';

/** What `landscape docs` takes beside the common options. */
export interface DocsOptions extends CommonOptions {
  readonly check?: boolean;
}

/** A Markdown file that has blocks. */
interface Page {
  /** As messages name it. */
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly editable: EditableText;
  readonly blocks: readonly MarkedBlock[];
}

/** A page as it should be. */
interface FilledPage extends Page {
  readonly filled: Uint8Array;
  /** Whether each block holds something else than it should. */
  readonly stale: readonly boolean[];
}

/**
 * `landscape docs`: fills the marked blocks of Markdown files; with `--check`, only tells which are
 * stale. Either all files are written or none.
 * @returns whether nothing was stale, or all is written
 */
export async function runDocs(words: readonly string[], options: DocsOptions): Promise<boolean> {
  const { folder, files } = sortArguments(words, options);
  const pages = await readPages(files ?? (await findPages(folder)), files === undefined);
  if (pages.length === 0)
    throw new InputError(
      `${folder}: no Markdown file below it has a block to fill; mark one with <!-- landscape:begin diagram --> and <!-- landscape:end -->, each alone in its line.`,
    );
  const filled = await fillPages(pages, folder, options);
  const changed = filled.filter(({ bytes, filled: wanted }) => !Buffer.from(bytes).equals(wanted));
  if (!options.check)
    for (const { file, bytes, filled: wanted } of changed) await replaceFile(file, bytes, wanted);
  show(filled, changed.length, options);
  return !options.check || changed.length === 0;
}

function sortArguments(
  words: readonly string[],
  options: DocsOptions,
): { readonly folder: string; readonly files?: readonly string[] } {
  const isPage = (word: string): boolean => /\.(md|markdown|mdx)$/i.test(word);
  const folders = words.filter((word) => !isPage(word));
  if (folders.length > 1)
    throw new UsageError(
      `"${folders[1]}" is no Markdown file, and "${folders[0]}" is the landscape already; name files that end in .md.`,
    );
  const files = words.filter(isPage);
  return {
    folder: options.config ?? folders[0] ?? '.',
    ...(files.length > 0 && { files: [...new Set(files)] }),
  };
}

/** Every Markdown file below the folder of the landscape. */
async function findPages(folder: string): Promise<string[]> {
  const root = /\.ya?ml$/i.test(folder) ? path.dirname(folder) : folder;
  const found = await nodeFiles(root).find('**/*.md');
  return found.map((file) => path.join(root, file));
}

/**
 * Reads pages and finds their blocks.
 * @param isSearched whether a page without a block is none, and no mistake
 */
async function readPages(files: readonly string[], isSearched: boolean): Promise<Page[]> {
  const pages: Page[] = [];
  const problems: string[] = [];
  for (const file of files) {
    const bytes = await nodeFiles(path.dirname(file)).bytes(path.basename(file));
    const editable = toEditable(bytes, file);
    collect(problems, () => {
      const blocks = findBlocks(editable.text, file);
      for (const block of blocks) checkBlock(block);
      if (blocks.length > 0) pages.push({ file, bytes, editable, blocks });
      else if (!isSearched)
        throw new InputError(
          `${file}: has no block to fill; mark one with <!-- landscape:begin diagram --> and <!-- landscape:end -->, each alone in its line.`,
        );
    });
  }
  refuseAll(problems);
  return pages;
}

/** Scans each landscape that a block names once, and writes what the blocks should hold. */
async function fillPages(
  pages: readonly Page[],
  folder: string,
  options: DocsOptions,
): Promise<FilledPage[]> {
  const asked = pages.flatMap((page) =>
    page.blocks.map((block) => ({ block, place: findLandscape(block, page, folder) })),
  );
  const audits = new Map<string, Audit>();
  for (const [place, blocks] of groupBy(asked, (one) => one.place)) {
    const planning = blocks.some(({ block }) => needsPlan(block))
      ? { planning: { search: searchForReports } }
      : {};
    // A block that names its landscape is not about the one that -c names.
    const { config: _, ...others } = options;
    const { audit } = await readLandscape(place, others, false, planning);
    audits.set(place, audit);
  }
  const problems: string[] = [];
  const filled: FilledPage[] = [];
  for (const page of pages) {
    const { editable, blocks } = page;
    const edits: ReturnType<typeof fillBlock>[] = [];
    for (const block of blocks)
      collect(problems, () => {
        const audit = audits.get(findLandscape(block, page, folder));
        if (audit) edits.push(fillBlock(block, renderBlock(audit, block), editable.lineEnd));
      });
    const stale = edits.map(({ start, end, text }) => editable.text.slice(start, end) !== text);
    filled.push({ ...page, filled: editable.replace(edits), stale });
  }
  refuseAll(problems);
  return filled;
}

function findLandscape({ options }: MarkedBlock, { file }: Page, folder: string): string {
  const named = options.get('landscape');
  return named === undefined ? folder : path.join(path.dirname(file), named);
}

function show(pages: readonly FilledPage[], changed: number, options: DocsOptions): void {
  const rows = pages.flatMap(({ file, blocks, stale }) =>
    blocks.map(({ kind, place }, at) => ({
      file,
      line: place.line,
      kind,
      stale: stale[at] ?? false,
    })),
  );
  if (options.json) {
    const result = { written: !options.check && changed > 0, blocks: rows };
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    return;
  }
  if (options.quiet) return;
  const stale = rows.filter((row) => row.stale);
  const all = `${plural(rows.length, 'block')} in ${plural(pages.length, 'file')}`;
  const lines = stale.map(
    ({ file, line, kind }) => `${file}:${line}: ${kind} ${options.check ? 'is stale' : 'is new'}`,
  );
  const names = pages.filter((page) => page.stale.includes(true)).map(({ file }) => file);
  if (stale.length === 0) lines.push(`${all}: nothing has changed.`);
  else if (options.check)
    lines.push('', `${stale.length} of ${all} stale; run: landscape docs ${names.join(' ')}`);
  else lines.push('', `${all}; ${stale.length} written anew.`);
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Keeps the problem of one block, so that all are told at once. */
function collect(problems: string[], work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push(error.message);
  }
}

function refuseAll(problems: readonly string[]): void {
  if (problems.length > 0) throw new InputError(problems.join('\n'));
}
