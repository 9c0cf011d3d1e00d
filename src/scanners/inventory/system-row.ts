import type { SystemEvidence, SystemFields } from '../../evidence.ts';
import { criticalities, systemKinds } from '../../vocabulary.ts';
import type { ScanContext } from '../scanner.ts';
import type { CellReader } from './cells.ts';
import type { InventoryOptions } from './inventory.ts';

/** A system from a row with at least an id or a name; else the row is skipped with the reason. */
export function toSystemEvidence(
  cells: CellReader,
  given: InventoryOptions,
  context: Pick<ScanContext, 'coverage' | 'environment'>,
): SystemEvidence | undefined {
  const name = cells.text('name');
  const id = cells.text('id') ?? name;
  if (!id) {
    context.coverage.skip(cells.place, 'the row names no system; fill in "id" or "name"');
    return undefined;
  }
  context.coverage.read();
  return {
    kind: 'system',
    scanner: 'inventory',
    witness: 'declared',
    environment: context.environment,
    confidence: 1,
    origin: cells.place,
    id,
    registered: given.registry ?? true,
    fields: readFields(cells),
  };
}

function readFields(cells: CellReader): SystemFields {
  return dropAbsent({
    name: cells.text('name'),
    kind: cells.oneOf('kind', systemKinds),
    type: cells.text('type'),
    domain: cells.text('domain'),
    site: cells.text('site'),
    partOf: cells.text('partOf'),
    owner: cells.text('owner'),
    team: cells.text('team'),
    criticality: cells.oneOf('criticality', criticalities),
    lifecycle: cells.text('lifecycle'),
    hosts: cells.list('hosts'),
    aliases: cells.list('aliases'),
    tags: cells.list('tags'),
  });
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves out keys without a value, so that absence has one form. */
export function dropAbsent<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Present<T>;
}
