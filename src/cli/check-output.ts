import path from 'node:path';
import { appendText } from '../files/append-text.ts';
import { findRepository, locateLandscape, nodeFiles } from '../files.ts';
import type { Checked } from '../renderers/checks/checked.ts';
import { checkFormats } from '../renderers/checks/formats.ts';
import { renderCheckMarkdown } from '../renderers/checks/markdown.ts';
import type { CommonOptions } from './landscape-options.ts';
import { type Output, readFormats } from './read-formats.ts';
import { terminalOf } from './terminal-of.ts';
import { readToolHomepage } from './tool-version.ts';
import { standardOutput, writeOutput } from './write-output.ts';

/**
 * Reads `--format NAME[=FILE]` and `--json`. What a person reads goes to standard output where
 * nothing else does, so that a red job never has an empty log.
 * @throws UsageError before anything is read
 */
export function readOutputs({
  format,
  json,
}: Pick<CommonOptions, 'json'> & { readonly format: readonly string[] }): Output[] {
  const outputs = readFormats([...(json ? ['json'] : []), ...format], Object.keys(checkFormats));
  return outputs.some(({ file }) => file === standardOutput)
    ? outputs
    : [...outputs, { format: 'text', file: standardOutput }];
}

/** Writes a check in every format that is wanted, files before standard output. @throws InputError */
export async function writeCheck(
  outputs: readonly Output[],
  result: Pick<Checked, 'audit' | 'verdict' | 'failOn' | 'change'>,
  folder: string,
  options: CommonOptions,
): Promise<void> {
  const place = await locateLandscape(options.config ?? folder);
  const homepage = readToolHomepage();
  const checked: Checked = {
    ...result,
    files: nodeFiles(place.folder),
    below: await findPathBelow(place.folder),
    configFile: place.file,
    terminal: { color: false, width: 100 },
    ...(homepage !== undefined && { homepage }),
  };
  const printed = {
    ...checked,
    terminal: terminalOf(options),
  };
  // What is written to a file must not be lost because a reader of standard output has gone.
  for (const { format, file } of outputs.filter(({ file }) => file !== standardOutput))
    await writeOutput(file, [await render(format, checked)]);
  for (const { format, file } of outputs.filter(({ file }) => file === standardOutput))
    if (format !== 'text' || !options.quiet || !result.verdict.isClean)
      await writeOutput(file, [await render(format, printed)]);
  const summary = process.env['GITHUB_STEP_SUMMARY'];
  if (summary && outputs.some(({ format }) => format === 'github'))
    await appendText(summary, renderCheckMarkdown(checked));
}

async function render(name: string, checked: Checked): Promise<string> {
  const format = checkFormats[name];
  const omitted = format?.tellOmitted?.(checked);
  if (omitted !== undefined) process.stderr.write(`${omitted}\n`);
  return (await format?.render(checked)) ?? '';
}

/**
 * From the root of the checkout, else from where the user is, to a folder: so pipelines name files.
 * Empty where the folder is in neither, so that files are named from the landscape itself.
 */
async function findPathBelow(folder: string): Promise<string> {
  const repository = await findRepository(folder);
  if (repository) return repository.below;
  const below = path.relative('.', folder);
  const isOutside = below.split(path.sep)[0] === '..' || path.isAbsolute(below);
  return isOutside ? '' : below.split(path.sep).join('/');
}
