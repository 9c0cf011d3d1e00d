import { TrinoSQL } from 'dt-sql-parser/dist/parser/trino/index.js';

/** The grammar is that of Trino itself, as ANTLR generates a parser of it. */
const trino = new TrinoSQL();

/** What the grammar takes and Trino refuses afterwards. */
const refusedLater = /^(?:`.*`|\d+(?!e\d+$)[A-Za-z_].*)$/s;

/** What is wrong with a text as one statement of Trino; empty where nothing is. */
export function findFaults(sql: string): string[] {
  const faults = trino.validate(sql).map(({ message }) => message);
  if (faults.length > 0) return faults;
  if ((trino.splitSQLByStatement(sql) ?? []).length !== 1) return ['is more than one statement'];
  return readTokens(sql).filter((token) => refusedLater.test(token));
}

/** The words and signs of a statement, without what stands between them. */
export function readTokens(sql: string): string[] {
  return trino
    .getAllTokens(sql)
    .map(({ text }) => text ?? '')
    .filter((text) => text.trim() !== '' && text !== '<EOF>');
}
