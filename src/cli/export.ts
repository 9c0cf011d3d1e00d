import path from 'node:path';
import { anonymise } from '../audit/anonymise/anonymise.ts';
import { UsageError } from '../errors.ts';
import { writeFiles } from '../files.ts';
import { exchangeFormats } from '../renderers/exchange/formats.ts';
import { plural } from '../renderers/wording.ts';
import { auditLandscape, type CommonOptions, judgeLandscape } from './landscape-options.ts';
import { type Output, readFormats } from './read-formats.ts';
import { standardOutput, writeOutput } from './write-output.ts';

/** What `export` takes beside what every command takes. */
export interface ExportOptions extends CommonOptions {
  readonly format: readonly string[];
  readonly anonymise?: boolean;
}

/** `landscape export`: writes the landscape in formats of other tools. @throws LandscapeError */
export async function runExport(folder: string, options: ExportOptions): Promise<void> {
  const outputs = readExportFormats(options);
  // Systems and links need no analysis, which takes most of the time of a large landscape.
  const audit = options.anonymise
    ? anonymise(await auditLandscape(folder, options, false))
    : (await judgeLandscape(folder, options, false)).audit;
  const written: { readonly format: string; readonly file: string }[] = [];
  for (const { format, file } of outputs) {
    const render = exchangeFormats[format];
    if (typeof render === 'function') {
      const text = render(audit);
      await writeOutput(file, typeof text === 'string' ? [text] : text);
      written.push({ format, file });
    } else if (render) {
      const members = Object.entries(render).map(
        ([name, member]) => [name, member(audit)] as const,
      );
      await writeFiles(file, new Map(members));
      for (const [name] of members) written.push({ format, file: path.join(file, name) });
    }
  }
  const systems = audit.systems.length;
  const links = audit.links.length;
  if (options.json)
    process.stdout.write(`${JSON.stringify({ systems, links, written }, null, 2)}\n`);
  else if (!options.quiet && outputs.every(({ file }) => file !== standardOutput))
    process.stdout.write(
      `${written.map(({ format, file }) => `${format}  ${file}\n`).join('')}${plural(systems, 'system')}, ${plural(links, 'link')}.\n`,
    );
}

/** @throws UsageError before anything is read */
function readExportFormats({ format, json }: ExportOptions): Output[] {
  const names = Object.keys(exchangeFormats);
  if (format.length === 0)
    throw new UsageError(
      `export needs at least one --format <name>[=<file>]. Known formats: ${names.join(', ')}.`,
    );
  const outputs = readFormats(format, names);
  for (const { format: name, file } of outputs) {
    if (file !== standardOutput) continue;
    if (typeof exchangeFormats[name] !== 'function')
      throw new UsageError(
        `--format ${name} is several files; name the folder they go to: --format ${name}=<folder>.`,
      );
    if (json)
      throw new UsageError(
        `--json and --format ${name} both go to standard output; send one of them to a file: --format ${name}=<file>.`,
      );
  }
  return outputs;
}
