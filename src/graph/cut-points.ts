import type { SystemGraph } from '../graph.ts';
import { sortBy } from '../order.ts';

/** What holds a landscape together: without it, parts lose each other. The way of the data is left aside. */
export interface CutPoints {
  /** Systems whose loss cuts others off from each other (articulation points). */
  readonly systems: ReadonlySet<string>;
  /** Pairs whose links are the only connection between two parts (bridges), in the order of their ids. */
  readonly bridges: readonly (readonly [string, string])[];
}

/** Finds articulation points and bridges in one walk (Hopcroft & Tarjan 1973), without recursion. */
export function findCutPoints(graph: SystemGraph): CutPoints {
  const seen = new Map<string, Step>();
  const systems = new Set<string>();
  const bridges: [string, string][] = [];
  for (const root of graph.nodes()) {
    if (seen.has(root)) continue;
    const path = [openStep(graph, root, undefined, seen)];
    for (let step = path.at(-1); step; step = path.at(-1)) {
      const neighbour = step.neighbours[step.next++];
      const known = neighbour === undefined ? undefined : seen.get(neighbour);
      if (neighbour === undefined) {
        path.pop();
        closeStep(step, systems, bridges);
      } else if (!known) path.push(openStep(graph, neighbour, step, seen));
      else if (known !== step.parent) step.lowest = Math.min(step.lowest, known.number);
    }
  }
  return {
    systems,
    bridges: sortBy(
      bridges,
      ([first]) => first,
      ([, second]) => second,
    ),
  };
}

/** A node on the way of the walk, and which of its neighbours comes next. */
interface Step {
  readonly node: string;
  readonly parent: Step | undefined;
  readonly neighbours: readonly string[];
  /** In the order in which nodes were found. */
  readonly number: number;
  /** The earliest that can be reached from here but by the way back. */
  lowest: number;
  next: number;
  /** How many parts the walk found behind it one by one. */
  branches: number;
}

function openStep(
  graph: SystemGraph,
  node: string,
  parent: Step | undefined,
  seen: Map<string, Step>,
): Step {
  const number = seen.size;
  const neighbours = graph.neighbors(node);
  const step: Step = { node, parent, neighbours, number, lowest: number, next: 0, branches: 0 };
  seen.set(node, step);
  return step;
}

function closeStep(
  { node, parent, lowest, branches }: Step,
  systems: Set<string>,
  bridges: [string, string][],
): void {
  if (!parent) {
    if (branches > 1) systems.add(node);
    return;
  }
  parent.lowest = Math.min(parent.lowest, lowest);
  parent.branches++;
  if (lowest > parent.number)
    bridges.push(parent.node < node ? [parent.node, node] : [node, parent.node]);
  if (parent.parent && lowest >= parent.number) systems.add(parent.node);
}
