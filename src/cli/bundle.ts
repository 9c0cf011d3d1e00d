import { writeBundle } from '../audit/write-bundle.ts';
import { renderBundled } from '../renderers/written.ts';
import { openLandscape, withProgress } from './landscape-options.ts';
import { findProvenance } from './provenance.ts';
import { terminalOf } from './terminal-of.ts';
import { readToolVersion } from './tool-version.ts';
import { type FileOptions, standardOutput, writeOutput } from './write-output.ts';

/** `landscape bundle`: writes a registry as one file for other repositories. */
export async function runBundle(folder: string, options: FileOptions): Promise<void> {
  const { output: file } = options;
  const tool = readToolVersion();
  const { config, files, ...opened } = await openLandscape(folder, options);
  const provenance = await findProvenance(opened.folder, options.name);
  const bundle = await withProgress(opened.folder, options, (reading) =>
    writeBundle(config, files, { ...reading, today: opened.today, provenance, tool }),
  );
  await writeOutput(file, [`${JSON.stringify(bundle, null, 2)}\n`]);
  if (file === standardOutput || options.quiet) return;
  const counts = {
    systems: bundle.systems.length,
    links: bundle.links.length,
    aliases: bundle.aliases.length,
    rules: bundle.rules.length,
  };
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ file, ...provenance, ...counts }, null, 2)}\n`
      : renderBundled({ file, ...provenance }, counts, terminalOf(options).width),
  );
}
