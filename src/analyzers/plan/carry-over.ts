import type { PlanDecision, PlanProblem } from './problem.ts';

/** A plan that was made before, as `plan.json` holds it. */
export interface EarlierPlan {
  /** The first day of its first wave, `YYYY-MM-DD`. */
  readonly start: string;
  readonly waves: readonly {
    readonly number: number;
    readonly links: readonly string[];
    readonly adapters: readonly { readonly system: string; readonly platform: string }[];
    readonly platforms: readonly string[];
  }[];
  readonly kept: readonly string[];
  /** Of a wave without a freeze. */
  readonly capacityHours: number | undefined;
  readonly fixed: readonly FixedTask[];
}

/** How far a task of a plan is, by its id in `plan-tasks.csv`. */
export interface TaskProgress {
  readonly task: string;
  readonly status: 'started' | 'done';
  readonly actualHours?: number;
}

/** A task that is done or under way: plans leave it where it is. */
export interface FixedTask extends TaskProgress {
  /** From 1. */
  readonly wave: number;
  readonly plannedHours: number;
}

/** Ids of tasks: the same as long as the work is. */
export const taskIds = {
  move: (link: string): string => `move:${link}`,
  adapter: (system: string, platform: string): string => `adapter:${system}@${platform}`,
  platform: (platform: string): string => `platform:${platform}`,
};

/** What is left to decide, and how an answer to it is one to the whole. */
export interface CarriedOver {
  readonly problem: PlanProblem;
  readonly fixed: readonly FixedTask[];
  /** An answer over the whole problem: what is fixed in its wave, the rest as decided. */
  widen(decision: PlanDecision): PlanDecision;
}

/**
 * Takes out of a problem what is done or under way, closes the waves that are over, and tells each
 * item where the earlier plan has it.
 * @param past how many waves are over
 */
export function carryOver(
  problem: PlanProblem,
  earlier: EarlierPlan,
  progress: readonly TaskProgress[],
  past: number,
): CarriedOver {
  const known = new Map(earlier.fixed.map((task) => [task.task, task]));
  const told = new Map(progress.map((one) => [one.task, one]));
  const planned = indexTasks(earlier);
  const fixed = new Map<string, FixedTask>(known);
  const fix = (task: string, plannedHours: number, because?: TaskProgress): void => {
    const before = fixed.get(task);
    const own = told.get(task) ?? before;
    const state = own ?? because;
    const wave = before?.wave ?? planned.get(task) ?? (because && planned.get(because.task));
    if (!state || wave === undefined) return;
    const { status } = state;
    // What a move took says nothing of what its adapters took.
    const actualHours = own?.actualHours ?? before?.actualHours;
    fixed.set(task, {
      task,
      wave,
      status,
      plannedHours: before?.plannedHours ?? plannedHours,
      ...(actualHours !== undefined && { actualHours }),
    });
  };
  const isFixed = (task: string): boolean => told.has(task) || known.has(task);
  const nameOf = (at: number): string => problem.platforms[at]?.name ?? '';
  const goneItems = new Set<number>();
  const goneAdapters = new Set<number>();
  const there = new Set<number>();
  const dropAdapter = (at: number, because?: TaskProgress): void => {
    const adapter = problem.adapters[at];
    if (!adapter) return;
    goneAdapters.add(at);
    there.add(adapter.platform);
    fix(taskIds.adapter(adapter.system, nameOf(adapter.platform)), adapter.hours, because);
  };
  for (const [at, item] of problem.items.entries()) {
    const states = item.links.map((link) => taskIds.move(link)).filter(isFixed);
    const [first] = states;
    if (first === undefined) continue;
    const because = told.get(first) ?? known.get(first);
    goneItems.add(at);
    for (const link of item.links) fix(taskIds.move(link), item.hours / item.links.length, because);
    for (const adapter of item.adapters) dropAdapter(adapter, because);
  }
  for (const [at, { system, platform }] of problem.adapters.entries())
    if (!goneAdapters.has(at) && isFixed(taskIds.adapter(system, nameOf(platform))))
      dropAdapter(at);
  for (const [at, { name, hours, proven }] of problem.platforms.entries())
    if (there.has(at) || isFixed(taskIds.platform(name))) {
      there.add(at);
      if (!proven) fix(taskIds.platform(name), hours);
    }
  for (const task of told.keys())
    if (!fixed.has(task)) {
      const wave = planned.get(task);
      if (wave !== undefined) fix(task, 0);
    }
  const all = [...fixed.values()].sort((a, b) => a.wave - b.wave || (a.task < b.task ? -1 : 1));
  return {
    fixed: all,
    problem: shrink(problem, { goneItems, goneAdapters, there, fixed, past, earlier }),
    widen: (decision) => {
      const waveOf = (task: string): number => (fixed.get(task)?.wave ?? 0) - 1;
      const itemAt = renumber(problem.items.length, goneItems);
      const adapterAt = renumber(problem.adapters.length, goneAdapters);
      return {
        items: problem.items.map(({ links: [link = ''] }, at) =>
          goneItems.has(at)
            ? waveOf(taskIds.move(link))
            : (decision.items[itemAt.get(at) ?? -1] ?? -1),
        ),
        adapters: problem.adapters.map(({ system, platform }, at) =>
          goneAdapters.has(at)
            ? waveOf(taskIds.adapter(system, nameOf(platform)))
            : (decision.adapters[adapterAt.get(at) ?? -1] ?? -1),
        ),
        platforms: problem.platforms.map(({ name }, at) =>
          fixed.has(taskIds.platform(name))
            ? waveOf(taskIds.platform(name))
            : (decision.platforms[at] ?? -1),
        ),
      };
    },
  };
}

/** The wave of each task of a plan, from 1. */
export function indexTasks({ waves }: EarlierPlan): Map<string, number> {
  return new Map(
    waves.flatMap(({ number, links, adapters, platforms }) => [
      ...links.map((link) => [taskIds.move(link), number] as const),
      ...adapters.map(
        ({ system, platform }) => [taskIds.adapter(system, platform), number] as const,
      ),
      ...platforms.map((platform) => [taskIds.platform(platform), number] as const),
    ]),
  );
}

interface Gone {
  readonly goneItems: ReadonlySet<number>;
  readonly goneAdapters: ReadonlySet<number>;
  /** Platforms, by place, that something fixed uses. */
  readonly there: ReadonlySet<number>;
  readonly fixed: ReadonlyMap<string, FixedTask>;
  readonly past: number;
  readonly earlier: EarlierPlan;
}

function shrink(problem: PlanProblem, gone: Gone): PlanProblem {
  const { goneItems, goneAdapters, there, fixed, past, earlier } = gone;
  const itemAt = renumber(problem.items.length, goneItems);
  const adapterAt = renumber(problem.adapters.length, goneAdapters);
  const closed = Array.from({ length: Math.min(past, problem.waves.length) }, (_, wave) => wave);
  const before = new Map(
    earlier.waves.flatMap(({ number, links }) => links.map((link) => [link, number - 1] as const)),
  );
  for (const link of earlier.kept) before.set(link, -1);
  const takenIn = (wave: number): number =>
    [...fixed.values()].reduce(
      (sum, one) => sum + (one.wave === wave + 1 ? one.plannedHours : 0),
      0,
    );
  return {
    ...problem,
    waves: problem.waves.map((slot, wave) => ({
      ...slot,
      capacityHours: wave < past ? 0 : Math.max(0, slot.capacityHours - takenIn(wave)),
    })),
    items: problem.items.flatMap((item, at) => {
      if (goneItems.has(at)) return [];
      const places = [...new Set(item.links.map((link) => before.get(link)))];
      const [wave] = places;
      // What should have moved in a wave that is over has no place to stay in.
      const stays = places.length === 1 && wave !== undefined && (wave < 0 || wave >= past);
      return [
        {
          ...item,
          adapters: item.adapters.flatMap((one) => adapterAt.get(one) ?? []),
          frozen: [...new Set([...closed, ...item.frozen])].sort((a, b) => a - b),
          ...(stays && { stay: { wave, hours: 0 } }),
        },
      ];
    }),
    adapters: problem.adapters.filter((_, at) => !goneAdapters.has(at)),
    platforms: problem.platforms.map((platform, at) =>
      there.has(at) ? { ...platform, hours: 0, hoursPerYear: 0, proven: true } : platform,
    ),
    bridges: problem.bridges.flatMap(({ object, items }) => {
      const left = items.flatMap((at) => itemAt.get(at) ?? []);
      const moved = items
        .filter((at) => goneItems.has(at))
        .flatMap((at) => problem.items[at]?.links ?? [])
        .flatMap((link) => fixed.get(taskIds.move(link))?.wave ?? []);
      const begun = moved.length > 0 ? { begun: Math.min(...moved) - 1 } : {};
      return left.length > (moved.length > 0 ? 0 : 1) ? [{ object, items: left, ...begun }] : [];
    }),
  };
}

/** Old place → new place of what is left. */
function renumber(size: number, gone: ReadonlySet<number>): Map<number, number> {
  const places = new Map<number, number>();
  for (let at = 0; at < size; at++) if (!gone.has(at)) places.set(at, places.size);
  return places;
}

/** A change of wave costs so many hours: a share of what the plan is worth, an hour at least. */
export function holdOn(problem: PlanProblem, hours: number): PlanProblem {
  return {
    ...problem,
    items: problem.items.map(({ stay, ...item }) =>
      stay === undefined ? item : { ...item, stay: { ...stay, hours } },
    ),
  };
}

/** The same problem without a thought of an earlier plan. */
export function letGo(problem: PlanProblem): PlanProblem {
  return { ...problem, items: problem.items.map(({ stay: _, ...item }) => item) };
}
