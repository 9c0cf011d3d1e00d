import { auditImpact, type ImpactRequest } from '../audit/audit-impact.ts';
import { auditFailedRun } from '../audit/failed-run.ts';
import { UsageError } from '../errors.ts';
import { renderPage } from '../renderers/explain/page.ts';
import { renderFailedRun } from '../renderers/failed-run.ts';
import { drawImpact } from '../renderers/impact/mermaid.ts';
import { layOutImpact } from '../renderers/impact/page.ts';
import { hintAtArguments } from './hint-at-arguments.ts';
import { type CommonOptions, readLandscape } from './landscape-options.ts';
import { terminalOf } from './terminal-of.ts';

/** What `landscape impact` takes beside the common options. */
export interface ImpactOptions extends CommonOptions {
  readonly outage?: boolean;
  readonly apiChange?: boolean;
  readonly late?: boolean;
  readonly retire?: boolean;
  readonly failedRun?: string;
  readonly object?: string;
  readonly depth?: string;
  readonly format: string;
}

/** `landscape impact`: prints who is hit if something happens to a system, a link or a run. */
export async function runImpact(
  text: string,
  folder: string,
  options: ImpactOptions,
): Promise<void> {
  const { failedRun } = options;
  const questions = readQuestions(options);
  const depth = readDepth(options.depth);
  checkFormat(options);
  if (failedRun !== undefined) refuseBeside(options);
  const { audit, config } = await readLandscape(folder, options, false).catch(async (error) => {
    throw await hintAtArguments(error, 'impact', text, folder);
  });
  const terminal = terminalOf(options);
  if (failedRun !== undefined) {
    const report = auditFailedRun(audit, config, text, failedRun);
    print(options, report, () => renderFailedRun(report, audit, terminal));
    return;
  }
  const report = auditImpact(audit, config, {
    text,
    questions,
    ...(options.object !== undefined && { object: options.object }),
    ...(depth !== undefined && { depth }),
  });
  print(options, report, () =>
    options.format === 'mermaid'
      ? drawImpact(report.impacts, audit)
      : renderPage(layOutImpact(report, audit), terminal),
  );
}

function print({ json, quiet }: ImpactOptions, data: unknown, render: () => string): void {
  if (json) process.stdout.write(`${JSON.stringify(data, null, 2)}\n`);
  else if (!quiet) process.stdout.write(render());
}

function readQuestions({
  outage,
  apiChange,
  late,
  retire,
}: ImpactOptions): ImpactRequest['questions'] {
  return [
    ...(outage ? (['outage'] as const) : []),
    ...(apiChange ? (['api-change'] as const) : []),
    ...(late ? (['late'] as const) : []),
    ...(retire ? (['retire'] as const) : []),
  ];
}

function readDepth(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new UsageError(
      `--depth "${text}" is no number of links; write a whole number from 1, for example --depth 2.`,
    );
  return Number(text);
}

function checkFormat({ format, json }: ImpactOptions): void {
  if (format !== 'text' && format !== 'mermaid')
    throw new UsageError(`--format "${format}" is not known; write text or mermaid.`);
  if (format === 'mermaid' && json)
    throw new UsageError('--json and --format mermaid are two outputs; give one of them.');
}

function refuseBeside(options: ImpactOptions): void {
  const others = [
    ...readQuestions(options).map((question) => `--${question}`),
    ...(options.object === undefined ? [] : ['--object']),
    ...(options.depth === undefined ? [] : ['--depth']),
    ...(options.format === 'text' ? [] : ['--format']),
  ];
  if (others.length > 0)
    throw new UsageError(
      `--failed-run is a question of its own; leave ${others.join(' and ')} out.`,
    );
}
