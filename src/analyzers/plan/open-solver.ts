import highsModule, { type Highs, type ModelData } from 'highs';
import { type Program, type Row, toRow } from './program.ts';

// It is CommonJS by its types: the default import is the function, although they wrap it once more.
const loadHighs = highsModule as unknown as typeof highsModule.default;

export interface SolverRun {
  /** The best values of the columns that were found, if any were. */
  readonly values: readonly number[] | undefined;
  /** What no values can pass. −∞ where there are none at all. */
  readonly bound: number;
  /** Whether the values are proved to be best. */
  readonly isOptimal: boolean;
}

export interface Solver {
  readonly name: string;
  /**
   * Prices of the rows where parts of whole columns may be taken, for `priceRows` to make a bound of;
   * none where no values keep all rows.
   */
  relax(program: Program, seconds: number): readonly number[] | undefined;
  /** The best with whole columns, beginning with the given values of some. */
  solve(
    program: Program,
    start: ReadonlyMap<number, number> | undefined,
    limits: SolverLimits,
  ): SolverRun;
}

export interface SolverLimits {
  readonly seconds: number;
  /** A gap that is small enough to stop at. */
  readonly gap: number;
  /** Subproblems that may be looked at: unlike seconds, the same on every machine. */
  readonly nodes?: number;
}

/** Gaps below this, relative to the objective, are rounding. */
export const rounding = 1e-6;

/** `kSolutionStatusFeasible` of HiGHS. */
const feasiblePoint = 2;

/**
 * From so many rows on, the interior point method is quicker than the simplex method. Its prices are
 * not exact, and need not be: whatever they are, the bound that is made of them holds.
 */
const interiorRows = 4000;

/** Loads HiGHS: WebAssembly, one thread, the same answer on every machine. */
export async function openSolver(): Promise<Solver> {
  const highs = await loadHighs();
  const { optimal, infeasible } = highs.constants.modelStatus;
  return {
    name: `HiGHS ${highs.version.string}`,
    relax: (program, seconds) =>
      highs.withModel(toModelData(highs, program, false), (model) => {
        const isLarge = program.rows.length > interiorRows;
        model.options.set({
          output_flag: false,
          time_limit: seconds,
          ...(isLarge && { solver: 'ipm', run_crossover: 'off' }),
        });
        model.run();
        if (model.getModelStatus() === infeasible) return undefined;
        return Array.from(
          model.getSolution().rowDual.subarray(0, program.rows.length),
          (dual) => -dual,
        );
      }),
    solve: (program, start, { seconds, gap, nodes }) =>
      highs.withModel(toModelData(highs, program, true), (model): SolverRun => {
        model.options.set({
          output_flag: false,
          random_seed: 0,
          mip_rel_gap: gap,
          mip_abs_gap: rounding / 10,
          time_limit: seconds,
          ...(nodes !== undefined && { mip_max_nodes: nodes }),
        });
        if (start) model.setSolution({ indices: [...start.keys()], values: [...start.values()] });
        model.run();
        const status = model.getModelStatus();
        if (status === infeasible)
          return { values: undefined, bound: Number.NEGATIVE_INFINITY, isOptimal: true };
        const found = Number(model.info.get('primal_solution_status')) === feasiblePoint;
        return {
          values: found ? [...model.getSolution().colValue] : undefined,
          bound: Number(model.info.get('mip_dual_bound')),
          isOptimal: status === optimal,
        };
      }),
  };
}

function toModelData(highs: Highs, program: Program, asWhole: boolean): ModelData {
  const { worth, isWhole } = program;
  const rows = [...program.rows, ...riseRows(program)];
  const starts = new Int32Array(rows.length + 1);
  for (const [at, { columns }] of rows.entries())
    starts[at + 1] = (starts[at] ?? 0) + columns.length;
  const { integer, continuous } = highs.constants.variableType;
  return {
    numCols: worth.length,
    numRows: rows.length,
    // Duals of an interior point keep the sign of the least, whatever is asked for.
    sense: highs.constants.objectiveSense[asWhole ? 'maximize' : 'minimize'],
    colCost: Float64Array.from(worth, (value) => (asWhole ? value : -value)),
    colLower: new Float64Array(worth.length),
    colUpper: new Float64Array(worth.length).fill(1),
    rowLower: new Float64Array(rows.length).fill(-highs.infinity),
    rowUpper: Float64Array.from(rows, ({ atMost }) => atMost),
    matrix: {
      format: 'csr',
      numRows: rows.length,
      numCols: worth.length,
      starts,
      indices: Int32Array.from(rows.flatMap(({ columns }) => columns)),
      values: Float64Array.from(rows.flatMap(({ factors }) => factors)),
    },
    ...(asWhole && { integrality: isWhole.map((whole) => (whole ? integer : continuous)) }),
  };
}

/** The rows that say of chains that they rise. */
function riseRows({ chains }: Program): Row[] {
  return chains.flatMap((chain) =>
    chain.slice(1).map((column, at) => toRow(0, [1, chain[at] ?? column], [-1, column])),
  );
}
