import highsModule, { type Highs, type ModelData } from 'highs';
import type { Program } from './program.ts';

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
  /** The best that parts of whole columns could do: quick, and never less than what whole ones can. */
  relax(program: Program, seconds: number): number;
  /** The best with whole columns, beginning with the given values of some. */
  solve(
    program: Program,
    start: ReadonlyMap<number, number>,
    limits: { readonly seconds: number; readonly gap: number },
  ): SolverRun;
}

/** Gaps below this, relative to the objective, are rounding. */
export const rounding = 1e-6;

/** `kSolutionStatusFeasible` of HiGHS. */
const feasiblePoint = 2;

/** Loads HiGHS: WebAssembly, one thread, the same answer on every machine. */
export async function openSolver(): Promise<Solver> {
  const highs = await loadHighs();
  const { optimal, infeasible } = highs.constants.modelStatus;
  return {
    name: `HiGHS ${highs.version.string}`,
    relax: (program, seconds) =>
      highs.withModel(toModelData(highs, program, false), (model) => {
        model.options.set({ output_flag: false, time_limit: seconds });
        model.run();
        const status = model.getModelStatus();
        if (status === infeasible) return Number.NEGATIVE_INFINITY;
        return status === optimal ? model.getObjectiveValue() : Number.POSITIVE_INFINITY;
      }),
    solve: (program, start, { seconds, gap }) =>
      highs.withModel(toModelData(highs, program, true), (model): SolverRun => {
        model.options.set({
          output_flag: false,
          random_seed: 0,
          mip_rel_gap: gap,
          mip_abs_gap: rounding / 10,
          time_limit: seconds,
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

function toModelData(highs: Highs, { worth, isWhole, rows }: Program, asWhole: boolean): ModelData {
  const starts = new Int32Array(rows.length + 1);
  for (const [at, { columns }] of rows.entries())
    starts[at + 1] = (starts[at] ?? 0) + columns.length;
  const { integer, continuous } = highs.constants.variableType;
  return {
    numCols: worth.length,
    numRows: rows.length,
    sense: highs.constants.objectiveSense.maximize,
    colCost: Float64Array.from(worth),
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
