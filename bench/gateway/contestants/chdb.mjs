/** ClickHouse in the process (chDB): the queries that were tried for each format. */

/** Segment by segment is faster than `replaceRegexpAll`. */
const template = `arrayStringConcat(arrayMap(x -> if(toUInt64OrNull(x) is not null or toUUIDOrNull(x) is not null, '{id}', x), splitByChar('/', cutQueryString(path))), '/')`;

const lines = (file) => `file('${file}', LineAsString, 'line String')`;

const combinedColumns =
  'a String, i String, u String, ti String, z String, req String, st UInt16, b UInt64, ref String, ua String';
/** The reader for separated values itself takes such lines apart: blanks between fields, quotes. */
const columnsOf = (file, more) => `file('${file}', CustomSeparated, '${combinedColumns}${more}')`;
const separated =
  "format_custom_escaping_rule = 'CSV', format_custom_field_delimiter = ' ', format_custom_row_after_delimiter = '\\n', format_csv_allow_single_quotes = 0";

/** `05/Jan/2026:06:00:00`; faster than `parseDateTime` and `parseDateTimeBestEffort`. */
const readTime = (text) => {
  const number = (from, length) => `toUInt16(substring(${text}, ${from}, ${length}))`;
  const month = `intDiv(position('JanFebMarAprMayJunJulAugSepOctNovDec', substring(${text}, 4, 3)), 3) + 1`;
  return `makeDateTime(${number(8, 4)}, ${month}, ${number(1, 2)}, ${number(13, 2)}, ${number(16, 2)}, ${number(19, 2)}, 'UTC')`;
};
const combinedPattern = String.raw`^(\\S+) \\S+ (\\S+) \\[([^ \\]]+)[^\\]]*\\] "(\\S+) ([^ "]*)[^"]*" (\\d{3}) (\\d+|-) "[^"]*" "(?:[^"\\\\]|\\\\.)*"`;

/** Format → name of a query → its source (caller, callee, path, status, bytes, t, d) and settings. */
const sources = {
  nginx: {
    'CustomSeparated, blanks and quotes': (file) => ({
      sql: `select u caller, s callee, splitByChar(' ', req)[2] path, st status, b bytes, ${readTime('substring(ti, 2)')} t, d from ${columnsOf(file, ', s String, d Float64')}`,
      settings: separated,
    }),
    'LineAsString, splitByChar': (file) => ({
      sql: `select splitByChar(' ', q[1])[3] caller, splitByChar(' ', q[7])[2] callee, splitByChar(' ', q[2])[2] path, toUInt16(splitByChar(' ', q[3])[2]) status, toUInt64(splitByChar(' ', q[3])[3]) bytes, ${readTime(`substring(splitByChar(' ', q[1])[4], 2)`)} t, toFloat64(splitByChar(' ', q[7])[3]) d from (select splitByChar('"', line) q from ${lines(file)})`,
    }),
    'LineAsString, extractGroups': (file) => ({
      sql: `select g[2] caller, g[8] callee, g[5] path, toUInt16(g[6]) status, toUInt64OrZero(g[7]) bytes, ${readTime('g[3]')} t, toFloat64(g[9]) d from (select extractGroups(line, '${combinedPattern} (\\\\S+) (\\\\S+)$') g from ${lines(file)}) where g[1] <> ''`,
    }),
    'Regexp format': (file) => ({
      sql: `select u caller, s callee, path, st status, b bytes, ${readTime('ti')} t, d from file('${file}', Regexp, 'a String, u String, ti String, m String, path String, st UInt16, b UInt64, s String, d Float64')`,
      settings: `format_regexp = '${combinedPattern} (\\\\S+) (\\\\S+)$', format_regexp_escaping_rule = 'Raw', format_regexp_skip_unmatched = 1`,
    }),
  },
  combined: {
    'CustomSeparated, blanks and quotes': (file) => ({
      sql: `select a caller, '' callee, splitByChar(' ', req)[2] path, st status, b bytes, ${readTime('substring(ti, 2)')} t from ${columnsOf(file, '')}`,
      settings: separated,
    }),
    'LineAsString, extractGroups': (file) => ({
      sql: `select g[1] caller, '' callee, g[5] path, toUInt16(g[6]) status, toUInt64OrZero(g[7]) bytes, ${readTime('g[3]')} t from (select extractGroups(line, '${combinedPattern}') g from ${lines(file)}) where g[1] <> ''`,
    }),
  },
  istio: {
    'LineAsString, simpleJSONExtract': (file) => ({
      sql: `select simpleJSONExtractString(line, 'x_forwarded_for') caller, simpleJSONExtractString(line, 'authority') callee, simpleJSONExtractString(line, 'path') path, simpleJSONExtractUInt(line, 'response_code') status, simpleJSONExtractUInt(line, 'bytes_sent') bytes, simpleJSONExtractString(line, 'start_time') t, simpleJSONExtractUInt(line, 'duration') d from ${lines(file)}`,
      // Times in this form sort as texts.
      time: 'parseDateTime64BestEffort',
    }),
    'LineAsString, JSONExtract of a tuple': (file) => ({
      sql: `select j.1 caller, j.2 callee, j.3 path, j.4 status, j.5 bytes, j.6 t, j.7 d from (select JSONExtract(line, 'Tuple(x_forwarded_for String, authority String, path String, response_code UInt16, bytes_sent UInt64, start_time String, duration UInt32)') j from ${lines(file)})`,
      time: 'parseDateTime64BestEffort',
    }),
    'JSONEachRow, typed columns': (file) => ({
      sql: `select x_forwarded_for caller, authority callee, path, response_code status, bytes_sent bytes, start_time t, duration d from file('${file}', JSONEachRow, 'x_forwarded_for String, authority String, path String, response_code UInt16, bytes_sent UInt64, start_time String, duration UInt32')`,
      time: 'parseDateTime64BestEffort',
    }),
    'JSONEachRow, detected columns': (file) => ({
      sql: `select x_forwarded_for caller, authority callee, path, response_code status, bytes_sent bytes, start_time t, duration d from file('${file}', JSONEachRow)`,
    }),
  },
  kong: {
    'LineAsString, JSONExtract of a tuple': (file) => ({
      sql: `select j.1.1 caller, j.2.1 callee, j.3.1 path, j.4.1 status, j.4.2 bytes, j.5 t, j.6.1 d from (select JSONExtract(line, 'Tuple(consumer Tuple(username String), service Tuple(name String), request Tuple(uri String), response Tuple(status UInt16, size UInt64), started_at UInt64, latencies Tuple(request UInt32))') j from ${lines(file)})`,
      time: 'fromUnixTimestamp64Milli',
    }),
    'JSONEachRow, typed columns': (file) => ({
      sql: `select tupleElement(consumer, 'username') caller, service.name callee, request.uri path, response.status status, response.size bytes, started_at t, latencies.request d from file('${file}', JSONEachRow, 'consumer Tuple(username String), service Tuple(name String), request Tuple(uri String), response Tuple(status UInt16, size UInt64), started_at UInt64, latencies Tuple(request UInt32)')`,
      time: 'fromUnixTimestamp64Milli',
    }),
  },
};

/** Milliseconds in one unit of the durations of a format. */
const durationUnit = { nginx: 1000, istio: 1, kong: 1 };

function toQuery({ sql, settings, time = '' }, format, byRoute, threads) {
  const route = byRoute ? template : `''`;
  const unit = durationUnit[format];
  const percentiles =
    unit === undefined ? '' : `, arrayMap(x -> x * ${unit}, quantilesExactLow(0.5, 0.95, 0.99)(d))`;
  const milliseconds = (moment) =>
    `toUnixTimestamp64Milli(toDateTime64(${time}(${moment}), 3, 'UTC'))`;
  const all = [
    `max_threads = ${threads}`,
    `max_parsing_threads = ${threads}`,
    'input_format_skip_unknown_fields = 1',
    'output_format_json_quote_64bit_integers = 0',
    `session_timezone = 'UTC'`,
    ...(settings ? [settings] : []),
  ];
  return `select caller, callee, ${route} as route, count(), countIf(status >= 400), countIf(status >= 500), sum(bytes), ${milliseconds('min(t)')}, ${milliseconds('max(t)')}${percentiles} from (${sql}) group by caller, callee, route settings ${all.join(', ')}`;
}

/** @returns {Promise<{ version: string, queries: (format: string) => string[], run: Function }>} */
export async function open({ load, threads }) {
  const loaded = await load('chdb');
  const { query: ask } = loaded.default ?? loaded;
  const version = ask('select version()', 'TabSeparated').trim();
  return {
    version: `chDB (ClickHouse ${version})`,
    queries: (format) => Object.keys(sources[format] ?? {}),
    async run({ format, file, query, byRoute }) {
      const source = sources[format][query](file.replaceAll("'", "\\'"));
      const text = ask(toQuery(source, format, byRoute, threads), 'JSONCompact');
      return JSON.parse(text).data.map((row) => [...row.slice(0, 9), ...(row[9] ?? [])]);
    },
  };
}
