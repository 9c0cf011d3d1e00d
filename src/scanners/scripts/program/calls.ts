import { type Hole, isOpen, readOpenText, writeHole } from './open-text.ts';
import type { Position } from './program.ts';

/** What an expression comes to, as far as it can be followed without running anything. */
export type Value =
  /** A text, which may have holes. Confidence 1 = literal. */
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
  /** What the call with this id returned, and its type where the program has such a class. */
  | {
      readonly kind: 'result';
      readonly call: number;
      readonly callee: string;
      readonly type?: string;
      readonly from: readonly number[];
    }
  /** One of several, by the way the program takes. */
  | {
      readonly kind: 'choice';
      readonly options: readonly Value[];
      readonly from: readonly number[];
    }
  /** No value; `text` is what stands in the hole it leaves. */
  | {
      readonly kind: 'unknown';
      readonly text: string;
      readonly type?: string;
      readonly from: readonly number[];
    };

/** One call in a program. `from` of a value names the calls that its data came out of. */
export interface CallRecord extends Position {
  readonly id: number;
  /** `module.function`, or `constructor#method` for a method of what a call returned. */
  readonly callee: string;
  /** The call that made the object this method belongs to. */
  readonly receiver?: number;
  readonly args: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  readonly typeArguments: readonly string[];
  /** Its first line as written. */
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

/** A value that another file, the environment or a caller gives. */
export function toHole(hole: Hole, from: readonly number[] = []): Value {
  const text = writeHole(hole);
  const known = hole.kind === 'env' && hole.fallback !== undefined;
  return known ? toText(text, 0.8, from) : { kind: 'unknown', text: text.slice(1, -1), from };
}

/** `x = x + x` written forty times must cost nothing: addresses are short, and so are origins. */
const longestText = 4_000;
const mostSources = 100;
const mostOptions = 8;

/** The calls that several values came out of, each once. */
export function mergeSources(values: readonly Value[]): number[] {
  return [...new Set(values.flatMap(({ from }) => from))].slice(0, mostSources);
}

/** One of several values: each once, those without a value only where no other has one. */
export function toChoice(values: readonly Value[]): Value {
  const options: Value[] = [];
  const seen = new Set<string>();
  for (const value of values.flatMap((each) => (each.kind === 'choice' ? each.options : [each]))) {
    const key = `${value.kind} ${value.kind === 'result' ? value.call : writeValue(value)}`;
    if (value.kind !== 'object' && value.kind !== 'list') {
      if (seen.has(key)) continue;
      seen.add(key);
    }
    options.push(value);
  }
  const told = options.filter((value) => !isEmpty(value));
  const kept = (told.length > 0 ? told : options).slice(0, mostOptions);
  const [only] = kept;
  const from = mergeSources(values);
  if (!only) return toUnknown('', from);
  return kept.length === 1 ? { ...only, from } : { kind: 'choice', options: kept, from };
}

/** `None`, an empty text or what cannot be followed: no use beside a value. */
function isEmpty(value: Value): boolean {
  if (value.kind === 'unknown') return !isOpen(`{${value.text}}`);
  return value.kind === 'text' && value.text === '';
}

/** Joins values to one text, as `+` and templates do; unknown parts stand as holes. */
export function joinTexts(values: readonly Value[]): Value {
  const from = mergeSources(values);
  let rows: Value[][] = [[]];
  for (const value of values) {
    if (value.kind !== 'choice') {
      for (const row of rows) row.push(value);
      continue;
    }
    const { options } = value;
    const grown = rows.flatMap((row) => options.map((option) => [...row, option]));
    rows = grown.length > mostOptions ? rows.map((row) => [...row, options[0] ?? value]) : grown;
  }
  const joined = rows.map((row) => joinRow(row, from));
  return joined.length === 1 && joined[0] ? joined[0] : toChoice(joined);
}

function joinRow(values: readonly Value[], from: readonly number[]): Value {
  const text = values.map(writeValue).join('').slice(0, longestText);
  if (values.every(({ kind }) => kind !== 'text')) {
    const [only] = values;
    return values.length === 1 && only ? { ...only, from } : toJoined(text, from);
  }
  // Unknown parts show in the text: in a host they make the address unknown, in a path they do not.
  const confidences = values.map((value) => (value.kind === 'text' ? value.confidence : 1));
  return toText(text, Math.min(...confidences), from);
}

/** Several holes in a row are a text if anything may fill them. */
function toJoined(text: string, from: readonly number[]): Value {
  return isOpen(text) ? toText(text, 0.8, from) : toUnknown(text, from);
}

/** A value as part of a text. */
export function writeValue(value: Value): string {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'unknown':
      return isOpen(`{${value.text}}`)
        ? `{${value.text}}`
        : writeHole({ kind: 'unknown', text: value.text });
    default:
      return '{…}';
  }
}

/** The texts that a value may be: one, or several of a choice. What other files may fill counts. */
export function textsOf(value: Value | undefined): (Value & { kind: 'text' })[] {
  if (value?.kind === 'text') return [value];
  if (value?.kind === 'choice') return value.options.flatMap(textsOf);
  if (value?.kind === 'unknown' && isOpen(`{${value.text}}`))
    return [{ kind: 'text', text: `{${value.text}}`, confidence: 0.8, from: value.from }];
  return [];
}

/** A value that was reached through a name, an environment variable or a default. */
export function lowerConfidence(value: Value, confidence: number): Value {
  if (value.kind === 'choice')
    return {
      ...value,
      options: value.options.map((option) => lowerConfidence(option, confidence)),
    };
  return value.kind === 'text'
    ? { ...value, confidence: Math.min(confidence, value.confidence) }
    : value;
}

/** A value in which a function's parameters are replaced by what it was called with. */
export function fillParameters(
  value: Value,
  name: string,
  args: readonly (Value | undefined)[],
): Value {
  const filled = (text: string): Value =>
    joinTexts(
      readOpenText(text).map((part): Value => {
        if (typeof part === 'string') return toText(part);
        if (part.kind === 'param' && part.function === name)
          return args[part.index] ?? toUnknown('…');
        if (part.kind === 'env' && `${part.name}${part.fallback ?? ''}`.includes('{param:'))
          return toHole({
            ...part,
            name: part.name.includes('{param:') ? writeValue(filled(part.name)) : part.name,
            ...(part.fallback?.includes('{param:')
              ? { fallback: writeValue(filled(part.fallback)) }
              : {}),
          });
        return { kind: 'unknown', text: writeHole(part).slice(1, -1), from: [] };
      }),
    );
  switch (value.kind) {
    case 'text':
      if (!value.text.includes('{param:') && !value.text.includes('{env:{')) return value;
      return lowerConfidence(filled(value.text), value.confidence);
    case 'unknown': {
      const own = readOpenText(`{${value.text}}`)[0];
      if (typeof own === 'object' && own.kind === 'param' && own.function === name)
        return args[own.index] ?? toUnknown('…', value.from);
      return value.text.includes('{param:') ? filled(`{${value.text}}`) : value;
    }
    case 'choice':
      return toChoice(value.options.map((option) => fillParameters(option, name, args)));
    case 'list':
      return { ...value, items: value.items.map((item) => fillParameters(item, name, args)) };
    case 'object': {
      const entries = [...value.entries].map(
        ([key, entry]) => [key, fillParameters(entry, name, args)] as const,
      );
      return { ...value, entries: new Map(entries) };
    }
    case 'result':
      return value;
  }
}

/** Follows a path such as `0.brokers.0`, `host` or `<0>` from the arguments of a call. */
export function pick(call: CallRecord, path: string): Value | undefined {
  const type = /^<(\d)>$/.exec(path)?.[1];
  if (type !== undefined) {
    const name = call.typeArguments[Number(type)];
    return name === undefined ? undefined : toText(name);
  }
  const [first = '', ...rest] = path.split('.');
  if (!/^\d+$/.test(first)) {
    const whole = call.named.get(path);
    return whole ?? follow(call.named.get(first), rest);
  }
  return follow(call.args[Number(first)], rest);
}

/** Keys may hold dots themselves, as `bootstrap.servers` does. */
function follow(start: Value | undefined, path: readonly string[]): Value | undefined {
  let value = start;
  for (const [at, key] of path.entries()) {
    if (value?.kind === 'object') {
      const whole = value.entries.get(path.slice(at).join('.'));
      if (whole) return whole;
      value = value.entries.get(key);
    } else if (value?.kind === 'list') value = value.items[Number(key)];
    else if (value?.kind === 'choice') {
      const rest = path.slice(at);
      const found = value.options.flatMap((option) => follow(option, rest) ?? []);
      return found.length === 0 ? undefined : toChoice(found);
    } else return undefined;
  }
  return value;
}

/** The texts at the first of these paths that holds any. */
export function pickTexts(
  call: CallRecord,
  paths: readonly string[],
): (Value & { kind: 'text' })[] {
  for (const path of paths) {
    // An empty text names nothing: `publish('', 'queue', …)`.
    const texts = textsOf(pick(call, path)).filter(({ text }) => text !== '');
    if (texts.length > 0) return texts;
  }
  return [];
}

/** The first text at the first of these paths that holds one. */
export function pickText(
  call: CallRecord,
  paths: readonly string[],
): (Value & { kind: 'text' }) | undefined {
  return pickTexts(call, paths)[0];
}

/** All calls whose data a call's arguments carry. */
export function sourcesOf(call: CallRecord): number[] {
  return mergeSources([...call.args, ...call.named.values()]);
}
