import type { Criticality, SystemKind } from '../../vocabulary.ts';

/** By what systems are put together in a picture. */
export const groupings = ['domain', 'owner', 'site', 'criticality', 'wave'] as const;
export type Grouping = (typeof groupings)[number];

/**
 * What the line of a link tells. Of a landscape, from what needs a look first to what does not:
 * `shadow`, unregistered and shown by traffic alone; `unregistered`; `declared`, and nothing shows
 * it; `seen`, registered and shown. Of a change: `added`, `removed`, `changed`. Of an impact:
 * `certain`, `possible`. Of findings: `error`, `warning`. `plain` tells nothing.
 */
export const lineStates = [
  'shadow',
  'unregistered',
  'declared',
  'seen',
  'added',
  'removed',
  'changed',
  'certain',
  'possible',
  'error',
  'warning',
  'plain',
] as const;
export type LineState = (typeof lineStates)[number];

/** A system, or a group that stands for its systems. */
export interface PictureNode {
  readonly id: string;
  readonly name: string;
  readonly kind: SystemKind | 'group';
  readonly criticality: Criticality;
  /** The group that frames it; the empty text for none. */
  readonly group: string;
  readonly isFocus: boolean;
  /** What stands below the name. */
  readonly detail?: string;
}

/** All links from one node to another, drawn once, the way the data goes. */
export interface PictureArrow {
  readonly from: string;
  readonly to: string;
  readonly links: number;
  /** How many of them nobody registered; 0 where there is no registry. */
  readonly unregistered: number;
  /** Of the link that needs a look first. */
  readonly state: LineState;
  readonly label: string;
}

/** What a flowchart shows, whatever it is written in: Mermaid or Graphviz. */
export interface Picture {
  /** The conclusion in a few words. */
  readonly title: string;
  readonly nodes: readonly PictureNode[];
  readonly arrows: readonly PictureArrow[];
  /** Whether there is a registry that links could be in. */
  readonly hasRegistry: boolean;
  /** What its legend explains: in a small picture beside words, only the lines. */
  readonly legend: 'all' | 'lines';
  /** Whether nodes are groups, because there are too many systems. */
  readonly isCollapsed: boolean;
  /** What would have been drawn, had it fitted. Links within a group count as shown. */
  readonly omitted: {
    readonly systems: number;
    readonly links: number;
    /** What was drawn in its place, in a few words. */
    readonly shown: string;
  };
}
