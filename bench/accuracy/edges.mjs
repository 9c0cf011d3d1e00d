/** Reads truth files and audits as sets of `caller>callee`, with the names of both normalised. */
import { readFileSync } from 'node:fs';

/** Lower case, no scheme, port or path, no `-service` at the end, no separators. */
export function normalise(name, aliases = {}) {
  const lower = String(name ?? '')
    .trim()
    .toLowerCase();
  return (aliases[lower] ?? lower)
    .replace(/^https?:\/\//, '')
    .replace(/[:/].*$/, '')
    .replace(/[ _]/g, '-')
    .replace(/-?(?:service|svc|server|deployment)$/, '')
    .replaceAll('-', '');
}

/** The rows of a CSV file with a header, by column. */
export function readCsv(file) {
  const rows = [[]];
  const text = readFileSync(file, 'utf8').replace(/\r\n/g, '\n');
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (quoted && character === '"' && text[at + 1] === '"') {
      cell += '"';
      at++;
    } else if (character === '"') quoted = !quoted;
    else if (!quoted && (character === ',' || character === '\n')) {
      rows.at(-1).push(cell);
      cell = '';
      if (character === '\n') rows.push([]);
    } else cell += character;
  }
  if (cell !== '' || rows.at(-1).length > 0) rows.at(-1).push(cell);
  const [header, ...body] = rows.filter((row) => row.length > 1);
  return body.map((row) => Object.fromEntries(header.map((key, index) => [key, row[index] ?? ''])));
}

/** `caller>callee` → how the truth writes it. */
export function readTruth(file, { aliases = {}, rows = () => true } = {}) {
  const edges = new Map();
  for (const row of readCsv(file)) {
    const [caller, callee] = [row.caller || row.from, row.callee || row.to];
    const key = `${normalise(caller, aliases)}>${normalise(callee, aliases)}`;
    if (caller && callee && rows(row) && normalise(caller) !== normalise(callee))
      edges.set(key, `${caller} → ${callee}`);
  }
  return edges;
}

/**
 * The calls that an audit shows: who opens a connection to whom. A link by way of a broker is two
 * calls, one from each end to the broker, as diagrams of services draw it. What is sent to a
 * monitoring product is a hop and no link; it counts where the truth names the product.
 */
export function readCalls(audit, { aliases = {} } = {}, truth = new Map()) {
  const systems = new Map(audit.systems.map((system) => [system.id, system]));
  const edges = new Map();
  const add = (caller, callee, link) => {
    const names = (id) => [
      ...new Set([id, systems.get(id)?.name ?? id].map((name) => normalise(name, aliases))),
    ];
    const key = `${names(caller)[0]}>${names(callee)[0]}`;
    const entry = edges.get(key) ?? { keys: [], links: [] };
    for (const a of names(caller)) for (const b of names(callee)) entry.keys.push(`${a}>${b}`);
    entry.links.push(link);
    edges.set(key, entry);
  };
  for (const link of audit.links) {
    const stores = link.via.filter((id) =>
      ['broker', 'database', 'file-store', 'integration-platform'].includes(systems.get(id)?.kind),
    );
    if (stores.length > 0) {
      for (const store of stores) {
        add(link.from, store, link);
        add(link.to, store, link);
      }
      continue;
    }
    const isStore = (id) => ['broker', 'database', 'file-store'].includes(systems.get(id)?.kind);
    // A store opens no connection, whichever way the data goes.
    const pulled = link.initiator === 'to' || isStore(link.from);
    add(pulled ? link.to : link.from, pulled ? link.from : link.to, link);
  }
  const named = new Set([...truth.keys()].flatMap((key) => key.split('>')));
  const isNamed = (id) => named.has(normalise(id, aliases));
  for (const hop of audit.hops) {
    const ends = [hop.from, hop.to];
    const monitors = ends.some((id) => systems.get(id)?.type === 'observability');
    if (monitors && ends.every(isNamed)) add(hop.from, hop.to, hop);
  }
  return edges;
}

/** Without edges that have an end which the truth does not name: it says nothing of such systems. */
export function keepCovered(found, truth) {
  const named = new Set([...truth.keys()].flatMap((key) => key.split('>')));
  const isCovered = (key) => key.split('>').every((end) => named.has(end));
  return new Map([...found].filter(([, { keys }]) => keys.some(isCovered)));
}

/** Precision, recall and F1 of found edges against true ones. */
export function score(truth, found) {
  const hits = new Set();
  const extra = [];
  for (const [key, { keys }] of found) {
    const matched = keys.filter((each) => truth.has(each));
    for (const each of matched) hits.add(each);
    if (matched.length === 0) extra.push(key);
  }
  const missed = [...truth].filter(([key]) => !hits.has(key)).map(([, text]) => text);
  return {
    truth: truth.size,
    hits: hits.size,
    missed,
    extra,
    ...figures(hits.size, extra.length, truth.size),
  };
}

/** Precision, recall and F1. */
export function figures(hits, extra, size) {
  const precision = hits / (hits + extra || 1);
  const recall = hits / (size || 1);
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall || 1) };
}
