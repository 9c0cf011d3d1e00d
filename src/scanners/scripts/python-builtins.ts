import {
  joinTexts,
  lowerConfidence,
  mergeSources,
  toText,
  toUnknown,
  type Value,
} from './calls.ts';

/** Calls whose value is known without running anything. */
export function evaluateKnown(
  callee: string,
  object: Value | undefined,
  args: readonly Value[],
  named: ReadonlyMap<string, Value>,
): Value | undefined {
  const [first, second] = args;
  if (/^(?:os\.)?(?:environ\.get|getenv)$/.test(callee)) {
    if (second) return lowerConfidence(second, 0.8);
    return toUnknown(first?.kind === 'text' ? first.text : 'environment');
  }
  if (callee === 'urllib.request.Request' && first) {
    // A request object is its address and its method.
    const method = named.has('data') || second ? 'POST' : 'GET';
    return {
      kind: 'list',
      items: [first, toText(method)],
      from: mergeSources([...args, ...named.values()]),
    };
  }
  if (/^(?:urllib\.parse|urlparse)\.urljoin$/.test(callee) && first) return joinUrl(first, second);
  if (/\.makedsn$/.test(callee) && first)
    return joinTexts([first, toText(':'), second ?? toText('1521')]);
  if (/^sqlalchemy\.text$/.test(callee)) return first;
  if (callee.endsWith('.format') && object?.kind === 'text') return formatText(object, args, named);
  return callee === 'str' ? first : undefined;
}

function formatText(
  template: Value & { kind: 'text' },
  args: readonly Value[],
  named: ReadonlyMap<string, Value>,
): Value {
  let next = 0;
  const parts = template.text.split(/(\{[^{}]*\})/).map((part) => {
    const hole = /^\{([^{}:!]*)[^{}]*\}$/.exec(part);
    if (!hole) return toText(part);
    const key = hole[1] ?? '';
    const value =
      key === '' ? args[next++] : /^\d+$/.test(key) ? args[Number(key)] : named.get(key);
    return value ?? toUnknown(key);
  });
  return joinTexts(parts);
}

/** `'http://%s/x' % host` and `'%(host)s' % {'host': …}`. */
export function formatPercent(template: Value & { kind: 'text' }, given: Value): Value {
  let next = 0;
  const parts = template.text.split(/(%(?:\(\w{1,60}\))?[-+0-9.#]{0,9}[a-zA-Z%])/).map((part) => {
    const hole = /^%(?:\((\w+)\))?[-+0-9.#]*([a-zA-Z%])$/.exec(part);
    if (!hole) return toText(part);
    if (hole[2] === '%') return toText('%');
    if (hole[1] !== undefined)
      return (
        (given.kind === 'object' ? given.entries.get(hole[1]) : undefined) ?? toUnknown(hole[1])
      );
    const value = given.kind === 'list' ? given.items[next++] : next++ === 0 ? given : undefined;
    return value ?? toUnknown('…');
  });
  return joinTexts(parts);
}

function joinUrl(base: Value, path: Value | undefined): Value {
  if (!path || (path.kind === 'text' && /^[a-z]+:\/\//i.test(path.text))) return path ?? base;
  if (base.kind !== 'text') return joinTexts([base, path]);
  const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/]+/i.exec(base.text)?.[0] ?? base.text;
  return joinTexts([{ ...base, text: `${origin}/` }, path]);
}
