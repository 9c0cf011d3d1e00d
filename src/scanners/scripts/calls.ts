import type { Position } from './facts.ts';

/** What an expression comes to, as far as it can be followed without running anything. */
export type Value =
  /** A text; parts without a value stand as `{name}`. Confidence 1 = literal. */
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly confidence: number;
      readonly from: readonly number[];
    }
  | {
      readonly kind: 'object';
      readonly entries: ReadonlyMap<string, Value>;
      readonly from: readonly number[];
    }
  | { readonly kind: 'list'; readonly items: readonly Value[]; readonly from: readonly number[] }
  /** What the call with this id returned. */
  | {
      readonly kind: 'result';
      readonly call: number;
      readonly callee: string;
      readonly from: readonly number[];
    }
  | { readonly kind: 'unknown'; readonly text: string; readonly from: readonly number[] };

/** One call in a program. `from` of a value names the calls that its data came out of. */
export interface CallRecord extends Position {
  readonly id: number;
  /** `module.function`, or `constructor#method` for a method of what a call returned. */
  readonly callee: string;
  /** The call that made the object this method belongs to. */
  readonly receiver?: number;
  readonly args: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  /** Files that a `with open(…)` around the call reads or writes are found by their own calls. */
  readonly text: string;
}

/** A text with everything in it known. */
export function toText(text: string, confidence = 1, from: readonly number[] = []): Value {
  return { kind: 'text', text, confidence, from };
}

/** An expression that cannot be followed. */
export function toUnknown(text: string, from: readonly number[] = []): Value {
  return { kind: 'unknown', text: text.slice(0, 80), from };
}

/** `x = x + x` written forty times must cost nothing: addresses are short, and so are origins. */
const longestText = 4_000;
const mostSources = 100;

/** The calls that several values came out of, each once. */
export function mergeSources(values: readonly Value[]): number[] {
  return [...new Set(values.flatMap(({ from }) => from))].slice(0, mostSources);
}

/** Joins values to one text, as `+` and templates do; unknown parts stand as `{name}`. */
export function joinTexts(values: readonly Value[]): Value {
  const text = values.map(writeValue).join('').slice(0, longestText);
  const from = mergeSources(values);
  if (values.every(({ kind }) => kind !== 'text')) return toUnknown(text, from);
  // Unknown parts show in the text: in a host they make the address unknown, in a path they do not.
  const confidences = values.map((value) => (value.kind === 'text' ? value.confidence : 1));
  return toText(text, Math.min(...confidences), from);
}

/** A value as part of a text. */
function writeValue(value: Value): string {
  return value.kind === 'text'
    ? value.text
    : value.kind === 'unknown'
      ? `{${value.text.replace(/[{}/\s]+/g, ' ').trim()}}`
      : '{…}';
}

/** A value that was reached through a name, an environment variable or a default. */
export function lowerConfidence(value: Value, confidence: number): Value {
  return value.kind === 'text'
    ? { ...value, confidence: Math.min(confidence, value.confidence) }
    : value;
}

/** Follows a path such as `0.brokers.0` or `host` from the arguments of a call. */
export function pick(call: CallRecord, path: string): Value | undefined {
  const [first = '', ...rest] = path.split('.');
  let value: Value | undefined = /^\d+$/.test(first)
    ? call.args[Number(first)]
    : call.named.get(first);
  for (const key of rest) {
    if (value?.kind === 'object') value = value.entries.get(key);
    else if (value?.kind === 'list') value = value.items[Number(key)];
    else return undefined;
  }
  return value;
}

/** The text at the first of these paths that holds one. */
export function pickText(
  call: CallRecord,
  paths: readonly string[],
): (Value & { kind: 'text' }) | undefined {
  for (const path of paths) {
    const value = pick(call, path);
    if (value?.kind === 'text') return value;
  }
  return undefined;
}

/** All calls whose data a call's arguments carry. */
export function sourcesOf(call: CallRecord): number[] {
  return mergeSources([...call.args, ...call.named.values()]);
}
