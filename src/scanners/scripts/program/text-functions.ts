import {
  joinTexts,
  lowerConfidence,
  textsOf,
  toChoice,
  toHole,
  toText,
  toUnknown,
  type Value,
  writeValue,
} from './calls.ts';
import { isOpen } from './open-text.ts';

/** What a standard function makes of texts. Arguments are counted from 0; `this` is the receiver. */
export type TextFunction =
  /** Gives back one of its arguments, or its receiver: `trim`, `str`, `toString`. */
  | { readonly does: 'pass'; readonly argument: number | 'this' }
  /** Receiver, then arguments, one after another, with `separator` in between: `concat`, `Path.Combine`. */
  | { readonly does: 'join'; readonly separator?: string }
  /** A template with `%s`, `%d` …: the first argument, or the receiver. */
  | { readonly does: 'percent'; readonly template: 0 | 'this' }
  /** A template with `{}`, `{0}`, `{name}`: the first argument, or the receiver. */
  | { readonly does: 'braces'; readonly template: 0 | 'this' }
  /** A relative address and its base, in either order. */
  | { readonly does: 'resolve-url'; readonly address: number; readonly base: number }
  /** A list's items joined by a separator: `sep.join(list)`, `list.join(sep)`, `String.join(sep, list)`. */
  | {
      readonly does: 'join-list';
      readonly list: number | 'this';
      readonly separator: number | 'this';
    }
  /** An environment variable or a setting by name, and its default. */
  | { readonly does: 'setting'; readonly name: number; readonly fallback?: number };

/** Applies a standard function. Undefined: its arguments say nothing. */
export function applyTextFunction(
  given: TextFunction,
  object: Value | undefined,
  args: readonly Value[],
  named: ReadonlyMap<string, Value>,
): Value | undefined {
  const at = (index: number | 'this'): Value | undefined =>
    index === 'this' ? object : args[index];
  switch (given.does) {
    case 'pass':
      return at(given.argument);
    case 'join': {
      const parts = [...(object ? [object] : []), ...args];
      return joinWith(parts, given.separator);
    }
    case 'percent': {
      const template = at(given.template);
      const rest = given.template === 'this' ? args : args.slice(1);
      return template && fillEach(template, (text) => fillPercent(text, rest));
    }
    case 'braces': {
      const template = at(given.template);
      const rest = given.template === 'this' ? args : args.slice(1);
      return template && fillEach(template, (text) => fillBraces(text, rest, named));
    }
    case 'resolve-url':
      return resolveUrl(args[given.address], args[given.base]);
    case 'join-list': {
      const list = at(given.list);
      const separator = at(given.separator);
      if (list?.kind !== 'list') return undefined;
      return joinWith(list.items, separator?.kind === 'text' ? separator.text : '');
    }
    case 'setting': {
      const name = args[given.name];
      if (!name) return undefined;
      if (name.kind !== 'text' && !writeValue(name).includes('param:'))
        return toUnknown('…', name.from);
      const fallback = given.fallback === undefined ? undefined : args[given.fallback];
      const text = fallback && fallback.kind !== 'result' ? writeValue(fallback) : undefined;
      return toHole({
        kind: 'env',
        name: name.kind === 'text' ? name.text : writeValue(name),
        ...(text === undefined || isNothing(fallback) ? {} : { fallback: text }),
      });
    }
  }
}

function isNothing(value: Value | undefined): boolean {
  return value === undefined || (value.kind === 'unknown' && !isOpen(`{${value.text}}`));
}

function joinWith(parts: readonly Value[], separator: string | undefined): Value {
  if (separator === undefined) return joinTexts(parts);
  return joinTexts(
    parts.flatMap((part, index) => (index === 0 ? [part] : [toText(separator), part])),
  );
}

function fillEach(template: Value, fill: (text: string) => Value): Value | undefined {
  const texts = textsOf(template);
  return texts.length === 0
    ? undefined
    : toChoice(texts.map((text) => lowerConfidence(fill(text.text), text.confidence)));
}

/** `%s`, `%d`, `%(name)s`, `%1$s`; `%%` is a percent sign. Unfilled ones are unknown. */
export function fillPercent(template: string, args: readonly Value[]): Value {
  let next = 0;
  const [first] = args;
  const parts = template
    .split(/(%(?:\(\w{1,60}\)|\d{1,2}\$)?[-+0-9.#]{0,9}[a-zA-Z%])/)
    .map((part) => {
      const hole = /^%(?:\((\w+)\)|(\d+)\$)?[-+0-9.#]*([a-zA-Z%])$/.exec(part);
      if (!hole) return toText(part);
      if (hole[3] === '%') return toText('%');
      if (hole[1] !== undefined)
        return (
          (first?.kind === 'object' ? first.entries.get(hole[1]) : undefined) ?? toUnknown(hole[1])
        );
      if (hole[2] !== undefined) return args[Number(hole[2]) - 1] ?? toUnknown('…');
      const list = args.length === 1 && first?.kind === 'list' ? first.items : args;
      return list[next++] ?? toUnknown('…');
    });
  return joinTexts(parts);
}

/** `{}`, `{0}`, `{name}`, each with an optional format behind a colon. */
export function fillBraces(
  template: string,
  args: readonly Value[],
  named: ReadonlyMap<string, Value>,
): Value {
  let next = 0;
  const parts = template.split(/(\{[^{}]*\})/).map((part) => {
    const hole = /^\{([^{}:!]*)[^{}]*\}$/.exec(part);
    if (!hole || isOpen(part)) return toText(part);
    const key = hole[1] ?? '';
    const value =
      key === '' ? args[next++] : /^\d+$/.test(key) ? args[Number(key)] : named.get(key);
    return value ?? toUnknown(key);
  });
  return joinTexts(parts);
}

/** A relative address on its base; an absolute one stays. */
export function resolveUrl(address: Value | undefined, base: Value | undefined): Value | undefined {
  if (!address || !base) return address ?? base;
  const absolute = /^[a-z][a-z0-9+.-]*:/i;
  if (textsOf(address).some(({ text }) => absolute.test(text) || text.startsWith('{')))
    return address;
  if (base.kind !== 'text') return joinTexts([base, toText('/'), address]);
  const origin =
    /^[a-z][a-z0-9+.-]*:\/\/[^/]+/i.exec(base.text)?.[0] ?? base.text.replace(/\/$/, '');
  const path =
    address.kind === 'text' ? { ...address, text: address.text.replace(/^\//, '') } : address;
  return joinTexts([{ ...base, text: `${origin}/` }, path]);
}
