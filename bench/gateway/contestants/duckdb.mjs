/**
 * DuckDB: the queries that were tried for each format. Those with `slow` are kept to show what the
 * usual way costs; they are run once, not in the rounds.
 */

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const noQuery = `split_part(path, '?', 1)`;
/** Of three ways (two patterns, and a list of segments) this pattern is the fastest. */
const template = `regexp_replace(${noQuery}, '/([0-9]+|${uuid})(/|$)', '/{id}\\2', 'g')`;

const lines = (file) =>
  `read_csv('${file}', delim='\\x07', quote='', escape='', header=false, auto_detect=false, columns={'line': 'VARCHAR'})`;

const combinedColumns = `'a': 'VARCHAR', 'i': 'VARCHAR', 'u': 'VARCHAR', 'ti': 'TIMESTAMP', 'z': 'VARCHAR', 'req': 'VARCHAR', 'st': 'SMALLINT', 'b': 'BIGINT', 'ref': 'VARCHAR', 'ua': 'VARCHAR'`;
/** The CSV reader itself takes such lines apart: blanks between fields, quotes, a form of times. */
const columnsOf = (file, more) =>
  `read_csv('${file}', delim=' ', quote='"', escape='\\', header=false, auto_detect=false, timestampformat='[%d/%b/%Y:%H:%M:%S', columns={${combinedColumns}${more}})`;
const readTime = (text) => `strptime(${text}, '%d/%b/%Y:%H:%M:%S')`;

/** Regular expression with named groups, as in most instructions for reading logs with DuckDB. */
const combinedPattern = String.raw`^(\S+) \S+ (\S+) \[([^ \]]+)[^\]]*\] "(\S+) ([^ "]*)[^"]*" (\d{3}) (\d+|-) "[^"]*" "(?:[^"\\]|\\.)*"`;

/** Format → name of a query → SQL with caller, callee, path, status, bytes, t (time), d (duration). */
const sources = {
  nginx: {
    'read_csv, blanks and quotes': (file) =>
      `select u caller, s callee, split_part(req, ' ', 2) path, st status, b bytes, ti t, d from ${columnsOf(file, `, 's': 'VARCHAR', 'd': 'DOUBLE'`)}`,
    'read_csv, quotes': (file) =>
      `select split_part(p1, ' ', 3) caller, split_part(p7, ' ', 2) callee, split_part(p2, ' ', 2) path, split_part(p3, ' ', 2)::smallint status, split_part(p3, ' ', 3)::bigint bytes, ${readTime(`substr(split_part(p1, ' ', 4), 2)`)} t, split_part(p7, ' ', 3)::double d from read_csv('${file}', delim='"', quote='', escape='', header=false, auto_detect=false, columns={'p1': 'VARCHAR', 'p2': 'VARCHAR', 'p3': 'VARCHAR', 'p4': 'VARCHAR', 'p5': 'VARCHAR', 'p6': 'VARCHAR', 'p7': 'VARCHAR'})`,
    'lines, string_split': (file) =>
      `select split_part(line, ' ', 3) caller, split_part(q[7], ' ', 2) callee, split_part(q[2], ' ', 2) path, split_part(q[3], ' ', 2)::smallint status, split_part(q[3], ' ', 3)::bigint bytes, ${readTime(`substr(split_part(q[1], ' ', 4), 2)`)} t, split_part(q[7], ' ', 3)::double d from (select line, string_split(line, '"') q from ${lines(file)})`,
    'lines, regexp_extract': (file) =>
      `select m.u caller, m.s callee, m.p path, m.st::smallint status, m.b::bigint bytes, ${readTime('m.t')} t, m.d::double d from (select regexp_extract(line, '${combinedPattern} (\\S+) (\\S+)$', ['a', 'u', 't', 'm', 'p', 'st', 'b', 's', 'd']) m from ${lines(file)}) where m.a <> ''`,
  },
  combined: {
    'read_csv, blanks and quotes': (file) =>
      `select a caller, '' callee, split_part(req, ' ', 2) path, st status, b bytes, ti t from ${columnsOf(file, '')}`,
    'lines, regexp_extract': (file) =>
      `select m.a caller, '' callee, m.p path, m.st::smallint status, m.b::bigint bytes, ${readTime('m.t')} t from (select regexp_extract(line, '${combinedPattern}', ['a', 'u', 't', 'm', 'p', 'st', 'b']) m from ${lines(file)}) where m.a <> ''`,
  },
  istio: {
    'read_ndjson, typed columns': (file) =>
      `select x_forwarded_for caller, authority callee, path, response_code status, bytes_sent bytes, start_time t, duration d from read_ndjson('${file}', columns={'x_forwarded_for': 'VARCHAR', 'authority': 'VARCHAR', 'path': 'VARCHAR', 'response_code': 'SMALLINT', 'bytes_sent': 'BIGINT', 'start_time': 'TIMESTAMP', 'duration': 'BIGINT'})`,
    'read_ndjson, detected columns': (file) =>
      `select x_forwarded_for caller, authority callee, path, response_code status, bytes_sent bytes, start_time::timestamp t, duration d from read_ndjson('${file}')`,
    'lines, json_extract_string': (file) =>
      `select j[1] caller, j[2] callee, j[3] path, j[4]::smallint status, j[5]::bigint bytes, j[6]::timestamp t, j[7]::bigint d from (select json_extract_string(line, ['x_forwarded_for', 'authority', 'path', 'response_code', 'bytes_sent', 'start_time', 'duration']) j from ${lines(file)})`,
  },
  kong: {
    'read_ndjson, typed columns': (file) =>
      `select consumer.username caller, service.name callee, request.uri path, response.status status, response.size bytes, make_timestamp(started_at * 1000) t, latencies.request d from read_ndjson('${file}', columns={'consumer': 'STRUCT(username VARCHAR)', 'service': 'STRUCT("name" VARCHAR)', 'request': 'STRUCT(uri VARCHAR)', 'response': 'STRUCT(status SMALLINT, size BIGINT)', 'started_at': 'BIGINT', 'latencies': 'STRUCT(request BIGINT)'})`,
    'read_ndjson, detected columns': (file) =>
      `select consumer.username caller, service.name callee, request.uri path, response.status status, response.size bytes, make_timestamp(started_at * 1000) t, latencies.request d from read_ndjson('${file}')`,
    'lines, json_extract_string': (file) =>
      `select j[1] caller, j[2] callee, j[3] path, j[4]::smallint status, j[5]::bigint bytes, make_timestamp(j[6]::bigint * 1000) t, j[7]::bigint d from (select json_extract_string(line, ['$.consumer.username', '$.service.name', '$.request.uri', '$.response.status', '$.response.size', '$.started_at', '$.latencies.request']) j from ${lines(file)})`,
  },
};

/** Milliseconds in one unit of the durations of a format. */
const durationUnit = { nginx: 1000, istio: 1, kong: 1 };

function toQuery(source, format, byRoute) {
  const route = byRoute ? template : `''`;
  const unit = durationUnit[format];
  const percentiles =
    unit === undefined
      ? ''
      : `, list_transform(quantile_disc(d, [0.5, 0.95, 0.99]), lambda x: x * ${unit})`;
  return `select caller, callee, ${route} route, count(*), count(*) filter (status >= 400), count(*) filter (status >= 500), sum(bytes)::bigint, epoch_ms(min(t)), epoch_ms(max(t))${percentiles} from (${source}) group by caller, callee, route`;
}

/** @returns {Promise<{ version: string, queries: (format: string) => string[], run: Function }>} */
export async function open({ load, threads }) {
  const { DuckDBInstance } = await load('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) });
  const connection = await instance.connect();
  await connection.run(`set preserve_insertion_order = false`);
  await connection.run(`set TimeZone = 'UTC'`);
  const [[version]] = (await connection.runAndReadAll('select version()')).getRowsJson();
  return {
    version: `DuckDB ${version}`,
    queries: (format) => Object.keys(sources[format] ?? {}),
    async run({ format, file, query, byRoute }) {
      const source = sources[format][query](file.replaceAll("'", "''"));
      const reader = await connection.runAndReadAll(toQuery(source, format, byRoute));
      return reader.getRowsJson().map((row) => [...row.slice(0, 9), ...(row[9] ?? [])]);
    },
  };
}
