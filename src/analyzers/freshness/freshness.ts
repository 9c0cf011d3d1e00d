import { sortBy } from '../../order.ts';
import { type CriticalRuns, startCriticalRuns } from './critical-runs.ts';
import {
  type Consumer,
  type ConsumerView,
  type Examined,
  examineOrigins,
  viewDeliveries,
} from './examine.ts';
import { toHours, toTime } from './figures.ts';
import { drawFlows } from './flow-graph.ts';
import { gatherLooks } from './looks.ts';
import type { Freshness, FreshnessModel } from './model.ts';
import { openSteps } from './steps.ts';
import { tracePath } from './trace-path.ts';
import { type Ages, limitBirths, measureAges, type Span, visitFailures } from './worst-age.ts';

const defaultFailures = 2;

/**
 * How old the data of each origin gets at each system that it comes to, where every run succeeds and
 * where up to k runs of one delivery in a row fail. Exact over the instants of the model: every
 * chain of runs is composed, every choice of the failing runs is tried.
 * @param includes which origins to follow; all where it is left out
 */
export function analyseFreshness(
  model: FreshnessModel,
  includes?: (origin: string, object: string) => boolean,
): readonly Freshness[] {
  return sortRows([...eachRow(model, includes, () => true)].map(({ row }) => row));
}

/**
 * The same, but only so many: those that are certain first, then those whose data is oldest where
 * every run succeeds. What is left out is not worked out any further, so that a landscape in which
 * everything goes everywhere stays within bounds.
 * @param wants which systems to tell of
 */
export function findOldest(
  model: FreshnessModel,
  most: number,
  wants: (system: string) => boolean,
): { readonly rows: readonly Freshness[]; readonly leftOut: number } {
  let kept: RankedRow[] = [];
  let threshold: Rank | undefined;
  let seen = 0;
  const isKept = (consumer: Consumer, ages: WorstAges): boolean => {
    if (!wants(consumer.system)) return false;
    seen++;
    // Of equals, those that came first stay.
    return threshold === undefined || compareRanks(rankOf(consumer, ages), threshold) < 0;
  };
  for (const row of eachRow(model, undefined, isKept)) {
    kept.push(row);
    if (kept.length < 2 * most) continue;
    kept = cutTo(kept, most);
    threshold = kept.at(-1)?.rank;
  }
  const rows = cutTo(kept, most).map(({ row }) => row);
  return { rows: sortRows(rows), leftOut: seen - rows.length };
}

/** Certainty, then age: the lower, the sooner it is told. */
type Rank = readonly [certainty: number, age: number];

interface RankedRow {
  readonly rank: Rank;
  readonly row: Freshness;
}

function rankOf({ certainty, looks }: Consumer, { atRest, atRead }: WorstAges): Rank {
  const read = looks ? toHours(atRead[0] ?? Number.NaN) : null;
  const age = read ?? toHours(atRest[0] ?? Number.NaN) ?? Number.MAX_VALUE;
  return [certainty === 'declared' ? 0 : 1, -age];
}

function compareRanks(a: Rank, b: Rank): number {
  return a[0] - b[0] || a[1] - b[1];
}

function cutTo(kept: readonly RankedRow[], most: number): RankedRow[] {
  return [...kept].sort((a, b) => compareRanks(a.rank, b.rank)).slice(0, most);
}

function sortRows(rows: readonly Freshness[]): Freshness[] {
  return sortBy(
    rows,
    ({ consumer }) => consumer,
    ({ object }) => object,
    ({ origin }) => origin,
    ({ as }) => as ?? '',
  );
}

/** One row for each origin and consumer that is kept, in the order of `isKept`. */
function* eachRow(
  model: FreshnessModel,
  includes: ((origin: string, object: string) => boolean) | undefined,
  isKept: (consumer: Consumer, ages: WorstAges) => boolean,
): Generator<RankedRow> {
  const graph = drawFlows(model);
  const { from, to } = model.horizon;
  const span: Span = { from, to, knownUntil: graph.knownUntil };
  const failures = model.failures ?? defaultFailures;
  for (const examined of examineOrigins(graph, gatherLooks(model), includes)) {
    const worst = new Map<Consumer, WorstAges>();
    for (const consumer of examined.consumers) {
      const ages = startWorst(consumer, failures, span);
      if (isKept(consumer, ages)) worst.set(consumer, ages);
    }
    if (worst.size === 0) continue;
    for (const seen of viewDeliveries(examined)) {
      const ages = worst.get(seen.consumer);
      if (ages) addFailures(ages, seen);
    }
    for (const [consumer, ages] of worst)
      yield { rank: rankOf(consumer, ages), row: describe(examined, consumer, ages, span) };
  }
}

/** The oldest so far, by how many runs in a row fail. In ms. */
interface WorstAges {
  readonly span: Span;
  readonly atRest: Float64Array;
  readonly isCut: boolean[];
  readonly atRead: Float64Array;
  /** When the data was born that gets oldest at rest where every run succeeds. */
  readonly birth: number | undefined;
  readonly critical: CriticalRuns;
}

function startWorst({ holding, looks }: Consumer, failures: number, span: Span): WorstAges {
  const isFresh = holding === 'fresh';
  const steps = holding && !isFresh ? openSteps(holding) : undefined;
  const limited = steps ? limitBirths(steps, span) : span;
  const ages = steps && measureAges(steps, limited, looks);
  const atRest = isFresh ? 0 : (ages?.atRest ?? Number.NaN);
  const atRead = isFresh && looks ? 0 : (ages?.atRead ?? Number.NaN);
  const birth = isFresh ? span.from : ages && ages.atRestAt - ages.atRest;
  return {
    span: limited,
    atRest: new Float64Array(failures + 1).fill(atRest),
    isCut: new Array<boolean>(failures + 1).fill(ages?.isCut ?? false),
    atRead: new Float64Array(failures + 1).fill(atRead),
    birth: Number.isNaN(birth) ? undefined : birth,
    critical: startCriticalRuns(),
  };
}

function addFailures(worst: WorstAges, { edge, delivery, consumer, view }: ConsumerView): void {
  const { span, atRest, atRead, isCut, critical } = worst;
  const { looks } = consumer;
  for (let failed = 1; failed < atRest.length; failed++) {
    // An equal age that newer data ends says that it is no larger.
    const matters = (age: number, isSeen: boolean): boolean =>
      !(age <= (atRest[failed] ?? 0)) ||
      (isCut[failed] === true && age === atRest[failed]) ||
      (isSeen && !(age <= (atRead[failed] ?? 0))) ||
      (failed === 1 && (isSeen || !looks) && !(age < critical.age()));
    visitFailures(view, failed, span, matters, (ages) => {
      raise(worst, failed, ages);
      if (failed > 1) return;
      critical.add(looks ? ages.atRead : ages.atRest, {
        edge,
        delivery,
        run: view.runs[ages.run] ?? 0,
        oldestAt: looks ? ages.atReadAt : ages.atRestAt,
        firstLook: ages.firstLook,
        alike: ages.alike,
      });
    });
  }
  // More failures in a row are no better than fewer, even where nothing known comes after them.
  for (let failed = 1; failed < atRest.length; failed++) {
    const atRestAt = Number.NaN;
    raise(worst, failed, {
      atRest: atRest[failed - 1] ?? Number.NaN,
      atRestAt,
      isCut: worst.isCut[failed - 1] ?? false,
      atRead: atRead[failed - 1] ?? Number.NaN,
      atReadAt: atRestAt,
    });
  }
}

function raise({ atRest, atRead, isCut }: WorstAges, failed: number, ages: Ages): void {
  const before = atRest[failed] ?? Number.NaN;
  if (ages.atRest > before || (Number.isNaN(before) && !Number.isNaN(ages.atRest))) {
    atRest[failed] = ages.atRest;
    isCut[failed] = ages.isCut;
  } else if (ages.atRest === before && !ages.isCut) isCut[failed] = false;
  const read = atRead[failed] ?? Number.NaN;
  if (ages.atRead > read || (Number.isNaN(read) && !Number.isNaN(ages.atRead)))
    atRead[failed] = ages.atRead;
}

function describe(
  { graph, reach, holdings, origin, object }: Examined,
  consumer: Consumer,
  { atRest, isCut, atRead, birth, critical }: WorstAges,
  { from, to }: Span,
): Freshness {
  const edges = tracePath(graph, reach, holdings, consumer.node, birth).map(
    (edge) => graph.edges[edge],
  );
  const links = edges.flatMap((edge) => edge?.link ?? []);
  const assumed = edges.flatMap((edge) => (edge?.delivery?.assumed ? [edge.delivery.link] : []));
  const normal = consumer.looks ? atRead[0] : atRest[0];
  const { runs, count, age } = critical.list();
  const isWorse = normal === undefined || !(age <= normal);
  return {
    consumer: consumer.system,
    object,
    origin,
    ...(consumer.as !== undefined && { as: consumer.as }),
    path: links,
    horizon: { from: toTime(from), to: toTime(to) },
    worstAgeAtRestHours: Array.from(atRest, toHours),
    worstAgeAtReadHours: consumer.looks ? Array.from(atRead, toHours) : [],
    criticalRuns: isWorse ? runs : [],
    criticalRunCount: isWorse ? count : 0,
    certainty: consumer.certainty,
    ways: reach.ways,
    assumedDurations: assumed,
    atLeast: isCut.some(Boolean),
  };
}
