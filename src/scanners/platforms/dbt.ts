import {
  isMapping,
  type Mapping,
  toList,
  toMapping,
  toScalar,
} from '../scripts/settings/documents.ts';
import type { FlowEnd, PlatformFile, PlatformReader, PlatformSink } from './platform.ts';

/** What dbt reads from and for whom it is read: `manifest.json`, or `sources:` and `exposures:` in YAML. */
export const dbtReader: PlatformReader = {
  name: 'dbt (manifest.json, sources and exposures)',
  product: { id: 'dbt', kind: 'integration-platform' },
  matches: (_file, text) =>
    /"dbt_schema_version"\s*:/.test(text.slice(0, 100_000)) ||
    (/^version:\s*2\b/m.test(text) && /^(?:sources|exposures|models):/m.test(text)),
  read(files, sink) {
    for (const file of files)
      for (const tree of file.trees()) {
        const root = toMapping(tree.value);
        const placeOf = (...path: (string | number)[]): FlowEnd['place'] => ({
          file: file.file,
          ...tree.placeOf(path),
        });
        if (isMapping(root['metadata'])) readManifest(root, file, placeOf, sink);
        else readYaml(root, file, placeOf, sink);
      }
  },
};

/** A schema is loaded by the system that its source is called after. */
function toSource(name: string, tables: readonly string[], place: FlowEnd['place']): FlowEnd {
  return {
    reference: {
      kind: 'system',
      value: name,
      names: [name.replace(/^(?:raw|src|stg|source)[-_]|[-_](?:raw|src|db)$/g, '')],
    },
    place,
    protocol: 'database',
    style: 'database',
    objects: tables.slice(0, 200),
  };
}

function readManifest(
  root: Mapping,
  file: PlatformFile,
  placeOf: (...path: (string | number)[]) => FlowEnd['place'],
  sink: PlatformSink,
): void {
  const sources = new Map<string, { name: string; table: string; path: string }>();
  for (const [id, item] of Object.entries(toMapping(root['sources']))) {
    const source = toMapping(item);
    sources.set(id, {
      name: toScalar(source['source_name']) ?? id,
      table: toScalar(source['name']) ?? '',
      path: id,
    });
  }
  const nodes = toMapping(root['nodes']);
  sink.read(Object.keys(nodes).length + sources.size);
  const parents = (item: unknown): string[] =>
    toList(toMapping(toMapping(item)['depends_on'])['nodes']).flatMap(
      (node) => toScalar(node) ?? [],
    );
  /** The sources that something is made of, through all models. */
  const origins = (start: readonly string[]): string[] => {
    const seen = new Set(start);
    for (const id of seen)
      for (const parent of parents(nodes[id])) if (seen.size < 100_000) seen.add(parent);
    return [...seen].filter((id) => sources.has(id));
  };
  const warehouse = toScalar(toMapping(root['metadata'])['adapter_type']);
  const used = new Set<string>();
  for (const [id, item] of Object.entries(toMapping(root['exposures']))) {
    const exposure = toMapping(item);
    const ends = origins(parents(exposure))
      .map((source) => sources.get(source))
      .filter((each) => each !== undefined);
    for (const { path } of ends) used.add(path);
    tellExposure(
      toScalar(exposure['name']) ?? id,
      exposure,
      ends,
      placeOf('exposures', id),
      placeOf,
      sink,
    );
  }
  const rest = [...sources.values()].filter(({ path }) => !used.has(path));
  tellLoads(rest, warehouse, file, placeOf, sink);
}

function tellExposure(
  name: string,
  exposure: Mapping,
  ends: readonly { name: string; table: string; path: string }[],
  place: FlowEnd['place'],
  placeOf: (...path: (string | number)[]) => FlowEnd['place'],
  sink: PlatformSink,
): void {
  const to: FlowEnd = {
    reference: { kind: 'system', value: toScalar(exposure['label']) ?? name, names: [name] },
    place,
    protocol: 'database',
    style: 'database',
    opens: true,
  };
  const groups = new Map<string, { tables: string[]; path: string }>();
  for (const { name: source, table, path } of ends) {
    const group = groups.get(source) ?? { tables: [], path };
    group.tables.push(table);
    groups.set(source, group);
  }
  sink.flow({
    name: `exposure ${name}`,
    place,
    passes:
      groups.size === 0
        ? [{ to }]
        : [...groups].map(([source, { tables, path }]) => ({
            from: toSource(source, tables, path === '' ? place : placeOf('sources', path)),
            to,
          })),
  });
}

/** What is loaded and shown to nobody that is written down stays in the warehouse. */
function tellLoads(
  rest: readonly { name: string; table: string; path: string }[],
  warehouse: string | undefined,
  file: PlatformFile,
  placeOf: (...path: (string | number)[]) => FlowEnd['place'],
  sink: PlatformSink,
): void {
  const groups = new Map<string, { tables: string[]; path: string }>();
  for (const { name, table, path } of rest) {
    const group = groups.get(name) ?? { tables: [], path };
    group.tables.push(table);
    groups.set(name, group);
  }
  for (const [name, { tables, path }] of groups) {
    const place = path === '' ? { file: file.file, line: 1, column: 1 } : placeOf('sources', path);
    const to: FlowEnd | undefined =
      warehouse === undefined
        ? undefined
        : {
            reference: {
              kind: 'system',
              value: warehouse,
              names: ['warehouse', 'data-warehouse', 'dwh'],
            },
            place,
            protocol: warehouse,
            style: 'database',
          };
    sink.flow({
      name: `source ${name}`,
      place,
      passes: [{ from: toSource(name, tables, place), ...(to ? { to } : {}) }],
    });
  }
}

function readYaml(
  root: Mapping,
  file: PlatformFile,
  placeOf: (...path: (string | number)[]) => FlowEnd['place'],
  sink: PlatformSink,
): void {
  for (const [index, item] of toList(root['sources']).entries()) {
    const source = toMapping(item);
    const tables = toList(source['tables']).flatMap(
      (table) => toScalar(toMapping(table)['name']) ?? [],
    );
    const place = placeOf('sources', index);
    const name = toScalar(source['name']);
    if (name === undefined) sink.skip(place, 'a source has no name');
    else
      sink.flow({
        name: `source ${name}`,
        place,
        passes: [{ from: toSource(name, tables, place) }],
      });
  }
  for (const [index, item] of toList(root['exposures']).entries()) {
    const exposure = toMapping(item);
    const name = toScalar(exposure['name']);
    const place = placeOf('exposures', index);
    const ends = toList(exposure['depends_on']).flatMap((written) => {
      const [, source, table = ''] =
        /^source\(\s*['"]([^'"]{1,200})['"]\s*,\s*['"]([^'"]{1,200})['"]/.exec(
          toScalar(written) ?? '',
        ) ?? [];
      return source === undefined ? [] : [{ name: source, table, path: '' }];
    });
    if (name === undefined) sink.skip(place, 'an exposure has no name');
    else tellExposure(name, exposure, ends, place, placeOf, sink);
  }
  const models = toList(root['models']).length;
  if (models > 0) sink.leaveOut('models, which stay in the warehouse', models);
  else if (root['sources'] === undefined && root['exposures'] === undefined)
    sink.skip({ file: file.file, line: 1, column: 1 }, 'it holds no source and no exposure');
}
