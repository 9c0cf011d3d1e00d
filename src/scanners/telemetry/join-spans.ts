import type { Party, SeenCalls } from './call.ts';
import { firstAttribute, readMessage, readPeer, readProtocol, readWay } from './read-peer.ts';
import type { Span } from './span.ts';

const mostWaiting = 100_000;

type Waiting = Pick<SeenCalls, 'calls' | 'errors' | 'serverErrors' | 'place' | 'way'> &
  Partial<Pick<SeenCalls, 'firstMs' | 'lastMs' | 'durationUs' | 'route' | 'environment'>> & {
    readonly service: Party;
    readonly protocol: string;
    readonly peer: Party | undefined;
  };

/** Why spans made no call. */
export interface LeftSpans {
  /** Work inside a service. */
  inside: number;
  /** Calls from outside of what reports: nobody says who called. */
  entries: number;
  /** Calls that do not say whom they go to. */
  aimless: number;
}

/**
 * Makes calls of spans. A call has a span on each side; where both came, it goes from one service
 * to the other, else the caller's own words say whom it called. Spans wait for their other side in
 * bounded memory: whoever waits longest is told without it.
 */
export class SpanJoiner {
  readonly left: LeftSpans = { inside: 0, entries: 0, aimless: 0 };
  readonly #clients = new Map<string, Waiting>();
  readonly #servers = new Map<string, Waiting>();

  /** Adds a span. @returns the calls that are known by it */
  *add(span: Span): Iterable<SeenCalls> {
    const message = readMessage(span);
    if (message) {
      const { broker, protocol, topic, does, operation } = message;
      // Settling is about a message that was told before.
      if (/^settle|^ack|^commit/.test(operation)) {
        this.left.inside++;
        return;
      }
      yield {
        ...toWaiting(span),
        caller: toService(span),
        callee: broker,
        way: does,
        protocol,
        ...(topic === undefined ? {} : { topic }),
        operation,
      };
      return;
    }
    if (span.kind === 'client') yield* this.#addClient(span);
    else if (span.kind === 'server') yield* this.#addServer(span);
    else this.left.inside++;
  }

  /** What still waits when everything was read. */
  *finish(): Iterable<SeenCalls> {
    for (const client of this.#clients.values()) yield* this.#alone(client);
    this.left.entries += this.#servers.size;
    this.#clients.clear();
    this.#servers.clear();
  }

  *#addClient(span: Span): Iterable<SeenCalls> {
    const key = `${span.trace} ${span.id}`;
    const peer = readPeer(span);
    const client: Waiting = {
      ...toWaiting(span),
      service: toService(span),
      protocol: peer?.protocol ?? readProtocol(span),
      peer: peer?.party,
    };
    const server = this.#servers.get(key);
    if (server) {
      this.#servers.delete(key);
      yield* meet(client, server);
      return;
    }
    // What a database does is never told by itself.
    if (peer?.party.kind === 'product') {
      yield* this.#alone(client);
      return;
    }
    this.#clients.set(key, client);
    const oldest = evict(this.#clients);
    if (oldest) yield* this.#alone(oldest);
  }

  *#addServer(span: Span): Iterable<SeenCalls> {
    const id = span.isShared ? span.id : span.parent;
    const server: Waiting = {
      ...toWaiting(span),
      service: toService(span),
      protocol: readProtocol(span),
      peer: undefined,
    };
    if (id === '') {
      this.left.entries++;
      return;
    }
    const key = `${span.trace} ${id}`;
    const client = this.#clients.get(key);
    if (client) {
      this.#clients.delete(key);
      yield* meet(client, server);
      return;
    }
    this.#servers.set(key, server);
    if (evict(this.#servers)) this.left.entries++;
  }

  *#alone({ service, peer, ...figures }: Waiting): Iterable<SeenCalls> {
    if (peer) yield { ...figures, caller: service, callee: peer };
    else this.left.aimless++;
  }
}

/** The caller measures the call; the called side knows its route. */
function* meet(client: Waiting, server: Waiting): Iterable<SeenCalls> {
  const { service, peer: _, ...figures } = client;
  const route = server.route ?? client.route;
  yield {
    ...figures,
    caller: service,
    callee: server.service,
    way: client.way === 'unknown' ? server.way : client.way,
    ...(route === undefined ? {} : { route }),
  };
}

function evict(waiting: Map<string, Waiting>): Waiting | undefined {
  if (waiting.size <= mostWaiting) return undefined;
  const [first] = waiting;
  if (!first) return undefined;
  waiting.delete(first[0]);
  return first[1];
}

/** The service that a span is of. */
export function toService({ service, namespace, group }: Span): Party {
  return {
    kind: 'service',
    name: service,
    ...(namespace === undefined ? {} : { namespace }),
    ...(group === undefined ? {} : { group }),
  };
}

function toWaiting(span: Span): Omit<Waiting, 'service' | 'protocol' | 'peer'> {
  const status = Number(firstAttribute(span, 'http.response.status_code', 'http.status_code') ?? 0);
  const isServerError = status > 0 ? status >= 500 : span.failed;
  const isError = status > 0 ? status >= 400 : span.failed;
  const route = firstAttribute(span, 'http.route', 'url.template');
  return {
    way: readWay(span),
    calls: 1,
    errors: isError ? 1 : 0,
    serverErrors: isServerError ? 1 : 0,
    place: span.place,
    ...(span.startMs === undefined ? {} : { firstMs: span.startMs, lastMs: span.startMs }),
    ...(span.durationUs === undefined ? {} : { durationUs: span.durationUs }),
    ...(route === undefined ? {} : { route: route.slice(0, 160) }),
    ...(span.environment === undefined ? {} : { environment: span.environment }),
  };
}
