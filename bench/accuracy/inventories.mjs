/**
 * Scores models and exports of platforms against relations that others extracted from the same
 * files: `inventories/<name>.csv` below the truth folder, the files below the corpus folder.
 *
 * Such a list holds more than links: people, goals, deployments. What it says of links is worked out
 * from its rows alone, never with the readers; names that stand for others are in `inventories.json`.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { figures, keepCovered, normalise, readCalls, readCsv, score } from './edges.mjs';

/** @param scan corpus folder, source line → its audit and its evidence */
export function scoreInventories({ truth, corpus, only, verbose }, scan) {
  const here = path.dirname(new URL(import.meta.url).pathname);
  const specs = JSON.parse(readFileSync(path.join(here, 'inventories.json'), 'utf8'));
  return specs.flatMap((spec) => {
    const file = path.join(truth, 'inventories', `${spec.name}.csv`);
    const isWanted = only === undefined || only === spec.name;
    if (!isWanted || !existsSync(file) || !existsSync(corpus)) return [];
    const scanned = scan(corpus, spec.source);
    const edges = readers[spec.reads](readCsv(file), spec, corpus);
    const found =
      spec.reads === 'upstreams'
        ? readUpstreams(scanned.evidence)
        : keepCovered(readCalls(scanned.audit, spec), edges);
    const result = score(edges, found);
    if (verbose)
      console.log(
        `${spec.name}\n  missed: ${result.missed.join('; ')}\n  extra: ${result.extra.join('; ')}`,
      );
    return [[spec.name, result, scanned.seconds]];
  });
}

/** Adds up rows of figures as one. */
export function addRows(rows) {
  const sum = (field) => rows.reduce((total, [, result]) => total + result[field], 0);
  const extra = rows.flatMap(([, result]) => result.extra);
  const [truth, hits] = [sum('truth'), sum('hits')];
  return { truth, hits, extra, ...figures(hits, extra.length, truth) };
}

const readers = {
  /** Who uses whom. Steps of a view repeat a relation, or go back on it as its answer. */
  calls(rows, { aliases, leftOut }) {
    const lines = (row) => Number(/#L(\d+)/.exec(row.source)?.[1] ?? 0);
    const edges = new Map();
    for (const row of rows.toSorted((a, b) => lines(a) - lines(b))) {
      const [from, to] = [normalise(row.from, aliases), normalise(row.to, aliases)];
      const isLink = !(row.from in leftOut) && !(row.to in leftOut) && from !== to;
      if (isLink && !edges.has(`${to}>${from}`))
        edges.set(`${from}>${to}`, `${row.from} → ${row.to}`);
    }
    return edges;
  },
  /** What applications serve each other, a service standing for the application that realises it. */
  archimate(rows) {
    const makers = new Map();
    const isApplication = (row, end) => row[`${end}_type`] === 'ApplicationComponent';
    for (const row of rows)
      if (row.relation === 'Realization' && isApplication(row, 'from'))
        makers.set(row.to, row.from);
    const edges = new Map();
    for (const row of rows) {
      const from = isApplication(row, 'from') ? row.from : makers.get(row.from);
      if (!['Serving', 'Flow', 'Triggering'].includes(row.relation) || from === undefined) continue;
      const ends = row.relation === 'Serving' ? [row.to, from] : [from, row.to];
      if (isApplication(row, 'to'))
        edges.set(ends.map((end) => normalise(end)).join('>'), ends.join(' → '));
    }
    return edges;
  },
  /** Who sends a message that another receives. */
  messages(rows) {
    const of = (relation) => rows.filter((row) => row.relation === relation);
    return new Map(
      of('sends').flatMap((sender) =>
        of('receives')
          .filter(
            ({ message, service }) => message === sender.message && service !== sender.service,
          )
          .map(({ service }) => [
            `${normalise(sender.service)}>${normalise(service)}`,
            `${sender.service} → ${service}`,
          ]),
      ),
    );
  },
  /** Which address stands behind each service of each file that the corpus holds. */
  upstreams(rows, _spec, corpus) {
    const edges = new Map();
    for (const { source, service, upstream } of rows) {
      const file = source.replace(/^inventories\/kong-deck\/tests\/integration\/testdata\//, '');
      if (existsSync(path.join(corpus, 'inventories/kong-deck', file)))
        edges.set(toUpstream(file, service, upstream), `${file}: ${service} → ${upstream}`);
    }
    return edges;
  },
};

function readUpstreams(evidence) {
  return new Map(
    evidence
      .filter(({ kind }) => kind === 'connection')
      .map(({ origin, summary, to }) => {
        const service = /^service (.*) leads calls/.exec(summary)?.[1] ?? '';
        const key = toUpstream(origin.file.replace(/^.*?kong-deck\//, ''), service, to.value);
        return [key, { keys: [key], links: [] }];
      }),
  );
}

/**
 * The list writes `http://host:` where the file gives no port, and no name for a service that has
 * only an id.
 */
function toUpstream(file, service, upstream) {
  const name = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(service) ? '' : service;
  return `${file} ${name} ${upstream.replace(/:(?=\/(?!\/)|$)/, '')}`;
}
