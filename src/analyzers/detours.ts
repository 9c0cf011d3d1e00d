import type { Link } from '../landscape.ts';
import { compareText, foldWriting, sortBy } from '../order.ts';

/** One object that reaches a system straight from its source, and by way of other systems, too. */
export interface Detour {
  readonly from: string;
  readonly to: string;
  readonly object: string;
  /** Systems that take the object from the one and give it to the other; the first of them. */
  readonly through: readonly string[];
  /** How many such systems there are. */
  readonly ways: number;
}

const mostDetours = 1_000;
const mostNamed = 10;

interface Flow {
  /** As the first link in order writes it. */
  readonly object: string;
  readonly out: Map<string, Set<string>>;
  readonly into: Map<string, Set<string>>;
}

/**
 * Finds A → C beside A → B → C, of one object that every link names. Longer ways are not looked for.
 * Each direct way compares the shorter list of neighbours, O(m √m) for m links of an object (Chiba
 * and Nishizeki 1985).
 */
export function findDetours(links: readonly Link[]): {
  readonly detours: readonly Detour[];
  readonly leftOut: number;
} {
  const flows = new Map<string, Flow>();
  for (const { from, to, objects } of links) {
    if (from === to) continue;
    for (const object of objects) {
      const key = foldWriting(object);
      const flow = flows.get(key) ?? { object, out: new Map(), into: new Map() };
      flows.set(key, flow);
      add(flow.out, from, to);
      add(flow.into, to, from);
    }
  }
  const found: Detour[] = [];
  for (const { object, out, into } of flows.values())
    for (const [from, targets] of out)
      for (const to of targets) {
        const givers = into.get(to) ?? new Set();
        const [few, many] = givers.size < targets.size ? [givers, targets] : [targets, givers];
        const through = [...few].filter((each) => each !== from && each !== to && many.has(each));
        if (through.length === 0) continue;
        const named = through.sort(compareText).slice(0, mostNamed);
        found.push({ from, to, object, through: named, ways: through.length });
      }
  const sorted = sortBy(
    found,
    ({ ways }) => -ways,
    ({ from }) => from,
    ({ to }) => to,
    ({ object }) => object,
  );
  return {
    detours: sorted.slice(0, mostDetours),
    leftOut: Math.max(0, sorted.length - mostDetours),
  };
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const known = map.get(key);
  if (known) known.add(value);
  else map.set(key, new Set([value]));
}
