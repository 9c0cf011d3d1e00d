import path from 'node:path';
import { findSubject } from '../audit/find-subject.ts';
import { searchForReports } from '../audit/planning.ts';
import type { Config } from '../config.ts';
import { didYouMean, InputError, LandscapeError, UsageError } from '../errors.ts';
import { watchFiles } from '../files/watch-files.ts';
import { locateLandscape, writeFiles } from '../files.ts';
import { drawPicture, type PictureOptions } from '../renderers/diagram/draw-picture.ts';
import { type Drawable, withAnalysis } from '../renderers/diagram/drawable.ts';
import { type Grouping, groupings } from '../renderers/diagram/picture.ts';
import { writeDot } from '../renderers/dot.ts';
import { isImageFormat, renderImage } from '../renderers/image/render-image.ts';
import {
  type DiagramKind,
  diagramKinds,
  drawKind,
  isOfAnalysis,
} from '../renderers/mermaid/kinds.ts';
import { type DiagramFormat, diagramFormats } from './diagram-formats.ts';
import { type CommonOptions, judgeLandscape, readLandscape } from './landscape-options.ts';
import { refuseBesideSplit, writeSplit } from './split-diagram.ts';
import { standardOutput } from './write-output.ts';

/** What `landscape diagram` takes beside the common options. */
export interface DiagramOptions extends CommonOptions {
  readonly kind: string;
  readonly focus?: string;
  readonly depth?: string;
  readonly group?: string;
  readonly all?: boolean;
  readonly format?: string;
  readonly output: string;
  readonly split?: boolean;
  readonly watch?: boolean;
}

/** The endings of files that say their format. */
const endings: Readonly<Record<string, DiagramFormat>> = {
  '.mmd': 'mermaid',
  '.mermaid': 'mermaid',
  '.dot': 'dot',
  '.gv': 'dot',
  '.svg': 'svg',
  '.png': 'png',
  '.pdf': 'pdf',
};

/** What is wanted, when every option has been understood. */
export interface Wanted {
  readonly kind: DiagramKind;
  readonly format: DiagramFormat;
  readonly picture: Omit<PictureOptions, 'focus'>;
}

/** What is drawn, and what is to be said beside it. */
interface Drawn {
  readonly title: string;
  readonly note: string;
  readonly content: string | Uint8Array;
}

/** `landscape diagram`: draws the landscape, or what is around one system, as text or a picture. */
export async function runDiagram(folder: string, options: DiagramOptions): Promise<void> {
  const wanted = readWanted(options);
  if (options.split) refuseBesideSplit(options, wanted);
  if (options.watch) return watchDiagram(folder, options, wanted);
  const { audit, config } = await read(folder, options, wanted);
  if (options.split) return writeSplit(audit, options, wanted);
  await put(options, wanted, await draw(audit, config, options, wanted));
}

async function read(
  folder: string,
  options: DiagramOptions,
  { kind, picture }: Wanted,
): Promise<{ readonly audit: Drawable; readonly config: Config }> {
  const needsPlan = kind === 'waves' || picture.groupBy === 'wave';
  const planning = needsPlan ? { planning: { search: searchForReports } } : {};
  // Systems and links need no analysis, which takes most of the time of a large landscape.
  const isAnalysed = needsPlan || isOfAnalysis(kind) || options.focus !== undefined;
  return isAnalysed
    ? readLandscape(folder, options, false, planning)
    : judgeLandscape(folder, options, false);
}

async function draw(
  audit: Drawable,
  config: Config,
  { focus }: DiagramOptions,
  { kind, format, picture }: Wanted,
): Promise<Drawn> {
  const options: PictureOptions = {
    ...picture,
    ...(focus !== undefined && { focus: findSystem(withAnalysis(audit), config, focus) }),
  };
  if (format === 'dot') {
    // Graphviz has no limits.
    const whole = { nodes: Number.POSITIVE_INFINITY, arrows: Number.POSITIVE_INFINITY };
    const drawn = drawPicture(audit, options, whole);
    if (drawn.nodes.length > 0) return { title: drawn.title, note: '', content: writeDot(drawn) };
  }
  const chart = drawKind(audit, kind, options);
  if (!chart) throw new InputError(`There is nothing to draw: ${diagramKinds[kind]}.`);
  const { title, text, note } = chart;
  return {
    title,
    note,
    content: isImageFormat(format) ? await renderImage(text, format) : text,
  };
}

/** Puts the result where it is wanted, and what was left out beside it. */
async function put(
  { output, json, quiet }: DiagramOptions,
  { kind, format }: Wanted,
  { title, note, content }: Drawn,
): Promise<void> {
  if (output !== standardOutput)
    await writeFiles(path.dirname(output), new Map([[path.basename(output), content]]));
  if (json) {
    const text = typeof content === 'string' && output === standardOutput ? { text: content } : {};
    const data = { kind, format, title, note, output, ...text };
    process.stdout.write(`${JSON.stringify(data, null, 2)}\n`);
  } else if (output === standardOutput) process.stdout.write(content);
  if (note !== '' && !quiet && !json) process.stderr.write(`${note}\n`);
}

/** Draws, and again whenever a file changes that was read, until Ctrl-C. */
async function watchDiagram(
  folder: string,
  options: DiagramOptions,
  wanted: Wanted,
): Promise<void> {
  const place = await locateLandscape(options.config ?? folder);
  const say = (text: string): void => {
    if (!options.quiet) process.stderr.write(`${text}\n`);
  };
  let files = [path.join(place.folder, place.file)];
  const drawAgain = async (): Promise<void> => {
    try {
      const { audit, config } = await read(folder, options, wanted);
      files = [
        path.join(place.folder, place.file),
        ...audit.inputs.map(({ file }) => path.resolve(place.folder, file)),
      ];
      const drawn = await draw(audit, config, options, wanted);
      await put(options, wanted, drawn);
      say(`${options.output}: ${drawn.title}`);
    } catch (error) {
      // Files are seldom right while they are edited: the last good picture stays.
      if (!(error instanceof LandscapeError)) throw error;
      process.stderr.write(`${error.message}\n`);
    }
  };
  process.prependOnceListener('SIGINT', () => process.exit(0));
  let isStale = false;
  let wake = (): void => {};
  const changed = (): void => {
    isStale = true;
    wake();
  };
  // What changes while a picture is drawn counts, too.
  let watching = watchFiles(files, [path.basename(options.output)], changed);
  for (;;) {
    isStale = false;
    await drawAgain();
    watching.close();
    watching = watchFiles(files, [path.basename(options.output)], changed);
    say('Watching the sources; Ctrl-C ends.');
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (isStale) resolve();
    });
  }
}

function findSystem(audit: ReturnType<typeof withAnalysis>, config: Config, text: string): string {
  const subject = findSubject(audit, config, text);
  if (subject.kind !== 'system')
    throw new UsageError(`--focus "${text}" is a ${subject.kind}; name a system.`);
  return subject.system.id;
}

function readWanted(options: DiagramOptions): Wanted {
  const { depth, group, all, focus, output } = options;
  const kind = oneOf('--kind', options.kind, Object.keys(diagramKinds) as DiagramKind[]);
  const format = options.split
    ? oneOf<DiagramFormat>('--format', options.format ?? 'mermaid', diagramFormats)
    : readFormat(options);
  const forFlowchart = [
    ...(focus === undefined ? [] : ['--focus']),
    ...(depth === undefined ? [] : ['--depth']),
    ...(group === undefined ? [] : ['--group']),
    ...(all ? ['--all'] : []),
    ...(format === 'dot' ? [`--format ${format}`] : []),
  ];
  if (kind !== 'flowchart' && forFlowchart.length > 0)
    throw new UsageError(
      `--kind ${kind} does not go with ${forFlowchart.join(' and ')}: only a flowchart has that.`,
    );
  if (depth !== undefined && focus === undefined)
    throw new UsageError('--depth counts from a system; name it with --focus.');
  if (depth !== undefined && !/^[1-9]\d?$/.test(depth))
    throw new UsageError(
      `--depth "${depth}" is no number of links; write a whole number from 1 to 99.`,
    );
  const toTerminal = output === standardOutput;
  if (options.watch && toTerminal)
    throw new UsageError('--watch draws a file again and again; name it: -o landscape.svg.');
  if (toTerminal && (format === 'png' || format === 'pdf') && process.stdout.isTTY)
    throw new UsageError(
      `A ${format} is not for a terminal; write a file: -o landscape.${format}.`,
    );
  if (toTerminal && isImageFormat(format) && options.json)
    throw new UsageError(`--json goes with text, or with a file: -o landscape.${format}.`);
  return {
    kind,
    format,
    picture: {
      ...(group !== undefined && { groupBy: oneOf<Grouping>('--group', group, groupings) }),
      ...(depth !== undefined && { depth: Number(depth) }),
      ...(all && { hasAllKinds: true }),
    },
  };
}

/** The format that is named, or that the ending of the file tells; else Mermaid text. */
function readFormat({ format, output }: DiagramOptions): DiagramFormat {
  const ending = path.extname(output).toLowerCase();
  const told = endings[ending];
  if (format === undefined) {
    if (told === undefined && output !== standardOutput)
      throw new UsageError(
        `${output}: the ending tells no format; write one of ${Object.keys(endings).join(', ')}, or add --format.`,
      );
    return told ?? 'mermaid';
  }
  const named = oneOf<DiagramFormat>('--format', format, diagramFormats);
  if (told !== undefined && told !== named)
    throw new UsageError(`--format ${named} and the ending of ${output} contradict each other.`);
  return named;
}

function oneOf<T extends string>(flag: string, text: string, known: readonly T[]): T {
  const found = known.find((one) => one === text);
  if (found === undefined)
    throw new UsageError(
      `${flag} "${text}" is not known; write ${known.slice(0, -1).join(', ')} or ${known.at(-1)}.${didYouMean(text, known)}`,
    );
  return found;
}
