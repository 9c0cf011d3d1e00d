import { sortBy } from '../order.ts';
import { type Family, familyOfProtocol } from '../vocabulary.ts';
import type { Exchange } from './exchanges.ts';

/** A declared exchange: a row of a registry or model. */
export interface Row {
  readonly exchange: Exchange;
  readonly approved: boolean;
  /** Absent where the row names no protocol: it then matches every family. */
  readonly family: Family | undefined;
}

/** All that makes one link. */
export interface Draft {
  /** `from=>to#family`. */
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly family: Family;
  readonly rows: readonly Row[];
  /** What code and logs show of it. */
  readonly evidence: readonly Exchange[];
}

/** Two systems, whichever way their data goes. */
interface Pair {
  readonly rows: Row[];
  readonly drafts: (Draft & { readonly evidence: Exchange[] })[];
}

interface Way {
  readonly from: string;
  readonly to: string;
}

/**
 * Tells which rows and which evidence make one link, links in the order of their keys. A row without
 * a protocol matches every family and makes no key of its own where evidence gives one; evidence
 * whose direction is unknown confirms rows either way.
 */
export function collectDrafts(exchanges: readonly Exchange[]): {
  readonly drafts: Draft[];
  readonly rows: readonly Row[];
} {
  const pairOf = openPairs();
  const rows: Row[] = [];
  const clear: Exchange[] = [];
  const unclear: Exchange[] = [];
  for (const exchange of exchanges) {
    if (exchange.evidence.witness !== 'declared')
      (exchange.direction === 'forward' ? clear : unclear).push(exchange);
    else {
      const row = toRow(exchange);
      rows.push(row);
      pairOf(exchange.from.id, exchange.to.id).rows.push(row);
    }
  }
  const drafts: Draft[] = [];
  const attached = new Set<Row>();
  const draftOf = (pair: Pair, way: Way, family: Family): Pair['drafts'][number] => {
    const known = findDraft(pair, way, family);
    if (known) return known;
    const matching = pair.rows.filter((row) => matches(row, way, family));
    for (const row of matching) attached.add(row);
    const { from, to } = way;
    const key = `${from}=>${to}#${family}`;
    const draft = { key, from, to, family, rows: matching, evidence: [] };
    pair.drafts.push(draft);
    drafts.push(draft);
    return draft;
  };

  // Evidence with a clear direction first, so that the rest can join the links it makes.
  for (const exchange of [...clear, ...unclear]) {
    const pair = pairOf(exchange.from.id, exchange.to.id);
    const family = familyOf(exchange) ?? 'other';
    for (const way of findWays(exchange, family, pair))
      draftOf(pair, way, family).evidence.push(exchange);
  }
  // Rows that nothing shows make links of their own: those with a protocol first, for one without
  // a protocol joins whatever its pair has.
  for (const row of sortBy(rows, ({ family }) => (family === undefined ? 1 : 0))) {
    if (attached.has(row)) continue;
    const way = wayOf(row.exchange);
    draftOf(pairOf(way.from, way.to), way, row.family ?? 'other');
  }
  return { drafts: sortBy(drafts, ({ key }) => key), rows };
}

/** Finds pairs without a text for each: there is one look-up for each piece of evidence. */
function openPairs(): (one: string, other: string) => Pair {
  const pairs = new Map<string, Map<string, Pair>>();
  return (one, other) => {
    const [low, high] = one < other ? [one, other] : [other, one];
    const known = pairs.get(low) ?? new Map<string, Pair>();
    pairs.set(low, known);
    const pair = known.get(high) ?? { rows: [], drafts: [] };
    known.set(high, pair);
    return pair;
  };
}

function toRow(exchange: Exchange): Row {
  return {
    exchange,
    approved: exchange.evidence.declared?.approved ?? false,
    family: familyOf(exchange),
  };
}

function familyOf({ evidence: { protocol } }: Exchange): Family | undefined {
  return protocol === undefined ? undefined : familyOfProtocol(protocol);
}

function wayOf({ from, to }: Exchange): Way {
  return { from: from.id, to: to.id };
}

function findDraft(
  { drafts }: Pair,
  { from, to }: Way,
  family: Family,
): Pair['drafts'][number] | undefined {
  return drafts.find((draft) => draft.family === family && draft.from === from && draft.to === to);
}

function matches({ exchange, family: agreed }: Row, { from, to }: Way, family: Family): boolean {
  if (agreed !== undefined && agreed !== family) return false;
  const row = wayOf(exchange);
  if (row.from === from && row.to === to) return true;
  return exchange.direction !== 'forward' && row.from === to && row.to === from;
}

/** The links that a piece of evidence belongs to: one, or both directions where it cannot tell. */
function findWays(exchange: Exchange, family: Family, pair: Pair): readonly Way[] {
  const forward = wayOf(exchange);
  if (exchange.direction === 'forward') return [forward];
  const either: readonly Way[] = [forward, { from: forward.to, to: forward.from }];
  const registered = either.filter((way) =>
    pair.rows.some((row) => matches(row, way, family) && row.exchange.from.id === way.from),
  );
  if (registered.length > 0) return registered;
  const known = either.filter((way) => findDraft(pair, way, family) !== undefined);
  return known.length > 0 ? known : [forward];
}
