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
import { isYes } from './value-words.ts';

const statuses = ['approved', 'proposed', 'rejected', 'retired', 'draft'] as const;
const initiators = ['from', 'to', 'carrier', 'unknown', 'push', 'pull', 'both'] as const;

/** Beyond it a cell is a text, or a trap. */
const mostPairs = 100;

/**
 * The links of a row with both ends, a link for each pair where cells hold several; else the row is
 * skipped with the reason.
 * @param isDependence the row says that one needs the other, and nothing of data
 */
export function toLinkEvidence(
  cells: CellReader,
  given: InventoryOptions,
  context: ScanContext,
  isDependence: boolean,
): ConnectionEvidence[] {
  const senders = cells.list('from');
  const receivers = cells.list('to');
  if (senders.length === 0 || receivers.length === 0) {
    const missing =
      senders.length > 0 ? '"to"' : receivers.length > 0 ? '"from"' : '"from" and "to"';
    context.coverage.skip(cells.place, `the link row has no ${missing}; fill it in`);
    return [];
  }
  if (senders.length * receivers.length > mostPairs) {
    context.coverage.skip(
      cells.place,
      `the row names more than ${mostPairs} pairs of systems; write a row for each link`,
    );
    return [];
  }
  context.coverage.read();
  const toPair = openPair(cells, given, context, isDependence);
  return senders.flatMap((from) => receivers.map((to) => toPair(from, to)));
}

/** How sure it is that data flows at all where a source knows only that one needs the other. */
const dependenceConfidence = 0.5;

function openPair(
  cells: CellReader,
  given: InventoryOptions,
  context: ScanContext,
  isDependence: boolean,
): (from: string, to: string) => ConnectionEvidence {
  const protocol = cells.text('protocol')?.toLowerCase();
  const style = cells.oneOf('style', styles);
  const flow = cells.oneOf('initiator', initiators);
  // A row in call form says who calls, not which way the data goes.
  const isCall = isDependence || given.direction === 'call';
  const declared = readDeclared(cells, given, isDependence);
  return (from, to) => ({
    kind: 'connection',
    scanner: 'inventory',
    witness: 'declared',
    environment: cells.text('environment')?.toLowerCase() ?? context.environment,
    confidence: isDependence ? dependenceConfidence : 1,
    origin: cells.place,
    from: toSystemReference(from),
    to: toSystemReference(to),
    initiator: toInitiator(flow, isCall),
    direction: flow === 'both' ? 'both' : isCall ? 'unknown' : 'forward',
    ...(protocol === undefined ? {} : { protocol }),
    ...(style === undefined ? {} : { style }),
    objects: cells.list('objects').flatMap(splitObjects),
    via: cells.list('via').map(toSystemReference),
    declared: { id: cells.text('id') ?? `${from}→${to}`, ...declared },
    summary: toSummary(
      isDependence
        ? `${from} depends on ${to}`
        : `${from} → ${to}${protocol ? ` over ${protocol}` : ''}`,
    ),
  });
}

function readDeclared(
  cells: CellReader,
  given: InventoryOptions,
  isDependence: boolean,
): Omit<LinkFields, 'id'> {
  const status = cells.oneOf('status', statuses) ?? (cells.text('status') ? 'draft' : 'approved');
  // That one needs the other approves no exchange of data, unless the user says so.
  const isRegistry = given.registry ?? !isDependence;
  return {
    approved: isRegistry && status === 'approved',
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

function toInitiator(flow: (typeof initiators)[number] | undefined, isCall: boolean): Initiator {
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
      return isCall ? 'from' : 'unknown';
  }
}

/** Objects are short nouns, so a comma separates them too. */
function splitObjects(cell: string): string[] {
  return cell
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
