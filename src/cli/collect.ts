import { collect } from '../audit/collect.ts';
import { renderCollected } from '../renderers/written.ts';
import { openLandscape, withProgress } from './landscape-options.ts';
import { findProvenance } from './provenance.ts';
import { terminalOf } from './terminal-of.ts';
import { readToolVersion } from './tool-version.ts';
import { type FileOptions, standardOutput, writeOutput } from './write-output.ts';

/** `landscape collect`: writes the evidence of one repository or host. */
export async function runCollect(folder: string, options: FileOptions): Promise<void> {
  const { output: file } = options;
  const tool = readToolVersion();
  const opened = await openLandscape(folder, options);
  const provenance = await findProvenance(opened.folder, options.name);
  const { asOf, today, config, files } = opened;
  const { lines, ...collected } = await withProgress(opened.folder, options, (reading) =>
    collect(config, files, { ...reading, provenance, tool, asOf, today, strict: false }),
  );
  await writeOutput(file, lines);
  if (file === standardOutput || options.quiet) return;
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ file, ...collected }, null, 2)}\n`
      : renderCollected(
          { file, ...provenance },
          collected.evidence,
          collected.sources,
          config.aliases.length,
          terminalOf(options).width,
        ),
  );
}
