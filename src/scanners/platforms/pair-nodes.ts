import type { FlowEnd, PlatformFlow } from './platform.ts';

/** A step of a flow that is drawn as a graph. */
export interface FlowNode {
  readonly id: string;
  /** Data comes in here. */
  readonly source?: FlowEnd;
  /** Data leaves the platform here; what answers is a source as well. */
  readonly target?: FlowEnd;
}

const mostNodes = 20_000;
const mostPasses = 5_000;

/**
 * Finds which data goes where in a graph of steps: from each source to the nearest targets behind
 * it. A source or target without the other is half a link.
 * @param next the steps behind each step
 */
export function pairNodes(
  nodes: readonly FlowNode[],
  next: ReadonlyMap<string, readonly string[]>,
): PlatformFlow['passes'] {
  const known = new Map(nodes.slice(0, mostNodes).map((node) => [node.id, node]));
  const passes: { from?: FlowEnd; to?: FlowEnd }[] = [];
  const reached = new Set<string>();
  for (const { id, source } of known.values()) {
    if (!source) continue;
    const targets = findTargets(id, known, next);
    for (const target of targets) {
      reached.add(target.id);
      if (target.target && passes.length < mostPasses)
        passes.push({ from: source, to: target.target });
    }
    if (targets.length === 0 && !known.get(id)?.target) passes.push({ from: source });
  }
  for (const { id, target } of known.values())
    if (target && !reached.has(id) && passes.length < mostPasses) passes.push({ to: target });
  return passes;
}

function findTargets(
  start: string,
  nodes: ReadonlyMap<string, FlowNode>,
  next: ReadonlyMap<string, readonly string[]>,
): FlowNode[] {
  const found: FlowNode[] = [];
  const seen = new Set([start]);
  const open = [...(next.get(start) ?? [])];
  for (let at = 0; at < open.length && seen.size < mostNodes; at++) {
    const id = open[at] as string;
    if (seen.has(id)) continue;
    seen.add(id);
    const node = nodes.get(id);
    if (node?.target) found.push(node);
    else open.push(...(next.get(id) ?? []));
  }
  return found;
}
