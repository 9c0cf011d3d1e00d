import type { Audit } from '../audit.ts';
import { compareAudits, type MetricName, metricNames } from './compare-audits.ts';
import { type Cause, causes } from './find-cause.ts';

export type Figures = Readonly<Record<MetricName, number>>;

/** One audit in the history of a landscape. */
export interface HistoryPoint {
  readonly file: string;
  readonly asOf: string;
  readonly tool: string;
  /** As this audit says. */
  readonly found: Figures;
  /**
   * As it would have said with the sources, names and tool of the newest audit: the newest figures,
   * less what the landscape itself has changed since. Chained from audit to audit, as price indices are.
   */
  readonly constantScope: Figures;
  /** What each cause changed since the audit before; nothing for the first. */
  readonly byCause: Readonly<Record<MetricName, Readonly<Record<Cause, number>>>>;
}

export interface History {
  readonly name: string;
  /** The oldest first. */
  readonly points: readonly HistoryPoint[];
}

/** An audit and where it was read. */
export interface AuditFile {
  readonly file: string;
  readonly audit: Audit;
}

/**
 * Compares each audit with the one before, and tells what the landscape did apart from how it was
 * looked at. Only two audits are held at a time.
 * @param audits the oldest first, at least one
 */
export async function traceHistory(audits: AsyncIterable<AuditFile>): Promise<History> {
  const found: Omit<HistoryPoint, 'constantScope'>[] = [];
  let before: Audit | undefined;
  for await (const { file, audit } of audits) {
    const { metrics } = compareAudits(before ?? audit, audit);
    found.push({
      file,
      asOf: audit.asOf,
      tool: audit.tool,
      found: figuresOf((name) => metrics.find((metric) => metric.name === name)?.head ?? 0),
      byCause: Object.fromEntries(
        metrics.map(({ name, byCause }) => [name, byCause]),
      ) as HistoryPoint['byCause'],
    });
    before = audit;
  }
  return { name: before?.name ?? '', points: addConstantScope(found) };
}

function addConstantScope(found: readonly Omit<HistoryPoint, 'constantScope'>[]): HistoryPoint[] {
  const points: HistoryPoint[] = [];
  let after: HistoryPoint | undefined;
  for (const point of found.toReversed()) {
    const later = after;
    const constantScope = figuresOf((name) =>
      later ? later.constantScope[name] - later.byCause[name].landscape : point.found[name],
    );
    after = { ...point, constantScope };
    points.push(after);
  }
  return points.toReversed();
}

/** What each cause changed from the first audit to the last. */
export function sumCauses({ points }: History, name: MetricName): Record<Cause, number> {
  return Object.fromEntries(
    causes.map((cause) => [
      cause,
      points.reduce((sum, { byCause }) => sum + byCause[name][cause], 0),
    ]),
  ) as Record<Cause, number>;
}

function figuresOf(read: (name: MetricName) => number): Figures {
  return Object.fromEntries(metricNames.map((name) => [name, read(name)])) as Figures;
}
