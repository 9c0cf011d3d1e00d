import { findKind } from './kind-of-text.ts';
import type { ModelElement, ModelRelation, Rank, Spot } from './model.ts';
import { findProtocol } from './protocol-of-text.ts';
import { readElementProperties, readRelationProperties } from './read-properties.ts';

/** An element of a workspace, while its block is read. */
export interface ElementDraft extends Spot {
  readonly key: string;
  /** Its identifier behind those around it. */
  path: string | undefined;
  readonly name: string;
  readonly rank: Rank;
  readonly whole: ElementDraft | undefined;
  readonly group: string | undefined;
  technology: string;
  tags: string;
  readonly properties: Map<string, string>;
}

/** A relationship of a workspace, while its block is read. */
export interface ArrowDraft extends Spot {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  technology: string;
  tags: string;
  /** The elements around it, outermost first. */
  readonly around: readonly ElementDraft[];
  readonly properties: Map<string, string>;
}

/** A kind of element or relationship that the workspace defines itself. */
export interface Archetype {
  readonly base: string;
  technology: string;
  tags: string;
}

/** The kinds of elements, and what stands behind the word for each. */
export const elementTypes: Readonly<
  Record<string, { readonly rank: Rank; readonly fields: readonly string[] }>
> = {
  person: { rank: { leftOut: 'person' }, fields: ['name', 'description', 'tags'] },
  softwaresystem: { rank: 'system', fields: ['name', 'description', 'tags'] },
  container: { rank: 'part', fields: ['name', 'description', 'technology', 'tags'] },
  component: { rank: 'inner', fields: ['name', 'description', 'technology', 'tags'] },
  element: { rank: 'system', fields: ['name', 'metadata', 'description', 'tags'] },
  deploymentnode: { rank: { leftOut: 'deployment node' }, fields: ['name'] },
  infrastructurenode: { rank: { leftOut: 'deployment node' }, fields: ['name'] },
};

export function toElement(draft: ElementDraft): ModelElement {
  const { key, name, rank, whole, group, technology, properties, line, column } = draft;
  const tags = draft.tags
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  const kind =
    tags.map(findKind).find((found) => found !== undefined) ??
    (rank === 'part' ? (findKind(technology) ?? findKind(name)) : undefined);
  return {
    id: key,
    name,
    rank,
    ...(whole === undefined ? {} : { whole: whole.key }),
    ...(group === undefined || rank !== 'system' ? {} : { domain: group }),
    ...(kind === undefined ? {} : { kind }),
    tags,
    ...readElementProperties(properties),
    line,
    column,
  };
}

export function toRelation(
  arrow: ArrowDraft,
  from: ElementDraft | undefined,
  to: ElementDraft | undefined,
): ModelRelation {
  const { label, technology, properties, line, column } = arrow;
  const protocol = findProtocol(technology, true) ?? findProtocol(label, false);
  return {
    from: from?.key ?? arrow.from,
    to: to?.key ?? arrow.to,
    meaning: 'call',
    label,
    ...(protocol === undefined ? {} : { protocol }),
    ...readRelationProperties(properties),
    line,
    column,
  };
}
