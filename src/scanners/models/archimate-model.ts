import { findKind } from './kind-of-text.ts';
import type { Meaning, Model, ModelElement, ModelRelation, Rank, Spot } from './model.ts';
import { findProtocol } from './protocol-of-text.ts';
import { readElementProperties, readRelationProperties } from './read-properties.ts';

/** An element of ArchiMate, however its file is written. */
export interface ArchimateElement extends Spot {
  readonly id: string;
  /** Without "archimate:", e.g. `ApplicationComponent`. */
  readonly type: string;
  readonly name: string;
  readonly folder?: string;
  readonly properties: ReadonlyMap<string, string>;
}

/** A relation of ArchiMate, however its file is written. */
export interface ArchimateRelation extends Spot {
  /** Without "Relationship", e.g. `Flow`. */
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly name: string;
  readonly properties: ReadonlyMap<string, string>;
}

const components = new Set(['ApplicationComponent', 'ApplicationCollaboration']);
/** What a component does or offers: whoever it belongs to stands for it. */
const behaviour = /^Application(?:Service|Interface|Function|Process|Interaction|Event)$/;
const technology = /^(?:Device|Node|SystemSoftware|Technology\w*|Equipment|Facility)$/;
/** What ties behaviour to its component. */
const ties = new Set(['Realization', 'Assignment', 'Composition', 'Aggregation']);

const meanings: Readonly<Record<string, Meaning>> = {
  Flow: 'data',
  Triggering: 'call',
  Serving: 'serves',
  // As Serving was called before ArchiMate 3.
  UsedBy: 'serves',
};

/** Tells which elements of ArchiMate are systems, and which relations exchange data between them. */
export function toArchimateModel(
  elements: readonly ArchimateElement[],
  relations: readonly ArchimateRelation[],
): Model {
  const types = new Map(elements.map(({ id, type }) => [id, type]));
  const wholes = findWholes(relations, types);
  const flows = new Set(
    relations.filter(({ type }) => type === 'Flow').flatMap(({ from, to }) => [from, to]),
  );
  return {
    elements: elements.map((element) => toElement(element, wholes, flows)),
    relations: relations.map((relation) => toRelation(relation, types)),
  };
}

/** Which component each service, interface, function and inner component belongs to. */
function findWholes(
  relations: readonly ArchimateRelation[],
  types: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const wholes = new Map<string, string>();
  for (const { type, from, to } of relations) {
    const [outer, inner] = [types.get(from) ?? '', types.get(to) ?? ''];
    if (!ties.has(type) || !components.has(outer) || wholes.has(to)) continue;
    if (behaviour.test(inner) || (components.has(inner) && type !== 'Realization'))
      wholes.set(to, from);
  }
  // A function may realise the service that its component offers.
  for (const { type, from, to } of relations) {
    const own = wholes.get(from);
    if (
      ties.has(type) &&
      own !== undefined &&
      behaviour.test(types.get(to) ?? '') &&
      !wholes.has(to)
    )
      wholes.set(to, own);
  }
  return wholes;
}

function toElement(
  { id, type, name, folder, properties, line, column }: ArchimateElement,
  wholes: ReadonlyMap<string, string>,
  flows: ReadonlySet<string>,
): ModelElement {
  const whole = wholes.get(id);
  const kind = technology.test(type) ? (findKind(name) ?? 'host') : undefined;
  return {
    id,
    name,
    rank: rankOf(type, whole !== undefined, flows.has(id) || properties.has('kind')),
    ...(whole === undefined ? {} : { whole }),
    ...(kind === undefined ? {} : { kind }),
    ...(folder === undefined ? {} : { domain: folder }),
    ...readElementProperties(properties),
    line,
    column,
  };
}

function rankOf(type: string, hasWhole: boolean, exchanges: boolean): Rank {
  if (components.has(type)) return hasWhole ? 'part' : 'system';
  if (behaviour.test(type))
    return hasWhole ? 'inner' : { leftOut: `ArchiMate ${type} of no component` };
  // Machines count where data is said to flow to them.
  if (technology.test(type) && exchanges) return 'system';
  return { leftOut: `ArchiMate ${type}` };
}

function toRelation(
  { type, from, to, name, properties, line, column }: ArchimateRelation,
  types: ReadonlyMap<string, string>,
): ModelRelation {
  const meaning = meanings[type];
  const isHosting =
    type !== 'Flow' && [from, to].some((id) => technology.test(types.get(id) ?? ''));
  const protocol = findProtocol(name, false);
  return {
    from,
    to,
    meaning: meaning ?? 'drawn',
    label: name,
    ...(protocol === undefined ? {} : { protocol }),
    ...readRelationProperties(properties),
    ...(meaning === undefined || isHosting
      ? { leftOut: `ArchiMate ${type}${isHosting ? ' of technology' : ''}` }
      : {}),
    line,
    column,
  };
}
