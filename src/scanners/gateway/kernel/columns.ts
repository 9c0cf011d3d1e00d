import type { ColumnsFormat, LogFormat, Role, TextFormat, Token } from '../log-format.ts';

/**
 * The format of the lines below a `#Fields:` line.
 * @param names the columns in their order
 * @param separator what stands between two values: a tab or a blank
 */
export function toTextFormat(
  format: ColumnsFormat,
  names: readonly string[],
  separator: '\t' | ' ',
): TextFormat & LogFormat {
  const chosen = chooseColumns(format, names);
  const tokens = names.flatMap((name, index): Token[] => {
    const field = chosen.has(index) ? format.columns[name.toLowerCase()] : undefined;
    const token: Token = { kind: 'field', ...field };
    return index === 0 ? [token] : [{ kind: 'literal', text: separator }, token];
  });
  return { kind: 'text', name: 'columns', tokens, open: false };
}

/** The columns that count: of several with one role, the one that the format names first. */
function chooseColumns(format: ColumnsFormat, names: readonly string[]): ReadonlySet<number> {
  const rank = new Map(Object.keys(format.columns).map((name, index) => [name, index]));
  const chosen = new Map<Role, number>();
  const rankOf = (index: number): number => rank.get(names[index]?.toLowerCase() ?? '') ?? Infinity;
  for (const [index, name] of names.entries()) {
    const role = format.columns[name.toLowerCase()]?.role;
    const other = role && chosen.get(role);
    if (role && (other === undefined || rankOf(index) < rankOf(other))) chosen.set(role, index);
  }
  return new Set(chosen.values());
}

/** The roles that columns of these names fill. */
export function rolesOfColumns(format: ColumnsFormat, names: readonly string[]): ReadonlySet<Role> {
  return new Set(names.flatMap((name) => format.columns[name.toLowerCase()]?.role ?? []));
}

/** The columns that a `#Fields:` line names; undefined for any other line. */
export function readFieldsLine(line: string): string[] | undefined {
  const match = /^#fields:\s*(.*)$/i.exec(line.trim());
  return match?.[1]
    ?.split(/[\s,]+/)
    .filter((name) => name !== '')
    .slice(0, 200);
}
