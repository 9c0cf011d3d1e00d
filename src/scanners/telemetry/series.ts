import type { CallPlace, Party } from './call.ts';
import type { TelemetrySink } from './format.ts';

/** One series of metrics: its name, its labels, and how much it counted. */
export interface Series {
  /** Empty where a query has summed it up. */
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
  /** The first and the last sample, in ms since 1970. */
  readonly firstMs?: number;
  readonly lastMs?: number;
  readonly place: CallPlace;
}

interface Sum {
  readonly caller: Party;
  readonly callee: Party;
  readonly protocol: string;
  calls: number;
  errors: number;
  serverErrors: number;
  firstMs: number | undefined;
  lastMs: number | undefined;
  readonly place: CallPlace;
}

const mostPairs = 50_000;

/** Adds up series of service graphs and of Istio to calls of pairs. */
export class SeriesReader {
  readonly #sink: TelemetrySink;
  readonly #sums = new Map<string, Sum>();

  constructor(sink: TelemetrySink) {
    this.#sink = sink;
  }

  add(series: Series): void {
    const { name, labels } = series;
    const isGraph = labels.has('client') && labels.has('server');
    const isIstio = labels.has('destination_service') || labels.has('destination_service_name');
    if (/^traces_service_graph_request_(?:failed_)?total$/.test(name) || (name === '' && isGraph))
      this.#addGraph(series);
    else if (
      /^istio_(?:requests_total|tcp_connections_opened_total)$/.test(name) ||
      (name === '' && isIstio)
    )
      this.#addIstio(series);
    else {
      this.#sink.read();
      this.#sink.leaveOut('series that count no calls');
    }
  }

  finish(): void {
    // Both sides of a call count it: what the caller says is taken where it says anything.
    for (const [key, sum] of this.#sums) {
      if (key.startsWith('destination ') && this.#sums.has(key.replace('destination', 'source')))
        continue;
      const { firstMs, lastMs, ...figures } = sum;
      this.#sink.calls({
        ...figures,
        way: 'unknown',
        ...(firstMs === undefined || lastMs === undefined ? {} : { firstMs, lastMs }),
      });
    }
    this.#sums.clear();
  }

  #addGraph({ name, labels, ...series }: Series): void {
    const [client, server] = [labels.get('client') ?? '', labels.get('server') ?? ''];
    this.#sink.read();
    if (client === '' || server === '' || client === 'user') {
      this.#sink.leaveOut('calls without a caller or a callee');
      return;
    }
    const type = labels.get('connection_type') ?? '';
    const callee: Party =
      type === 'database'
        ? { kind: 'product', is: 'database', product: 'database', address: server }
        : { kind: 'service', name: server };
    const protocol =
      type === 'database' ? 'database' : type === 'messaging_system' ? 'messaging' : 'http';
    const isFailed = name.includes('_failed_');
    const sum = this.#sumOf('source', { kind: 'service', name: client }, callee, protocol, series);
    if (!sum) return;
    if (isFailed) {
      sum.errors += series.value;
      sum.serverErrors += series.value;
    } else if (name !== '') sum.calls += series.value;
  }

  #addIstio({ name, labels, ...series }: Series): void {
    this.#sink.read();
    const text = (...keys: readonly string[]): string | undefined =>
      keys
        .map((key) => labels.get(key))
        .find((value) => value !== undefined && value !== '' && value !== 'unknown');
    const caller = text('source_canonical_service', 'source_app', 'source_workload');
    const namespace = text('source_workload_namespace');
    const host = text('destination_service');
    const called = text(
      'destination_service_name',
      'destination_canonical_service',
      'destination_app',
    );
    const calledNamespace = text('destination_service_namespace', 'destination_workload_namespace');
    if (caller === undefined || (called ?? host) === undefined) {
      this.#sink.leaveOut('calls without a caller or a callee');
      return;
    }
    const isOutside = calledNamespace === undefined && host !== undefined && host.includes('.');
    const callee: Party = isOutside
      ? { kind: 'address', address: host }
      : {
          kind: 'service',
          name: called ?? host ?? '',
          ...(calledNamespace === undefined ? {} : { namespace: calledNamespace }),
        };
    const written = text('request_protocol');
    const protocol = name.includes('tcp') ? 'tcp' : written === 'grpc' ? 'grpc' : 'http';
    const reporter = labels.get('reporter') === 'destination' ? 'destination' : 'source';
    if (reporter === 'destination') {
      this.#sink.reports(callee, series.firstMs, series.place);
      this.#sink.reports(callee, series.lastMs, series.place);
    }
    const sum = this.#sumOf(
      reporter,
      { kind: 'service', name: caller, ...(namespace === undefined ? {} : { namespace }) },
      callee,
      protocol,
      series,
    );
    if (!sum || name === '') return;
    sum.calls += series.value;
    const code = Number(labels.get('response_code') ?? 0);
    // Without a code, Envoy saw the connection end.
    if (code >= 400 || labels.get('response_code') === '0') sum.errors += series.value;
    if (code >= 500 || labels.get('response_code') === '0') sum.serverErrors += series.value;
  }

  #sumOf(
    reporter: string,
    caller: Party,
    callee: Party,
    protocol: string,
    series: Omit<Series, 'name' | 'labels'>,
  ): Sum | undefined {
    const key = `${reporter} ${JSON.stringify([caller, callee, protocol])}`;
    let sum = this.#sums.get(key);
    if (!sum) {
      if (this.#sums.size >= mostPairs) {
        this.#sink.leaveOut('calls of more pairs than are told apart');
        return undefined;
      }
      sum = {
        caller,
        callee,
        protocol,
        calls: 0,
        errors: 0,
        serverErrors: 0,
        firstMs: series.firstMs,
        lastMs: series.lastMs,
        place: series.place,
      };
      this.#sums.set(key, sum);
    }
    if (series.firstMs !== undefined)
      sum.firstMs = Math.min(sum.firstMs ?? Number.POSITIVE_INFINITY, series.firstMs);
    if (series.lastMs !== undefined) sum.lastMs = Math.max(sum.lastMs ?? 0, series.lastMs);
    return sum;
  }
}
