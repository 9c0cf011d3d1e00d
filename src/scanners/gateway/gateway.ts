import { z } from 'zod';
import { ConfigError, formatPlace } from '../../errors.ts';
import type { ScanContext, Scanner } from '../scanner.ts';
import { identityOf, toCalleeFinder } from './callees.ts';
import { type ChosenLog, chooseLog, isUtf16, readSample } from './choose-log.ts';
import { readFormat } from './formats/read-format.ts';
import type { LogFormat } from './log-format.ts';
import { newLoggedDays } from './logged-days.ts';
import { expectMappedSystems, mappingShape, tellFolded, toRoutes } from './mapping.ts';
import { type OpenProxyConfigs, openProxyConfigs } from './proxy-configs.ts';
import { readLogs } from './read-logs.ts';
import type { TaskResult } from './read-task.ts';
import { toConnections } from './to-connections.ts';
import { CallMerger } from './traffic/merge-calls.ts';

const options = z.strictObject({
  /** A preset, a format string of the proxy, or a map of JSON fields; found by content without it. */
  format: z.union([z.string().min(1), z.record(z.string(), z.string())]).optional(),
  ...mappingShape,
});

type GatewayOptions = z.output<typeof options>;

/** Reads the access logs of gateways and proxies: the witness of what really runs. */
export const gatewayScanner: Scanner<typeof options> = {
  name: 'gateway',
  options,
  async *scan(given, context) {
    context.coverage.unit = 'lines';
    expectMappedSystems(given, context);
    const configs = await openProxyConfigs(given.config, context);
    const finder = toCalleeFinder(given.routes, configs.configs, given.intermediary);
    const merger = new CallMerger(finder.find, identityOf);
    const logs = await chooseLogs(given, configs, context);
    const { files } = context;
    const logged = newLoggedDays();
    const totals = { healthChecks: 0, answeredItself: 0 };
    const total = await sizeOf(logs, context);
    let done = 0;
    await readLogs(
      logs,
      files,
      {
        callers: given.callers,
        byHost: finder.byHost,
        literalSegments: finder.literalSegments,
        keepPaths: configs.configs.length > 0,
        progress: (file, bytes) => {
          done += bytes;
          context.progress(file, { done, total });
        },
      },
      (result, file, linesBefore) => {
        count(result, file, linesBefore, context);
        logged.add(file, result.first, result.last);
        totals.healthChecks += result.healthChecks;
        totals.answeredItself += result.answeredItself;
        merger.add(result, file, linesBefore);
      },
    );
    context.coverage.leaveOut('health checks', totals.healthChecks);
    context.coverage.leaveOut('answered by the gateway itself', totals.answeredItself);
    if (merger.folded > 0) {
      const place = { file: context.paths[0] ?? '', line: 1, column: 1 };
      tellFolded(merger.folded, place, context.coverage);
    }
    yield* toRoutes(given, logged.spans(), context);
    yield* toConnections(merger.groups(), given.intermediary, context);
  },
};

/** Finds the format of each log, and says which by content. */
async function chooseLogs(
  given: GatewayOptions,
  configs: OpenProxyConfigs,
  context: ScanContext,
): Promise<ChosenLog[]> {
  const formats = given.format === undefined ? undefined : readGiven(given.format, context);
  const logs: ChosenLog[] = [];
  for (const file of context.paths) {
    context.progress(file);
    const sample = await readSample(file, context.files);
    if (sample.length === 0) continue;
    if (isUtf16(sample)) {
      const reason = 'is UTF-16; convert the file to UTF-8';
      context.coverage.skip({ file, line: 1, column: 1 }, reason, sample.length);
      continue;
    }
    const chosen = chooseLog(file, sample, formats ?? configs.formatsOf(file));
    if (chosen) logs.push(chosen);
    else
      context.coverage.skip(
        { file, line: 1, column: 1 },
        'its content is of no known log format; name one under "format:"',
        sample.length,
      );
  }
  for (const { detected } of logs)
    if (detected) context.coverage.detect(detected.name, detected.confidence);
  return logs;
}

function readGiven(
  format: NonNullable<GatewayOptions['format']>,
  context: ScanContext,
): readonly LogFormat[] {
  try {
    return readFormat(format);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(`${formatPlace(context.placeOf('format'))}: ${error.message}.`, {
      cause: error,
    });
  }
}

function count(
  result: TaskResult,
  file: string,
  linesBefore: number,
  { coverage }: ScanContext,
): void {
  coverage.read(result.parsed);
  const told = result.firstSkipped;
  for (const { line, reason } of told)
    coverage.skip({ file, line: linesBefore + line, column: 1 }, reason);
  const last = told.at(-1);
  const rest = result.skipped - told.length;
  if (last && rest > 0)
    coverage.skip({ file, line: linesBefore + last.line + 1, column: 1 }, last.reason, rest);
  for (const time of [result.first, result.last])
    if (Number.isFinite(time)) coverage.seen(`${new Date(time).toISOString().slice(0, 19)}Z`);
  if (result.broken !== undefined)
    coverage.flaw({ file, line: Math.max(1, result.lines), column: 1 }, result.broken);
}

async function sizeOf(logs: readonly ChosenLog[], { files }: ScanContext): Promise<number> {
  let total = 0;
  for (const { file } of logs) total += await files.size(file);
  return total;
}
