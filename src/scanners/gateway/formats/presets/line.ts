import type { DurationUnit, Field, LogFormat, Role, TextFormat, Token } from '../../log-format.ts';
import { roles } from '../json-map.ts';

/**
 * Reads the notation that presets are written in: `{role}` a field, `{}` a field that is passed over,
 * `{role:ms}` a duration in its unit, `{role+}` a list such as `a, b : c`, `|` a place where a line
 * may end; all else stands in each line as it is.
 * @param open whether more may follow behind the last field
 */
export function line(name: string, notation: string, open = false): TextFormat & LogFormat {
  const tokens: Token[] = [];
  let from = 0;
  const literal = (text: string): void => {
    if (text !== '') tokens.push({ kind: 'literal', text });
  };
  for (const match of notation.matchAll(/\{([a-z-]*)(?::(s|ms|us|ns))?(\+)?\}|\|/g)) {
    literal(notation.slice(from, match.index));
    from = match.index + match[0].length;
    if (match[0] === '|') tokens.push({ kind: 'may-end' });
    else {
      const list = match[3] ? { list: true } : {};
      tokens.push({ kind: 'field', ...list, ...toField(match[1] ?? '', match[2] as DurationUnit) });
    }
  }
  literal(notation.slice(from));
  return { kind: 'text', name, tokens, open };
}

function toField(name: string, unit: DurationUnit | undefined): Field {
  const role: Role | undefined = roles.find((known) => known === name);
  if (name !== '' && !role) throw new TypeError(`no role is called "${name}"`);
  return { ...(role ? { role } : {}), ...(unit ? { unit } : {}) };
}
