import {
  type ConnectionEvidence,
  type Initiator,
  type LinkFields,
  toSummary,
  toSystemReference,
} from '../../evidence.ts';
import { criticalities, styles } from '../../vocabulary.ts';
import type { ScanContext } from '../scanner.ts';
import type { CellReader } from './cells.ts';
import type { InventoryOptions } from './inventory.ts';
import { dropAbsent } from './system-row.ts';

const statuses = ['approved', 'proposed', 'rejected', 'retired', 'draft'] as const;
const initiators = ['from', 'to', 'carrier', 'unknown', 'push', 'pull', 'both'] as const;

/** A link from a row with both ends; else the row is skipped with the reason. */
export function toLinkEvidence(
  cells: CellReader,
  given: InventoryOptions,
  context: ScanContext,
): ConnectionEvidence | undefined {
  const from = cells.text('from');
  const to = cells.text('to');
  if (!from || !to) {
    const missing = from ? '"to"' : to ? '"from"' : '"from" and "to"';
    context.coverage.skip(cells.place, `the link row has no ${missing}; fill it in`);
    return undefined;
  }
  context.coverage.read();
  const protocol = cells.text('protocol')?.toLowerCase();
  const style = cells.oneOf('style', styles);
  const flow = cells.oneOf('initiator', initiators);
  // A row in call form says who calls, not which way the data goes.
  const direction = flow === 'both' ? 'both' : given.direction === 'call' ? 'unknown' : 'forward';
  return {
    kind: 'connection',
    scanner: 'inventory',
    witness: 'declared',
    environment: cells.text('environment')?.toLowerCase() ?? context.environment,
    confidence: 1,
    origin: cells.place,
    from: toSystemReference(from),
    to: toSystemReference(to),
    initiator: toInitiator(flow, given),
    direction,
    ...(protocol === undefined ? {} : { protocol }),
    ...(style === undefined ? {} : { style }),
    objects: cells.list('objects').flatMap(splitObjects),
    via: cells.list('via').map(toSystemReference),
    declared: readDeclared(cells, given, from, to),
    summary: toSummary(`${from} → ${to}${protocol ? ` over ${protocol}` : ''}`),
  };
}

function readDeclared(
  cells: CellReader,
  given: InventoryOptions,
  from: string,
  to: string,
): LinkFields {
  const status = cells.oneOf('status', statuses) ?? (cells.text('status') ? 'draft' : 'approved');
  return {
    id: cells.text('id') ?? `${from}→${to}`,
    approved: given.registry && status === 'approved',
    safeguards: (['monitoring', 'alerting', 'retry'] as const).filter((column) =>
      isYes(cells.text(column)),
    ),
    tags: cells.list('tags'),
    ...dropAbsent({
      owner: cells.text('owner'),
      team: cells.text('team'),
      criticality: cells.oneOf('criticality', criticalities),
      schedule: cells.text('schedule'),
      contract: cells.text('contract'),
      attestedOn: cells.date('attestedOn'),
      retireBy: cells.date('retireBy'),
    }),
  };
}

function toInitiator(
  flow: (typeof initiators)[number] | undefined,
  given: InventoryOptions,
): Initiator {
  switch (flow) {
    case 'from':
    case 'push':
      return 'from';
    case 'to':
    case 'pull':
      return 'to';
    case 'carrier':
      return 'carrier';
    case 'both':
    case 'unknown':
      return 'unknown';
    case undefined:
      return given.direction === 'call' ? 'from' : 'unknown';
  }
}

/** Objects are short nouns, so a comma separates them too. */
function splitObjects(cell: string): string[] {
  return cell
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function isYes(text: string | undefined): boolean {
  return text !== undefined && !/^(?:no|false|0|n)$/i.test(text);
}
