import { type PatternNode, parsePattern } from './parse-pattern.ts';

/** Whether a text fits a pattern. */
export type FitsPattern = (text: string) => boolean;

/** Where a pattern must fit: anywhere in the text, from its start on, or the whole text. */
export type Anchoring = 'anywhere' | 'start' | 'whole';

type Step =
  | { readonly kind: 'sign'; readonly fits: (code: number) => boolean }
  | { readonly kind: 'fork'; first: number; second: number }
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'done' };

const mostSteps = 2_000;
const longestText = 8_192;

/**
 * Compiles a regex to a matcher that walks the text once and keeps all states at a time, so that its
 * work is at most text × pattern (Thompson, CACM 11(6), 1968). Undefined for what such a machine
 * can't do (lookaround, back references) or that grows too large. Longer texts than 8,192 never fit.
 */
export function toLinearPattern(
  source: string,
  { anchoring = 'anywhere', ignoreCase = false }: { anchoring?: Anchoring; ignoreCase?: boolean },
): FitsPattern | undefined {
  const tree = parsePattern(source, ignoreCase);
  if (!tree) return undefined;
  const steps: Step[] = [];
  if (!compile(tree, { steps, visits: 0 })) return undefined;
  if (anchoring === 'whole') steps.push({ kind: 'end' });
  steps.push({ kind: 'done' });
  return (text) => text.length <= longestText && walk(steps, text, anchoring === 'anywhere');
}

interface Machine {
  readonly steps: Step[];
  /** Nodes visited so far: repeats of what is empty add no steps, but take time. */
  visits: number;
}

/** Appends the steps of a node; false when there are too many. */
function compile(node: PatternNode, machine: Machine): boolean {
  const { steps } = machine;
  if (steps.length > mostSteps || ++machine.visits > 4 * mostSteps) return false;
  switch (node.kind) {
    case 'sign':
      steps.push({ kind: 'sign', fits: node.fits });
      return true;
    case 'start':
    case 'end':
      steps.push({ kind: node.kind });
      return true;
    case 'sequence':
      return node.items.every((item) => compile(item, machine));
    case 'choice':
      return compileChoice(node.items, machine);
    case 'repeat':
      return compileRepeat(node, machine);
  }
}

/** A fork that has one way on, and may have another that is set when its place is known. */
function fork(first: number): Extract<Step, { kind: 'fork' }> {
  return { kind: 'fork', first, second: -1 };
}

function compileChoice(items: readonly PatternNode[], machine: Machine): boolean {
  const { steps } = machine;
  const exits: { second: number }[] = [];
  for (const [index, item] of items.entries()) {
    if (index === items.length - 1) {
      if (!compile(item, machine)) return false;
      break;
    }
    const choice = fork(steps.length + 1);
    steps.push(choice);
    if (!compile(item, machine)) return false;
    const exit = fork(-1);
    exits.push(exit);
    steps.push(exit);
    choice.second = steps.length;
  }
  for (const exit of exits) exit.second = steps.length;
  return true;
}

function compileRepeat(
  { item, least, most }: Extract<PatternNode, { kind: 'repeat' }>,
  machine: Machine,
): boolean {
  const { steps } = machine;
  for (let count = 0; count < least; count++) if (!compile(item, machine)) return false;
  const again = steps.length;
  const skips: { second: number }[] = [];
  for (let count = least; count < (most ?? least + 1); count++) {
    const skip = fork(steps.length + 1);
    skips.push(skip);
    steps.push(skip);
    if (!compile(item, machine)) return false;
  }
  if (most === undefined) steps.push(fork(again));
  for (const skip of skips) skip.second = steps.length;
  return true;
}

function walk(steps: readonly Step[], text: string, anywhere: boolean): boolean {
  const seen = new Int32Array(steps.length).fill(-1);
  let states: readonly number[] = [0];
  for (let at = 0; at <= text.length; at++) {
    const here = follow(steps, states, at, text.length, seen);
    if (here === 'done') return true;
    if (here.length === 0 && !anywhere) return false;
    const code = text.charCodeAt(at);
    const next: number[] = anywhere ? [0] : [];
    for (const state of here) {
      const step = steps[state];
      if (step?.kind === 'sign' && step.fits(code)) next.push(state + 1);
    }
    states = next;
  }
  return false;
}

/** Goes on from some states without reading a sign, up to the steps that need one. */
function follow(
  steps: readonly Step[],
  states: readonly number[],
  at: number,
  end: number,
  seen: Int32Array,
): readonly number[] | 'done' {
  const here: number[] = [];
  const stack = [...states];
  while (stack.length > 0) {
    const state = stack.pop() ?? -1;
    if (state < 0 || seen[state] === at) continue;
    seen[state] = at;
    const step = steps[state];
    switch (step?.kind) {
      case 'done':
        return 'done';
      case 'sign':
        here.push(state);
        break;
      case 'fork':
        stack.push(step.second, step.first);
        break;
      case 'start':
        if (at === 0) stack.push(state + 1);
        break;
      case 'end':
        if (at === end) stack.push(state + 1);
        break;
    }
  }
  return here;
}
