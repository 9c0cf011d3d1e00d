import {
  type ConnectionEvidence,
  type Direction,
  type Initiator,
  type Reference,
  toSummary,
} from '../../evidence.ts';
import { familyOfProtocol } from '../../vocabulary.ts';
import type { Box } from './boxes.ts';
import { clip } from './clip.ts';
import type { Meaning, ModelRelation, Spot } from './model.ts';

/** How a source is to be understood. */
export interface ModelOptions {
  /** Whether its systems and links are approved by it. */
  readonly registry: boolean;
  /** What arrows mean whose format does not say. */
  readonly direction?: 'data' | 'call' | undefined;
  readonly environment: string;
}

/** What all evidence of models has in common, at one place of a file. */
export function toBase(
  file: string,
  { line, column }: Spot,
  { environment }: ModelOptions,
): Pick<ConnectionEvidence, 'scanner' | 'witness' | 'confidence' | 'environment' | 'origin'> {
  const origin = { file, line, column };
  return { scanner: 'model', witness: 'declared', confidence: 1, environment, origin };
}

/** The connection that an arrow between two boxes declares. */
export function toConnection(
  relation: ModelRelation,
  source: Box,
  target: Box,
  file: string,
  options: ModelOptions,
): ConnectionEvidence {
  const { registry, direction } = options;
  const { protocol, style, team, criticality, label } = relation;
  const meaning = relation.meaning === 'drawn' ? (direction ?? 'drawn') : relation.meaning;
  const flow = flows[meaning];
  const initiator = relation.initiator ?? flow.initiator;
  const over = protocol === undefined ? '' : ` over ${protocol}`;
  const said = label === undefined || label === '' ? '' : `: ${clip(label)}`;
  const known = protocol !== undefined && familyOfProtocol(protocol) === 'messaging';
  return {
    ...toBase(file, relation, options),
    kind: 'connection',
    from: toReference(source),
    to: toReference(target),
    initiator,
    direction: flow.direction,
    ...(protocol === undefined ? {} : { protocol: clip(protocol).toLowerCase() }),
    ...(style === undefined ? (known ? { style: 'event' as const } : {}) : { style }),
    objects: (relation.objects ?? []).map(clip),
    via: (relation.via ?? []).map((name) => ({ kind: 'system', value: clip(name) })),
    declared: {
      id: `${source.id}→${target.id}`,
      approved: registry,
      safeguards: [],
      tags: (relation.tags ?? []).map(clip),
      ...(team === undefined ? {} : { team: clip(team) }),
      ...(criticality === undefined ? {} : { criticality }),
    },
    summary: toSummary(`${clip(source.element.name)} → ${clip(target.element.name)}${over}${said}`),
  };
}

/** What an arrow says of the data and of who opens the connection. */
const flows: Readonly<
  Record<Meaning, { readonly direction: Direction; readonly initiator: Initiator }>
> = {
  data: { direction: 'forward', initiator: 'unknown' },
  call: { direction: 'unknown', initiator: 'from' },
  serves: { direction: 'unknown', initiator: 'to' },
  both: { direction: 'both', initiator: 'unknown' },
  drawn: { direction: 'unknown', initiator: 'unknown' },
};

/** A part that nobody knows by itself is its whole. */
function toReference({ id, element, whole, isOnly }: Box): Reference {
  const own = isOnly ? [element.name] : [];
  const names = [...own, ...(element.aliases ?? []), ...(whole ? [whole.name] : [])]
    .map(clip)
    .filter((name) => name !== id);
  return { kind: 'system', value: id, ...(names.length === 0 ? {} : { names }) };
}
