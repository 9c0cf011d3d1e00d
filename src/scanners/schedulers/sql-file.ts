/** Whether a file is SQL, by its name. */
export function isSqlFile(file: string): boolean {
  return /\.(?:sql|pks|pkb|plsql|pck|prc|fnc|trg|tsql|psql|ddl)$/i.test(file);
}
