import { collect } from '../audit/collect.ts';
import { renderCollected } from '../renderers/written.ts';
import { type CommonOptions, openLandscape, withProgress } from './landscape-options.ts';
import { findProvenance } from './provenance.ts';
import { standardOutput, writeOutput } from './write-output.ts';

/** `landscape collect`: writes the evidence of one repository or host. */
export async function runCollect(
  folder: string,
  options: CommonOptions & {
    readonly output: string;
    readonly name?: string;
    readonly tool: string;
  },
): Promise<void> {
  const { output: file, tool } = options;
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
        ),
  );
}
