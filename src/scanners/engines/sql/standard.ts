import { type GroupingQuery, writeSteps, writeWhere } from './dialect.ts';

/**
 * The statement as engines take it that see through subqueries: each level of steps in one of its own.
 * What nothing uses is left out by the engine itself.
 */
export function writeNested(query: GroupingQuery): string {
  const { table, where, steps, keys, bucket, first, second, limit } = query;
  const [own = [], ...derived] = steps;
  const lines = [
    'WITH logged AS (',
    '  SELECT',
    writeSteps(own, '    '),
    `  FROM ${table}${writeWhere(where, '  ')}`,
  ];
  let from = 'logged';
  for (const [index, level] of derived.entries()) {
    const name = `derived_${index + 1}`;
    lines.push(`), ${name} AS (`, '  SELECT *,', writeSteps(level, '    '), `  FROM ${from}`);
    from = name;
  }
  const names = keys.map(({ sql }) => sql);
  const by = [...names, bucket].join(', ');
  lines.push(
    '), counted AS (',
    `  SELECT ${by},`,
    writeSteps(first, '    '),
    `  FROM ${from}`,
    `  GROUP BY ${by}`,
    ')',
    'SELECT',
    writeSteps([...keys, ...second], '  '),
    'FROM counted',
    `GROUP BY ${names.join(', ')}`,
    `ORDER BY ${names.join(', ')}`,
    `LIMIT ${limit}`,
  );
  return lines.join('\n');
}

/** A name or text between quotes that are doubled where they stand inside. */
export function quote(text: string, sign: string): string {
  return `${sign}${text.replaceAll(sign, sign + sign)}${sign}`;
}
