import { type Mapping, toList, toMapping, toScalar } from '../scripts/settings/documents.ts';
import type { CallPlace } from './call.ts';
import type { TelemetryFormat } from './format.ts';
import { type Series, SeriesReader } from './series.ts';

/** What Prometheus answers to a query: service graphs of Tempo, requests of Istio. */
export const prometheusAnswerFormat: TelemetryFormat = {
  name: 'Prometheus query result (JSON)',
  matches: (sample) => /"resultType"\s*:/.test(sample),
  paths: new Set(['data.result[]']),
  open(sink) {
    const reader = new SeriesReader(sink);
    return {
      read(value, _path, place) {
        const series = toSeries(toMapping(value), place);
        if (series) reader.add(series);
        else sink.skip(place, 'a series has no labels or no value that is a number');
      },
      finish: () => reader.finish(),
    };
  },
};

/** What Prometheus scrapes: one sample a line. */
export const prometheusTextFormat: TelemetryFormat = {
  name: 'Prometheus metrics (text)',
  matches: (sample) =>
    /^(?:traces_service_graph_|istio_)\w*\{/m.test(sample) ||
    /^# (?:HELP|TYPE) [a-zA-Z_:]/m.test(sample),
  open(sink) {
    const reader = new SeriesReader(sink);
    return {
      read(value, _path, place) {
        const line = typeof value === 'string' ? value.trim() : '';
        if (line === '' || line.startsWith('#')) return;
        const series = readSample(line, place);
        if (series) reader.add(series);
        else sink.skip(place, 'the line is no sample');
      },
      finish: () => reader.finish(),
    };
  },
};

function toSeries(item: Mapping, place: CallPlace): Series | undefined {
  const metric = item['metric'];
  if (typeof metric !== 'object' || metric === null) return undefined;
  const labels = new Map(
    Object.entries(toMapping(metric)).flatMap(([key, value]) => {
      const text = toScalar(value);
      return text === undefined ? [] : [[key, text.slice(0, 300)] as const];
    }),
  );
  const samples = (item['value'] === undefined ? toList(item['values']) : [item['value']])
    .map((sample) => toList(sample).map((part) => Number(toScalar(part) ?? Number.NaN)))
    .filter(([at, value]) => Number.isFinite(at) && Number.isFinite(value));
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last) return undefined;
  return {
    name: labels.get('__name__') ?? '',
    labels,
    value: samples.length === 1 ? Math.max(0, last[1] ?? 0) : increase(samples),
    firstMs: (first[0] ?? 0) * 1000,
    lastMs: (last[0] ?? 0) * 1000,
    place,
  };
}

/** How much a counter grew; where it fell, it began again at nothing. */
function increase(samples: readonly (readonly number[])[]): number {
  let sum = 0;
  for (const [index, sample] of samples.entries()) {
    if (index === 0) continue;
    const [before, after] = [samples[index - 1]?.[1] ?? 0, sample[1] ?? 0];
    sum += after >= before ? after - before : after;
  }
  return sum;
}

const mostLabels = 100;

/** Reads `name{label="value",…} 12 1700000000000`. */
function readSample(line: string, place: CallPlace): Series | undefined {
  const name = /^[a-zA-Z_:][\w:]{0,200}/.exec(line)?.[0];
  if (name === undefined) return undefined;
  const labels = new Map<string, string>();
  let at = name.length;
  if (line[at] === '{') {
    at++;
    const label = /[\s,]*([a-zA-Z_]\w{0,200})\s*=\s*"((?:[^"\\]|\\.){0,1000})"/y;
    for (let count = 0; count < mostLabels; count++) {
      label.lastIndex = at;
      const match = label.exec(line);
      if (!match) break;
      const value = (match[2] ?? '').replace(/\\(.)/g, (_, sign: string) =>
        sign === 'n' ? ' ' : sign,
      );
      labels.set(match[1] ?? '', value.slice(0, 300));
      at = label.lastIndex;
    }
    const end = /[\s,]*\}/y;
    end.lastIndex = at;
    if (!end.test(line)) return undefined;
    at = end.lastIndex;
  }
  const [value, time] = line.slice(at).replace(/#.*$/, '').trim().split(/\s+/);
  const count = Number(value);
  if (value === undefined || value === '' || Number.isNaN(count)) return undefined;
  const moment = time === undefined ? Number.NaN : Number(time);
  return {
    name,
    labels,
    value: Number.isFinite(count) ? Math.max(0, count) : 0,
    ...(Number.isFinite(moment) ? { firstMs: moment, lastMs: moment } : {}),
    place,
  };
}
