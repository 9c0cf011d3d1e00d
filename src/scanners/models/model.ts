import type { Criticality, Style, SystemKind } from '../../vocabulary.ts';

/** Where something stands in its file, 1-based. */
export interface Spot {
  readonly line: number;
  readonly column: number;
}

/**
 * What an element is to a landscape. `system`: it stands by itself. `part`: a piece of a system that
 * runs by itself, such as a container. `inner`: a piece inside one of those. Anything else is named,
 * so that it can be counted: people, machines, steps of a business process.
 */
export type Rank = 'system' | 'part' | 'inner' | { readonly leftOut: string };

/** What a model draws as a box. */
export interface ModelElement extends Spot {
  /** By which the relations of the file name it. */
  readonly id: string;
  readonly name: string;
  readonly rank: Rank;
  /** The element that it is part of, by id. */
  readonly whole?: string;
  readonly kind?: SystemKind;
  readonly type?: string;
  readonly domain?: string;
  readonly site?: string;
  readonly team?: string;
  readonly criticality?: Criticality;
  readonly lifecycle?: string;
  readonly aliases?: readonly string[];
  readonly tags?: readonly string[];
  /** What it is called in every file: ids of a catalog are such a name, labels of boxes are none. */
  readonly key?: string;
}

/**
 * What an arrow says. `data`: the data goes from → to. `call`: `from` opens the connection to `to`.
 * `serves`: `to` opens the connection to `from`. `both`: data goes both ways. `drawn`: the format does
 * not say which.
 */
export type Meaning = 'data' | 'call' | 'serves' | 'both' | 'drawn';

/** What a model draws as an arrow between two elements, named by id. */
export interface ModelRelation extends Spot {
  readonly from: string;
  readonly to: string;
  readonly meaning: Meaning;
  /** What is written at it. */
  readonly label?: string;
  readonly protocol?: string;
  readonly style?: Style;
  readonly objects?: readonly string[];
  /** Who opens the connection, where the file says so beside the arrow. */
  readonly initiator?: 'from' | 'to' | 'carrier' | 'unknown';
  readonly via?: readonly string[];
  readonly team?: string;
  readonly criticality?: Criticality;
  readonly tags?: readonly string[];
  /** Why it is no exchange of data: what such relations are called where they are counted. */
  readonly leftOut?: string;
}

/** An element offers an interface or uses it; who does which may stand in different files. */
export interface ModelOffer extends Spot {
  readonly element: string;
  /** By which the other files name the interface or message. */
  readonly name: string;
  readonly does: 'provides' | 'consumes' | 'sends' | 'receives';
  readonly protocol?: string;
}

/** A host that a contract names, and what the contract is called. */
export interface ModelHost extends Spot {
  readonly host: string;
  readonly name: string;
}

/** What one file declares, before it is known what of it is a system or a link. */
export interface Model {
  readonly elements: readonly ModelElement[];
  readonly relations: readonly ModelRelation[];
  readonly offers?: readonly ModelOffer[];
  readonly hosts?: readonly ModelHost[];
  /** What is seen and is no part of a landscape, by what it is called. */
  readonly leftOut?: Readonly<Record<string, number>>;
  /** Statements that could not be read. */
  readonly skipped?: readonly { readonly line: number; readonly reason: string }[];
}

/** A file that another one includes: its text, or why it is not read. */
export type Included = { readonly text: string } | { readonly reason: string };

/** Reads one format. Text alone decides whether a file is in it; a name helps where many look alike. */
export interface ModelReader {
  readonly name: string;
  matches(file: string, text: string): boolean;
  /** @param include gives a file by its path, relative to the one that is read */
  read(
    text: string,
    file: string,
    include: (path: string) => Promise<Included>,
  ): Promise<Model> | Model;
}
