import path from 'node:path';
import { InputError, UsageError } from '../errors.ts';
import { writeFiles } from '../files.ts';
import type { Drawable } from '../renderers/diagram/drawable.ts';
import { tellUndrawn } from '../renderers/diagram/split-picture.ts';
import { tellOmitted } from '../renderers/diagram/tell-omitted.ts';
import { isImageFormat, renderImage } from '../renderers/image/render-image.ts';
import { diagramKinds } from '../renderers/mermaid/kinds.ts';
import { splitFlowchart } from '../renderers/mermaid/split-flowchart.ts';
import { writeDiagramPages } from '../renderers/mermaid/write-diagram-pages.ts';
import { plural } from '../renderers/wording.ts';
import type { DiagramOptions, Wanted } from './diagram.ts';
import { standardOutput } from './write-output.ts';

/** More pictures than this take a browser minutes. */
const mostImages = 60;

/** Writes an index and a page for each group into a folder, so that every link is in a picture. */
export async function writeSplit(
  audit: Drawable,
  { output, json, quiet }: DiagramOptions,
  { format, picture }: Wanted,
): Promise<void> {
  const split = splitFlowchart(audit, picture);
  if (split.drawn.systems === 0)
    throw new InputError(`There is nothing to draw: ${diagramKinds.flowchart}.`);
  const ending = isImageFormat(format) ? format : undefined;
  const { pages, images } = writeDiagramPages(audit, split, ending);
  if (images.size > mostImages)
    throw new InputError(
      `These would be ${images.size} pictures, more than the ${mostImages} that are drawn at once; leave --format ${format} out for pages with Mermaid text, or --group by something else.`,
    );
  const files = new Map<string, string | Uint8Array>(pages);
  if (isImageFormat(format))
    for (const [name, text] of images) files.set(name, await renderImage(text, format));
  await writeFiles(output, files);
  const { drawn, left, cut } = split;
  const note = [tellUndrawn(split), tellOmitted(split.overview.picture)]
    .filter((each) => each !== '')
    .map((each) => `${each}.`)
    .join(' ');
  const groups = split.groups.map(({ name, systems, inside, across, parts }) => {
    return { name, systems, inside, across, pictures: parts.length };
  });
  if (json)
    process.stdout.write(
      `${JSON.stringify({ format, output, files: [...files.keys()], drawn, left, cut, groups }, null, 2)}\n`,
    );
  else if (!quiet)
    process.stdout.write(
      `${plural(drawn.systems, 'system')} and ${plural(drawn.links, 'link')} in ${plural(
        groups.reduce((sum, { pictures }) => sum + pictures, 0),
        'picture',
      )} on ${plural(groups.length, 'page')}.\nOpen   ${path.join(output, 'index.md')}\n`,
    );
  if (note !== '' && !quiet && !json) process.stderr.write(`${note}\n`);
}

/** @throws UsageError before anything is read */
export function refuseBesideSplit(
  { output, focus, watch }: DiagramOptions,
  { kind, format }: Wanted,
): void {
  if (output === standardOutput)
    throw new UsageError('--split writes several files; name a folder for them: -o diagrams.');
  if (kind !== 'flowchart')
    throw new UsageError(`--kind ${kind} does not go with --split: only a flowchart has parts.`);
  if (format === 'dot')
    throw new UsageError('--split is for Mermaid and pictures; one DOT file holds everything.');
  if (focus !== undefined)
    throw new UsageError('--split draws everything, --focus what is around one system; give one.');
  if (watch) throw new UsageError('--watch draws one file again; leave --split out.');
}
